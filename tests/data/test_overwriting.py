"""What was deleted is overwritten in the index of words: a little at a time, where SQLite is an old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import data.store

if TYPE_CHECKING:
    from data.store import Store

SECRET = "龘靐齾"  # one trigram, which no other text has
PARTS = 40
ADD = "INSERT INTO case_words_index(rowid, words) VALUES (?, ?)"
DELETE = "INSERT INTO case_words_index(case_words_index, rowid, words) VALUES ('delete', ?, ?)"


@pytest.fixture
def store(store_url: str) -> Store:
    """A store whose index of words lies in many parts; a secret of the first was deleted in the last."""
    store = data.store.Store(store_url)
    store.upgrade()
    for part in range(PARTS):
        with store.write() as uow:
            run = uow.connection.exec_driver_sql
            if part == 0:
                run(ADD, (1, SECRET))
            for row in range(50):
                seed = part * 7_919 + row * 104_729
                words = "".join(chr(0x4E00 + (seed + n * n * 31) % 20_000) for n in range(40))
                run(
                    "INSERT INTO case_words_index(rowid, words) VALUES (?, ?)", (100 + part * 50 + row, words)
                )
            if part == PARTS - 1:
                delete = (
                    "INSERT INTO case_words_index(case_words_index, rowid, words) VALUES ('delete', 1, ?)"
                )
                run(delete, (SECRET,))
            uow.commit()
    return store


def on_disk(store: Store) -> bytes:
    """Return everything that lies on disk of a store."""
    path = store.engines.path
    assert path is not None
    files = (path, path.with_name(f"{path.name}-wal"))
    return b"".join(file.read_bytes() for file in files if file.exists())


def test_the_index_is_written_anew_a_little_at_a_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data.store, "INDEX_FORGETS_SINCE", (4,))
    monkeypatch.setattr(data.store, "MERGED", 8)
    assert SECRET.encode() in on_disk(store)
    calls, marks = 1, {"first"}
    while not (gone := store.overwrite_deleted(marks)):
        calls += 1
        marks.add("later")  # deleted meanwhile: that one waits for the next round
    assert gone == {"first"}
    assert calls > 5
    assert SECRET.encode() not in on_disk(store)
    store.close()


def test_all_at_once_where_nobody_waits(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data.store, "INDEX_FORGETS_SINCE", (4,))
    monkeypatch.setattr(data.store, "MERGED", 8)
    assert store.overwrite_deleted({"one", "other"}, at_once=True) == {"one", "other"}
    assert SECRET.encode() not in on_disk(store)
    store.close()
