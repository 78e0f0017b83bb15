"""险情过去了:谁说的,怎么算;说话的人是谁叫到的、谁报的、谁家邻居,各不一样."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from handlers.emergencies.alarm_words import answer_in, over_in
from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town

LIFT = "有人困电梯里了,3栋1单元"
ALL = frozenset({"fire", "gas", "lift", "missing", "danger", "medical", "electricity"})


@pytest.mark.parametrize(
    ("hazard", "words"),
    [
        ("fire", "火扑灭了|看清了,是切割机,没着火|没有起火|火已经灭了,大家别慌|烟散了"),
        ("gas", "阀门关了|燃气公司来了,总阀关好了|不漏了|不是煤气,是下水道"),
        ("lift", "人出来了,没事|门撬开了 娃娃都出来了|已经救出来了|学生都放出来了|哦门开了出来了"),
        ("missing", "找到了找到了,在他同学家|娃娃找到了|孙子自己回来了|老人到家了"),
        ("danger", "抓走了|没有压到人,拉了警戒线|两个人劝开了,散了|没人受伤|挪车的人上来了|水退了"),
        ("medical", "救护车拉走了|送医院了|人醒过来了|老伴送去医院了,120接走了"),
        ("electricity", "电已经断了|总闸拉了|我拉闸了|不冒火花了"),
    ],
)
def test_a_danger_is_over_in_its_own_words(hazard: str, words: str) -> None:
    for said in words.split("|"):
        assert over_in(said, ALL) == {hazard}, said


@pytest.mark.parametrize(
    "said", ["虚惊一场", "收到,虚惊一场就好", "没事了", "是误会", "已处理,是三楼灶头没关", "警报解除"]
)
def test_what_ends_any_danger(said: str) -> None:
    assert over_in(said, ALL) == ALL


@pytest.mark.parametrize(
    "said",
    [
        "火灭了吗",
        "还没找到",
        "人还在里面",
        "又烧起来了",
        "找到了一件衣服",
        "没事的话来帮忙",
        "昨天的火灭了",
        "人出来了一个,还有一个在里面",
        "灯灭了",
        "阀门在哪里",
        "怎么没人来",
        "路灯灭了",
        "刚才微信上有人问我那年厂里的事情,我就给他讲了半天,火灭了,人都去吃饭了,老厂长请的客,热闹得很",
    ],
)
def test_other_talk_ends_none(said: str) -> None:
    assert not over_in(said, ALL)


@pytest.mark.parametrize(
    "said",
    [
        "都别开灯,先出来,我过去了",
        "我在去的路上",
        "人已经在路上了",
        "我马上安排人去看",
        "已经通知消防了",
        "维保已经在路上",
        "电工十分钟到",
    ],
)
def test_who_comes_says_so_anywhere_in_the_line(said: str) -> None:
    assert answer_in(said, public=True) is not None


@pytest.mark.parametrize(
    "said", ["我过去的照片", "不要慌,他没来", "你马上安排人去吗", "我明天过去看看", "知道了"]
)
def test_who_does_not_come_has_answered_nothing(said: str) -> None:
    assert answer_in(said, public=True) is None


def test_who_raised_it_ends_the_calling_and_all_who_were_called_hear_it(town: Town) -> None:
    town.says("grid1", "wang", LIFT)
    said = town.says("grid1", "wang", "人出来了,没事", after=200)
    assert texts(said, "grid1") == []
    (told,) = texts(said, to="limin")
    assert told == (
        "#1【电梯·大事】3栋1单元 报险的王姐说:人出来了,没事\n"
        "不再往下叫人了。请去核实一下,没事了发:办结 1 结果"
    )
    assert not any("紧急" in s.text for s in town.passes(hours=1))
    assert town.state(1) == "reported"  # nobody has seen to it yet
    town.says(None, "limin", "收到")
    assert town.state(1) == "accepted"


def test_a_neighbour_ends_no_calling_but_is_heard(town: Town) -> None:
    town.says("grid1", "wang", LIFT)
    said = town.says("grid1", "liu", "人出来了", after=60)
    assert [(s.room, s.to) for s in said] == [(None, "limin"), ("staff", None)]
    assert "邻居刘婶说:人出来了" in said[0].text
    assert any("紧急" in s.text for s in town.passes(minutes=6))


@pytest.mark.parametrize(("room", "who"), [("staff", "limin"), ("grid1", "limin"), ("wuye", "chen")])
def test_who_was_called_and_says_so_has_answered(town: Town, room: str, who: str) -> None:
    town.says("grid1", "wang", LIFT)
    said = town.says(room, who, "门开了,人都出来了", after=60)
    assert texts(said, "grid1") == ["#1 办理中:门开了,人都出来了。@王姐"]
    assert not any("紧急" in s.text for s in town.passes(hours=1))
    town.says(room, who, "办结 1 放出来了")
    assert town.state(1) == "resolved"


def test_alone_with_the_bot_who_raised_it_is_answered(town: Town) -> None:
    town.says(None, "wang", "我老伴喘不上气了")
    said = town.says(None, "wang", "救护车拉走了", after=600)
    assert texts(said, to="wang") == ["知道了,记在 #1 里,已告诉叫过的人。"]
    assert any("救护车拉走了" in text for text in texts(said, to="limin"))


def test_what_is_told_alone_is_ended_by_no_word(town: Town) -> None:
    town.says("grid1", "wang", "老公天天喝酒打我,怎么办")
    town.says("grid1", "wang", "没事了", after=60)
    assert any(s.to == "zhou" for s in town.passes(minutes=6))


def test_with_several_alarms_a_word_for_all_ends_none(town: Town) -> None:
    town.says("grid1", "wang", LIFT)
    town.says("grid1", "liu", "5栋着火了,快来人", after=5)
    (which,) = texts(town.says("staff", "limin", "没事了", after=5), "staff")
    assert "#1、#2。" in which
    said = town.says("staff", "limin", "火灭了", after=5)
    assert texts(said, "grid1") == ["#2 办理中:火灭了。@刘婶"]


def test_long_after_an_alarm_it_is_talk(town: Town) -> None:
    town.says("grid1", "wang", LIFT)
    town.passes(hours=3)
    assert town.says("grid1", "liu", "没事了") == []


def test_a_fight_under_way_is_no_duty_call_besides(town: Town) -> None:
    said = town.says("grid1", "wang", "5栋有个男的拿刀追人")
    assert any("紧急" in s.text for s in said)
    assert not any("必到" in s.text for s in said)


ALONE = "活着没意思,真想一了百了"


def test_what_may_be_of_somebody_told_alone_is_passed_on_to_nobody(town: Town) -> None:
    town.says("grid1", "wang", LIFT)
    town.says("grid1", "liu", "大家早")
    town.says(None, "liu", ALONE)
    said = town.says(None, "limin", "人没事了,她妹妹陪着", after=60)
    assert [(s.room, s.to) for s in said] == [(None, "limin")]
    assert "#1、#2。" in said[0].text
    (which,) = town.says("staff", "limin", "人没事了,她妹妹陪着", after=60)
    assert "#2" not in which.text
    assert town.state(1) == "reported"


def test_of_the_only_one_told_alone_nobody_hears_more(town: Town) -> None:
    town.says("grid1", "liu", "大家早")
    town.says(None, "liu", ALONE)
    town.says(None, "limin", "收到")
    (told,) = town.says(None, "limin", "人没事了,她妹妹陪着", after=60)
    assert told.to == "limin"
    assert told.text == "#1 要是没别的事了,发:办结 1 结果"


def test_who_despairs_and_writes_on_is_not_told_of_commands(town: Town) -> None:
    town.says("grid1", "liu", "大家早")
    town.says(None, "liu", ALONE)
    (answer,) = town.says(None, "liu", "对不起给你们添麻烦了", after=60)
    assert answer.text.startswith("我在听。")


@pytest.mark.parametrize(
    "said", ["人" * 40, "都的人" * 13, "门开了" * 13, "马上" * 14 + "通知", "大家人都被" * 8]
)
def test_no_line_takes_long(said: str) -> None:
    started = process_time()
    over_in(said, ALL)
    answer_in(said, public=True)
    assert process_time() - started < 0.05
