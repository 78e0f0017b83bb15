"""进度, 我的诉求, 待办, 统计, 帮助, 我的数据, 撤销."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.hearing.forms import FORMS
from handlers.hearing.verbs import Who
from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town


def test_progress(town: Town) -> None:
    (answer,) = town.says("grid1", "wang", "@哨子 进度")
    assert answer.text.startswith("你还没有提过诉求")
    town.report()
    (answer,) = town.says("grid1", "wang", "@哨子 进度")
    assert answer.text == "@王姐 #1【电梯·小事】3栋2单元:已上报\n11:00 前受理\n08:00 上报"
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    town.says("wuye", "chen", "办理 1 师傅下午到")
    (answer,) = town.says(None, "wang", "进度")
    assert answer.text == (
        "#1【电梯·小事】3栋2单元:办理中\n万邦物业在办;3月5日 18:00 前办结\n08:00 上报;最近:师傅下午到"
    )
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.says("grid1", "limin", "@哨子 并案 2 1")
    (answer,) = town.says("grid1", "liu", "@哨子 进度 2")
    assert "已并案,并入 #1" in answer.text


def test_mine(town: Town) -> None:
    town.report()
    town.report("wang", "5栋门口路灯不亮好几天了")
    (answer,) = town.says("grid1", "wang", "@哨子 我的诉求")
    assert (answer.room, answer.to) == (None, "wang")
    assert answer.text == "你的诉求:\n#2【路灯·小事】5栋门口 已上报\n#1【电梯·小事】3栋2单元 已上报"


def test_todo(town: Town) -> None:
    (answer,) = town.says("grid1", "limin", "@哨子 待办")
    assert (answer.to, answer.text) == ("limin", "没有待办。")
    town.report()
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    (answer,) = town.says("grid1", "limin", "@哨子 待办")
    assert answer.text == (
        "待办 2 件:\n#2【路灯·小事】5栋门口 已上报,11:00 前\n#1【电梯·小事】3栋2单元 已派单,3月5日 18:00 前"
    )
    (answer,) = town.says(None, "chen", "待办")
    assert answer.text == "待办 1 件:\n#1【电梯·小事】3栋2单元 已派单,3月5日 18:00 前"
    (answer,) = town.says(None, "wangqiang", "待办")
    assert answer.text == "没有待办。"
    (answer,) = town.says("grid1", "wang", "@哨子 待办")
    assert "要有相应职责" in answer.text
    town.until("2026-03-02 14:00")
    town.news()
    (answer,) = town.says(None, "zhao", "待办")
    assert "已上报,11:00 已到时限" in answer.text


def test_a_long_list_is_cut(town: Town) -> None:
    for number in range(13):
        town.report(f"r{number}", f"{number + 11}栋门口垃圾堆成山没人清")
    (answer,) = town.says(None, "limin", "待办")
    assert answer.text.startswith("待办 13 件:")
    assert answer.text.endswith("……还有 3 件")


@pytest.mark.parametrize("period", ["", "今天", "本周", "本月", "2026-03"])
def test_statistics(town: Town, period: str) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 受理 1")
    town.says("grid1", "limin", "@哨子 办结 1 好了")
    town.says("grid1", "wang", "2")
    (answer,) = town.says("grid1", "limin", f"@哨子 统计 {period}")
    assert answer.text == (
        f"百安坝社区{period or '本周'}:上报 1 件,受理 1,办结 1,在办 0,重办 0。\n"
        "评价 1 人:响应率 100.0%,解决率 100.0%,满意率 90.0%,综合 96.0%。"
    )


def test_statistics_of_nothing(town: Town) -> None:
    (answer,) = town.says("grid1", "limin", "@哨子 统计 上月")
    assert "评价 0 人:响应率 –,解决率 –,满意率 –,综合 –。" in answer.text
    (answer,) = town.says("grid1", "limin", "@哨子 统计 猴年马月")
    assert "没看懂「猴年马月」" in answer.text
    (answer,) = town.says(None, "zhou", "统计 上周")
    assert answer.text.startswith("高笋塘街道上周:上报 0 件")
    (answer,) = town.says(None, "limin", "统计 上周")
    assert answer.text.startswith("百安坝社区上周")


def test_help_shows_what_ones_duties_allow(town: Town) -> None:
    (answer,) = town.says("grid1", "wang", "@哨子 帮助")
    assert answer.room == "grid1"
    assert "进度" in answer.text
    assert "派单" not in answer.text
    (answer,) = town.says("grid1", "limin", "@哨子 ？")
    assert answer.to == "limin"
    (answer,) = town.says("grid1", "limin", "@哨子 帮助 全部")
    for form in FORMS:
        theirs = form.who not in (Who.OFFICER, Who.MEDIATOR, Who.RESPONDER)
        assert (form.example in answer.text) is theirs


def test_what_is_not_understood(town: Town) -> None:
    (answer,) = town.says(None, "wang", "天上的云好白")
    assert answer.text == "没听懂。有事直接说(哪里、怎么了),查命令发:帮助"
    assert len(town.says(None, "wang", "云好白")) == 1  # each time
    assert town.says(None, "wang", "[微笑]👍……") == []  # nothing is said
    (answer,) = town.says("grid1", "liu", "@哨子 你好呀")
    assert answer.room == "grid1"
    (answer,) = town.says("grid1", "liu", "@哨子 你在干嘛呀")  # in a group once in ten minutes a person
    assert answer.to == "liu"
    town.passes(minutes=11)
    (answer,) = town.says("grid1", "liu", "@哨子 嘿你好呀")
    assert answer.room == "grid1"


def test_my_data_and_its_deletion(town: Town) -> None:
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.says("grid1", "limin", "@哨子 受理 1")
    answer, _ = town.says("grid1", "liu", "@哨子 我的数据")
    assert answer.to == "liu"
    assert "账号 web:刘婶;诉求 1 条" in answer.text
    town.says("grid1", "liu", "@哨子 删除我的数据")
    (answer,) = town.says("grid1", "liu", "@哨子 确认删除")
    assert (answer.room, answer.to) == (None, "liu")
    assert answer.text.startswith("已删除")
    assert town.state(1) == "accepted"  # the case goes on
    news = town.says("grid1", "limin", "@哨子 办结 1 换了灯泡")
    assert texts(news) == ["#1 已办结:换了灯泡。"]
    dump = town.dump()
    assert "刘婶" not in dump
    assert "路灯不亮好几天" not in dump
    assert "'liu'" not in dump


def test_staff_keep_their_account(town: Town) -> None:
    town.says(None, "limin", "删除我的数据")
    (answer,) = town.says(None, "limin", "确认删除")
    assert "账号由管理员在花名册里管" in answer.text
    town.report()
    town.says("grid1", "limin", "@哨子 受理 1")
    assert town.state(1) == "accepted"


def test_undo_a_step_within_two_minutes(town: Town) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 受理 1")
    town.says("grid1", "limin", "@哨子 办结 1 弄错了", after=30)
    (news,) = town.says("grid1", "limin", "@哨子 撤销", after=60)
    assert news.text == "更正:#1 刚才的「办结」撤销了,现在是已受理。@王姐"
    assert town.state(1) == "accepted"
    assert town.says("grid1", "wang", "3") == []  # the question is void
    (answer,) = town.says("grid1", "limin", "@哨子 撤销", after=60)
    assert answer.text == "@李敏 两分钟内没有可撤销的命令。"
    said = town.until("2026-03-05 18:00")
    assert any("应在 18:00 前办结" in s.text for s in said)  # the clock runs on


def test_undo_is_ones_own_and_not_after_others(town: Town) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 受理 1")
    (answer,) = town.says("staff", "zhao", "@哨子 撤销")
    assert "没有可撤销" in answer.text
    town.says("staff", "zhao", "派单 1 物业")
    (answer,) = town.says("grid1", "limin", "@哨子 撤销")
    assert answer.text == "@李敏 #1 之后又有了新进展,不能撤销了。"


def test_undo_a_merge(town: Town) -> None:
    town.report()
    town.report("liu", "5栋门口垃圾没人清")
    town.says("grid1", "zhou2", "+1")
    town.says("grid1", "limin", "@哨子 并案 2 1")
    town.says("grid1", "limin", "@哨子 撤销")
    assert town.state(2) == "reported"
    (news,) = town.says("grid1", "limin", "@哨子 受理 2")
    assert news.mentions == ("liu",)


def test_undo_a_meeting_and_a_visit(town: Town) -> None:
    town.says("grid1", "limin", "@哨子 议事 周六晚上7点半 党群服务中心 加装电梯")
    (news,) = town.says("grid1", "limin", "@哨子 撤销")
    assert news.text == "议事会 #1「加装电梯」取消了。"
    town.says("staff", "limin", "@哨子 走访 记录 3栋501 王奶奶 都好")
    (answer,) = town.says("staff", "limin", "@哨子 撤销")
    assert answer.text == "刚才记的走访撤销了。"
    (answer,) = town.says("staff", "limin", "@哨子 走访 计划 3栋 每周")
    (answer,) = town.says("staff", "limin", "@哨子 撤销")
    assert "没有可撤销" in answer.text


def test_disputes_are_told_to_nobody_else(town: Town) -> None:
    town.says("grid1", "wang", "楼上3栋2单元602每天半夜打麻将,说了几次都不听还骂人,太欺负人了")
    said = town.passes(seconds=10)
    assert {(s.room, s.to) for s in said} == {(None, "wang"), (None, "feng")}
    assert said[0].text == "已记为 #1,转调解员处理,不在群里说。"
    (answer,) = town.says("grid1", "liu", "@哨子 进度 1")
    assert "这里没有" in answer.text
    (answer,) = town.says("grid1", "liu", "@哨子 附议 1")
    assert "这里没有" in answer.text
    news = town.says(None, "feng", "受理 1")
    assert {s.to for s in news} == {"wang", "feng"}
    assert town.says("grid1", "liu", "+1") == []
    (answer,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert answer.to == "wang"
