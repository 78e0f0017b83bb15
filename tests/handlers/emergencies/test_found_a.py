"""FOUND A: 紧急情况要传到人——自成一件、先说那一句、接龙靠后、到场就算接手、该来的单位同时叫."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from nlp.understand import Understander
from tests.town import ROSTER, Town, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlp.understanding import Understanding

FALLEN = "楼下有个老人摔倒了起不来"


class Despairing(Understander):
    """Understands as ever, and hears despair in the lines the tests say."""

    def __init__(self, like: Understander) -> None:
        self.__dict__.update(like.__dict__)

    @override
    def understand(self, text: str) -> Understanding:
        return super().understand(text)._replace(despair="想从楼上跳下去" in text)


@pytest.fixture
def despairing(store_url: str, understander: Understander) -> Iterator[Town]:
    made = Town(store_url, Despairing(understander), ROSTER, "2026-03-02 09:00")
    yield made
    made.close()


def test_a1_an_emergency_is_a_case_of_its_own(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元路灯不亮")
    said = town.says("grid1", "wang", FALLEN, after=60)
    assert any(s.room == "grid1" and "120" in s.text for s in said)
    assert (town.state(1), town.state(2)) == ("reported", "reported")
    with town.store.read() as uow:
        first, second = uow.cases.everything()
    assert first.urgency.value == "normal"
    assert second.urgency.value == "emergency"
    assert (second.place.building, second.place.unit) == ("3", "2")  # near what they spoke of just now


@pytest.mark.parametrize("before", ["3栋2单元路灯不亮", "电梯又坏了没人管", "门口垃圾堆成山没人清"])
@pytest.mark.parametrize("cry", [FALLEN, "3栋着火了,快来人", "有人困在电梯里了"])
def test_a1_every_call_begins_with_the_line_that_raised_it(town: Town, before: str, cry: str) -> None:
    town.says("grid1", "wang", before)
    said = town.says("grid1", "wang", cry, after=30)
    said += town.passes(minutes=26)
    calls = [s for s in said if s.text.startswith("【紧急】#2")]
    assert len(calls) >= 6
    assert all(s.text.split("\n")[1] == cry for s in calls)
    assert not any(before in s.text for s in calls)


def test_a1_the_same_hazard_at_the_same_place_is_one_case(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元着火了,快来人")
    town.says("grid1", "liu", "3栋2单元着火了!好大的烟", after=40)
    town.says("grid1", "xiaowu", "5栋着火了,快来人", after=40)
    with town.store.read() as uow:
        assert [case.place.building for case in uow.cases.everything()] == ["3", "5"]


def test_a2_an_emergency_comes_before_a_list_of_names(town: Town) -> None:
    town.says("grid1", "limin", "@哨子 议事 周六晚上7点半 党群服务中心 加装电梯")
    said = town.says("grid1", "wang", "快来人:\n1. 3栋2单元着火了\n2. 有老人困在里面")
    assert any("119" in s.text for s in said)
    assert not any("已报名" in s.text for s in [*said, *town.passes(minutes=1)])


@pytest.mark.parametrize(
    "numbered",
    [
        "今天的菜价:\n1. 鸡蛋 5元\n2. 白菜 2元",
        "会议纪要:\n1. 通过了上次记录\n2. 下周再议",
        "大家注意:\n1. 关好门窗\n2. 注意用电",
        "土鸡蛋有要的吗\n1. 30个装\n2. 60个装",
        "我来说几个问题\n1. 路灯不亮好几天了\n2. 垃圾没人收",
    ],
)
def test_a2_a_numbered_list_is_no_list_of_names_unless_it_says_so(town: Town, numbered: str) -> None:
    town.says("grid1", "limin", "@哨子 议事 周六晚上7点半 党群服务中心 加装电梯")
    town.says("grid1", "wang", numbered)
    assert not any("已报名" in s.text for s in town.passes(minutes=1))


def test_a2_a_list_that_says_so_or_goes_on_with_one_is(town: Town) -> None:
    town.says("grid1", "limin", "@哨子 议事 周六晚上7点半 党群服务中心 加装电梯")
    town.says("grid1", "wang", "#接龙\n1. 王姐")
    town.says("grid1", "liu", "加装电梯\n1. 王姐\n2. 刘婶", after=3)
    town.says("grid1", "zhou2", "1. 王姐\n2. 刘婶\n3. 老周", after=3)
    assert texts(town.passes(minutes=1), "grid1")[-1] == "议事会 #1 已报名 3 人:王姐、刘婶、老周"


def test_a4_despair_is_told_to_two_people_alone_and_nothing_in_the_group(despairing: Town) -> None:
    town = despairing
    said = town.says("grid1", "wang", "我真的快撑不下去了,想从楼上跳下去")
    assert {s.room for s in said} == {None}
    assert {s.to for s in said} == {"wang", "limin", "zhao"}
    (own,) = texts(said, to="wang")
    assert "12356" in own
    assert "120" in own
    (call,) = texts(said, to="limin")
    assert "我真的快撑不下去了" in call
    assert {(s.room, s.to) for s in town.passes(minutes=6)} == {(None, "zhou")}  # the next, alone too
    answered = town.says(None, "limin", "收到")
    assert {s.room for s in answered} == {None}
    assert {(s.room, s.to) for s in town.passes(hours=30)} == {(None, "limin")}  # her own list of the day
    (shown,) = town.says("grid1", "liu", "@哨子 进度 1")
    assert "这里没有" in shown.text


def test_who_is_beaten_at_home_is_helped_by_two_people_alone(town: Town) -> None:
    said = town.says("grid1", "wang", "老公天天喝酒打我,怎么办")
    assert {(s.room, s.to) for s in said} == {(None, "wang"), (None, "limin"), (None, "zhao")}
    (own,) = texts(said, to="wang")
    assert "110" in own
    assert "12338" in own
    assert "喝酒打我" in texts(said, to="limin")[0]
    assert {s.room for s in town.passes(hours=1)} == {None}


def test_a4_said_by_a_stranger_the_numbers_are_told_all_the_same(despairing: Town) -> None:
    (answer,) = despairing.says(None, "nobody", "我想从楼上跳下去")
    assert "12356" in answer.text


@pytest.mark.parametrize("room", ["grid1", None])
@pytest.mark.parametrize(
    "words",
    [
        "我到楼下了,马上联系维保",
        "我已经在现场了",
        "我已到3栋楼下,大家别坐电梯",
        "我马上过来",
        "我这就下来看看",
    ],
)
def test_a6_who_is_there_or_coming_has_taken_it_over(town: Town, room: str | None, words: str) -> None:
    town.says("grid1", "wang", "有人困电梯里了,3栋1单元")
    said = town.says(room, "limin", words, after=60)
    assert texts(said, "grid1") == ["#1 李敏已接手。@王姐"]
    assert town.passes(hours=1) == []


@pytest.mark.parametrize(
    "words", ["我没到现场", "你到楼下了吗?", "我明天到现场看", "收到", "我在楼下买菜", "好热闹"]
)
def test_a6_other_talk_takes_nothing_over(town: Town, words: str) -> None:
    town.says("grid1", "wang", "有人困电梯里了,3栋1单元")
    town.says("grid1", "limin", words, after=60)
    assert town.state(1) == "reported"
    town.says("grid1", "liu", "我到楼下了,马上联系维保", after=5)  # a resident
    assert town.state(1) == "reported"


def test_a7_the_unit_of_the_hazard_is_called_with_the_ladder(town: Town) -> None:
    said = town.says("grid1", "wang", "有人困电梯里了,3栋1单元")
    (call,) = texts(said, "wuye")
    assert call.startswith("【紧急】百安坝#1" if "百安坝#1" in call else "【紧急】#1")
    assert call.split("\n")[1] == "有人困电梯里了,3栋1单元"
    said = town.says("wuye", "chen", "马上到", after=30)
    assert texts(said, "grid1") == ["#1 小陈已接手。@王姐"]


def test_a7_another_hazard_calls_another_unit(town: Town) -> None:
    town.learn(
        "organisations:\n  - {name: 渝东燃气, kind: company, area: '1'}\npeople:\n"
        "  - {name: 钱工, accounts: [{channel: web, id: qian}], organisation: 渝东燃气}\n"
    )
    said = town.says("grid1", "wang", "5栋好大的煤气味,是不是漏气了")
    assert texts(said, "wuye") == []
    (call,) = texts(said, to="qian")  # it has no room: its people alone
    assert "煤气味" in call


def _place(town: Town, number: int) -> tuple[str | None, str | None, str | None]:
    with town.store.read() as uow:
        place = list(uow.cases.everything())[number - 1].place
    return place.building, place.unit, place.spot


def test_a1_one_s_own_family_is_at_home_whatever_was_spoken_of_before(town: Town) -> None:
    town.says("grid1", "wang", "5栋1单元垃圾桶满了没人清")
    town.says("grid1", "wang", "我妈洗澡晕过去了叫不醒", after=60)
    assert _place(town, 2)[:2] == ("3", "2")


def test_a2_the_number_of_a_line_is_no_building(town: Town) -> None:
    town.says("grid1", "wang", "大家快帮忙:\n1、5栋电表箱冒火花\n2、楼道里全是烟")
    assert _place(town, 1) == ("5", None, "楼道")


def test_a3_a_plea_passed_on_is_not_at_the_home_of_who_passes_it_on(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元路灯不亮")
    plea = "帮转:老家亲戚一家四口困在屋顶,水已经漫到二楼,地址双河镇三组,现在急需救援"
    town.says("grid1", "wang", plea, after=60)
    assert _place(town, 2)[:2] == (None, None)


@pytest.mark.parametrize("coming", ["我在路上了,三分钟到", "五分钟就到", "已经出发了", "往3栋赶了"])
def test_a6_who_says_in_the_group_that_they_are_on_the_way_has_answered(town: Town, coming: str) -> None:
    town.says("grid1", "wang", "3栋着火了,快来人")
    town.says("grid1", "limin", coming, after=60)
    assert not any("紧急" in s.text for s in town.passes(minutes=20))


def test_a6_with_several_alarms_no_calling_ends_by_a_guess(town: Town) -> None:
    town.says("grid1", "wang", "3栋着火了,快来人")
    town.passes(minutes=10)
    town.says("grid1", "liu", "5栋1单元电梯困人了")
    (which,) = texts(town.says("grid1", "limin", "我到楼下了", after=60), "grid1")
    assert "#1、#2。" in which
    assert any("困人" in s.text for s in town.passes(minutes=20))


def test_a6_what_is_told_alone_is_never_named_in_the_group(town: Town) -> None:
    town.says("grid1", "wang", "3栋着火了,快来人")
    town.says("grid1", "zhou2", "5栋1单元电梯困人了")
    town.says(None, "liu", "活着没意思,真想一了百了")
    (which,) = texts(town.says("grid1", "limin", "我到楼下了", after=60), "grid1")
    assert "#1、#2。" in which


def test_a4_who_is_called_hears_whether_it_is_despair_or_blows(town: Town) -> None:
    said = town.says(None, "wang", "活着没意思,真想一了百了") + town.says("grid1", "liu", "老公昨晚又打我了")
    told = [s.text for s in said if s.to == "limin"]
    assert ["想不开" in text for text in told] == [True, False]
    assert ["挨打" in text for text in told] == [False, True]
