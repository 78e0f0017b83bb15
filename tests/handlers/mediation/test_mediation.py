"""矛盾调解: a dispute is the mediator's, alone; both sides confirm the record; what it came to is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town


QUARREL = "隔壁3栋401把鞋柜堆在我家门口,说了不听还骂人"
AGREED = "鞋柜搬回屋里,双方互相道歉"


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    town = make_town()
    town.says("grid1", "zhang", "大家好", name="张三")
    town.report("wang", QUARREL)
    return town


def in_groups(town: Town) -> list[str]:
    """Return all that was said where residents read it."""
    return [s.text for s in town.channel.said if s.room is not None and s.room.startswith("grid")]


def test_a_dispute_is_told_to_the_mediator_and_to_nobody_else(town: Town) -> None:
    said = {s.to: s.text for s in town.channel.said}
    assert set(said) == {"wang", "feng"}
    assert said["wang"] == "已记为 #1,转调解员处理,不在群里说。"
    assert "鞋柜" in said["feng"]


def test_a_mediation_from_the_first_record_to_the_end(town: Town) -> None:
    (answer,) = town.says(None, "feng", "调解 1 对方 张三")
    assert answer.text == "#1 记下对方:张三。以后的记录也单独请张三核对。"
    said = town.says(None, "feng", "调解 1 记录 上门听了两家的说法")
    asked = "#1 调解记录:上门听了两家的说法\n请核对:没有出入回「确认」,有出入回「不认可 哪里不对」"
    assert texts(said, to="wang") == texts(said, to="zhang") == [asked]
    assert texts(said, to="feng") == ["#1 调解记下了,已单独请王姐、张三核对。"]
    town.says(None, "wang", "确认")
    said = town.says(None, "zhang", "不认可 我没骂人", name="张三")
    assert texts(said, to="feng") == ["#1 张三不认可调解记录(我没骂人)。"]

    said = town.says(None, "feng", f"调解 1 成功 {AGREED}")
    assert f"调解成功:{AGREED}" in texts(said, to="zhang")[0]
    said = town.says(None, "zhang", "确认", name="张三")
    assert town.state(1) == "accepted"
    said = town.says(None, "wang", "确认。")
    assert town.state(1) == "resolved"
    assert "#1 王姐确认了调解记录,双方都确认了。" in texts(said, to="feng")
    assert any(text.startswith(f"#1 已办结:{AGREED}") and "1 满意" in text for text in texts(said, to="wang"))
    assert in_groups(town) == []
    (timeline,) = town.says(None, "feng", "进度 1")
    for line in ("对方:张三", "张三不认可调解记录(我没骂人)", f"调解成功:{AGREED}", "王姐确认了调解记录"):
        assert line in timeline.text


def test_without_the_other_side_nothing_is_settled(town: Town) -> None:
    said = town.says(None, "feng", f"调解 1 成功 {AGREED}")
    assert "对方还没写,写上发:调解 1 对方 姓名" in texts(said, to="feng")[0]
    town.says(None, "wang", "确认")
    assert town.state(1) == "accepted"


def test_it_is_not_settled_while_an_organisation_is_called(town: Town) -> None:
    town.says(None, "feng", "调解 1 对方 张三")
    town.says(None, "zhao", "吹哨 1 物业 量一量楼道")
    town.says(None, "feng", f"调解 1 成功 {AGREED}")
    town.says(None, "wang", "确认")
    town.says(None, "zhang", "确认", name="张三")
    assert town.state(1) == "accepted"


def test_where_it_fails_the_case_stays_open(town: Town) -> None:
    town.says(None, "feng", "调解 1 未成功 各说各的")
    assert town.state(1) == "accepted"


def test_the_way_to_the_law_names_whom_to_turn_to(town: Town) -> None:
    said = town.says(None, "feng", "调解 1 转法律途径 要求赔偿谈不拢")
    assert "可以拨 12348 法律服务热线。" in texts(said, to="wang")[0]
    town.learn(
        """
