"""Statements that SQLite's driver runs itself say what SQLAlchemy's own way says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import bindparam, event, select, update
from sqlalchemy.exc import IntegrityError, NoResultFound

from data.repositories.base import Repository, Upsert
from data.store import Store
from data.tables.areas import areas, counters
from data.tables.reminders import reminders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.uow import UnitOfWork

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
UNDER = (
    select(reminders)
    .where(
        reminders.c.key.in_(bindparam("keys", expanding=True)),
        reminders.c.state.not_in(("done", "dropped")),
        reminders.c.due <= bindparam("now"),
    )
    .order_by(reminders.c.id)
)
COUNT = Upsert(counters, key=("area_id", "name"), add=("value",))
MOVE = update(reminders).where(reminders.c.id == bindparam("b_id"))


def reminder(key: str, **values: Any) -> dict[str, Any]:
    return {
        "key": key,
        "kind": "rate",
        "subject": 1,
        "due": NOON,
        "details": {"是": None},
        "state": "pending",
        **values,
    }


@pytest.fixture
def uow(tmp_path: Path) -> Iterator[UnitOfWork]:
    store = Store(f"sqlite:///{tmp_path}/s.db")
    store.upgrade()
    with store.write() as uow:
        yield uow
    store.close()


@pytest.fixture
def driven(uow: UnitOfWork) -> Repository:
    return Repository(uow.connection, uow.areas.directory)


def plainly(uow: UnitOfWork, **values: Any) -> list[Any]:
    """Return what SQLAlchemy itself finds."""
    return list(uow.connection.execute(UNDER, values).all())


def test_rows_are_sqlalchemys_whatever_the_length_of_a_list(uow: UnitOfWork, driven: Repository) -> None:
    driven.add_all(reminders, [reminder(key) for key in "abc"] + [reminder("d", state="done")])
    for keys in (["a"], ["a", "b", "d"], [], ["c"], ["a", "b", "c"]):
        for _ in range(3):
            found = driven.all(UNDER, keys=keys, now=NOON)
            assert found == plainly(uow, keys=keys, now=NOON)
    assert [(row.key, row.due, row.details) for row in found] == [(key, NOON, {"是": None}) for key in "abc"]
    assert found[0]._mapping["kind"] == "rate"


def test_ids_counts_and_sums_are_those_of_the_database(driven: Repository) -> None:
    first, second = (driven.add(reminders, reminder(key)) for key in "ab")
    assert second == first + 1
    for state in ("done", "pending", "dropped"):
        assert driven.alter(MOVE, b_id=first, state=state) == 1
    assert driven.alter(MOVE, b_id=999, state="done") == 0
    driven.add(areas, {"id": 1, "code": "c", "name": "社区", "kind": "community", "label": ""})
    for _ in range(3):
        driven.upsert(COUNT, [{"area_id": 1, "name": "case", "value": 2}])
    assert [driven.scalar(select(counters.c.value)) for _ in range(2)] == [6, 6]


def test_a_value_that_is_missing_and_a_row_that_must_be_there(driven: Repository) -> None:
    for _ in range(2):
        with pytest.raises(NoResultFound):
            driven.one(UNDER, keys=["nobody"], now=NOON)
    with pytest.raises(KeyError):
        driven.all(UNDER, keys=["a"])


def test_what_the_database_refuses_is_sqlalchemys_error_without_the_values(driven: Repository) -> None:
    driven.add(reminders, reminder("王大妈的"))
    with pytest.raises(IntegrityError) as refused:
        driven.add(reminders, reminder("王大妈的"))
    assert "王大妈的" not in str(refused.value)
    with pytest.raises(TypeError, match="naive"):
        driven.add(reminders, reminder("b", due=NOON.replace(tzinfo=None)))


def test_who_watches_the_statements_sees_them_all(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/s.db")
    store.upgrade()
    seen: list[str] = []
    event.listen(store.engines.writer, "before_cursor_execute", lambda *a: seen.append(a[2]))
    with store.write() as uow:
        driven = Repository(uow.connection, uow.areas.directory)
        before = len(seen)
        for _ in range(3):
            driven.all(UNDER, keys=["a"], now=NOON)
        assert len(seen) == before + 3
    store.close()
