"""Taking turns on PostgreSQL: which transactions may change things beside which.

SQLite has one writer by itself. On PostgreSQL a transaction either has everything to itself, as it would
have there, or works beside others on what it names: the talk of some communities. Advisory locks of the
transaction hold this; they end with it, however it ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, text
from sqlalchemy.exc import OperationalError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.engine import Connection

HOUSE = 0x53485A  # the number of our locks, among those of others in the same database
_ALONE = text(f"SELECT pg_advisory_xact_lock({HOUSE}, 0)")
_BESIDE = text(f"SELECT pg_advisory_xact_lock_shared({HOUSE}, 0)")
_ONE = text(f"SELECT pg_advisory_xact_lock({HOUSE}, :community)").bindparams(bindparam("community"))
_READ_ONLY = text("SELECT current_setting('transaction_read_only') = 'on'")


def alone(connection: Connection) -> None:
    """Wait until nobody else changes anything, and let nobody until the transaction ends."""
    if connection.dialect.name == "postgresql":
        require_writable(connection)
        connection.execute(_ALONE)


def beside(connection: Connection, communities: Iterable[int] = ()) -> None:
    """Wait for whoever wants to be alone, and for others in the same communities."""
    if connection.dialect.name == "postgresql":
        connection.execute(_BESIDE)
        for community in sorted(set(communities)):  # all in one order: nobody waits in a circle
            connection.execute(_ONE, {"community": community})


def require_writable(connection: Connection) -> None:
    """Raise what a database that takes no writes raises, and let go of the connection.

    After a failover the pool's connections may lead to what has become a replica: those are not kept.
    """
    if connection.dialect.name == "postgresql" and connection.execute(_READ_ONLY).scalar():
        connection.invalidate()
        raise OperationalError(None, None, ReadOnlyError("the database is read-only"))


class ReadOnlyError(Exception):
    """The server answers, but takes no writes: a replica, or one that is switched so."""