people: [{name: 赵律师, accounts: [{channel: web, id: lawyer}]}]
services: [{name: 法律顾问, words: [找律师], person: 赵律师, area: "1.1.1"}]
"""
    )
    said = town.says(None, "feng", "调解 1 转法律途径")
    assert "可以找法律顾问赵律师:回「找律师」" in texts(said, to="wang")[0]
    assert "要求赔偿谈不拢" in texts(said, to="wang")[0]


def test_the_one_on_duty_is_asked_first(make_town: Callable[..., Town]) -> None:
    town = make_town()
    town.learn(
        "people: [{name: 丁叔, accounts: [{channel: web, id: ding}], duties: [{role: mediator, area: g1}]}]"
    )
    with town.store.write() as uow:
        on_duty = uow.people.on_roster("冯姨")[0]
        area = uow.areas.by_code("1.1.1")
        assert area is not None
        row = {"person_id": on_duty.id, "area_id": area.id}
        now = town.clock.now()
        from datetime import timedelta

        from data.tables.shifts import shifts

        uow.people.add(shifts, {**row, "starts_at": now, "ends_at": now + timedelta(hours=4)})
        uow.commit()
    town.report("wang", QUARREL)
    assert {s.to for s in town.channel.said} == {"wang", "feng"}
    town.passes(hours=5)
    town.channel.said.clear()
    town.report("liu", "隔壁5栋201把垃圾堆在我家门口,说了不听还骂人")
    assert {s.to for s in town.channel.said} >= {"liu", "ding"}


def test_without_a_mediator_it_is_the_officer_s(make_town: Callable[..., Town]) -> None:
    from tests.town import ROSTER

    town = make_town("\n".join(line for line in ROSTER.splitlines() if "mediator" not in line))
    town.report("wang", QUARREL)
    assert {s.to for s in town.channel.said} == {"wang", "zhao"}


def test_the_success_rate_is_for_staff(town: Town) -> None:
    town.says(None, "feng", "调解 1 未成功 各说各的")
    town.says(None, "feng", f"调解 1 成功 {AGREED}")
    town.report("liu", "隔壁5栋201把垃圾堆在我家门口,说了不听还骂人")
    town.says(None, "feng", "调解 2 转法律途径 谈不拢")
    (answer,) = town.says("staff", "zhao", "@哨子 统计 本周")
    assert "调解 2 件,成功 1 件,成功率 50.0%。" in answer.text
    (answer,) = town.says("grid1", "limin", "@哨子 统计 本周")
    assert "调解" not in answer.text


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("调解 1", "调解后面还要写内容"),
        ("调解 1 谈过了", "调解后面写 对方、记录、成功"),
        ("调解 1 记录", "调解后面写 对方、记录、成功"),
        ("调解 1 成功", "调解后面写 对方、记录、成功"),
        ("调解 1 对方", "调解后面写 对方、记录、成功"),
        ("调解 1 对方 李四", "这里没找到「李四」,请写他在群里的名字"),
        ("调解 1 对方 王姐", "王姐已经是 #1 的一方了"),
        ("调解 9 记录 谈过了", "这里没有 #9"),
    ],
)
def test_wrong_commands_get_one_line(town: Town, command: str, says: str) -> None:
    (answer,) = town.says(None, "feng", command)
    assert says in answer.text
    assert "\n" not in answer.text


def test_two_of_one_name_are_told_apart_by_account(town: Town) -> None:
    town.says("grid2", "zhang2", "大家好", name="张三")
    (answer,) = town.says(None, "feng", "调解 1 对方 张三")
    assert "zhang(第一网格)、zhang2(第二网格)" in answer.text
    (answer,) = town.says(None, "feng", "调解 1 对方 zhang")
    assert "记下对方:张三" in answer.text


def test_others_may_not_mediate(town: Town) -> None:
    (refused,) = town.says(None, "limin", "调解 1 记录 谈过了")
    assert "要有相应职责" in refused.text
    (refused,) = town.says(None, "wang", "调解 1 记录 谈过了")
    assert "要有相应职责" in refused.text


def test_confirming_where_nothing_is_asked_is_talk(town: Town) -> None:
    town.says(None, "feng", "调解 1 记录 谈过了")
    assert town.says("grid1", "wang", "确认") == []
    assert all("调解" not in s.text for s in town.says(None, "liu", "确认"))


def test_two_records_are_told_apart_by_number(town: Town) -> None:
    town.passes(minutes=5)
    town.report("wang", "隔壁5栋201把垃圾堆在我家门口,说了不听还骂人")
    town.says(None, "feng", "调解 1 记录 谈过了")
    town.says(None, "feng", "调解 2 记录 也谈过了")
    (answer,) = town.says(None, "wang", "确认")
    assert answer.text == "请写是哪一件(#1、#2),例如:确认 1"
    said = town.says(None, "wang", "确认 2")
    assert "#2 王姐确认了调解记录。" in texts(said, to="feng")


def test_a_record_is_taken_back(town: Town) -> None:
    town.says(None, "feng", "调解 1 对方 张三")
    town.says(None, "feng", "调解 1 记录 写错了")
    said = town.says(None, "feng", "撤销")
    assert texts(said, to="zhang") == ["更正:#1 刚才的「调解」撤销了,现在是已受理。"]
    assert texts(said, to="wang") == ["更正:#1 刚才的「调解」撤销了,现在是已受理。"]
    assert town.says(None, "zhang", "确认", name="张三")[0].text.startswith("现在没有等你核对的")


def test_what_is_mediated_is_a_dispute_from_then_on(town: Town) -> None:
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.says(None, "zhao", "调解 2 记录 两家为路灯吵过")
    (answer,) = town.says("grid1", "zhang", "@哨子 进度 2", name="张三")
    assert "这里没有" in answer.text


def test_whoever_is_forgotten_is_gone_from_the_records(town: Town) -> None:
    town.says(None, "feng", "调解 1 对方 张三")
    town.says(None, "feng", "调解 1 记录 张三答应搬走鞋柜")
    town.says(None, "zhang", "删除我的数据", name="张三")
    town.says(None, "zhang", "确认删除", name="张三")
    with town.store.read() as uow:
        words = [step.words or "" for step in uow.timeline.of_case(1)]
        words += [record.words for record in uow.mediations.of_case(1)]
    assert not any("张三" in text or "鞋柜" in text for text in words)


OTHER_WAY = "隔壁3栋402天天敲我家门骂人,鞋柜没堆在他门口"


def two_sides(town: Town) -> None:
    """Let the other side raise the same dispute: 张三 has a case of his own."""
    town.report("zhang", OTHER_WAY)
    town.news()


def is_settled_by_both(town: Town) -> None:
    """See that #1 asks both sides, and is settled once both agree."""
    said = town.says(None, "feng", f"调解 1 成功 {AGREED}")
    assert texts(said, to="feng") == ["#1 调解记下了,已单独请王姐、张三核对。"]  # nobody is missing
    town.says(None, "zhang", "确认", name="张三")
    assert town.state(1) == "accepted"
    town.says(None, "wang", "确认")
    assert town.state(1) == "resolved"


