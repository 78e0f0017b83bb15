"""The door for WeCom's callbacks: an address for the application, one for the robot of groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot.channels.wecom.callbacks import MOST_BYTES, CallbackError, Signed

if TYPE_CHECKING:
    from bot.channels.wecom.callbacks import Callbacks
    from bot.channels.wecom.channel import WecomChannel

log = structlog.get_logger()


class WecomDoor:
    """Lets in what WeCom signed: 403 for what it did not, 400 for what nobody can read, 413 for too much."""

    def __init__(self, channel: WecomChannel) -> None:
        self._channel = channel

    def routes(self) -> list[web.AbstractRouteDef]:
        """Return the door's addresses."""
        return [
            web.get(r"/wecom/{door:app|robot}", self.verify),
            web.post(r"/wecom/{door:app|robot}", self.take),
        ]

    async def close(self) -> None:
        """Do nothing: a callback is one request, and nobody stays connected."""

    async def verify(self, request: web.Request) -> web.Response:
        """Answer WeCom's question whether this address is ours."""
        try:
            echo = self._callbacks(request).echo(Signed.of(request.query), request.query.get("echostr", ""))
        except CallbackError as error:
            raise _refused(error) from None
        return web.Response(text=echo)

    async def take(self, request: web.Request) -> web.Response:
        """Take a callback in: 200 when it is on disk, 503 if that takes too long, so that it comes again."""
        callbacks = self._callbacks(request)
        if (request.content_length or 0) > MOST_BYTES:
            raise web.HTTPRequestEntityTooLarge(MOST_BYTES, request.content_length or 0)
        body = bytearray()
        async for piece in request.content.iter_any():
            body += piece
            if len(body) > MOST_BYTES:
                raise web.HTTPRequestEntityTooLarge(MOST_BYTES, len(body))
        try:
            taken = await self._channel.told(callbacks, Signed.of(request.query), bytes(body))
        except CallbackError as error:
            raise _refused(error) from None
        if not taken:
            raise web.HTTPServiceUnavailable
        return web.Response()

    def _callbacks(self, request: web.Request) -> Callbacks:
        door = self._channel.application if request.match_info["door"] == "app" else self._channel.robot
        if door is None:
            raise web.HTTPNotFound
        return door


def _refused(error: CallbackError) -> web.HTTPException:
    log.warning("a callback was not let in", why=str(error))
    return web.HTTPForbidden() if error.status == 403 else web.HTTPBadRequest()
