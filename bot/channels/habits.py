"""The habits that channels to the outside share: what they are told to do, and the files they may touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.channels.album import Album
from bot.channels.pictures import NotAPictureError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.channels.hub import ChatSpot
    from bot.config import Config


class Habits(NamedTuple):
    """What a channel is told to do.

    `keep` stores a picture of a chat and returns its path, None if it is none; `follows` says of what became
    of an invitation whether it is to be followed.
    """

    bot_name: str
    friend_word: str | None
    keep: Callable[[ChatSpot, bytes], str | None]
    follows: Callable[[str], bool]


def habits_of(config: Config, follows: str, friend_word: str | None = None) -> Habits:
    """Return the habits the config asks for; `follows` is what becomes of an invitation to be followed."""
    return Habits(
        bot_name=config.bot.name,
        friend_word=friend_word,
        keep=_keeper(Album(config.storage.folder)),
        follows=lambda went: went == follows,
    )


def _keeper(album: Album) -> Callable[[ChatSpot, bytes], str | None]:
    def keep(spot: ChatSpot, data: bytes) -> str | None:
        try:
            return album.put(spot, data)
        except NotAPictureError:
            return None

    return keep


def reader(folder: Path) -> Callable[[str], bytes]:
    """Return what reads the files of the storage folder, and no others."""

    def read(media: str) -> bytes:
        path = (folder / media).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise FileNotFoundError(media)
        return path.read_bytes()

    return read
