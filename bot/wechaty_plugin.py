"""The bot as a plugin of a python-wechaty bot that runs already (extra `wechaty`).

The connection is that bot's; what happens there is heard from its puppet, in the order it happens, and what
is said goes through the same connection. To come back after the gateway was away is the host's business.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from bot.app import App
from bot.bootstrap import FOLLOWS, build, server_of, web_channel_of
from bot.channels.web import NAME as WEB
from bot.channels.wechaty.ear import Happening
from bot.channels.wechaty.gateway import Gateway, GatewayEvent
from bot.channels.wechaty.imports import WechatyPlugin
from bot.channels.wechaty.wiring import wechaty_channel_of
from bot.config import load
from bot.web.server import reserve
from data.domain.clock import SystemClock
from data.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.channels.base import Channel
    from bot.config import Config

# What the puppet tells, by its names: the event's number, and what its payload holds under our names and its.
_TOLD: dict[str, tuple[Happening, dict[str, str]]] = {
    "message": (Happening.MESSAGE, {"messageId": "message_id"}),
    "friendship": (Happening.FRIENDSHIP, {"friendshipId": "friendship_id"}),
    "room-invite": (Happening.ROOM_INVITE, {"roomInvitationId": "room_invitation_id"}),
    "room-join": (
        Happening.ROOM_JOIN,
        {"inviteeIdList": "invited_ids", "roomId": "room_id", "timestamp": "timestamp"},
    ),
    "room-leave": (
        Happening.ROOM_LEAVE,
        {"removeeIdList": "removed_ids", "roomId": "room_id", "timestamp": "timestamp"},
    ),
    "room-topic": (
        Happening.ROOM_TOPIC,
        {"changerId": "changer_id", "newTopic": "new_topic", "roomId": "room_id", "timestamp": "timestamp"},
    ),
    "scan": (Happening.SCAN, {"qrcode": "qrcode", "status": "status"}),
    "login": (Happening.LOGIN, {"contactId": "contact_id"}),
    "logout": (Happening.LOGOUT, {"contactId": "contact_id"}),
    "error": (Happening.ERROR, {}),
}


class HostGateway(Gateway):
    """The gateway as the host is connected to it."""

    def __init__(self, puppet: Any) -> None:
        super().__init__(puppet.channel, puppet.options.token)
        self._puppet = puppet
        self._told: asyncio.Queue[GatewayEvent | None] = asyncio.Queue()

    @override
    def close(self) -> None:
        """End the events; the connection is the host's."""
        self._told.put_nowait(None)

    @override
    async def events(self) -> AsyncIterator[GatewayEvent]:
        """Yield what the host's puppet tells, its login first."""
        await self.version()  # raises if the connection is gone
        for name, (number, names) in _TOLD.items():
            self._puppet.on(name, self._hear(number, names))
        if self._puppet.login_user_id:
            yield GatewayEvent(Happening.LOGIN, {"contactId": self._puppet.login_user_id})
        while (event := await self._told.get()) is not None:
            yield event

    def _hear(self, number: Happening, names: dict[str, str]) -> Callable[[Any], None]:
        def told(payload: Any) -> None:
            event = {ours: getattr(payload, theirs, None) for ours, theirs in names.items()}
            self._told.put_nowait(GatewayEvent(number, event))

        return told


class ShaoziPlugin(WechatyPlugin):  # type: ignore[misc]  # python-wechaty has no types
    """The whole bot, with its web pages if the config has them, beside other plugins of a host."""

    def __init__(self, config: str | Path | None = None) -> None:
        super().__init__()
        self._config = load(Path(config) if config is not None else None)
        self.app: App | None = None

    async def init_plugin(self, wechaty: Any) -> None:
        """Start the bot; the host calls this when it has logged in."""
        if self.app is None:
            self.app = _app(self._config, lambda: HostGateway(wechaty.puppet))
            await self.app.start()

    async def stop(self) -> None:
        """Stop the bot."""
        if self.app is not None:
            await self.app.stop()
            self.app = None


def _app(config: Config, connect: Callable[[], Gateway]) -> App:
    clock, store = SystemClock(), Store(config.database.url)
    store.upgrade()
    wechat = wechaty_channel_of(config, clock, {}, follows=FOLLOWS, connect=connect)
    channels: dict[str, Channel] = {wechat.name: wechat}
    if config.channels.web.enabled:
        channels[WEB] = web_channel_of(config, store, clock)
    parts = build(config, channels, clock=clock, store=store)
    if not config.channels.web.enabled:
        return App(parts)
    return App(parts, server_of(parts, reserve(config.web.host, config.web.port), os.environ))
