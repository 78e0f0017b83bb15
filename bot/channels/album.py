"""The album: pictures of all chats as files, each chat's in a folder of its own, named by what they hold."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.channels.pictures import cleaned
from bot.channels.thumbnails import ENDING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import datetime
    from pathlib import Path

    from bot.channels.hub import ChatSpot

SHAPE = re.compile(r"media/([0-9a-f]{16})/[0-9a-f]{64}\.(jpg|png|webp|gif)")
CHAT_KEPT_FOR = timedelta(days=1)  # pictures of no appeal are talk, and talk is not kept


class Album:
    """Pictures in a folder. A picture is known by its path in there: `media/<chat>/<hash>.jpg`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """The storage folder."""
        return self._folder

    def put(self, spot: ChatSpot, data: bytes) -> str:
        """Keep a picture of a chat and return its path; raise `NotAPictureError` if it is none."""
        picture = cleaned(data)
        path = f"media/{chat_key(spot)}/{sha256(picture.data).hexdigest()}.{picture.kind}"
        file = self._folder / path
        if file.exists():
            os.utime(file)
            return path
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(".part")
        half.write_bytes(picture.data)
        half.replace(file)
        return path

    def file(self, path: str, spots: AbstractSet[ChatSpot]) -> Path | None:
        """Return the file of a picture if it belongs to one of these chats."""
        shape = SHAPE.fullmatch(path)
        if shape is None or shape[1] not in {chat_key(spot) for spot in spots}:
            return None
        return self.passed_on(path)

    def passed_on(self, path: str) -> Path | None:
        """Return the file of a picture that a notice took from one chat to others."""
        file = self._folder / path
        return file if SHAPE.fullmatch(path) and file.is_file() else None

    def delete(self, path: str) -> None:
        """Delete a picture at once, with what was made of it."""
        if SHAPE.fullmatch(path):
            self._unlink(self._folder / path)

    def _unlink(self, file: Path) -> None:
        file.unlink(missing_ok=True)
        file.with_name(file.stem + ENDING).unlink(missing_ok=True)

    def sweep(self, wanted: AbstractSet[str], now: datetime) -> int:
        """Delete pictures that are not wanted and were sent more than a day ago; return how many."""
        gone = 0
        latest = (now - CHAT_KEPT_FOR).timestamp()
        for file in (self._folder / "media").glob("*/*"):
            if file.name.endswith(ENDING):
                continue  # it goes with its picture
            if file.relative_to(self._folder).as_posix() not in wanted and file.stat().st_mtime < latest:
                self._unlink(file)
                gone += 1
        return gone


def chat_key(spot: ChatSpot) -> str:
    """Return the name of a chat's folder, which says nothing of the chat."""
    where = f"room\x00{spot.room}" if spot.room is not None else f"alone\x00{spot.account}"
    return sha256(where.encode()).hexdigest()[:16]
