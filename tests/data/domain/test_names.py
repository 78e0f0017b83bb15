"""What goes by which name; several numbers at once; hours as they are written; texts made clean."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from data.domain.answering import open_at
from data.domain.areas import Area, AreaKind, Room, RoomKind, called, grid_number
from data.domain.ballot import folded
from data.domain.messages import MAX_ID, MAX_MEDIA, MAX_NAME, MAX_TEXT, Inbound, clean, clean_name
from data.domain.notice import Notice
from data.domain.people import Account
from data.domain.purpose import Purpose, meant
from data.domain.references import MOST_AT_ONCE, Reference, Several, read_several

if TYPE_CHECKING:
    from datetime import date

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
AREAS = [
    Area(n, str(n), name, kind, None)
    for n, (name, kind) in enumerate(
        [
            ("百安坝社区", AreaKind.COMMUNITY),
            ("百安坝第一网格", AreaKind.GRID),
            ("百安坝第二网格", AreaKind.GRID),
            ("丁香苑", AreaKind.GRID),
            ("丁香苑3栋", AreaKind.BUILDING),
            ("12栋", AreaKind.BUILDING),
            ("社区", AreaKind.COMMUNITY),
        ]
    )
]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("百安坝社区", "百安坝社区"),
        ("百安坝", "百安坝社区"),
        ("第一网格", "百安坝第一网格"),
        ("2网格", "百安坝第二网格"),
        ("二号网格", "百安坝第二网格"),
        ("第十网格", ""),
        ("丁香苑", "丁香苑"),
        ("丁香", "丁香苑"),  # in the names of a grid and its building: the grid
        ("坝第", "百安坝第一网格 百安坝第二网格"),
        ("2栋", "12栋"),
        ("栋", ""),  # a single letter is too little
        ("社区", "社区"),
        ("外星", ""),
    ],
)
def test_areas_that_go_by_a_name(said: str, found: str) -> None:
    assert [area.name for area in called(AREAS, said)] == found.split()


def test_short_names() -> None:
    assert [AREAS[0].short, AREAS[1].short, AREAS[-1].short] == ["百安坝", "百安坝第一网格", "社区"]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("第二网格", 2),
        ("１２网格", 12),
        ("第十网格", 10),
        ("二十一号网格", 21),
        ("三十网格", 30),
        ("零网格", 0),
        ("第一百网格", None),
        ("十五网格群", None),
        ("网格", None),
    ],
)
def test_the_number_of_a_grid(name: str, number: int | None) -> None:
    assert grid_number(name) == number


def test_residents_read_what_is_public() -> None:
    assert [Room(1, "web", "g", "t", kind, 1, None).public for kind in RoomKind] == [True, False, False]


def test_options_are_told_apart_by_their_letters_alone() -> None:
    assert folded(" 「Ａ 方案」。") == folded("a 方案!") == "A 方案"


def test_purposes_are_read_as_they_are_written() -> None:
    for purpose in Purpose:
        assert meant(purpose.of(3, 12)) == (purpose, (3, 12))
        assert meant(purpose.of()) == (purpose, ())
    assert meant(None) == meant("") == meant("else:3") == (None, ())


def workday(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("hours", "day", "clock", "is_open"),
    [
        ("9:00-17:00", 2, "09:00", True),
        ("9:00-17:00", 2, "08:59", False),
        ("9:00-17:00", 2, "16:59", True),
        ("9:00-17:00", 2, "17:00", False),
        ("周一至周五 9:00-17:00", 6, "12:00", True),  # a Friday
        ("周一至周五 9:00-17:00", 7, "12:00", False),
        ("周六到周天 9:00—17:00", 8, "12:00", True),
        ("周六到周一 9:00~17:00", 2, "12:00", True),
        ("周六到周一 9:00~17:00", 3, "12:00", False),
        ("工作日 9:00-12:00 14:00-17:30", 2, "13:00", False),
        ("工作日 9:00-12:00 14:00-17:30", 2, "17:29", True),
        ("工作日 9:00-12:00 14:00-17:30", 7, "15:00", False),
        ("工作日 9:00-12:00 每天 14:00-17:30", 7, "15:00", True),
        ("工作日 9:00-12:00,每天 14:00-17:30", 7, "10:00", False),
        ("随时", 2, "12:00", None),
    ],
)
def test_hours_as_they_are_written(hours: str, day: int, clock: str, *, is_open: bool | None) -> None:
    here = datetime.fromisoformat(f"2026-03-0{day} {clock}").replace(tzinfo=UTC)
    assert open_at(hours, here, workday) is is_open


@pytest.mark.parametrize(
    ("text", "several", "numbers", "rest"),
    [
        ("1 2 3 好", Several.FREELY, [1, 2, 3], "好"),
        ("1,2和3", Several.FREELY, [1, 2, 3], ""),
        ("1-4", Several.FREELY, [1, 2, 3, 4], ""),
        ("#1#3 好", Several.FREELY, [1, 3], "好"),
        ("4-1", Several.FREELY, [], "4-1"),
        ("1-3栋", Several.FREELY, [], "1-3栋"),
        ("1 3栋", Several.FREELY, [1], "3栋"),
        ("1 12345", Several.FREELY, [1], "12345"),  # the hotline's number
        ("1,12345", Several.FREELY, [1, 12345], ""),
        ("1 2-3月", Several.FREELY, [1], "2-3月"),
        ("1 2 3", Several.LISTED, [1], "2 3"),
        ("1,2 3", Several.LISTED, [1, 2], "3"),
        ("1-3", Several.LISTED, [], "1-3"),
        ("1 20号", Several.DATED, [1], "20号"),
        ("1 20号", Several.FREELY, [1, 20], ""),
        ("1 2 至 20号", Several.DATED, [1, 2], "至 20号"),
        ("1 2", Several.NO, [1], "2"),
        ("3栋", Several.FREELY, [], "3栋"),
        ("百安坝#1、#2 好", Several.FREELY, [1, 2], "好"),
        ("1到3号", Several.FREELY, [1, 2, 3], ""),
    ],
)
def test_several_numbers(text: str, several: Several, numbers: list[int], rest: str) -> None:
    refs, left = read_several(text, several)
    assert ([ref.number for ref in refs], left) == (numbers, rest)
    assert {ref.where for ref in refs} <= {"百安坝" if "百安坝" in text else None}


def test_of_too_many_numbers_one_too_many_is_returned() -> None:
    for most in (MOST_AT_ONCE - 1, MOST_AT_ONCE, MOST_AT_ONCE + 1, 99):
        refs, _ = read_several(f"1-{most}", Several.FREELY)
        assert len(refs) == min(most, 31)
        refs, _ = read_several(" ".join(map(str, range(1, most + 1))), Several.FREELY)
        assert len(refs) == min(most, 31)
    assert Reference(3, "百安坝").shown == "百安坝#3"
    assert Reference(3).shown == "#3"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("@王姐", "王姐"),
        ("＠李 \n 敏", "李 敏"),
        ("", "邻居"),
        ("@", "邻居"),
        ("所有人", "邻居"),
        ("ALL", "邻居"),
        ("全体居民 好", "邻居 好"),
        ("大家庭", "大家庭"),
        ("名" * 30, "名" * 24),
    ],
)
def test_names_on_one_line(name: str, shown: str) -> None:
    assert clean_name(name) == shown


def test_texts_are_cut_and_cleaned() -> None:
    assert clean(" 一\r\n二\r三\u200b\x07 ") == "一\n二\n三"
    assert (len(clean("字" * 9000)), MAX_NAME, MAX_ID, MAX_MEDIA) == (8000, 24, 200, 1000)
    assert clean("一二三四", 2) == "一二"
    assert clean("\x07" * 3 + "一二", 2) == "一"  # twice as much is looked at
    assert MAX_TEXT == 8000


def test_whatever_a_frame_brings_is_cleaned() -> None:
    odd, long = "\u200bx ", "x" * 2000
    frame = Inbound(
        "web", odd + long, NOON, odd + long, odd + long, "@王姐", odd, mentions=(odd, long), quote=odd + long,
        media=odd + long, quoted=odd,
    )  # fmt: skip
    found = frame.cleaned()
    assert (found.text, found.name, found.mentions, found.quoted) == ("x", "王姐", ("x", "x" * 200), "x")
    assert found.quote is not None
    assert found.media is not None
    assert found.room is not None
    ids = (found.message_id, found.room, found.sender, found.quote)
    assert [len(one) for one in ids] == [200] * 4
    assert (len(found.media), found.at, found.channel, found.kind) == (1000, NOON, "web", frame.kind)
    bare = Inbound("web", "m", NOON, None, "s", "n", "t").cleaned()
    assert (bare.room, bare.quote, bare.media, bare.quoted, bare.mentions) == (None, None, None, None, ())


def test_keys_and_accounts() -> None:
    notice = Notice(7, 1, 1, 1, NOON, "", (), (3,))
    assert notice.key(3) == "notice:7:r3"
    account = Account(1, 1, "web", "api:1", "软件")
    assert account.is_outside
    assert not Account(1, 1, "web", "w:api:1", "人").is_outside
    seen = account.seen_as("别名", 4)
    assert (seen.name, seen.last_room_id, seen.external_id) == ("别名", 4, "api:1")
