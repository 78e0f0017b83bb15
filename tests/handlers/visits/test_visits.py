from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town


@pytest.mark.parametrize(
    "words", ["李敏 3栋 每月", "3栋 每月 李敏", "每月 3栋", "3栋 每个月", "@李敏 三号楼 每月一次"]
)
def test_a_plan_in_any_order(town: Town, words: str) -> None:
    (answer,) = town.says("staff", "limin", f"@哨子 走访 计划 {words}")
    assert answer.text == "记下了:李敏每月走访 3栋,下次 4月2日 到期,到时单独提醒。"


def test_the_visitor_is_reminded_once_per_due_date(town: Town) -> None:
    town.says("staff", "limin", "@哨子 走访 计划 3栋2单元501 王奶奶 每周")
    said = town.until("2026-03-17 09:00")
    said = [s for s in said if s.to == "limin"]  # an officer hears on Friday what was missed
    assert [s.at for s in said] == ["03-09 09:00:00", "03-16 09:00:00"]
    assert said[0].text.startswith("走访提醒:3栋2单元501(王奶奶),3月9日 到期。")


def test_a_due_day_off_is_reminded_on_the_next_working_day(town: Town) -> None:
    town.until("2026-03-07 10:00")  # a Saturday
    town.says("staff", "limin", "@哨子 走访 计划 3栋 每周")
    (said,) = [s for s in town.until("2026-03-20 09:00") if "走访提醒" in s.text][:1]
    assert said.at == "03-16 09:00:00"


def test_a_visit_puts_the_next_one_off(town: Town) -> None:
    town.says("staff", "limin", "@哨子 走访 计划 3栋2单元501 王奶奶 每周")
    town.until("2026-03-06 10:00")
    (answer,) = town.says("staff", "limin", "@哨子 走访 记录 3栋2单元501 王奶奶 一切都好")
    assert answer.text == "走访已记:3栋2单元501王奶奶。"
    said = [s.at for s in town.until("2026-03-14 09:00")]
    assert said == ["03-13 09:00:00"]


def test_a_need_heard_there_becomes_a_case_and_is_not_announced(town: Town) -> None:
    (answer,) = town.says("grid1", "limin", "@哨子 走访 记录 3栋501 王奶奶 楼道灯坏了好久没人修")
    assert (answer.room, answer.to) == (None, "limin")
    assert "听到的诉求记为 #1【路灯·小事】3栋501" in answer.text
    assert [s for s in town.passes(hours=1) if s.room == "grid1"] == []
    assert town.state(1) == "reported"
    (answer,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert "501" not in answer.text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("走访 计划 3栋", "要写地址和周期"),
        ("走访 计划 每月", "要写地址和周期"),
        ("走访 计划 3栋 每月 这个 那个", "要写地址和周期"),
        ("走访 计划 9栋 每月", "你负责的网格里没有 9栋"),
        ("走访 记录 王奶奶 很好", "要写地址和情况"),
        ("走访 记录 3栋501", "要写地址和情况"),
    ],
)
def test_wrong_words(town: Town, text: str, says: str) -> None:
    (answer,) = town.says("staff", "limin", f"@哨子 {text}")
    assert says in answer.text


def test_plans_of_the_roster(make_town: Callable[..., Town]) -> None:
    town = make_town()
    town.learn("visit_plans: [{visitor: 李敏, building: g1b3, door: '501', name: 王奶奶, every: 每两周}]")
    town.learn("visit_plans: [{visitor: 李敏, building: g1b3, door: '501', name: 王奶奶, every: 每两周}]")
    said = town.until("2026-03-16 09:00")
    assert texts(said, to="limin")[0].startswith("走访提醒:3栋501(王奶奶),3月16日 到期。")


def test_missed_for_months_it_is_said_once(make_town: Callable[..., Town], store_url: str) -> None:
    town = make_town()
    town.says("staff", "limin", "@哨子 走访 计划 3栋 每周")
    later = make_town(at="2026-05-06 12:00", url=store_url)
    said = later.passes(hours=1)
    assert len(said) == 1
    assert said[0].text.startswith("[补发] 走访提醒:3栋")


def test_d7_a_visit_on_a_day_that_was_said_stays_on_it(town: Town) -> None:
    (answer,) = town.says(None, "limin", "走访 计划 3栋2单元501 王姐 每周五")
    assert "每周五" in answer.text
    assert "3月6日" in answer.text
    town.until("2026-03-04 10:00")
    town.says(None, "limin", "走访 记录 3栋2单元501 王姐 一切都好")
    due = [s for s in town.until("2026-03-20 12:00") if "走访提醒" in s.text]
    assert [s.at[:5] for s in due] == ["03-13", "03-20"]


def test_of_several_buildings_of_a_number_the_room_s_is_meant(town: Town) -> None:
    town.learn("areas: [{code: g2b3, name: 3栋, kind: building, parent: g2}]")
    (answer,) = town.says("staff", "zhao", "@哨子 走访 计划 3栋 每月 赵主任")
    assert "3栋 有好几处:" in answer.text
    for room in ("grid1", "grid2"):
        (answer,) = town.says(room, "zhao", "@哨子 走访 计划 3栋 每月 赵主任")
        assert answer.text.startswith("记下了:赵主任每月走访 3栋")
    with town.store.read() as uow:
        first, second = (uow.rooms.of("web", room) for room in ("grid1", "grid2"))
        assert first is not None
        assert second is not None
        zhao = uow.people.speaker("web", "zhao")
        assert zhao is not None
        plans = uow.visits.plans_of(zhao[1].id)
        assert [plan.area_id for plan in plans] == [first.area_id, second.area_id]
