"""FOUND rows D9, D10: what is wrong with a file is one line, exit code 2; a replay prints only JSON."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parents[3] / "data" / "samples"
ROSTER = SAMPLES / "roster.yaml"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "gbk").write_bytes("3栋电梯坏了\n".encode("gbk"))
    return tmp_path


def fails(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return the one line of a command that is refused."""
    assert main(list(arguments)) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    return captured.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["understand", "--file", "gbk"], "gbk:第 1 行: 不是 UTF-8 编码"),
        (["understand", "--file", "folder"], "folder: 这是一个文件夹"),
        (["roster", "import", "folder"], "folder: 这是一个文件夹"),
        (["roster", "import", "gbk"], "不是 UTF-8 编码"),
        (["replay", "folder", "--roster", str(ROSTER)], "folder: 这是一个文件夹"),
        (["replay", "gbk", "--roster", str(ROSTER)], "gbk:第 1 行: 不是 UTF-8 编码"),
        (["replay", str(SAMPLES / "two-days.jsonl"), "--roster", "folder"], "folder: 这是一个文件夹"),
        (["evaluate", "folder"], "folder: 这是一个文件夹"),
        (["evaluate", "--lines", "folder"], "folder: 这是一个文件夹"),
        (["evaluate", "gbk"], "不是 UTF-8 编码"),
        (["topics", "folder"], "folder: 这是一个文件夹"),
        (["learn", "--data", "folder"], "没有这个文件"),
        (["doctor", "--config", "folder"], "folder: 这是一个文件夹"),
        (["doctor", "--config", "gbk"], "不是 UTF-8 编码"),
        (["export", "x.pdf"], "x.pdf: 只写 xlsx"),
        (["roster", "template", "x.csv"], "x.csv: 只写 xlsx"),
        (["roster", "template", "nowhere/x.xlsx"], "没有这个文件或文件夹"),
    ],
)
def test_d10_what_cannot_be_read_or_written(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert says in fails(capsys, *arguments)


def test_d10_nothing_but_json_on_standard_output(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    lines = [
        {
            "at": "2026-03-02T08:00:00+08:00",
            "room": "nowhere",
            "sender": "u1",
            "name": "王姐",
            "text": "你好",
        },
        {"at": "2026-03-02T08:01:00+08:00", "sender": "u1", "name": "王姐", "text": "帮助"},
    ]
    transcript = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (here / "t.jsonl").write_text(transcript, encoding="utf-8")
    assert main(["replay", "t.jsonl", "--roster", str(ROSTER)]) == 0
    captured = capsys.readouterr()
    assert captured.out
    assert all(json.loads(line)["text"] for line in captured.out.splitlines())
    assert "nowhere" in captured.err


HOUSES: list[list[Any]] = [["building", "unit", "door", "contact"], ["b", "2", "501", None]]
AREAS: list[list[Any]] = [
    ["code", "name", "kind", "parent"],
    ["c", "百安坝社区", "community", None],
    ["g", "一网格", "grid", "c"],
    ["b", "3栋", "building", "g"],
]


def book(sheets: dict[str, list[list[Any]]], shape: Callable[[Workbook], None] | None = None) -> None:
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    if shape is not None:
        shape(made)
    made.save("r.xlsx")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (datetime(2026, 2, 1), "households!C2: 这一格(door)被表格当成日期或时间了"),  # noqa: DTZ001
        (date(2026, 3, 5), "households!C2: 这一格(door)被表格当成日期或时间了"),
        (500101002001001003.0, "households!C2: 这一格(door)超过 15 位"),
        (5001010020010010, "households!C2: 这一格(door)超过 15 位"),
        ("#REF!", "households!C2: 这一格是出错的公式(#REF!)"),
    ],
)
def test_d9_the_cell_that_a_spreadsheet_spoiled_is_named(
    capsys: pytest.CaptureFixture[str], cell: Any, says: str
) -> None:
    def spoil(made: Workbook) -> None:
        made["households"]["C2"] = cell

    book({"areas": AREAS, "households": [row[:] for row in HOUSES]}, spoil)
    assert says in fails(capsys, "roster", "import", "r.xlsx")


