"""紧急情况:先告诉怎么做、打什么电话,再一个一个叫人,叫到有人应为止."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.context import Reach
from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Said, Town

OPERATOR = """
people:
  - {name: 管理员, accounts: [{channel: web, id: op}], duties: [{role: operator, area: "1.1"}]}
"""
STREET = """
people:
  - {name: 郑科长, accounts: [{channel: web, id: zheng}], duties: [{role: officer, area: "1.1"}]}
"""


def called(said: list[Said]) -> set[str | None]:
    return {s.to for s in said if s.room is None}


def test_it_is_answered_at_once_even_at_night_and_the_ladder_is_called(town: Town) -> None:
    town.learn(OPERATOR)
    town.learn(STREET)
    town.until("2026-03-02 23:30")
    said = town.says("grid1", "wang", "5栋那边冒烟了")
    (answer,) = texts(said, "grid1")
    assert answer.startswith("@王姐 【紧急】5栋着火冒烟,请马上打 119!\n低身捂口鼻走楼梯")
    assert called(said) == {"limin"}
    assert texts(said, "staff") == [
        "【紧急】#1【消防隐患·大事】5栋\n5栋那边冒烟了\n正在叫:李敏。接手请回:收到;到了请回:到场"
    ]
    assert [called(town.passes(minutes=5)) for _ in range(4)] == [{"zhao"}, {"zheng"}, {"zhou"}, {"op"}]
    assert town.passes(hours=8) == []


def test_when_nobody_answers_the_staff_room_hears_it_again(town: Town) -> None:
    town.says("grid1", "wang", "5栋那边冒烟了")
    town.passes(minutes=14)
    said = town.passes(minutes=2)
    assert called(said) == set()  # no operator on this roster
    (text,) = texts(said, "staff")
    assert "还没有人接手" in text
    assert "叫过:李敏、赵主任、周书记" in text
    assert texts(said, "grid1") == []


def test_who_is_on_duty_is_called_first(town: Town) -> None:
    town.says(None, "zhao", "值班 小陈 今天")
    said = town.says("grid1", "wang", "有人困电梯里了,3栋1单元")
    assert called(said) == {"chen"}
    assert called(town.passes(minutes=5)) == {"limin"}
    assert called(town.passes(minutes=5)) == {"zhao"}


def test_who_was_called_already_is_not_called_again(town: Town) -> None:
    town.says(None, "limin", "值班 李敏 今天")
    said = town.says("grid1", "wang", "有人困电梯里了,3栋1单元")
    assert called(said) == {"limin"}
    assert called(town.passes(minutes=5)) == {"zhao"}


@pytest.mark.parametrize(
    "words", ["收到", "到场", "马上到", "我马上去!", "收到,马上到", "收到 1", "已到场", "收到,我去看看"]
)
def test_a_bare_answer_alone_ends_the_calling(town: Town, words: str) -> None:
    town.says("grid1", "wang", "有人困电梯里了,3栋1单元")
    said = town.says(None, "limin", words)
    assert texts(said, "grid1") == ["#1 李敏已接手。@王姐"]
    assert texts(said, "staff") == ["#1 李敏已接手。"]
    assert texts(said, to="limin") == ["#1 李敏已接手。"]
    assert town.state(1) == "accepted"
    assert town.passes(hours=1) == []


def test_an_answer_in_the_staff_room_calls_the_others_off(town: Town) -> None:
    town.says("grid1", "wang", "有人困电梯里了,3栋1单元")
    town.passes(minutes=6)
    said = town.says("staff", "limin", "马上到")
    assert texts(said, to="zhao") == ["#1 李敏已接手;要一起办的发:办理 1 情况"]
    assert texts(said, "staff") == ["#1 李敏已接手。"]
    (late,) = town.says(None, "zhao", "收到")
    assert late.text == "#1 李敏已接手;要一起办的发:办理 1 情况"
    assert town.passes(hours=1) == []


def test_who_answered_says_that_they_are_there(town: Town) -> None:
    town.says("grid1", "wang", "有人困电梯里了,3栋1单元")
    town.says(None, "limin", "马上到")
    said = town.says(None, "limin", "到了")
    assert texts(said, "grid1") == ["#1 办理中:李敏到场了。@王姐"]
    assert town.says(None, "limin", "到场") == []  # once


def test_any_command_on_the_case_is_an_answer(town: Town) -> None:
    town.says("grid1", "wang", "有人困电梯里了,3栋1单元")
    town.says(None, "limin", "派单 1 物业")
    assert called(town.passes(hours=1)) == set()


def test_with_several_alarms_one_says_which(town: Town) -> None:
    town.says("grid1", "wang", "有人困电梯里了,3栋1单元")
    (alarm,) = [s for s in town.says("grid2", "liu", "8栋着火了快来人") if s.room == "staff"]
    (which,) = town.says("staff", "zhao", "收到")
    assert which.text == "@赵主任 有好几件紧急的:#1、#2。请引用那条,或写编号,例如:收到 12"
    town.says("staff", "zhao", "收到", quote=alarm.id)
    assert (town.state(1), town.state(2)) == ("reported", "accepted")
    town.says(None, "limin", "收到")  # she was called to the first only
    assert town.state(1) == "accepted"


def test_residents_and_strangers_answer_no_alarm(town: Town) -> None:
    town.says("grid1", "wang", "有人困电梯里了,3栋1单元")
    assert town.says("grid1", "zhou2", "收到") == []
    town.says(None, "wang", "马上到")
    assert town.says("grid1", "limin", "收到") == []  # not where residents talk
    assert town.says(None, "sunli", "收到")  # another community's: not understood
    assert town.state(1) == "reported"


def test_without_an_alarm_it_is_a_word_like_any_other(town: Town) -> None:
    assert town.says("staff", "limin", "收到") == []
    town.says("grid1", "wang", "有人困电梯里了,3栋1单元")
    town.says("staff", "limin", "收到的快递放哪了")
    town.says("staff", "limin", "来了个电话,明天开会")
    assert town.state(1) == "reported"
    town.says(None, "limin", "收到")
    town.report("liu", "5栋门口路灯不亮好几天了")
    assert town.says("staff", "limin", "收到") == []
    assert town.state(2) == "reported"


def test_an_answer_taken_back_goes_on_calling(town: Town) -> None:
    town.says("grid1", "wang", "有人困电梯里了,3栋1单元")
    town.passes(minutes=4)
    town.says(None, "limin", "收到")
    town.passes(minutes=1.5)  # the next would have been called now
    said = town.says(None, "limin", "撤销")
    assert "更正:#1 刚才的「接手」撤销了,现在是已上报。@王姐" in texts(said, "grid1")
    assert called(town.passes(minutes=5)) == {"zhao"}


def test_nobody_on_the_ladder_at_all(make_town: Callable[..., Town]) -> None:
    roster = """
