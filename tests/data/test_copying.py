"""A store moved into another one: proven equal, or not moved at all."""

from __future__ import annotations

import fcntl
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.cli.app import main
from data.copying import copy
from data.domain.errors import InputError
from data.store import Store
from data.tables import metadata

if TYPE_CHECKING:
    from pathlib import Path

    from tests.town import Town


SPOIL = "CREATE TRIGGER spoil AFTER INSERT ON people BEGIN UPDATE people SET name = 'x' WHERE id = 1; END"


@pytest.fixture
def told(town: Town) -> Town:
    """A town with a case that went into another one: a link within a table."""
    town.report("wang", "3栋2单元电梯又坏了,没人修")
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.says("grid1", "limin", "@哨子 并案 2 1")
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    assert town.state(2) == "merged"
    return town


def test_a_store_is_moved_and_proven(told: Town, tmp_path: Path) -> None:
    with closing(Store(f"sqlite:///{tmp_path / 'new.db'}")) as new:
        moved = {one.table: one.rows for one in copy(told.store, new)}
        assert moved["cases"] == 2
        assert moved["areas"] == 10
        assert set(moved) == set(metadata.tables) - {"workers", "leases"}
        with new.read() as uow:
            cases = {case.number: case for case in uow.cases.everything()}
            assert cases[2].merged_into_id == cases[1].id
            assert uow.connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_what_is_not_empty_is_refused(told: Town, tmp_path: Path) -> None:
    with closing(Store(f"sqlite:///{tmp_path / 'new.db'}")) as new:
        list(copy(told.store, new))
        with pytest.raises(InputError) as caught:
            list(copy(told.store, new))
    assert caught.value.key == "store.not_empty"


def test_what_arrives_otherwise_is_not_kept(told: Town, tmp_path: Path) -> None:
    with closing(Store(f"sqlite:///{tmp_path / 'new.db'}")) as new:
        new.upgrade()
        with new.engines.writer.begin() as connection:
            connection.exec_driver_sql(SPOIL)
        with pytest.raises(InputError) as caught:
            list(copy(told.store, new))
        assert caught.value.key == "store.not_equal"
        with new.read() as uow:
            assert uow.areas.widest() is None


def test_a_bot_that_runs_is_not_moved(
    told: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = told.store.engines.path
    assert path is not None
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text(f'database: {{url: "sqlite:///{path}"}}', encoding="utf-8")
    to = f"sqlite:///{tmp_path / 'new.db'}"
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert main(["db", "copy", "--to", to]) == 2
    assert "数据库正被另一个进程用着" in capsys.readouterr().err
    assert main(["db", "copy", "--to", to]) == 0
    assert "每张表的行数和内容都对上了" in capsys.readouterr().out
