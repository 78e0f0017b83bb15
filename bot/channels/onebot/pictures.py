"""Pictures of a network, wherever its gateway says they lie."""

from __future__ import annotations

import asyncio
import base64
import binascii
from typing import TYPE_CHECKING

import structlog

from bot.channels.downloads import MOST_BYTES, DownloadError
from bot.channels.onebot.link import CallError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.channels.downloads import Downloads
    from bot.channels.hub import ChatSpot
    from bot.channels.onebot.link import Link
    from bot.channels.onebot.segments import Segment

log = structlog.get_logger()
IN_BASE64 = "base64://"


class Pictures:
    """Finds pictures; `keep` stores one of a chat and returns its path, None if it is none."""

    def __init__(self, keep: Callable[[ChatSpot, bytes], str | None], downloads: Downloads) -> None:
        self._keep = keep
        self._downloads = downloads

    async def keep(self, link: Link, picture: Segment, spot: ChatSpot) -> str | None:
        """Keep a picture of a message and return its path; None if there is none to be had."""
        try:
            data = await self._bytes(link, picture)
        except (DownloadError, CallError, binascii.Error) as error:
            log.warning("picture not readable", error=f"{type(error).__name__} {error}"[:100])
            return None
        return await asyncio.to_thread(self._keep, spot, data) if data else None

    async def _bytes(self, link: Link, picture: Segment) -> bytes:
        """Return a picture's bytes, from itself, from its address, or from the gateway's keeping."""
        for value in (picture["file"], picture["url"], picture["base64"] and IN_BASE64 + picture["base64"]):
            if (found := await self._from(link, value)) is not None:
                return found
        told = await link.call("get_image", file=picture["file"])
        told = told if isinstance(told, dict) else {}
        in_base64 = told.get("base64")
        kept = (f"{IN_BASE64}{in_base64}" if in_base64 else "", told.get("url"), told.get("file"))
        for value in map(str, kept):
            if (found := await self._from(link, value)) is not None:
                return found
        raise DownloadError("no address")

    async def _from(self, link: Link, value: str) -> bytes | None:
        """Return the bytes behind a value; None if it is no address. A path of this machine is none."""
        if value.startswith(IN_BASE64):
            if len(value) > MOST_BYTES * 2:
                raise DownloadError("too large")
            return base64.b64decode(value.removeprefix(IN_BASE64))
        if value.startswith(("http://", "https://")):
            return await self._downloads.get(value, beside=link.remote)
        return None
