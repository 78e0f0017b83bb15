"""Housekeeping: what need not be kept any longer goes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.deletions import LOG, DeletionLog
from data.domain.token import KEPT_FOR
from data.repositories.personal import PAGES, PICTURE

if TYPE_CHECKING:
    from datetime import datetime

    from bot.channels.album import Album
    from data.store import Store


KNOWN_FOR = timedelta(days=7)  # a channel does not bring a message again after that


def clear_away(store: Store, album: Album, *, at_once: bool = False) -> None:
    """Delete the pictures of those who deleted their data, and overwrite what else they left on disk.

    That takes several calls, or is done `at_once`.
    """
    with store.read() as uow:
        left = uow.personal.left_behind()
        wanted = uow.history.pictures() if left else set()
    if not left:
        return
    gone = [(kind, name) for kind, name in left if kind == PICTURE]
    deleted = [(kind, name) for kind, name in left if kind == LOG]
    if deleted:
        DeletionLog(album.folder).add(name for _, name in deleted)
    for _, name in gone:
        if name not in wanted:  # somebody else sent the same one
            album.delete(name)
    if marks := [name for kind, name in left if kind == PAGES]:
        gone += [(PAGES, name) for name in store.overwrite_deleted(marks, at_once=at_once)]
    with store.write() as uow:
        uow.personal.is_gone(gone + deleted)
        uow.commit()


def tidy(store: Store, now: datetime) -> None:
    """Forget the ids of old chat, the words of messages that failed, invitations that ended."""
    with store.write() as uow:
        uow.inbox.forget_chat(now - KNOWN_FOR)
        uow.invitations.forget(now - KNOWN_FOR)
        uow.sessions.forget(now - KNOWN_FOR)
        uow.tokens.forget_posted(now - KEPT_FOR)
        uow.commit()
