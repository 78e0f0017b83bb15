"""每日巡: what staff see on their rounds is a case found by staff; the group hears nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from data.domain.case import Case
    from tests.town import Said, Town

SEEN = "巡查 3栋 消防通道堵塞"


def case(town: Town, number: int) -> Case:
    with town.store.read() as uow:
        area = next(a for a in uow.areas.communities() if a.name == "百安坝社区")
        found = uow.cases.numbered(area.id, number)
        assert found is not None
        return found


def in_group(said: list[Said]) -> list[str | None]:
    return [s.room for s in said if s.room in ("grid1", "grid2")]


def test_what_is_seen_becomes_a_case_and_is_not_announced(town: Town) -> None:
    town.until("2026-03-02 09:30")
    said = town.says("staff", "limin", f"@哨子 {SEEN}")
    assert texts(said) == [
        "@李敏 巡查记为 #1【消防隐患·小事】3栋消防通道,11:30 前受理。受理发:受理 1;直接派单发:派单 1 单位"
    ]
    assert in_group(town.passes(minutes=5)) == []
    found = case(town, 1)
    assert (found.source.value, found.place.building) == ("patrol", "3")


def test_a_building_head_tells_whoever_is_in_charge(town: Town) -> None:
    said = town.says(None, "wudaye", SEEN)
    assert {s.to for s in said} == {"wudaye", "limin"}
    assert texts(said, to="limin")[0].startswith("新诉求 #1【消防隐患·小事】3栋消防通道,吴大爷说:")
    said = town.says("staff", "limin", "受理 1")
    assert [s.text.startswith("#1 已受理") for s in said if s.to == "wudaye"] == [True]


def test_said_in_the_group_it_is_answered_alone(town: Town) -> None:
    said = town.says("grid1", "limin", f"@哨子 {SEEN}")
    assert [(s.room, s.to) for s in said] == [(None, "limin")]


def test_the_finder_who_handles_it_hears_each_step_once(town: Town) -> None:
    town.says("grid1", "limin", f"@哨子 {SEEN}")
    for command in ("受理 1", "办结 1 清理了"):
        (said,) = town.says("staff", "limin", command)
        assert (said.room, said.to) == ("staff", None)
    with town.store.read() as uow:  # and has the news by that
        assert "feed_back" in [step.action for step in uow.timeline.of_case(case(town, 1).id)]


def test_its_steps_are_as_any_and_nobody_is_asked_to_rate(town: Town) -> None:
    town.says("staff", "limin", f"@哨子 {SEEN}")
    town.says("staff", "limin", "派单 1 物业")
    said = town.says("wuye", "chen", "办结 1 清理了")
    assert in_group(said) == []
    assert not any("办得怎么样" in s.text for s in said)
    town.passes(days=7)
    assert town.state(1) == "closed"


def test_with_a_picture_before_it_or_on_it(town: Town) -> None:
    town.says("staff", "limin", kind="image", media="a.jpg")
    town.says("staff", "limin", f"@哨子 {SEEN}")
    assert [line.media for line in town.appeal_of("limin")] == ["a.jpg", None]
    town.says("staff", "limin", "@哨子 巡查 5栋 门口路灯不亮", kind="image", media="b.jpg")
    assert [line.media for line in town.appeal_of("limin")] == ["b.jpg"]
    town.says(None, "limin", "巡查 3栋 楼道堆了杂物垃圾没清")
    town.says(None, "limin", kind="image", media="c.jpg")  # right after, in private
    assert [line.media for line in town.appeal_of("limin")] == [None, "c.jpg"]


def test_what_is_known_is_not_a_second_case(town: Town) -> None:
    town.report("wang", "3栋消防通道被电动车堵塞了,没人管")
    (answer,) = town.says("staff", "limin", f"@哨子 {SEEN}")
    assert answer.text == "@李敏 这件已经在办:#1【消防隐患·大事】3栋消防通道,补记上了。"
    assert town.state(2) == "none"


def test_an_emergency_on_a_patrol_calls_the_ladder(town: Town) -> None:
    said = town.says(None, "wudaye", "巡查 3栋 着火了,浓烟")
    assert "119" in texts(said, to="wudaye")[0]
    assert texts(said, to="limin")[0].startswith("【紧急】#1")
    assert in_group(said) == []


def test_without_a_building_the_only_grid_is_meant(town: Town) -> None:
    town.says("staff", "limin", "@哨子 巡查 小广场垃圾桶满了没人清")
    with town.store.read() as uow:
        assert uow.areas.get(case(town, 1).area_id).name == "第一网格"
    (answer,) = town.says("staff", "zhao", "@哨子 巡查 小广场垃圾桶满了没人清")
    assert answer.text.startswith("@赵主任 要写是几栋")


@pytest.mark.parametrize(
    ("text", "says"), [("巡查 8栋 垃圾没清", "你负责的网格里没有 8"), ("巡查", "巡查后面还要写内容")]
)
def test_what_is_wrong_is_said_in_one_line(town: Town, text: str, says: str) -> None:
    (answer,) = town.says("staff", "limin", f"@哨子 {text}")
    assert says in answer.text


def test_residents_do_not_patrol(town: Town) -> None:
    (answer,) = town.says("grid1", "wang", f"@哨子 {SEEN}")
    assert "要有相应职责" in answer.text


def test_it_can_be_taken_back(town: Town) -> None:
    town.says(None, "wudaye", SEEN)
    said = town.says(None, "wudaye", "撤销")
    assert texts(said, to="wudaye") == ["刚才记的撤销了(#1)。"]
    assert texts(said, to="limin") == ["#1【消防隐患·小事】3栋消防通道 已撤回,不用办了。"]
    assert town.state(1) == "withdrawn"


def test_once_somebody_has_taken_it_in_hand_it_stays(town: Town) -> None:
    town.says(None, "wudaye", SEEN)
    town.says("staff", "limin", "受理 1")
    (answer,) = town.says(None, "wudaye", "撤销")
    assert "不能撤销了" in answer.text
    assert town.state(1) == "accepted"


def test_a_visit_with_a_case_can_be_taken_back(town: Town) -> None:
    town.says(None, "limin", "走访 记录 3栋501 王奶奶 楼道灯坏了好久没人修")
    assert town.state(1) == "reported"
    town.says(None, "limin", "撤销")
    assert town.state(1) == "withdrawn"


def test_it_counts_as_found_by_staff(town: Town) -> None:
    town.says("staff", "limin", f"@哨子 {SEEN}")
    (answer,) = town.says("staff", "limin", "@哨子 统计 今天")
    assert "干部自己发现 1 件" in answer.text


@pytest.mark.parametrize(
    ("words", "well"),
    [
        ("小区一切正常", True),
        ("电梯正常,消防通道畅通,无异常", True),
        ("地下车库 安全", True),
        ("3栋一切正常,5栋漏水", False),
        ("门坏了刚修好", False),
        ("单元门关不好", False),
    ],
)
def test_b3_a_round_on_which_all_was_well_opens_nothing(town: Town, words: str, well: bool) -> None:
    town.says("staff", "limin", f"巡查 {words}")
    assert town.state(1) == ("none" if well else "reported")
