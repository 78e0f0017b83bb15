"""议事中:一件事等议事会商定,商定的结果回到这件事和提它的人."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

LIFT = "3栋2单元想加装电梯,老人多爬不动"


def gather(town: Town) -> None:
    """Report a case, take it in, and call a meeting for tonight."""
    town.report()
    town.says("staff", "limin", "受理 1")
    town.says("grid1", "limin", "@哨子 议事 今天19:30 党群服务中心 加装电梯")


def test_the_story_of_a_decision(town: Town) -> None:
    gather(town)
    said = town.says("staff", "limin", "上会 1 #1")
    assert texts(said, "grid1") == ["#1 等议事会 #1(3月2日(周一) 19:30)商定。@王姐"]
    (shown,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert "已受理·议事中\n李敏在办" in shown.text
    (early,) = town.says("staff", "limin", "@哨子 议事 决议 1 同意加装")
    assert early.text == "@李敏 议事会 #1 还没开(3月2日(周一) 19:30)。"
    town.until("2026-03-02 20:30")
    said = town.says("staff", "limin", "@哨子 议事 决议 1 同意加装,费用按层分摊")
    assert texts(said, "grid1") == ["#1 议事会商定:同意加装,费用按层分摊。接着办,3月6日 18:00 前办结。@王姐"]
    (shown,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert "议事中" not in shown.text
    town.says("staff", "limin", "办结 1 已开工")
    assert town.state(1) == "resolved"


def test_a_decision_names_its_cases(town: Town) -> None:
    gather(town)
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.until("2026-03-02 20:30")
    said = town.says("staff", "limin", "@哨子 议事 决议 1 一起修 #1 #2")
    assert texts(said, "grid1") == [
        "#1 议事会商定:一起修。接着办,3月5日 18:00 前办结。@王姐\n#2 议事会商定:一起修。@刘婶"
    ]
    said = town.says("staff", "limin", "@哨子 撤销")
    assert sum(s.text.count("「决议」撤销了") for s in said if s.room == "grid1") == 2


def test_the_assignee_hears_the_decision(town: Town) -> None:
    gather(town)
    town.says("staff", "limin", "派单 1 物业")
    town.until("2026-03-02 20:30")
    said = town.says("staff", "limin", "@哨子 议事 决议 1 同意加装 #1")
    assert texts(said, "wuye") == [
        "#1【电梯·小事】3栋2单元 议事会商定:同意加装。请按这个办,3月5日 18:00 前办结。"
    ]


def test_the_clock_stands_still_until_the_meeting_decides(town: Town) -> None:
    """35 working hours are left when the case begins to wait, and when the meeting has decided."""
    town.until("2026-03-02 09:00")
    town.report()
    town.says("staff", "limin", "受理 1")  # due on Thursday at 18:00
    town.says("grid1", "limin", "@哨子 议事 3月10日19:30 党群服务中心 加装电梯")
    town.until("2026-03-02 10:00")
    town.says("staff", "limin", "上会 1 #1", after=0)
    (shown,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert "前办结" not in shown.text
    said = town.says("staff", "limin", "派单 1 物业")
    assert texts(said, "grid1") == ["#1 已派给万邦物业。@王姐"]
    (list_of_the_day,) = [s for s in town.until("2026-03-03 09:00") if s.to == "limin"]
    assert list_of_the_day.text == "今天手上 1 件:\n#1【电梯·小事】3栋2单元 已派单·议事中"
    said = town.until("2026-03-11 10:00")
    assert [s.text for s in said if "前办结" in s.text or "超时" in s.text] == []
    said = town.says("staff", "limin", "@哨子 议事 决议 1 同意加装", after=0)
    assert texts(said, "grid1") == ["#1 议事会商定:同意加装。接着办,3月16日 18:00 前办结。@王姐"]
    late = [s for s in town.until("2026-03-16 18:00") if "时限已到" in s.text]
    assert [(s.at, s.room) for s in late] == [("03-16 18:00:00", "wuye")]


def test_put_off_while_it_waits_it_goes_on_after_both(town: Town) -> None:
    town.until("2026-03-02 09:00")
    town.report()
    town.says("staff", "limin", "受理 1")
    town.until("2026-03-02 10:00")
    town.says("staff", "limin", "上会 1", after=0)
    town.until("2026-03-03 10:00")
    town.says("staff", "zhao", "挂账 1 至 3月6日 等图纸", after=0)
    said = town.until("2026-03-06 09:00")
    assert "#1 恢复办理。@王姐" in texts(said, "grid1")  # it waits for a meeting still
    town.says("grid1", "limin", "@哨子 议事 今天10:00 党群服务中心 加装电梯")
    town.until("2026-03-06 11:00")
    said = town.says("staff", "limin", "@哨子 议事 决议 1 同意加装 #1", after=0)
    assert "接着办,3月12日 10:00 前办结。" in texts(said, "grid1")[0]


def test_a_meeting_that_is_cancelled_gives_its_cases_back(town: Town) -> None:
    town.until("2026-03-02 09:00")
    gather(town)
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.says("staff", "zhao", "受理 2")
    town.says("staff", "limin", "派单 1 物业")
    town.until("2026-03-02 10:00")
    town.says("staff", "limin", "上会 1 #1", after=0)
    town.says("staff", "limin", "上会 2 #1", after=0)
    town.until("2026-03-02 11:00")
    said = town.says("grid1", "limin", "@哨子 议事 取消 1", after=0)
    back = "#1 议事会 #1 取消了,回到已派单,3月6日 10:00 前办结。"
    assert texts(said, "grid1")[1:] == [
        f"{back}@王姐\n#2 议事会 #1 取消了,回到已受理,3月6日 10:00 前办结。@刘婶",
    ]
    assert back in texts(said, "staff")
    assert texts(said, "wuye")[0].startswith("#1【电梯·小事】3栋2单元 议事会 #1 取消了,回到已派单,3月6日")
    (told,) = texts(said, to="zhao")
    assert told == "#2【路灯·小事】5栋门口 议事会 #1 取消了,回到已受理,3月6日 10:00 前办结。"
    (shown,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert "议事中" not in shown.text
    (answer,) = town.says("grid1", "limin", "@哨子 撤销")
    assert "「议事取消」不能撤销" in answer.text  # what was cancelled stays so, and its cases go on


def test_an_emergency_waits_for_no_meeting(town: Town) -> None:
    gather(town)
    town.says("staff", "limin", "上会 1 #1")
    town.passes(minutes=5)
    said = town.says("grid1", "liu", "3栋2单元电梯困人了快来救人")
    assert "limin" in {s.to for s in said}
    assert town.state(2) == "reported"  # a case of its own, which waits for nothing


def test_a_path_that_demands_a_meeting(make_town: Callable[..., Town]) -> None:
    """A 大事 of such a path is not resolved before a meeting has decided."""
    path = "{names: [大事], handler: officer, meeting: true}"
    town = make_town(config=f"governance: {{grades: {{major: {path}}}}}")
    gather(town)
    town.says("staff", "limin", "转级 1 大事")
    (shown,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert "议事中" in shown.text
    (refused,) = town.says("staff", "limin", "办结 1 修好了")
    assert refused.text == ("@李敏 #1 是大事,要议事会商定才能办结,商定后发:议事 决议 会议编号 内容 #1")
    town.until("2026-03-02 20:30")
    town.says("staff", "limin", "@哨子 议事 决议 1 同意 #1")
    town.says("staff", "zhao", "办结 1 修好了")
    assert town.state(1) == "resolved"


def test_waiting_for_no_meeting_in_particular_and_undoing_that(town: Town) -> None:
    town.report()
    said = town.says("staff", "limin", "上会 1")
    assert texts(said, "grid1") == ["#1 等议事会商定。@王姐"]
    (answer,) = town.says("staff", "limin", "上会 1")
    assert answer.text == "@李敏 #1 已经在等议事会了。"
    town.says("staff", "limin", "@哨子 撤销")
    (shown,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert "议事中" in shown.text or "已上报" in shown.text


def test_a_dispute_goes_to_no_meeting(town: Town) -> None:
    town.report()
    town.is_dispute(1)
    (answer,) = town.says(None, "zhao", "上会 1")
    assert answer.text == "#1 是邻里矛盾,不上议事会,由调解员办。"


@pytest.mark.parametrize(
    ("who", "words", "says"),
    [
        ("limin", "上会 1 #9", "没有议事会 #9。"),
        ("limin", "上会 1 明天", "写件的编号,会议编号可不写,例如:上会 12 #1"),
        ("limin", "议事 决议 1", "议事决议后面还要写内容,例如:议事 决议 1 同意加装,费用按层分摊 #12"),
        ("limin", "议事 决议 同意", "要写会议编号和商定的内容,例如:议事 决议 1 同意加装,费用按层分摊 #12"),
        ("limin", "议事 决议 1 ,#1", "要写会议编号和商定的内容,例如:议事 决议 1 同意加装,费用按层分摊 #12"),
        ("limin", "议事 决议 1 同意 #7", "这里没有 #7。"),
        ("wangqiang", "议事 决议 1 同意 #1", "#1 不归你管,不能议事决议。"),
        ("wang", "上会 1", "「上会」要有相应职责才能用(楼栋长、网格员、网格长、社区干部)。"),
    ],
)
def test_what_is_wrong_gets_one_line(town: Town, who: str, words: str, says: str) -> None:
    gather(town)
    town.until("2026-03-02 20:30")
    (answer,) = town.says(None, who, words)
    assert answer.text == says