@pytest.mark.parametrize(
    ("sheets", "says"),
    [
        ({"areas": [*AREAS, ["x", "X", "planet", "c"]]}, "areas!C5: kind:"),
        ({"区域": [["编码", "名称", "月亮"], ["a", "b", "c"]]}, "区域!C1: 不认识表头「月亮」"),
        ({"区域": [["编码", "名称", "编码"], ["a", "b", "c"]]}, "区域!C1: 表头「编码」有两列"),
        ({"区域": [["x", "y"], ["a", "b"]]}, "区域: 没找到表头"),
        ({"areas": AREAS, "月报": [["本月", 3]]}, "月报: 没有「月报」这个部分"),
        ({"areas": [*AREAS, ["b2", None, "building", "g"]]}, "areas 第 5 行"),
    ],
)
def test_d9_what_is_wrong_is_named_by_its_cell(
    capsys: pytest.CaptureFixture[str], sheets: dict[str, list[list[Any]]], says: str
) -> None:
    book(sheets)
    assert says in fails(capsys, "roster", "import", "r.xlsx")


def test_d9_chinese_headings_titles_merged_cells_and_empty_sheets(
    capsys: pytest.CaptureFixture[str],
) -> None:
    areas: list[list[Any]] = [
        ["百安坝社区 区域表", None, None, None],
        [None, None, None, None],
        ["编码*", "名称", "类型(级别)", "上级编码"],
        ["c", "百安坝社区", "社区", None],
        ["g", "一网格", "网格", "c"],
        [500101, "3栋", "楼栋", "g"],
    ]
    houses: list[list[Any]] = [
        ["楼栋编码", "单元", "门牌"],
        ["500101", 2, 501],
        [None, 2, 502],
        [None, None, "2-1"],
    ]

    def shape(made: Workbook) -> None:
        made["区域"].merge_cells("A1:D1")
        made["住户"].merge_cells("A2:A4")
        made["住户"].merge_cells("B2:B3")
        made.create_sheet("Sheet1")
        made.create_sheet("说明").append(["先填区域"])

    people: list[list[Any]] = [["姓名", "账号", "职责"], ["李敏", "网页:limin", "网格长@g"]]
    book({"区域": areas, "住户": houses, "人员": people}, shape)
    assert main(["roster", "import", "r.xlsx"]) == 0
    assert capsys.readouterr().out.startswith("花名册:新增")
    assert main(["roster", "import", "r.xlsx"]) == 0
    assert "新增 0,修改 0" in capsys.readouterr().out


def test_d9_a_template_to_start_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roster", "template"]) == 0
    assert "roster.xlsx" in capsys.readouterr().out
    assert "已经有这个文件" in fails(capsys, "roster", "template")
    made = load_workbook("roster.xlsx")
    assert made.sheetnames[:3] == ["说明", "区域", "群"]
    assert main(["roster", "import", "roster.xlsx"]) == 0  # empty as it is
    filled: dict[str, list[tuple[str | None, ...]]] = {
        "区域": [("c", "百安坝社区", "社区", None), ("g", "一网格", "网格", "c"), ("b", "3栋", "楼栋", "g")],
        "群": [("网页", "grid1", "一网格居民群", "居民群", "g", None)],
        "住户": [("b", "2", "2-1", None, None, None)],
    }
    for sheet, rows in filled.items():
        for number, row in enumerate(rows, start=2):
            for column, cell in enumerate(row, start=1):
                made[sheet].cell(number, column).value = cell
                assert made[sheet].cell(number, column).number_format == "@"
    made.save("roster.xlsx")
    capsys.readouterr()
    assert main(["roster", "import", "roster.xlsx"]) == 0
    assert "新增 5" in capsys.readouterr().out
