"""`shaozi points export`, `shaozi answers import|export`: what they write and read, as commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from bot.cli.app import main
from data.domain.clock import ManualClock
from data.store import Store
from tests.town import ROSTER, Town

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.understand import Understander


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_store: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shaozi.db").write_bytes(empty_store.read_bytes())
    return tmp_path


@pytest.fixture
def town(here: Path, understander: Understander) -> Town:
    made = Town(f"sqlite:///{here / 'shaozi.db'}", understander, ROSTER, "2026-03-02T08:00:00")
    made.says("grid1", "wang", "大家早")
    return made


def rows_of(path: Path) -> list[tuple[object, ...]]:
    sheet = load_workbook(path).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_points_are_written_entry_by_entry(
    here: Path, town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    town.says("staff", "zhao", "加分 王姐 2 =清楼道")
    town.says("staff", "zhao", "扣分 王姐 1 记错了")
    town.close()
    assert main(["points", "export", "流水.xlsx"]) == 0
    head, *entries = rows_of(here / "流水.xlsx")
    assert head == ("时间", "社区", "谁", "分", "原因", "谁给的", "来源")
    assert [(row[2], row[3], row[5]) for row in entries] == [("王姐", 2, "赵主任"), ("王姐", -1, "赵主任")]
    assert str(entries[0][4]).lstrip("'") == "=清楼道"  # a text, no formula
    assert "2" in capsys.readouterr().out


def test_a_sheet_of_another_kind_is_refused_in_one_line(
    here: Path, town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    town.close()
    assert here.exists()
    assert main(["points", "export", "流水.pdf"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_answers_go_out_and_come_in_again(here: Path, town: Town) -> None:
    town.says("staff", "zhao", "问答 加 停车费,月租 | 每月 200 元,到物业交")
    town.says("staff", "zhao", "问答 加 老年卡 | 带身份证到社区一楼办")
    town.close()
    assert main(["answers", "export", "问答.xlsx", "--community", "百安坝社区"]) == 0
    rows = rows_of(here / "问答.xlsx")
    assert len(rows) == 3
    assert any("停车费" in str(cell) for cell in rows[1])
    assert main(["answers", "import", "问答.xlsx", "--community", "百安坝社区"]) == 0
    store = Store(f"sqlite:///{here / 'shaozi.db'}")
    try:
        with store.read() as uow:
            community = next(a for a in uow.areas.communities() if a.name == "百安坝社区")
            assert len(uow.answers.all_of(community.id)) == 2  # again is no change
    finally:
        store.close()


def test_points_belong_to_the_audit(town: Town) -> None:
    town.says("staff", "zhao", "加分 王姐 2 清楼道")
    town.says("staff", "zhao", "扣分 王姐 1 记错了")
    (read,) = town.says(None, "zhao", "审计")
    town.close()
    assert "加分" in read.text
    assert "扣分" in read.text
    assert isinstance(town.clock, ManualClock)


def test_answers_whose_words_match_everything_are_refused_with_the_row(
    here: Path, town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    town.close()
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("词", "回答"), ("停车费", "每月 200 元"), ("的,吗", "随便")):
        sheet.append(row)
    book.save(here / "坏.xlsx")
    assert main(["answers", "import", "坏.xlsx", "--community", "百安坝社区"]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "坏.xlsx" in err
    assert "3" in err
    store = Store(f"sqlite:///{here / 'shaozi.db'}")
    try:
        with store.read() as uow:
            assert all(uow.answers.all_of(area.id) == [] for area in uow.areas.communities())
    finally:
        store.close()
