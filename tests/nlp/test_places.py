"""Where a matter lies, in every form people write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nlp.understand import Understander

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "building", "unit"),
    [
        ("3栋2单元电梯坏了", "3", "2"),
        ("三号楼漏水", "3", None),
        ("③栋漏水", "3", None),
        ("3#楼道灯坏了", "3", None),
        ("12-2-501漏水", "12", "2"),
        ("14-2电梯坏了", "14", "2"),
        ("3-1204天花板漏水", "3", None),
        ("B座电梯坏了", "B", None),
        ("二期5幢垃圾没人收", "5", None),
        ("88弄8号漏水", "8", None),
        ("五号楼2门灯不亮", "5", "2"),
        ("甲栋电梯坏了", "甲", None),
        ("乙座漏水", "乙", None),
        ("9-1号楼停水了", "9-1", None),
        ("9-2号楼停水了", "9-2", None),
        ("叁号楼漏水", "3", None),
        ("拾贰栋停水", "12", None),
        ("廿一栋停电", "21", None),
        ("A12-3楼道灯坏了", "A12", "3"),
        ("3动2单员电梯又怀了", "3", "2"),  # what an input method makes of it
        ("三洞二单园停电了", "3", "2"),
        ("5洞门口垃圾没人收", "5", None),
        ("12动楼下井盖没了", "12", None),
    ],
)
def test_building_and_unit(understander: Understander, text: str, building: str, unit: str | None) -> None:
    place = understander.understand(text).place
    assert (place.building, place.unit) == (building, unit)


@pytest.mark.parametrize(
    "text",
    [
        "3楼漏水",
        "501漏水好几天了",
        "地下车库B2层积水",
        "东门口路灯坏了",
        "坐302路公交等了一小时",
        "打12345也没人管",
        "他一动电梯就响",
        "路上挖了3个洞没人填",
        "墙上打了2洞的那家又在装修",
        "电梯一动不动",
    ],
)
def test_floors_doors_and_bus_lines_are_no_buildings(understander: Understander, text: str) -> None:
    assert understander.understand(text).place.building is None


def test_a_list_of_buildings_is_no_place(understander: Understander) -> None:
    assert understander.understand("3-5号楼都停水了").place.building is None
    assert understander.understand("3、5、7、9栋都停水了").place.building is None


def test_a_dash_before_a_number_is_a_floor_only_where_nothing_stands_before_it(
    understander: Understander,
) -> None:
    assert understander.understand("A12-3楼道灯坏了").place.floor is None
    assert understander.understand("-2层积水").place.floor == "-2"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("3栋停水了,我们这层两三户都没水", 3),
        ("七八户都没水", 8),
        ("十七八户停电了", 18),
        ("二三十户都停电了", 30),
        ("二十几户没水", 20),
        ("23户没水", 23),
    ],
)
def test_how_many_are_concerned(understander: Understander, text: str, count: int) -> None:
    assert understander.understand(text).concerned == count


def test_place_words_floors_and_doors(understander: Understander) -> None:
    assert understander.understand("地下车库积水没人管").place.spot == "地下车库"
    assert understander.understand("3栋2单元501漏水").place.door == "501"
    assert understander.understand("2栋15楼走廊灯坏了").place.floor == "15"


def test_names_of_the_roster_are_place_words(tmp_path: Path) -> None:
    mind = Understander(tmp_path, gazetteer=["望江亭"])
    assert mind.understand("望江亭的路灯坏了").place.spot == "望江亭"


def test_a_name_with_a_number_in_it_is_no_place(understander: Understander) -> None:
    assert understander.understand("@5栋小王 电梯坏了没人修").place.building is None


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("我们单元灯坏了", True),
        ("我家天花板漏水", True),
        ("我家孩子在学校被打了", False),
        ("3单元灯坏了", False),
    ],
)
def test_whose_unit_it_is(understander: Understander, text: str, own: bool) -> None:
    assert understander.understand(text).own_unit is own


def test_phone_and_how_many_are_concerned(understander: Understander) -> None:
    found = understander.understand("我们单元20多户都没水,电话138-0000-1234")
    assert (found.phone, found.concerned) == ("13800001234", 20)
