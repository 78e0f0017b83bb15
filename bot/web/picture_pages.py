"""Pictures come by HTTP and are shown to those who may see their chat."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from bot.channels.hub import ChatSpot
from bot.channels.pictures import MOST_BYTES, MOST_PIXELS, TYPES, NotAPictureError, TooManyPixelsError
from bot.channels.thumbnails import thumbnail
from bot.limiter import Limiter
from bot.web import first_view

if TYPE_CHECKING:
    from pathlib import Path

    from bot.web.site import Site
    from data.uow import UnitOfWork

OFTEN, MINUTE = 30, timedelta(minutes=1)
MANY, DAY = 300, timedelta(days=1)
CHUNK = 2**16
KEPT = "private, max-age=86400, immutable"  # its name says what it holds


class Photos:
    """Takes pictures in and shows them."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._limits = Limiter(site.clock, OFTEN, MINUTE), Limiter(site.clock, MANY, DAY)

    async def take(self, request: web.Request) -> web.Response:
        """Keep the picture that is the body of a POST to `/media?room=…` (no room: the chat with the bot)."""
        view = await self._view(request)
        room = request.query.get("room")
        spot = ChatSpot(room) if room is not None else view.alone
        if spot not in view.spots:
            raise web.HTTPForbidden(text=self._site.texts("web.refused.room"))
        if not all(limit.allow(view.visitor.account.external_id) for limit in self._limits):
            raise web.HTTPTooManyRequests(text=self._site.texts("web.refused.fast"))
        data = await self._body(request)
        try:
            path = await asyncio.to_thread(self._site.album.put, spot, data)
        except TooManyPixelsError:
            words = self._site.texts("web.refused.picture_pixels", most=MOST_PIXELS // 10_000)
            raise web.HTTPUnsupportedMediaType(text=words) from None
        except NotAPictureError:
            raise web.HTTPUnsupportedMediaType(text=self._site.texts("web.refused.picture")) from None
        return web.json_response({"media": path}, status=201)

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Show a picture to somebody who may see its chat; `?small` a small copy of it."""
        view = await self._view(request)
        path = request.path.removeprefix("/")
        file = self._site.album.file(path, view.spots)
        if file is None and await self._site.read(_passed_on, path, view):
            file = self._site.album.passed_on(path)
        if file is None:
            raise web.HTTPNotFound
        return await shown(request, file)

    async def _view(self, request: web.Request) -> first_view.View:
        claimed = await self._site.gate.claims(request)
        view = await self._site.read(first_view.look, claimed, self._site.clock.now(), demo=self._site.demo)
        if view is None:
            raise web.HTTPUnauthorized(text=self._site.texts("web.refused.stranger"))
        return view

    async def _body(self, request: web.Request) -> bytes:
        """Read a body of at most `MOST_BYTES`; a longer one is not read to its end."""
        data = bytearray()
        async for chunk in request.content.iter_chunked(CHUNK):
            data += chunk
            if len(data) > MOST_BYTES:
                words = self._site.texts("web.refused.picture_size", most=MOST_BYTES // 2**20)
                raise web.HTTPRequestEntityTooLarge(MOST_BYTES, len(data), text=words)
        return bytes(data)


async def shown(request: web.Request, file: Path, *, kept: str = KEPT) -> web.FileResponse:
    """Return a picture's file, or a small copy of it where `?small` asks for one."""
    if "small" in request.query:
        small = await asyncio.to_thread(thumbnail, file)
        file = small or file
    headers = {
        "Content-Type": TYPES[file.suffix.removeprefix(".")],
        "Cache-Control": kept,
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return web.FileResponse(file, headers=headers)


def _passed_on(uow: UnitOfWork, path: str, view: first_view.View) -> bool:
    """Whether the bot took a picture into one of somebody's rooms, or to them: with a notice, with a step."""
    rooms = {room.id for room in view.rooms}
    return uow.notices.shows(path, rooms) or uow.outbox.shows(path, rooms, view.visitor.account.id)
