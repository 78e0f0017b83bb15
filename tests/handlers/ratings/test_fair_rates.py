"""三率: asked of those it was done for, once more after two days, and never of those who did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town

AGAIN = (
    "#1【电梯】已办结,还没听到你的评价。@王姐 办得怎么样?"
    "请回一个数:1 满意 2 基本满意 3 不满意 4 没解决 5 没人联系过我"
)


def resolved(town: Town) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    town.says("wuye", "chen", "办结 1 换了主板")


def source_of(town: Town, number: int) -> str:
    with town.store.read() as uow:
        area = next(a for a in uow.areas.communities() if a.name == "百安坝社区")
        case = uow.cases.numbered(area.id, number)
        assert case is not None
        return case.source.value


ASK = "办得怎么样?请回一个数:1 满意 2 基本满意 3 不满意 4 没解决 5 没人联系过我"


def test_nobody_is_asked_at_night(town: Town) -> None:
    town.until("2026-03-02 23:40")
    town.says("grid1", "wang", "3栋煤气味好大,是不是漏气了")
    town.says("grid1", "liu", "大家好")
    town.says("staff", "limin", "受理 1")
    town.until("2026-03-03 01:30")
    said = town.says("staff", "limin", "办结 1 软管已换,复检无泄漏")
    assert texts(said, "grid1") == ["#1 已办结:软管已换,复检无泄漏。@王姐"]  # the news does not wait
    (asked,) = [s for s in town.until("2026-03-03 08:00") if s.room == "grid1"]
    assert (asked.at, asked.mentions) == ("03-03 07:00:00", ("wang",))
    assert asked.text == f"#1【燃气】夜里办结了。@王姐 {ASK}"
    town.says("grid1", "wang", "1", quote=asked.id)
    assert town.state(1) == "closed"


def test_who_has_answered_in_the_night_is_not_asked_in_the_morning(town: Town) -> None:
    town.says("grid1", "liu", "大家好")
    town.says(None, "liu", "5栋门口路灯不亮好几天了")
    town.says("staff", "limin", "受理 1")
    town.until("2026-03-02 23:00")
    said = town.says("staff", "limin", "办结 1 换了灯泡")
    assert texts(said, to="liu") == ["#1 已办结:换了灯泡。"]  # alone, too
    assert texts(town.says(None, "liu", "1"), to="liu") == ["#1 已归档,谢谢。"]
    assert texts(town.until("2026-03-03 08:00"), to="liu") == []


def test_who_keeps_silent_is_asked_once_more_after_two_days_and_then_left_alone(town: Town) -> None:
    resolved(town)  # on a Monday, before the office opens
    said = [s for s in town.passes(days=6) if s.room == "grid1" and "评价" in s.text]
    assert [(s.at, s.text, s.mentions) for s in said] == [("03-04 09:00:00", AGAIN, ("wang",))]
    town.says("grid1", "wang", "1", quote=said[0].id)
    assert town.state(1) == "closed"


def test_who_has_answered_is_not_asked_again(town: Town) -> None:
    town.report("wang")
    town.report("liu", "3栋2单元电梯坏了没人来修,急人")
    town.says("grid1", "limin", "@哨子 受理 1")
    town.says("grid1", "limin", "@哨子 办结 1 修好了")
    town.says("grid1", "wang", "1")
    (said,) = [s for s in town.passes(days=3) if s.room == "grid1" and "评价" in s.text]
    assert said.mentions == ("liu",)


def test_nobody_is_asked_again_about_what_is_back_in_hand(town: Town) -> None:
    resolved(town)
    town.says("grid1", "limin", "@哨子 重办 1 又停了")
    assert [s for s in town.passes(days=3) if "评价" in s.text and s.room == "grid1"] == []


def test_over_the_weekend_the_question_waits_for_the_office(town: Town) -> None:
    town.until("2026-03-05 16:00")  # a Thursday
    resolved(town)
    (said,) = [s for s in town.passes(days=6) if s.room == "grid1" and "你的评价" in s.text]
    assert said.at == "03-09 09:00:00"


def test_who_spoke_alone_is_asked_again_alone(town: Town) -> None:
    town.says("grid1", "liu", "大家好")
    town.says(None, "liu", "5栋门口路灯不亮好几天了")
    town.says("staff", "limin", "受理 1")
    town.says("staff", "limin", "办结 1 换了灯泡")
    said = town.passes(days=3)
    assert [s for s in said if s.room == "grid1"] == []
    assert texts(said, to="liu")[0].startswith("#1【路灯】已办结,还没听到你的评价。办得怎么样?")


@pytest.mark.parametrize("who", ["limin", "wudaye"])
def test_staff_are_not_asked_though_they_raised_it(town: Town, who: str) -> None:
    town.report(who)
    town.says("staff", "zhao", "派单 1 物业")
    said = town.says("wuye", "chen", "办结 1 换了主板")
    assert texts(said, "grid1") == ["#1 已办结:换了主板。"]
    (answer,) = town.says("grid1", who, "@哨子 评价 1 满意")
    assert answer.text.endswith("#1 归你们办,请居民来评价。")
    assert town.says("grid1", who, "1") == []
    assert source_of(town, 1) == "patrol"  # what they reported counts as found by staff
    town.passes(days=7)
    assert town.state(1) == "closed"


def test_a_neighbour_beside_a_member_of_staff_is_asked_alone(town: Town) -> None:
    town.report("wudaye")
    town.report("wang", "3栋2单元电梯坏了没人来修,急人")
    town.says("staff", "limin", "受理 1")
    said = town.says("staff", "limin", "办结 1 修好了")
    assert "@王姐 办得怎么样" in texts(said, "grid1")[0]
    assert "@吴大爷" not in texts(said, "grid1")[0]
    town.says("grid1", "wang", "1")
    assert town.state(1) == "closed"


def test_who_works_for_the_organisation_that_did_it_does_not_rate_it(town: Town) -> None:
    town.says("grid1", "luo", "大家好")
    town.says(None, "luo", "3栋2单元电梯坏了,没人修")
    town.says("staff", "limin", "派单 1 物业")
    said = town.says("wuye", "chen", "办结 1 换了主板")
    assert texts(said, to="luo") == ["#1 已办结:换了主板。"]
    (answer,) = town.says(None, "luo", "评价 1 满意")
    assert answer.text == "#1 归你们办,请居民来评价。"


def test_a_resident_of_another_grid_is_no_staff_there(town: Town) -> None:
    town.report("wangqiang")  # leads the second grid, lives in the first
    town.says("grid1", "limin", "@哨子 受理 1")
    (said,) = town.says("grid1", "limin", "@哨子 办结 1 修好了")
    assert "@王强 办得怎么样" in said.text
    assert source_of(town, 1) == "appeal"


def test_discontent_by_mistake_is_taken_back_while_nobody_has_begun(town: Town) -> None:
    resolved(town)
    town.says("grid1", "wang", "3")
    assert town.state(1) == "in_progress"
    said = town.says("grid1", "wang", "@哨子 评价 1 满意 按错了")
    assert town.state(1) == "closed"
    assert texts(said, "wuye") == ["#1【电梯·小事】3栋2单元 居民改了评价,不用重办了。"]
    (answer,) = town.says("grid1", "limin", "@哨子 统计")
    assert "满意率 100.0%" in answer.text


def test_it_is_not_taken_back_once_somebody_has_begun(town: Town) -> None:
    resolved(town)
    town.says("grid1", "wang", "3")
    town.says("wuye", "chen", "办理 1 再去看看")
    town.says("grid1", "wang", "@哨子 评价 1 满意")
    assert town.state(1) == "in_progress"
