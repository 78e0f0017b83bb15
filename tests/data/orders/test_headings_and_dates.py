"""工单表:六种以上的样子都认得,时间怎么写都读得出,不对的一行说清楚."""

from __future__ import annotations

import csv
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from data.domain.errors import InputError
from data.orders.dates import read_time
from data.orders.mapping import read_mapping
from data.orders.read import opened, orders_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from data.domain.order import Order

TODAY = date(2026, 3, 2)
DUE = datetime(2026, 3, 5, 18, 0)  # noqa: DTZ001  a sheet knows no zones
TEXT = "3栋2单元电梯坏了三天没人修"
PLAIN = ["GD20260302001", TEXT, "钱先生", "13800000001", "百安坝社区3栋", "电梯"]


def sheet(path: Path, rows: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> Path:
    book = Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append(list(row))
    for span in merged:
        page.merge_cells(span)
    book.save(path)
    return path


def read(path: Path, told: dict[str, str] | None = None) -> list[Order]:
    with opened(path, told or {}) as found:
        return list(orders_of(found, TODAY))


def wrong(path: Path, told: dict[str, str] | None = None) -> InputError:
    with pytest.raises(InputError) as raised:
        read(path, told)
    return raised.value


LAYOUTS: dict[str, tuple[list[list[Any]], list[str]]] = {
    "plain": (
        [
            ["工单编号", "诉求内容", "来电人", "联系电话", "地址", "类别", "办理时限"],
            [*PLAIN, "2026-03-05 18:00"],
        ],
        [],
    ),
    "a merged title, and a line below it": (
        [
            ["高笋塘街道 12345 工单交办表(3月2日)"],
            ["制表:街道办", None, None, "单位:件"],
            ["受理单号", "主要内容", "市民姓名", "来电号码", "事发地点", "诉求类型", "要求办结时间"],
            [*PLAIN, datetime(2026, 3, 5, 18)],  # noqa: DTZ001
        ],
        ["A1:G1"],
    ),
    "two rows of headings": (
        [
            ["工单信息", None, "来电人", None, None, "办理要求", None],
            ["编号", "反映内容", "姓名", "电话", "住址", "事项分类", "截止时间"],
            [*PLAIN, 46086.75],
        ],
        ["A1:B1", "C1:E1", "F1:G1"],
    ),
    "two rows, some over both": (
        [
            ["序号", "流水号", "问题描述(必填)", "联系人", None, "所属区域", "归口类别", "办理期限"],
            [None, None, None, "称呼", "手机", None, None, None],
            [1, *PLAIN, "2026年3月5日18时前"],
        ],
        ["A1:A2", "B1:B2", "C1:C2", "D1:E1"],
    ),
    "other columns among them, in another order": (
        [
            [
                "承办单位",
                "办结截止日期",
                "反映人",
                "工单号",
                "派单时间",
                "联系方式",
                "点位地址",
                "诉求描述",
                "问题类别",
            ],
            [
                *["百安坝社区", "2026/3/5 18:00:00", "钱先生", "GD20260302001", "2026/3/2", 13800000001],
                *["百安坝社区3栋", TEXT, "电梯"],
            ],
        ],
        [],
    ),
    "marks and blanks in the headings": (
        [
            [],
            ["任务 编号*", "事项\n详情:", "当事人姓名", "电 话", "详细地址", "分类", "回复时限"],
            [*PLAIN, "20260305180000"],
            [],
            ["合计", None, None, None, None, None, None],
        ],
        [],
    ),
}


@pytest.mark.parametrize("name", list(LAYOUTS))
def test_layouts(name: str, tmp_path: Path) -> None:
    rows, merged = LAYOUTS[name]
    (order,) = read(sheet(tmp_path / "a.xlsx", rows, merged))
    assert (order.number, order.text, order.name, order.phone) == tuple(PLAIN[:4])
    assert (order.address, order.category, order.deadline) == (*PLAIN[4:], DUE)


@pytest.mark.parametrize(
    ("encoding", "mark"), [("gbk", ","), ("utf-8-sig", ","), ("utf-8", "\t"), ("gb18030", ";")]
)
def test_csv(encoding: str, mark: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=mark)
        writer.writerows([["12345 工单"], *LAYOUTS["plain"][0][:1], [*PLAIN, "46086.75"]])
    (order,) = read(path)
    assert (order.number, order.name, order.deadline) == ("GD20260302001", "钱先生", DUE)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2026-3-5 18:00", DUE),
        ("2026.03.05 18:00:30", DUE),
        ("2026-03-05T18:00:00", DUE),
        ("3月5日18点", DUE),
        (46086.75, DUE),
        ("2026年3月5日", DUE.replace(hour=23, minute=59)),
        (46086, DUE.replace(hour=23, minute=59)),
        (date(2026, 3, 5), DUE.replace(hour=23, minute=59)),
        ("2026-02-30", None),
        ("尽快", None),
        (True, None),
        (7, None),
        ("", None),
    ],
)
def test_times(said: object, expected: datetime | None) -> None:
    assert read_time(said, TODAY) == expected


