"""What is wrong with a database: damage, broken links, tables that are missing, counts that contradict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, inspect, select

from data.heartbeat import missing
from data.schema import broken_links
from data.tables import metadata
from data.tables.areas import counters
from data.tables.cases import cases
from data.tables.outbox import outbox
from data.tables.timeline import steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Executable
    from sqlalchemy.engine import Connection

    from data.store import Store

# Each counts what there must be none of.
CONTRADICTIONS: dict[str, Executable] = {
    "cases without a step in their timeline": select(func.count()).where(
        cases.c.id.not_in(select(steps.c.case_id))
    ),
    "cases with a number that was never given": select(func.count()).where(
        cases.c.community_id == counters.c.area_id,
        counters.c.name == "case",
        cases.c.number > counters.c.value,
    ),
    "sent messages without a time": select(func.count()).where(
        outbox.c.state == "sent", outbox.c.sent_at.is_(None)
    ),
    "messages being sent that nobody leased": select(func.count()).where(
        outbox.c.state == "sending", outbox.c.lease_until.is_(None)
    ),
}


def problems(store: Store) -> list[str]:
    """Return what is wrong with a database, a line each; nothing if it is sound."""
    with store.engines.reader.connect() as connection:
        have = set(inspect(connection).get_table_names())
        found = [f"no table {name}" for name in sorted(set(metadata.tables) - have)]
        if connection.dialect.name == "sqlite":
            rows = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            found += [str(row) for row in rows if row != "ok"]
        found += broken_links(connection)
        if found:
            return found
        found += _uneven(connection)
        for what, statement in CONTRADICTIONS.items():
            count = connection.execute(statement).scalar_one()
            found += [f"{count} {what}"] if count else []
    if lost := missing(store):
        found.append(f"older than what a bot has written: {lost} heartbeats are missing")
    return found


def _uneven(connection: Connection) -> Iterator[str]:
    """Yield the tables of an SQLite database whose rows an index counts otherwise than the table itself."""
    if connection.dialect.name != "sqlite":
        return
    for name in metadata.tables:
        rows = connection.exec_driver_sql(f'SELECT count(*) FROM "{name}" NOT INDEXED').scalar_one()  # noqa: S608  our own names
        for index in connection.exec_driver_sql(f'PRAGMA index_list("{name}")').all():
            if index.partial:
                continue
            by_index = f'SELECT count(*) FROM "{name}" INDEXED BY "{index.name}"'  # noqa: S608  our own names
            count = connection.exec_driver_sql(by_index).scalar_one()
            if count != rows:
                yield f"{name}: {rows} rows, {count} in {index.name}"
