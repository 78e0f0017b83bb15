"""The door for gateways of OneBot v11: they open a WebSocket to us (reverse WebSocket)."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from aiohttp import WSCloseCode, WSMsgType, web

from bot.channels.base import ChannelState
from bot.channels.onebot.link import ConnectionRole

if TYPE_CHECKING:
    from bot.channels.onebot.channel import OneBotChannel
    from bot.channels.onebot.link import Link
    from bot.web.site import Site

HEARTBEAT = 30.0  # seconds between two pings: a connection that is dead is noticed within one and a half
MOST_READ = 32 * 2**20  # bytes of a frame: a picture in base64
PATHS = ("/onebot/v11", "/onebot/v11/ws", "/onebot/v11/ws/api", "/onebot/v11/ws/event")
_ACCOUNT = re.compile(r"[\w.@:-]{1,64}")  # a number of QQ's, a word of WeChat's
TOKENS = ("bearer", "token")  # what may stand before a token in the header


class OneBotDoor:
    """Lets in gateways that have the token."""

    def __init__(self, site: Site, channel: OneBotChannel) -> None:
        self._site = site
        self._channel = channel
        self._sockets: set[web.WebSocketResponse] = set()

    def routes(self) -> list[web.AbstractRouteDef]:
        """Return the door's addresses, each with and without a stroke at its end."""
        return [web.get(path + end, self.connect) for path in PATHS for end in ("", "/")]

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Let a gateway in and stay with it until it goes: 401 without a token, 403 with a wrong one.

        503 where another of several workers has the channel.
        """
        token = _token(request)
        if not token:
            raise web.HTTPUnauthorized(headers={"WWW-Authenticate": "Bearer"})
        if not self._channel.admits(token):
            raise web.HTTPForbidden
        if self._channel.health.state is ChannelState.ELSEWHERE:  # it comes back, and finds the right worker
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "1"})
        account, role = request.headers.get("X-Self-ID", "").strip(), _role(request)
        if not _ACCOUNT.fullmatch(account) or role is None:
            raise web.HTTPBadRequest(text="X-Self-ID, X-Client-Role: Universal, API, Event")
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=MOST_READ, compress=False)
        if not socket.can_prepare(request).ok:
            raise web.HTTPUpgradeRequired(headers={"Upgrade": "websocket"})
        await socket.prepare(request)
        self._sockets.add(socket)
        link = self._channel.opened(socket, role, account, self._site.whereabouts.caller(request))
        try:
            await self._listen(socket, link)
        finally:
            self._sockets.discard(socket)
            self._channel.closed(link)
        return socket

    async def close(self) -> None:
        """Close every connection: the gateways come back by themselves."""
        ending = (socket.close(code=WSCloseCode.GOING_AWAY) for socket in list(self._sockets))
        await asyncio.gather(*ending)

    async def _listen(self, socket: web.WebSocketResponse, link: Link) -> None:
        async for message in socket:
            if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                data = message.data
                self._channel.heard(
                    link, data if isinstance(data, str) else bytes(data).decode(errors="replace")
                )


def _token(request: web.Request) -> str:
    """Return the token of the header, or of the query."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if token and kind.lower() in TOKENS:
        return token.strip()
    return request.query.get("access_token", "")


def _role(request: web.Request) -> ConnectionRole | None:
    """Return what a connection is for: its header says so, or its path."""
    by_path = request.path.rstrip("/").rpartition("/")[2]
    named = request.headers.get("X-Client-Role", by_path if by_path in ("api", "event") else "universal")
    try:
        return ConnectionRole(named.strip().lower())
    except ValueError:
        return None