def test_a_day_without_a_year_is_the_nearest() -> None:
    found = read_time("1月3日", date(2025, 12, 30))
    assert found is not None
    assert found.year == 2026


def test_what_cannot_be_right_is_named_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    head = ["工单编号", "诉求内容", "办理时限"]
    assert wrong(sheet(path, [head, [None, TEXT, ""]])).key == "orders.empty"
    assert wrong(sheet(path, [head, ["A1", None, ""]])).values == {"field": "诉求内容"}
    twice = wrong(sheet(path, [head, ["A1", TEXT, ""], ["A2", TEXT, ""], ["A1", "灯不亮", ""]]))
    assert (twice.key, twice.where, twice.values) == (
        "orders.twice",
        "第 4 行",
        {"number": "A1", "before": 2},
    )
    assert wrong(sheet(path, [head, ["A1", TEXT, "尽快"]])).key == "orders.date"
    assert wrong(sheet(path, [head, [20260302000100020, TEXT, ""]])).key == "orders.digits"
    no_number = wrong(sheet(path, [["诉求内容", "来电人", "联系电话"], [TEXT, "钱先生", "1"]]))
    assert (no_number.key, no_number.values["field"]) == ("orders.no_column", "工单编号")
    assert wrong(sheet(path, [["随便", "什么"], ["a", "b"]])).key == "orders.no_headings"
    (tmp_path / "a.txt").write_text("x")
    assert wrong(tmp_path / "a.txt").key == "orders.neither"
    (tmp_path / "b.xlsx").write_bytes(b"PK")
    assert wrong(tmp_path / "b.xlsx").key == "input.not_xlsx"
    (tmp_path / "b.csv").write_bytes(b"\xff\xff\xff")
    assert wrong(tmp_path / "b.csv").key == "orders.encoding"
    assert wrong(tmp_path / "none.csv").key == "input.absent"


def test_told_headings(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", [["派单流水", "说了啥", "来电人", "电话"], ["A1", TEXT, "钱先生", "1"]])
    (tmp_path / "map.yaml").write_text("number: 派单流水\n诉求内容: 说了啥\nphone: ''\n", encoding="utf-8")
    told = read_mapping(tmp_path / "map.yaml")
    (order,) = read(path, told)
    assert (order.number, order.text, order.phone) == ("A1", TEXT, "")
    assert wrong(path, {"number": "没有的"}).key in ("orders.no_headings", "orders.map_heading")
    (tmp_path / "map.yaml").write_text("nummer: x\n", encoding="utf-8")
    with pytest.raises(InputError, match="map_field"):
        read_mapping(tmp_path / "map.yaml")


@pytest.mark.parametrize(
    ("answers", "digit"),
    [
        (("是", "是", "满意"), 1),
        (("已联系", "已解决", "基本满意"), 2),
        (("是", "是", "不满意"), 3),
        (("是", "否", "不满意"), 4),
        (("未联系", "", ""), 5),
        (("", "", ""), None),
        (("", "", "满意"), 1),
    ],
)
def test_what_the_hotline_heard_when_it_called_back(
    answers: tuple[str, ...], digit: int | None, tmp_path: Path
) -> None:
    head = ["工单编号", "诉求内容", "是否联系", "是否解决", "满意度"]
    (order,) = read(sheet(tmp_path / "a.xlsx", [head, ["A1", TEXT, *answers]]))
    assert order.digit == digit
