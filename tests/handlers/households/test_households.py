"""住户:自己登记,网格长确认;花名册里的不用确认."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.domain.errors import InputError
from data.roster import read
from tests.town import ROSTER, Town, texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def home_of(town: Town, who: str) -> tuple[str, str] | None:
    with town.store.read() as uow:
        found = uow.people.speaker("web", who)
        home = uow.households.of_person(found[1].id) if found else None
        return (home.unit, home.door) if home else None


def test_registered_asked_and_confirmed_by_quoting(town: Town) -> None:
    town.says("grid1", "liu", "大家好")
    said = town.says(None, "liu", "登记 3栋2单元502")
    assert texts(said, to="liu") == ["已登记,等网格长确认。"]
    (asked,) = [s for s in said if s.to == "limin"]
    assert asked.text.startswith("刘婶登记住在 3栋2单元502,是这户的吗?")
    assert home_of(town, "liu") is None
    said = town.says(None, "limin", "是", quote=asked.id)
    assert texts(said, to="liu") == ["确认了:你是 3栋2单元502 的住户,可以投票、支持议题了。"]
    assert home_of(town, "liu") == ("2", "502")
    (again,) = town.says(None, "limin", "是", quote=asked.id)
    assert again.text == "这一条已经有人答过了。"


@pytest.mark.parametrize("said", ["登记三栋二单元五零二", "登记 三栋2单元五〇二室", "登记3栋2单元502"])
def test_numbers_may_be_written_out(town: Town, said: str) -> None:
    town.says("grid1", "liu", "大家好")
    assert texts(town.says(None, "liu", said), to="liu") == ["已登记,等网格长确认。"]
    town.says(None, "limin", "确认住户 刘婶 3栋2单元502")
    assert home_of(town, "liu") == ("2", "502")


def test_in_a_group_it_is_answered_in_private(town: Town) -> None:
    said = town.says("grid1", "liu", "@哨子 登记 3栋2单元502")
    assert [(s.room, s.to) for s in said] == [(None, "liu"), (None, "limin")]


def test_confirmed_and_refused_by_name(town: Town) -> None:
    town.says("grid1", "liu", "@哨子 登记 3栋2单元502")
    town.says("grid1", "zhou2", "@哨子 登记 3栋1单元101")
    town.says("staff", "limin", "确认住户 刘婶 3栋2单元502")
    assert home_of(town, "liu") == ("2", "502")
    said = town.says(None, "limin", "不是住户 老周")
    assert texts(said, to="zhou2") == ["你登记的 3栋1单元101 没有通过。住处写错了就再发一次:登记 3栋2单元501"]
    (unknown,) = town.says(None, "limin", "确认住户 老周")
    assert unknown.text.startswith("没有「老周」在等确认。")
    said = town.says(None, "limin", "不是住户 刘婶")
    assert home_of(town, "liu") is None
    assert texts(said, to="liu")[0].startswith("你不再是 3栋2单元502 的住户了")


def test_only_staff_of_the_area_confirm(town: Town) -> None:
    said = town.says("grid1", "liu", "@哨子 登记 3栋2单元502")
    (asked,) = [s for s in said if s.to == "limin"]
    (refused,) = town.says(None, "wangqiang", "确认住户 刘婶")
    assert refused.text.startswith("没有「刘婶」在等确认")
    (refused,) = town.says(None, "wang", "确认住户 刘婶")
    assert refused.text == "「确认住户」要有相应职责才能用(楼栋长、网格员、网格长、社区干部)。"
    assert "确认了" in town.says(None, "wudaye", "确认住户 刘婶")[-1].text  # the building's head
    assert asked.text


def test_several_people_of_one_household_each_person_in_one(town: Town) -> None:
    for who in ("liu", "zhou2"):
        town.says("grid1", who, "@哨子 登记 3栋2单元501")
        town.says(None, "limin", f"确认住户 {'刘婶' if who == 'liu' else '老周'}")
    assert home_of(town, "liu") == home_of(town, "zhou2") == ("2", "501")
    town.says("grid1", "liu", "@哨子 登记 5栋301")
    assert home_of(town, "liu") == ("2", "501")  # until the new one is confirmed
    town.says(None, "limin", "确认住户 刘婶")
    assert home_of(town, "liu") == ("", "301")
    (there,) = town.says(None, "liu", "登记 5栋301")
    assert there.text == "你已经登记在 5栋301 了。"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("登记 3栋", "要写到门牌,例如:登记 3栋2单元501"),
        ("登记", "登记后面还要写内容,例如:登记 3栋2单元501"),
        ("登记 9栋501", "这里没有 9 栋,请写清楚是几栋几单元几号。"),
    ],
)
def test_what_is_wrong_is_said(town: Town, said: str, answer: str) -> None:
    town.says("grid1", "liu", "大家好")
    assert texts(town.says(None, "liu", said), to="liu") == [answer]


LISTED = """
  - {building: g1b5, door: "101", area_m2: 89.53, people: [{channel: web, id: liu}, {channel: web, id: new1}]}
