"""What belongs together, and what does not: rows C1 to C9 of what trying it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.cases.grading import MANY
from tests.town import ROSTER, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.domain.case import Case
    from tests.town import Town

OLD_ZHOU = """
  - {name: 老周, accounts: [{channel: web, id: zhou2}]}
households:
  - {building: g1b3, unit: "2", door: "201", contact: 老周}
"""
WITH_ZHOU = ROSTER.replace("\nhouseholds:\n", OLD_ZHOU)
BUILDING_ROOM = ROSTER.replace(
    "\npeople:", "\n  - {channel: web, id: b3, topic: 3栋群, kind: residents, area: g1b3}\npeople:"
)


def case(town: Town, number: int) -> Case:
    with town.store.read() as uow:
        community = next(a for a in uow.areas.communities() if a.name == "百安坝社区")
        found = uow.cases.numbered(community.id, number)
    assert found is not None, number
    return found


def kinds(town: Town) -> list[str]:
    with town.store.read() as uow:
        return [c.kind_name for c in uow.cases.everything()]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("东区3栋电梯坏了没人修", "西区3栋电梯坏了没人修"),
        ("一期3栋电梯坏了没人修", "二期3栋电梯坏了没人修"),
        ("88弄3号楼电梯坏了没人修", "99弄3号楼电梯坏了没人修"),
        ("甲栋电梯坏了没人修", "乙栋电梯坏了没人修"),
        ("9-1号楼电梯坏了没人修", "9-2号楼电梯坏了没人修"),
        ("3栋5楼楼道灯坏了没人修", "3栋8楼楼道灯坏了没人修"),
        ("车库B1层的灯坏了没人修", "车库B2层的灯坏了没人修"),
        ("3栋左边电梯坏了没人修", "3栋右边电梯坏了没人修"),
        ("人民路的路灯坏了没人修", "解放路的路灯坏了没人修"),
        ("小区东门道闸坏了没人修", "小区南门道闸坏了没人修"),
        ("阳光花园3栋电梯坏了没人修", "翠湖花园3栋电梯坏了没人修"),
        ("3栋电梯坏了没人修", "我们这边电梯也坏了,没人修"),
    ],
)
def test_c1_same_number_in_two_compounds(town: Town, one: str, other: str) -> None:
    town.report("liu", one)
    town.report("xiaowu", other)
    assert len(kinds(town)) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3栋2单元电梯坏了没人修", "三栋二单元的电梯怎么又坏了"),
        ("东区3栋电梯坏了没人修", "东区3号楼电梯又坏了"),
        ("地下车库积水没人抽", "3栋地下车库积水好深没人抽"),
        ("3栋2单元电梯坏了,卡在5楼没人修", "3栋2单元电梯又坏了停在8楼没人修"),
    ],
)
def test_c1_one_place_said_in_two_ways_is_one_case(town: Town, one: str, other: str) -> None:
    town.report("liu", one)
    town.says("grid1", "xiaowu", other)
    assert "已并入 #1" in texts(town.passes(seconds=45), "grid1")[0]


def test_c1_the_compound_is_shown(town: Town) -> None:
    town.says("grid1", "liu", "东区3栋电梯坏了没人修")
    assert "东区3栋。" in texts(town.passes(seconds=45), "grid1")[0]


def test_c1_who_names_no_place_goes_on_with_their_own(town: Town) -> None:
    town.report("liu", "5栋门口路灯坏了没人修")
    town.passes(minutes=30)
    town.report("liu", "路灯坏了还是没人修")
    assert len(kinds(town)) == 1


def test_c2_household_fills_the_place(make_town: Callable[..., Town]) -> None:
    town = make_town(WITH_ZHOU)
    town.report("zhou2", "我家楼道声控灯不亮")
    place = case(town, 1).place
    assert (place.building, place.unit, place.spot) == ("3", "2", "楼道")
    town.report("xiaowu", "6栋1单元楼道声控灯坏了")
    assert [case(town, n).place.building for n in (1, 2)] == ["3", "6"]


def test_c2_a_later_appellant_never_moves_a_case(town: Town) -> None:
    town.report("liu", "地下车库积水没人抽")
    town.report("xiaowu", "3栋2单元地下车库积水没人抽")
    assert len(kinds(town)) == 1
    assert case(town, 1).place.building is None


def test_c3_another_kind_is_another_matter(town: Town) -> None:
    town.says("grid1", "wang", "3栋停水了半天了,没人管")
    town.says("grid1", "wang", "门禁坏了,关不上", after=120)
    town.passes(minutes=1)
    assert kinds(town) == ["供水", "公共设施"]


def test_c3_a_thing_after_a_complaint_of_the_managers_is_another_matter(town: Town) -> None:
    town.says("grid1", "wang", "保安天天睡觉,谁都能进")
    town.says("grid1", "wang", "3栋2单元楼道灯坏了", after=120)
    town.passes(minutes=1)
    assert kinds(town) == ["物业服务", "路灯"]


@pytest.mark.parametrize("follows", ["卡在一楼门一直关不上", "物业电话也打不通", "老人上不去,急死了"])
def test_c3_what_follows_from_it_is_the_same_matter(town: Town, follows: str) -> None:
    town.says("grid1", "liu", "3栋2单元电梯又坏了,没人修")
    town.says("grid1", "liu", follows, after=20)
    town.passes(minutes=1)
    assert kinds(town) == ["电梯"]


def test_c4_three_matters_are_three_cases_said_in_one_line(town: Town) -> None:
    town.says("grid1", "liu", "3栋电梯坏了,楼道灯也不亮,垃圾也没人收")
    (said,) = texts(town.passes(seconds=45), "grid1")
    cases = "#1【电梯·小事】3栋;#2【路灯·小事】3栋楼道;#3【环境卫生·小事】3栋"
    assert said == f"@刘婶 记为 {cases}。已告知网格长李敏,11:00 前受理。"


@pytest.mark.parametrize(
    "one",
    ["水管爆了,马路都淹了,车过不去", "3栋2单元电梯又坏了,老人上不去", "楼道灯坏了,晚上黑黢黢的,差点摔一跤"],
)
def test_c4_what_comes_of_it_is_one_case(town: Town, one: str) -> None:
    town.report("liu", one)
    assert len(kinds(town)) == 1


def test_c5_the_place_said_before_the_lamp(town: Town) -> None:
    town.says("grid1", "liu", "我们3栋2单元")
    town.says("grid1", "liu", "楼道那个灯又不亮了", after=8)
    assert "3栋2单元楼道。" in texts(town.passes(seconds=45), "grid1")[0]


def test_c6_a_building_s_room_gives_the_building(make_town: Callable[..., Town]) -> None:
    town = make_town(BUILDING_ROOM)
    town.says("b3", "liu", "楼道灯坏了没人修")
    assert "3栋楼道。" in texts(town.passes(seconds=45), "b3")[0]
    town.says("b3", "wudaye", "@哨子 受理 1")
    assert town.state(1) == "accepted"
    (figures,) = town.says(None, "wudaye", "统计 3栋")
    assert figures.text.startswith("3栋本周:上报 1 件")
    assert any("楼道" in s.text for s in town.until("2026-03-09 09:01") if s.room == "b3")


def test_c8_two_or_three_households_are_three(town: Town) -> None:
    town.says("grid1", "liu", "3栋停水了,我们这层两三户都没水")
    assert "·小事】" in texts(town.passes(seconds=45), "grid1")[0]
    found = town.house.understander.understand
    assert [found(t).concerned for t in ("七八户没水了", "三四十户没水了", "十二户没水了")] == [8, 40, 12]
    assert MANY > 8


def test_c9_who_speaks_for_a_neighbour_is_in_no_dispute_with_him(make_town: Callable[..., Town]) -> None:
    town = make_town(WITH_ZHOU)
    town.report("zhou2", "我代302的张大爷报个事,他家停水两天了")
    found = case(town, 1)
    assert (found.dispute, found.kind_name, found.place.door) == (False, "供水", "302")


def test_c2_who_says_that_it_is_still_so_goes_on_with_their_own(town: Town) -> None:
    town.report("wang", "3栋2单元楼道灯坏了")
    town.says("staff", "limin", "受理 1")
    town.passes(minutes=40)
    town.says("grid1", "wang", "灯还是不亮")
    town.passes(minutes=1)
    assert kinds(town) == ["路灯"]
    town.says("grid1", "liu", "5栋的灯还是不亮")
    town.passes(minutes=1)
    assert kinds(town) == ["路灯", "路灯"]


def test_c5_our_unit_by_its_number_is_in_the_speaker_s_building(town: Town) -> None:
    town.says("grid1", "wang", "我们2单元")
    town.says("grid1", "wang", "下水道堵了", after=8)
    assert "3栋2单元。" in texts(town.passes(seconds=45), "grid1")[0]