def test_the_other_side_s_appeal_is_merged_and_stays_the_other_side(town: Town) -> None:
    town.says(None, "feng", "调解 1 对方 张三")
    two_sides(town)
    town.says(None, "feng", "并案 2 1")
    is_settled_by_both(town)


def test_who_named_the_first_as_the_other_side_is_the_other_side_of_the_first(town: Town) -> None:
    two_sides(town)
    town.says(None, "feng", "调解 2 对方 王姐")
    town.says(None, "feng", "并案 2 1")
    is_settled_by_both(town)


def test_a_merged_appellant_is_named_as_the_other_side_afterwards(town: Town) -> None:
    two_sides(town)
    town.says(None, "feng", "并案 2 1")
    (answer,) = town.says(None, "feng", "调解 1 对方 张三")
    assert answer.text.startswith("#1 记下对方:张三。")
    (answer,) = town.says(None, "feng", "调解 1 对方 王姐")
    assert answer.text == "王姐已经是 #1 的一方了。"  # somebody must be left on the one side
    is_settled_by_both(town)


def test_two_appeals_of_one_side_bring_along_whom_they_are_against(town: Town) -> None:
    town.report("liu", QUARREL)
    town.says(None, "feng", "调解 2 对方 张三")
    town.says(None, "feng", "并案 2 1")
    said = town.says(None, "feng", "调解 1 记录 上门听了三家的说法")
    assert texts(said, to="feng") == ["#1 调解记下了,已单独请王姐、刘婶、张三核对。"]


def test_undoing_a_merger_takes_the_sides_apart_again(town: Town) -> None:
    two_sides(town)
    town.says(None, "feng", "调解 2 对方 王姐")
    town.says(None, "feng", "并案 2 1")
    town.says(None, "feng", "撤销")
    assert town.state(2) == "accepted"
    said = town.says(None, "feng", "调解 1 记录 又谈了一次")
    assert texts(said, to="zhang") == []
    assert "对方还没写" in texts(said, to="feng")[0]


@pytest.mark.parametrize(
    ("said", "agrees"),
    [
        ("没有出入", True),
        ("对的", True),
        ("没错", True),
        ("属实", True),
        ("不对,他没道歉", False),
        ("有出入", False),
    ],
)
def test_a_record_is_confirmed_in_plain_words_too(town: Town, said: str, agrees: bool) -> None:
    town.says(None, "wang", "我跟楼下邻居吵架了,他家狗老冲我叫,上次差点咬到我孩子")
    town.passes(minutes=1)
    town.says(None, "feng", "调解 1 成功 双方握手言和")
    (thanks, told) = town.says(None, "wang", said)
    assert (thanks.to, told.to) == ("wang", "feng")
    assert ("不认可" not in told.text and "确认了" in told.text) is agrees


def test_what_is_theirs_to_take_in_stands_among_a_mediator_s_tasks(town: Town) -> None:
    town.says("grid1", "wang", "楼上天天半夜打麻将吵得睡不着,说了还骂人")
    town.news()
    (listed,) = town.says(None, "feng", "待办")
    assert listed.text.startswith("待办 1 件:\n#1")
    town.says(None, "feng", "受理 1")
    assert "#1" in town.says(None, "feng", "待办")[0].text


@pytest.mark.parametrize("said", ["同意", "没问题", "没意见", "对的", "认可了"])
def test_a_record_is_confirmed_in_plain_words(town: Town, said: str) -> None:
    town.says(None, "feng", "调解 1 对方 张三")
    town.says(None, "feng", "1 调解成功了 双方和解")
    told = town.says(None, "wang", said)
    assert any("王姐确认了调解记录" in text for text in texts(told, to="feng"))


def test_who_does_not_agree_says_so(town: Town) -> None:
    town.says(None, "feng", "调解 1 对方 张三")
    town.says(None, "feng", "调解 1 记录 十点后不打牌")
    told = town.says(None, "wang", "不同意 我没打牌")
    assert any("不认可调解记录(我没打牌)" in text for text in texts(told, to="feng"))
