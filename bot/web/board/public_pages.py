"""What the pages for anybody share: they are there where the board is on, and show pictures made public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.web import picture_pages
from bot.web.viewers import board_is_on

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.web.frame import PageFrame
    from data.uow import UnitOfWork


class PublicPages:
    """Pages that need no signing in."""

    def __init__(self, frame: PageFrame) -> None:
        self._frame = frame
        self._site = frame.site

    def _require_on(self) -> None:
        """Raise (404) where the board is switched off."""
        if not board_is_on(self._site):
            raise web.HTTPNotFound

    async def _picture(
        self, request: web.Request, shows: Callable[[UnitOfWork, Mapping[str, str], str], bool]
    ) -> web.StreamResponse:
        """Send the picture of an address if it is shown there; 404 if not."""
        self._require_on()
        path = f"media/{request.match_info['chat']}/{request.match_info['name']}"
        public = await self._site.read(shows, request.match_info, path)
        file = self._site.album.passed_on(path) if public else None
        if file is None:
            raise web.HTTPNotFound
        return await picture_pages.shown(request, file, kept="no-cache")  # it may be taken back