"""


def test_those_of_the_roster_are_confirmed_from_the_start(make_town: Callable[..., Town]) -> None:
    town = make_town(ROSTER + LISTED)
    town.learn(ROSTER + LISTED)  # again: nothing changes
    assert home_of(town, "liu") == home_of(town, "new1") == ("", "101")
    with town.store.read() as uow:
        area = uow.areas.by_code("g1b5")
        assert area is not None
        (home,) = uow.households.within([area.id])
        assert home.area == 8953
        assert len(uow.households.residents(home.id)) == 2


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ('{building: b, door: "1", area_m2: 0}', "area_m2"),
        ('{building: b, door: "1", area_m2: -3.5}', "area_m2"),
        ('{building: b, door: "1", area_m2: 89.125}', "area_m2"),
        ('{building: b, door: "1", area_m2: nan}', "area_m2"),
    ],
)
def test_a_wrong_area_names_the_row(tmp_path: Path, row: str, problem: str) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(f"households:\n  - {row}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.where == "第 2 行 households[0] 1"
    assert caught.value.values["field"] == problem
    assert "大于 0" in caught.value.values["expected"]


def test_a_household_or_a_person_listed_twice_names_the_row(make_town: Callable[..., Town]) -> None:
    town = make_town()
    twice = ROSTER + '  - {building: g1b3, unit: "2", door: "501"}\n'
    with pytest.raises(InputError) as caught:
        town.learn(twice)
    assert (caught.value.where, caught.value.values["earlier"]) == ("households[1]", "households[0]")
    two_homes = ROSTER + LISTED + '  - {building: g1b5, door: "102", people: [{channel: web, id: liu}]}\n'
    with pytest.raises(InputError) as caught:
        town.learn(two_homes)
    assert (caught.value.where, caught.value.values["what"]) == ("households[2]", "resident")


def test_my_data_goes_with_the_person(town: Town) -> None:
    town.says("grid1", "liu", "@哨子 登记 3栋2单元502")
    town.says(None, "limin", "确认住户 刘婶")
    town.says(None, "liu", "删除我的数据")
    town.says(None, "liu", "确认删除")
    with town.store.read() as uow:
        (home,) = [h for h in uow.households.within([1]) if h.door == "502"]
        assert uow.households.residents(home.id) == []


@pytest.mark.parametrize("said", ["登记 3栋2单元502", "登记 3栋2单元502 刘婶", "@哨子 我住3栋2单元502"])
def test_a_whole_door_is_enough_in_any_words(town: Town, said: str) -> None:
    assert [s.to for s in town.says("grid1", "liu", said)] == ["liu", "limin"]


@pytest.mark.parametrize("said", ["登记一下", "登记 3栋", "登记 3栋2单元502 的楼道灯坏了没人修"])
def test_bare_in_a_group_it_wants_the_whole_door_and_nothing_else(town: Town, said: str) -> None:
    assert not any("已登记" in s.text for s in town.says("grid1", "liu", said))
