"""The page of one's own devices: which browsers are signed in as oneself, and how to put one out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web

from bot.web.viewers import CHAT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.channels.web import WebChannel
    from bot.web.frame import PageFrame
    from bot.web.viewers import Viewer
    from data.domain.session import Session
    from data.uow import UnitOfWork

OTHERS = "others"


class Device(NamedTuple):
    """A browser as the page shows it."""

    id: int
    kind: str
    began: str
    seen: str
    here: bool


class Devices:
    """Shows the sessions of whoever asks, and ends them."""

    def __init__(self, frame: PageFrame, channel: WebChannel) -> None:
        self._frame = frame
        self._site = frame.site
        self._channel = channel

    async def show(self, request: web.Request) -> web.Response:
        """Show all browsers that are signed in as the one who asks."""
        who, sessions = await self._frame.read(request, CHAT, _mine)
        here = await self._here(request)
        devices = [self._device(one, here=here is not None and one.id == here.id) for one in sessions]
        return self._frame.render("devices.html", request, who, devices=devices)

    async def end(self, request: web.Request) -> web.Response:
        """End one of one's own sessions (`id`), or all but this one (`id=others`)."""
        who, sessions = await self._frame.read(request, CHAT, _mine)
        form = await request.post()
        if not self._frame.seal.holds(who.account, str(form.get("mark", ""))):
            raise web.HTTPForbidden(text=self._site.texts("web.refused.origin"))
        here = await self._here(request)
        wanted = str(form.get("id", ""))
        ids = [
            one.id
            for one in sessions
            if (here is None or one.id != here.id if wanted == OTHERS else str(one.id) == wanted)
        ]
        await self._site.write(_end, ids, self._site.clock.now())
        self._channel.hub.look_again()
        raise web.HTTPSeeOther("/devices")

    async def _here(self, request: web.Request) -> Session | None:
        return await self._site.gate.session(request)

    def _device(self, session: Session, *, here: bool) -> Device:
        zone = self._site.config.bot.zone
        began, seen = (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in (session.began_at, session.seen_at))
        return Device(session.id, session.device, began, seen, here)


def _mine(viewer: Viewer) -> Sequence[Session]:
    heard = viewer.heard
    return heard.uow.sessions.of_person(heard.person.id, heard.now)


def _end(uow: UnitOfWork, ids: Sequence[int], now: datetime) -> None:
    uow.sessions.end(ids, now)
