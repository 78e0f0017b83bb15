"""SQLite knows from the first day which index serves what the pages ask of a large place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from data.domain.areas import Area, AreaKind
from data.domain.charge import Charge
from data.domain.figures import Scope
from data.repositories.publications import BoardWanted
from data.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from data.uow import UnitOfWork

HERE = Area(1, "c", "百安坝社区", AreaKind.COMMUNITY, None)
OFFICER = Charge((HERE,), (), 7, None)
NOW, LATER = datetime(2026, 3, 2, 1, tzinfo=UTC), datetime(2026, 3, 3, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path}/shaozi.db")
    store.upgrade()
    yield store
    store.close()


def plans(store: Store, ask: Any) -> list[str]:
    """Return how SQLite goes about the statements that are asked."""
    asked: list[tuple[str, Any]] = []
    event.listen(store.engines.reader, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
    with store.read() as uow:
        ask(uow)
        statements = [one for one in asked if one[0].startswith(("SELECT", "WITH")) and " cases" in one[0]]
        return [
            "\n".join(row[3] for row in uow.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values))
            for sql, values in statements
        ]


def open_now(uow: UnitOfWork) -> None:
    uow.sums.now_open(Scope(HERE), NOW)


def counts_of_the_desk(uow: UnitOfWork) -> None:
    uow.finding.counts(OFFICER, NOW, LATER)


def newest_of_the_board(uow: UnitOfWork) -> None:
    uow.publications.board(BoardWanted(), page=1, size=30)


def today(uow: UnitOfWork) -> None:
    uow.sums.moved(Scope(HERE), NOW, LATER)


@pytest.mark.parametrize(
    ("ask", "begins"),
    [
        (open_now, "SEARCH cases USING COVERING INDEX ix_cases_open_community"),
        (counts_of_the_desk, "SCAN cases USING INDEX ix_cases_open"),
        (today, "SEARCH cases USING COVERING INDEX ix_cases_community_id_resolved_at"),
        (newest_of_the_board, "SCAN cases USING INDEX ix_cases_reported_at"),
    ],
)
def test_what_is_asked_of_200_000_cases_reads_but_few(store: Store, ask: Any, begins: str) -> None:
    last = plans(store, ask)[-1]
    assert last.startswith(begins)
    assert "ORDER BY" not in last
