"""挂账:写明原因和日子,到时自动恢复,剩多少时间还是多少时间."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town


@pytest.fixture
def at_work(town: Town) -> Town:
    """A case with the property company, due on Thursday at 18:00; it is Monday 9:00."""
    town.report()
    town.until("2026-03-02 09:00")
    town.says("staff", "limin", "派单 1 物业", after=0)
    town.until("2026-03-02 10:00")
    return town


def test_it_rests_and_wakes_by_itself_with_the_time_it_had(at_work: Town) -> None:
    town = at_work
    said = town.says("staff", "zhao", "挂账 1 至 3月20日 等配件到货", after=0)
    line = "#1 挂账:到3月20日再办,等配件到货。"
    assert texts(said, "grid1") == [f"{line}@王姐"]
    assert texts(said, "staff") == [line]
    assert "挂账:到3月20日再办,等配件到货" in texts(said, "wuye")[0]
    assert town.state(1) == "deferred"
    (shown,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert "已挂账(到3月20日)\n万邦物业在办" in shown.text
    assert "前办结" not in shown.text
    said = town.until("2026-03-20 08:59:59")
    assert [s for s in said if "一周通报" not in s.text] == []  # no deadline runs
    said = town.until("2026-03-20 09:00")
    assert {s.at for s in said} == {"03-20 09:00:00"}
    # 35 working hours were left: Friday to Wednesday
    assert texts(said, "grid1") == ["#1 恢复办理,3月25日 17:00 前办结。@王姐"]
    assert texts(said, "wuye")[0].startswith("#1【电梯·小事】3栋2单元 恢复办理,3月25日 17:00 前办结。")
    assert town.state(1) == "assigned"
    late = [s for s in town.until("2026-03-25 17:00") if "时限已到" in s.text]
    assert [(s.at, s.room) for s in late] == [("03-25 17:00:00", "wuye")]


def test_it_is_taken_up_earlier(at_work: Town) -> None:
    town = at_work
    town.says("staff", "zhao", "挂账 1 至 3月20日 等配件到货", after=0)
    town.until("2026-03-03 10:00")
    said = town.says("staff", "zhao", "恢复 1", after=0)
    assert texts(said, "grid1") == ["#1 恢复办理,3月6日 18:00 前办结。@王姐"]
    assert [s for s in town.until("2026-03-20 12:00") if "恢复" in s.text] == []


def test_another_assignee_has_the_time_that_was_left(at_work: Town) -> None:
    at_work.says("staff", "zhao", "挂账 1 至 3月20日 等配件到货", after=0)
    at_work.until("2026-03-20 09:00")
    said = at_work.says("staff", "zhao", "派单 1 城管")
    assert texts(said, "grid1") == ["#1 已派给区城管局,3月25日 17:00 前办结。@王姐"]


def test_another_grade_counts_the_rest_for_nothing(at_work: Town) -> None:
    town = at_work
    town.says("staff", "zhao", "挂账 1 至 3月20日 等配件到货", after=0)
    town.says("staff", "zhao", "转级 1 大事")
    said = town.until("2026-03-20 09:00")
    # 10 working days would have ended on 16 March at 18:00: 98 hours were left
    assert "#1 恢复办理,4月3日 17:00 前办结。@王姐" in texts(said, "grid1")
    assert town.state(1) == "assigned"


def test_nothing_else_is_done_meanwhile(at_work: Town) -> None:
    town = at_work
    town.says("staff", "zhao", "挂账 1 至 3月20日 等配件到货")
    (answer,) = town.says("wuye", "chen", "办结 1 修好了")
    assert answer.text == "@小陈 #1 现在是已挂账,不能办结,先发:恢复 1。"
    (answer,) = town.says("staff", "zhao", "挂账 1 至 3月21日 等人")
    assert answer.text == "@赵主任 #1 现在是已挂账,不能挂账,先发:恢复 1。"
    (answer,) = town.says("staff", "limin", "恢复 1")
    assert "要有相应职责" in answer.text


def test_it_is_undone(at_work: Town) -> None:
    town = at_work
    town.says("staff", "zhao", "挂账 1 至 3月20日 等配件到货")
    said = town.says("staff", "zhao", "@哨子 撤销")
    assert texts(said, "grid1") == ["更正:#1 刚才的「挂账」撤销了,现在是已派单。@王姐"]
    (shown,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert "3月5日 18:00 前办结" in shown.text
    assert [s for s in town.until("2026-03-21 12:00") if "恢复" in s.text] == []


def test_an_emergency_is_a_case_of_its_own_beside_it(at_work: Town) -> None:
    town = at_work
    town.says("staff", "zhao", "挂账 1 至 3月20日 等配件到货")
    town.passes(minutes=5)
    said = town.says("grid1", "liu", "3栋2单元电梯困人了快来救人")
    assert (town.state(1), town.state(2)) == ("deferred", "reported")
    assert "limin" in {s.to for s in said}


def test_not_while_organisations_are_called(at_work: Town) -> None:
    at_work.says("staff", "zhao", "吹哨 1 城管局")
    (answer,) = at_work.says("staff", "zhao", "挂账 1 至 3月20日 等配件到货")
    assert answer.text == "@赵主任 #1 吹哨还没完,先销哨再挂账:销哨 1"


def test_a_dispute_is_deferred_without_the_group(town: Town) -> None:
    town.report()
    town.is_dispute(1)
    town.says(None, "feng", "受理 1")
    said = town.says(None, "zhao", "挂账 1 至 3月20日 等他出差回来")
    assert texts(said, "grid1") == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("挂账 1 等配件", "挂账要写到哪一天,例如:挂账 12 至 3月20日 等配件到货"),
        ("挂账 1 至 3月20日", "挂账要写到哪一天,例如:挂账 12 至 3月20日 等配件到货"),
        ("挂账 1 至 2月30日 等配件", "挂账要写到哪一天,例如:挂账 12 至 3月20日 等配件到货"),
        ("挂账 1 至 3月1日 等配件", "3月1日 已经过了,请写以后的日子。"),
        ("挂账 1 至 今天 等配件", "3月2日 已经过了,请写以后的日子。"),
        ("挂账 1", "挂账后面还要写内容,例如:挂账 12 至 3月20日 等配件到货"),
        ("恢复 1", "#1 现在是已派单,不能恢复。"),
    ],
)
def test_what_is_wrong_gets_one_line(at_work: Town, words: str, says: str) -> None:
    (answer,) = at_work.says("staff", "zhao", words)
    assert answer.text == f"@赵主任 {says}"


def test_those_that_rest_are_listed(at_work: Town) -> None:
    town = at_work
    town.says("staff", "zhao", "挂账 1 至 3月20日 等配件到货")
    (shown,) = town.says(None, "zhao", "待办")
    assert "#1【电梯·小事】3栋2单元 已挂账(到3月20日)" in shown.text
    with town.store.read() as uow:
        case = uow.cases.get(1)
        assert [(one.number, one.state) for one in uow.cases.open_in([case.area_id])] == [(1, "deferred")]
