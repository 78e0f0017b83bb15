"""Backups, the lock, the heartbeat: nothing is replaced under a bot that runs, nothing by half a file."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from data.backups import outdated, restore
from data.checks import problems
from data.domain.errors import InputError
from data.heartbeat import beat, beats, missing
from data.lock import lock_path, locked
from data.store import Store
from data.tables.areas import areas

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLD = """
import sys, time
from data.lock import locked
with locked(sys.argv[1]):
    print("locked", flush=True)
    time.sleep(60)
"""


def put(url: str, code: str) -> None:
    """Write an area into a store."""
    with closing(Store(url)) as store, store.write() as uow:
        uow.people.add(areas, {"code": code, "name": code, "kind": "community", "label": ""})
        uow.commit()


def codes(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("SELECT code FROM areas")}


@pytest.fixture
def other(store_url: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the store."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, store_url], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        yield process
        process.kill()


def test_f1_restore_under_a_running_bot_is_refused(
    store_url: str, tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    database, copy = tmp_path / "shaozi.db", tmp_path / "copy.db"
    with closing(Store(store_url)) as store:
        store.backup(copy)
    put(store_url, "since")
    with pytest.raises(InputError) as refused:
        restore(copy, database, overwrite=True)
    assert refused.value.key == "store.in_use"
    assert refused.value.values["pid"] == str(other.pid)
    assert codes(database) == {"since"}
    other.send_signal(signal.SIGKILL)  # the kernel lets go of the lock, nobody has to clean up
    other.wait()
    restore(copy, database, overwrite=True)
    assert codes(database) == set()


def test_f7_a_second_process_on_one_file_is_refused_by_any_name(
    store_url: str, tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    (tmp_path / "alias.db").symlink_to(tmp_path / "shaozi.db")
    for url in (store_url, f"sqlite:///{tmp_path}/alias.db"):
        with pytest.raises(InputError) as refused, locked(url):
            pass
        assert refused.value.values["pid"] == str(other.pid)
    with locked(f"sqlite:///{tmp_path}/another.db"):  # each store has its own
        assert lock_path(tmp_path / "another.db").stat().st_mode & 0o777 == 0o600


def test_f1_restore_is_refused_while_anybody_else_has_the_file_open(store_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with closing(Store(store_url)) as store:
        store.backup(copy)
        with store.write() as uow:
            uow.people.add(areas, {"code": "now", "name": "n", "kind": "community", "label": ""})
            with pytest.raises(InputError) as refused:
                restore(copy, tmp_path / "shaozi.db", overwrite=True)
            uow.commit()
    assert refused.value.key == "store.in_use"
    assert codes(tmp_path / "shaozi.db") == {"now"}


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from data.backups import restore
from data.domain.errors import InputError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
try:
    restore(Path(sys.argv[1]), Path(sys.argv[2]), overwrite=True)
except InputError as error:
    print(error.key)
"""


def test_f1_restore_on_a_full_disk_leaves_the_old_file(store_url: str, tmp_path: Path) -> None:
    database, copy = tmp_path / "shaozi.db", tmp_path / "copy.db"
    with closing(Store(store_url)) as store:
        store.backup(copy)
    put(store_url, "kept")
    assert copy.stat().st_size > 20_000
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(copy), str(database)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("store.not_written\n", 0), done.stderr
    assert codes(database) == {"kept"}
    assert not list(tmp_path.glob("*.part*"))


def test_f1_a_damaged_backup_replaces_nothing_and_a_damaged_store_is_replaced(
    store_url: str, tmp_path: Path
) -> None:
    database, copy, bad = tmp_path / "shaozi.db", tmp_path / "copy.db", tmp_path / "bad.db"
    put(store_url, "kept")
    with closing(Store(store_url)) as store:
        store.backup(copy)
    whole = copy.read_bytes()
    for damaged in (
        b"",
        b"no database" * 500,
        whole[:8192],
        whole[:30_000] + b"\xff" * 4096 + whole[34_096:],
    ):
        bad.write_bytes(damaged)
        with pytest.raises(InputError):
            restore(bad, database, overwrite=True)
        assert codes(database) == {"kept"}
    database.write_bytes(whole[:8192])
    restore(copy, database, overwrite=True)
    assert codes(database) == {"kept"}
    assert database.stat().st_mode & 0o777 == 0o600


def test_f1_a_backup_of_a_newer_program_is_refused(store_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with closing(Store(store_url)) as store:
        store.backup(copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(InputError) as refused:
        restore(copy, tmp_path / "shaozi.db", overwrite=True)
    assert refused.value.key == "store.newer"


def test_old_backups_are_known_by_their_names(tmp_path: Path) -> None:
    for name in ("shaozi-20260101-030000.db", "shaozi-20260301-030000.db", "shaozi-mine.db", "shaozi.db"):
        (tmp_path / name).touch()
    old = list(outdated(tmp_path / "shaozi.db", datetime(2026, 2, 1, tzinfo=UTC)))
    assert [path.name for path in old] == ["shaozi-20260101-030000.db"]


def test_f14_a_lost_wal_is_noticed(store_url: str, tmp_path: Path) -> None:
    database = tmp_path / "shaozi.db"
    with closing(Store(store_url)) as store:
        beat(store)
        assert problems(store) == []
        shutil.copy(database, tmp_path / "without.db")  # what a killed bot leaves if its -wal is deleted
        for _ in range(3):
            beat(store)
        with store.read() as uow:
            assert beats(uow) == 4
        assert missing(store) == 0
    (tmp_path / "without.db").replace(database)
    with closing(Store(store_url)) as store:
        assert missing(store) > 0
        assert any("heartbeats are missing" in problem for problem in problems(store))


def test_f14_a_damaged_index_and_contradicting_counts_are_found(store_url: str, tmp_path: Path) -> None:
    put(store_url, "one")
    put(store_url, "two")
    with closing(sqlite3.connect(tmp_path / "shaozi.db")) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        page = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'areas' AND sql IS NULL"
        ).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (tmp_path / "shaozi.db").open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\x0a\x00\x00\x00\x00" + size.to_bytes(2, "big") + b"\x00")  # an empty leaf
    with closing(Store(store_url)) as store:
        found = problems(store)
    assert found
    assert all("\n" not in line for line in found)


def test_f14_rows_that_contradict_one_another(store_url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "shaozi.db")) as connection:
        connection.execute(
            "INSERT INTO outbox (dedupe_key, lane, channel, kind, text, mentions, cases, quiet, created_at,"
            " send_at, try_at, attempts, state) VALUES ('k', 'r1', 'web', 'text', '', '[]', '[]', 0,"
            " '2026-03-02', '2026-03-02', '2026-03-02', 1, 'sent')"
        )
        connection.commit()
    with closing(Store(store_url)) as store:
        assert problems(store) == ["1 sent messages without a time"]
