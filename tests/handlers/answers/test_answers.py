"""问答 (嘉兴 微嘉园, 平城): a question gets an answer, or a human who knows one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import ROSTER, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

TABLE = """
answers:
  - {words: [停车费, 月租], answer: "停车费每月 200 元,到物业交", phone: "58123456", hours: "9:00-17:00"}
"""


@pytest.fixture
def asking(make_town: Callable[..., Town]) -> Town:
    return make_town(config=TABLE, at="2026-03-02 10:00")


def test_by_its_words_with_the_number_and_whether_anybody_is_there_now(asking: Town) -> None:
    (answer,) = asking.says("grid1", "wang", "@哨子 问 停车费怎么交")
    assert answer.text == "停车费每月 200 元,到物业交(电话 58123456)。时间 9:00-17:00,现在有人"
    asking.until("2026-03-02 18:00")
    (answer,) = asking.says(None, "wang", "停车费怎么交?")
    assert answer.text.endswith("现在没有人")


def test_overheard_it_is_answered_when_sure_once_in_two_hours(asking: Town) -> None:
    (answer,) = asking.says("grid1", "liu", "请问停车费怎么交")
    assert answer.text.startswith("停车费每月 200 元")
    assert asking.says("grid1", "zhou2", "停车费多少钱?") == []
    assert asking.says("grid1", "zhou2", "楼上邻居昨天问停车费是不是要涨价了,有人听说吗?") == []
    asking.passes(hours=2, minutes=1)
    assert len(asking.says("grid1", "zhou2", "停车费多少钱?")) == 1


@pytest.mark.parametrize(
    "text", ["停车费真贵", "我昨天交了停车费", "停车费和电梯费一起交的话能不能便宜一点呢大家"]
)
def test_what_is_no_question_or_not_sure_is_left_alone(asking: Town, text: str) -> None:
    assert asking.says("grid1", "liu", text) == []


def test_not_known_goes_to_the_leader_and_back_and_is_kept(asking: Town) -> None:
    said = asking.says("grid1", "liu", "@哨子 问 老年卡在哪里办")
    assert texts(said, room="grid1") == ["我不知道,已问网格长。"]
    (asked,) = [s for s in said if s.to == "limin"]
    assert asked.text.startswith("刘婶问:老年卡在哪里办")
    said = asking.says(None, "limin", "带身份证到社区一楼办", quote=asked.id)
    assert texts(said, room="grid1") == ["李敏答「老年卡在哪里办」:带身份证到社区一楼办"]
    assert [s.mentions for s in said if s.room == "grid1"] == [("liu",)]
    (back,) = [s for s in said if s.to == "limin"]
    (kept,) = asking.says(None, "limin", "存", quote=back.id)
    assert kept.text.startswith("问答 1 存好了,问到老年卡就这样答")
    (answer,) = asking.says("grid1", "zhou2", "@哨子 老年卡怎么办?")
    assert answer.text == "带身份证到社区一楼办"
    assert answer.mentions == ("zhou2",)


def test_the_officer_hears_weekly_what_was_not_known(asking: Town) -> None:
    asking.says("grid1", "liu", "@哨子 问 老年卡在哪里办")
    asking.says("grid1", "wang", "@哨子 问 老年卡怎么办")
    asking.says("grid1", "zhou2", "@哨子 问 图书馆几点开门")
    said = asking.until("2026-03-09 09:00")
    (weekly,) = [s.text for s in said if s.to == "zhao" and "上周有人问" in s.text]
    assert "老年卡在哪里办(2 次)\n图书馆几点开门(1 次)" in weekly


def test_the_table_is_added_to_and_taken_from(town: Town) -> None:
    (answer,) = town.says("staff", "limin", "@哨子 问答 加 装修押金,押金 | 2000 元,三个月后退")
    assert answer.text.startswith("问答 1 存好了")
    (answer,) = town.says("grid1", "liu", "@哨子 问 装修押金多少钱")
    assert answer.text == "2000 元,三个月后退"
    (answer,) = town.says("staff", "limin", "@哨子 问答")
    assert "1. 装修押金、押金:2000 元,三个月后退" in answer.text
    town.says("staff", "limin", "@哨子 问答 删 1")
    said = town.says("grid1", "liu", "@哨子 问 装修押金多少钱")
    assert texts(said, room="grid1") == ["我不知道,已问网格长。"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("问答 加 怎么 | 就这样", "几乎每句话里都有"),
        ("问答 加 小区 | 就这样", "几乎每句话里都有"),
        ("问答 加 费 | 就这样", "几乎每句话里都有"),
        ("问答 加 停车费", "要写成"),
        ("问答 删 9", "没有问答 9"),
        ("存", "要引用"),
    ],
)
def test_wrong_entries_get_the_reason(town: Town, text: str, says: str) -> None:
    (answer,) = town.says("staff", "limin", f"@哨子 {text}")
    assert says in answer.text


def test_who_is_who_and_only_public_numbers(make_town: Callable[..., Town]) -> None:
    roster = ROSTER.replace("{name: 李敏,", "{name: 李敏, phone: '13800000001', public: true,")
    roster = roster.replace("{name: 赵主任,", "{name: 赵主任, phone: '13800000002',")
    town = make_town(roster)
    (answer,) = town.says("grid1", "liu", "@哨子 网格长是谁?")
    assert answer.text == "网格长是李敏(电话 13800000001)。"
    (answer,) = town.says("grid1", "liu", "@哨子 社区主任电话多少?")
    assert answer.text == "社区干部是赵主任。"
    (answer,) = town.says("grid1", "liu", "物业电话多少")
    assert answer.text == "物业是万邦物业。"


def test_when_the_next_meeting_is(town: Town) -> None:
    (answer,) = town.says("grid1", "liu", "@哨子 下次议事会什么时候?")
    assert answer.text == "近期还没有定下议事会。"
    town.says("grid1", "limin", "@哨子 议事 周六晚上7点半 党群服务中心 加装电梯")
    (answer,) = town.says("grid1", "liu", "@哨子 下次议事会什么时候?")
    assert answer.text == "下一次是议事会 #1「加装电梯」,3月7日(周六) 19:30,党群服务中心。"


@pytest.mark.parametrize(
    "asked", ["周六几点开会", "在哪开会", "会在哪儿开", "下次议事会什么时候", "这周什么时候开会啊"]
)
def test_b12_when_and_where_the_next_meeting_is(town: Town, asked: str) -> None:
    town.says("grid1", "liu", "大家好")
    town.says("staff", "limin", "议事 周六晚上7点半 党群服务中心 加装电梯")
    (answer,) = texts(town.says(None, "liu", asked), to="liu")
    assert answer == "下一次是议事会 #1「加装电梯」,3月7日(周六) 19:30,党群服务中心。"


@pytest.mark.parametrize("asked", ["都有谁报名了", "有多少人报名", "几家要来开会"])
def test_b12_how_many_come_to_it(town: Town, asked: str) -> None:
    assert texts(town.says("grid1", "liu", f"@哨子 {asked}"), "grid1") == ["近期还没有定下议事会。"]
    town.says("staff", "limin", "议事 周六晚上7点半 党群服务中心 加装电梯")
    town.says("grid1", "wang", "报名 3个人")
    assert "议事会 #1「加装电梯」已报名 3 人。" in texts(town.says(None, "liu", asked), to="liu")


@pytest.mark.parametrize("asked", ["你是机器人吗", "你是谁", "你到底是真人还是机器人啊", "你叫什么名字?"])
def test_b12_who_asks_what_it_is(town: Town, asked: str) -> None:
    (answer,) = texts(town.says("grid1", "liu", f"@哨子 {asked}"), "grid1")
    assert answer.startswith("我是哨子,社区的机器人")
    assert town.says("grid1", "liu", asked) == []


@pytest.mark.parametrize(
    "question", ["刘婶电话多少", "刘婶家住哪", "刘婶住几栋", "最近谁投诉过", "是谁举报我的"]
)
@pytest.mark.parametrize("room", ["grid1", None])
def test_of_a_neighbour_nothing_is_told_nor_passed_on(asking: Town, room: str | None, question: str) -> None:
    asking.says("grid1", "liu", "早上好")
    asking.says("grid1", "zhou2", "早")
    said = asking.says(room, "zhou2", f"@哨子 {question}" if room else question)
    assert [s.text for s in said] == ["别人的电话、住处、说过什么,我不告诉别人。要找他,请网格长帮你转告。"]


@pytest.mark.parametrize("question", ["李敏电话多少", "燃气公司电话多少", "锁匠电话多少"])
def test_whom_nobody_here_is_hid_by_is_asked_for_as_ever(asking: Town, question: str) -> None:
    asking.says("grid1", "zhou2", "早")
    said = asking.says(None, "zhou2", question)
    assert texts(said, to="limin") or "网格长" in said[0].text


@pytest.mark.parametrize("said", ["别说是我反映的", "不要讲是我举报的", "别告诉楼上是我说的"])
def test_who_wants_to_stay_unnamed_hears_what_is_told(asking: Town, said: str) -> None:
    asking.says("grid1", "zhou2", "早")
    assert asking.says(None, "zhou2", said)[0].text.startswith("群里只说编号")


@pytest.mark.parametrize("said", ["能不能打电话给我", "我不会打字", "转人工"])
def test_who_wants_a_human_hears_who_is_there(asking: Town, said: str) -> None:
    asking.says("grid1", "zhou2", "早")
    assert asking.says(None, "zhou2", said)[0].text.startswith("网格长是李敏。")
