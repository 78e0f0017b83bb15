"""The heartbeat: a count in the store that goes up while a bot runs, and the same count in a file beside it.

Written, it proves that the store takes writes. Compared, it tells a store that has lost what was committed (a
`-wal` file that was deleted, an old file put in its place): then the file beside it has counted further.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import select

from data.lock import mark_path
from data.repositories.base import Upsert
from data.tables.areas import meta

if TYPE_CHECKING:
    from data.store import Store
    from data.uow import UnitOfWork

NAME = "heartbeat"
_BEAT = Upsert(meta, key=("name",), add=("value",))
_COUNT = select(meta.c.value).where(meta.c.name == NAME)


def beats(uow: UnitOfWork) -> int:
    """Return how many heartbeats a store has counted."""
    return int(uow.connection.execute(_COUNT).scalar() or 0)


def beat(store: Store) -> None:
    """Count one more, on disk; raises what the database raises when it takes no writes."""
    with store.write() as uow:
        uow.people.upsert(_BEAT, {"name": NAME, "value": 1})
        count = beats(uow)
        uow.commit()
    if store.engines.path is not None:
        with suppress(OSError):  # a disk that is full: the store itself has told
            mark_path(store.engines.path).write_text(str(count), encoding="ascii")


def missing(store: Store) -> int:
    """Return how many heartbeats a store has lost that the file beside it remembers; 0 if all is there."""
    if store.engines.path is None:
        return 0
    try:
        counted = int(mark_path(store.engines.path).read_text(encoding="ascii")[:20])
    except (OSError, ValueError):
        return 0
    with store.read() as uow:
        return max(0, counted - beats(uow))
