"""The store's promises: settings, migrations, units of work."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from data.store import Store
from data.tables import metadata
from data.tables.areas import areas, counters, meta
from data.tables.types import UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.uow import UnitOfWork


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = Store(store_url)
    yield store
    store.close()


def test_sqlite_has_exactly_the_settings_of_the_design(store: Store) -> None:
    with store.write() as uow:
        pragma = {
            name: uow.connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "busy_timeout",
                "query_only",
                "secure_delete",
            )
        }
        driver = uow.connection.connection.driver_connection
        assert driver is not None
        assert driver.isolation_level is None
    assert pragma == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
        "query_only": 0,
        "secure_delete": 1,
    }


def test_the_writer_begins_immediately_and_the_reader_only_reads(store: Store) -> None:
    begun: list[str] = []
    event.listen(store.engines.writer, "before_cursor_execute", lambda *a: begun.append(a[2]))
    with store.write():
        pass
    assert begun[0] == "BEGIN IMMEDIATE"
    with store.read() as uow, pytest.raises(OperationalError, match="readonly"):
        uow.connection.execute(meta.insert(), {"name": "x", "value": 1})


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out the tables that SQLite keeps for its index of words."""
    return not (kind == "table" and name is not None and name.startswith("case_words_index"))


def test_the_migrations_lead_to_the_tables_of_the_code(store: Store) -> None:
    with store.engines.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": ours})
        differences = [d for d in compare_metadata(context, metadata) if d[0] != "remove_index"]
    assert differences == []


def test_rolled_back_unless_committed(store: Store) -> None:
    row = {"code": "x", "name": "X", "kind": "community", "label": ""}
    with store.write() as uow:
        uow.people.add(areas, row)
    with store.write() as uow:
        assert uow.areas.by_code("x") is None
        uow.people.add(areas, row)
        uow.commit()
    with store.read() as uow:
        assert uow.areas.by_code("x") is not None


def test_a_savepoint_takes_memory_back_too(store: Store) -> None:
    memory: list[str] = []

    def remember(uow: UnitOfWork, what: str) -> None:
        memory.append(what)
        uow.compensate(lambda: memory.remove(what))

    with store.write() as uow:
        with uow.savepoint():
            remember(uow, "kept")
        with suppress(ValueError), uow.savepoint():
            remember(uow, "dropped")
            raise ValueError
        assert memory == ["kept"]
        uow.commit()
    assert memory == ["kept"]
    with store.write() as uow:
        remember(uow, "not committed")
    assert memory == ["kept"]


def test_writers_wait_for_one_another(store_url: str) -> None:
    """The driver's own BEGIN loses updates: 8 tasks of 50 increments must end at 400."""
    setup = Store(store_url)
    with setup.write() as uow:
        area = uow.people.add(areas, {"code": "c", "name": "C", "kind": "community", "label": ""})
        uow.people.add(counters, {"area_id": area, "name": "n", "value": 0})
        uow.commit()
    setup.close()

    def work() -> None:
        store = Store(store_url)
        for _ in range(50):
            with store.write() as uow:
                value = uow.connection.execute(text("SELECT value FROM counters")).scalar_one()
                uow.connection.execute(text("UPDATE counters SET value = :v"), {"v": value + 1})
                uow.commit()
        store.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = Store(store_url)
    with store.read() as uow:
        assert uow.connection.execute(text("SELECT value FROM counters")).scalar_one() == 400
    store.close()


def test_links_that_point_nowhere_are_refused(store: Store) -> None:
    with store.write() as uow, pytest.raises(IntegrityError):
        uow.people.add(areas, {"code": "y", "name": "Y", "kind": "grid", "label": "", "parent_id": 999})


def test_a_naive_time_is_refused() -> None:
    from datetime import datetime

    with pytest.raises(TypeError, match="naive"):
        UtcDateTime().process_bind_param(datetime(2026, 3, 2), None)  # type: ignore[arg-type]  # noqa: DTZ001


def test_errors_do_not_show_what_people_said(store: Store) -> None:
    with store.write() as uow, pytest.raises(StatementError) as caught:
        uow.people.add(areas, {"code": "秘密", "name": None, "kind": "grid", "label": ""})
    assert "秘密" not in str(caught.value)


def test_another_process_changes_the_roster(store: Store, store_url: str) -> None:
    row = {"code": "c", "name": "旧名", "kind": "community", "label": ""}
    with store.write() as uow:
        number = uow.people.add(areas, row)
        uow.roster_changed()
        uow.commit()
    with store.write() as uow:
        assert uow.areas.get(number).name == "旧名"
    other = Store(store_url)
    with other.write() as uow:
        uow.connection.execute(areas.update().values(name="新名"))
        uow.roster_changed()
        uow.commit()
    other.close()
    with store.write() as uow:
        assert uow.areas.get(number).name == "新名"


def test_a_backup_while_it_is_in_use(store: Store, tmp_path: Path) -> None:
    with store.write() as uow:
        uow.people.add(areas, {"code": "in", "name": "I", "kind": "community", "label": ""})
        uow.commit()
    with store.write() as uow:
        uow.people.add(areas, {"code": "not yet", "name": "N", "kind": "community", "label": ""})
        store.backup(tmp_path / "copy.db")
        uow.commit()
    copy = Store(f"sqlite:///{tmp_path}/copy.db")
    with copy.read() as uow:
        assert uow.areas.by_code("in") is not None
        assert uow.areas.by_code("not yet") is None
    copy.close()


def test_words_that_are_deleted_leave_the_index_of_words_and_the_file(store: Store) -> None:
    secret = "龘靐齉爨"
    path = store.engines.path
    assert path is not None
    with store.write() as uow:
        uow.connection.execute(
            text("INSERT INTO case_words_index(rowid, words) VALUES (1, :w)"), {"w": secret}
        )
        uow.commit()
    with store.write() as uow:
        gone = "INSERT INTO case_words_index(case_words_index, rowid, words) VALUES ('delete', 1, :w)"
        uow.connection.execute(text(gone), {"w": secret})
        uow.commit()
    assert store.overwrite_deleted({"mark"}, at_once=True) == {"mark"}
    assert secret[1:].encode() not in path.read_bytes()