areas:
  - {code: c, name: 小社区, kind: community}
  - {code: g, name: 一网格, kind: grid, parent: c}
  - {code: d, name: 大社区, kind: community}
rooms:
  - {channel: web, id: g, topic: 群, kind: residents, area: g}
  - {channel: web, id: s, topic: 工作群, kind: staff, area: c}
people:
  - {name: 管理员, accounts: [{channel: web, id: op}], duties: [{role: operator, area: d}]}
"""
    town = make_town(roster)
    said = town.says("g", "wang", "5栋着火了快跑")
    assert called(said) == {"op"}
    assert "叫过:暂无负责人" in texts(said, "s")[0]
    assert town.passes(hours=2) == []


def test_where_nobody_can_be_called_alone_the_staff_room_hears_each_name(
    make_town: Callable[..., Town],
) -> None:
    town = make_town(reach=Reach(private=False))
    (first,) = texts(town.says("grid1", "wang", "有人困电梯里了,3栋1单元"), "staff")
    assert first.split("\n")[2].startswith("正在叫:李敏。")
    (second,) = texts(town.passes(minutes=5), "staff")
    assert second.split("\n")[2].startswith("正在叫:赵主任。")
    town.says("staff", "zhao", "马上到")
    assert town.state(1) == "accepted"


def test_an_emergency_on_an_open_case_calls_too(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.says(None, "limin", "受理 1")
    town.passes(minutes=30)
    said = town.says("grid1", "liu", "3栋2单元电梯困人了快来救人")
    assert called(said) == {"limin"}
    assert called(town.passes(minutes=5)) == {"zhao"}
    town.says(None, "zhao", "收到")
    assert called(town.passes(minutes=30)) == set()


@pytest.mark.parametrize(
    ("hazard", "numbers"),
    [
        ("fire", ["119"]),
        ("gas", ["119", "燃气公司"]),
        ("lift", ["报警钮", "119", "电梯维保"]),
        ("electricity", ["供电抢修", "120", "119"]),
        ("medical", ["120"]),
        ("missing", ["110"]),
        ("danger", ["110", "120"]),
    ],
)
def test_each_hazard_has_its_numbers_and_two_lines_of_what_to_do(
    town: Town, hazard: str, numbers: list[str]
) -> None:
    text = town.house.texts(f"emergency.{hazard}", at="", place="", number="", case="#1")
    assert all(number in text for number in numbers)
    assert len(text.split("\n")) == 3
    assert "#1" in text.split("\n")[2]


@pytest.mark.parametrize(
    ("config", "text", "says"),
    [
        ("emergency: {gas: 023-58100000}", "3栋闻到好大的煤气味,头晕", "燃气公司电话 023-58100000"),
        ("", "3栋闻到好大的煤气味,头晕", "到外面打 119 和燃气公司。"),
        ("emergency: {lift: '96333'}", "有人困电梯里了,3栋1单元", "电梯维保电话 96333"),
        ("", "3栋门口电线掉下来在冒火花,有人触电", "供电抢修电话 95598"),
    ],
)
def test_local_numbers_come_from_the_config(
    make_town: Callable[..., Town], config: str, text: str, says: str
) -> None:
    said = make_town(config=config).says("grid1", "wang", text)
    assert says in texts(said, "grid1")[0]


@pytest.mark.parametrize("said", ["我到了,120也来了", "我们到场了", "我已经在现场了", "我来了"])
def test_who_was_called_and_says_in_the_group_that_they_are_there_has_answered(town: Town, said: str) -> None:
    town.says("grid1", "wang", "5栋那边冒烟了")
    taken = town.says("grid1", "limin", said)
    assert "#1 李敏已接手。@王姐" in texts(taken, "grid1")
    assert town.passes(minutes=6) == []  # nobody further up is called


@pytest.mark.parametrize("said", ["我到了再说", "我来了也没用吗", "我没到场", "我昨天到了"])
def test_who_speaks_of_coming_some_other_time_has_not(town: Town, said: str) -> None:
    town.says("grid1", "wang", "5栋那边冒烟了")
    town.says("grid1", "limin", said)
    assert called(town.passes(minutes=5)) == {"zhao"}
