"""What each guard lets through and what not: whose a command is, which case is meant and may be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.domain.references import Reference
from handlers.hearing.grammar import read
from handlers.hearing.verbs import Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

# One command of each kind of Who, as somebody says it to the bot alone: is it theirs to give at all?
COMMANDS = {
    "anyone": "我的诉求",
    "staff": "不受理 1 不归社区管",
    "handler": "办理 1 在看了",
    "officer": "督办 1 请抓紧",
    "mediator": "调解 1 记录 谈过了",
    "responder": "报到 1",
    "duty": "待办",
}
THEIRS = {
    "wang": {"anyone"},
    "chen": {"anyone", "handler", "responder", "duty"},  # of the property
    "wudaye": {"anyone", "staff", "handler", "duty"},  # head of a building
    "limin": {"anyone", "staff", "handler", "duty"},
    "feng": {"anyone", "staff", "handler", "mediator", "duty"},
    "zhao": {"anyone", "staff", "handler", "officer", "mediator", "duty"},
    "zhou": {"anyone", "staff", "handler", "officer", "mediator", "duty"},
}


@pytest.mark.parametrize("who", THEIRS)
@pytest.mark.parametrize("kind", COMMANDS)
def test_whose_each_kind_of_command_is(town: Town, who: str, kind: str) -> None:
    town.report()
    town.says("grid1", "chen", "大家好")
    town.news()
    said = town.says(None, who, COMMANDS[kind])
    refused = any("要有相应职责" in one.text for one in said)
    assert refused is (kind not in THEIRS[who]), [one.text for one in said]


@pytest.mark.parametrize(
    ("text", "verb", "ref", "words", "thing"),
    [
        ("报名 活动5", Verb.SIGN_UP, Reference(5), "", "活动"),
        ("取消报名 议事会 #2", Verb.SIGN_OFF, Reference(2), "", "议事会"),
        ("认领 心愿6", Verb.CLAIM, Reference(6), "", "心愿"),
        ("支持 议题 3", Verb.SUPPORT, Reference(3), "", "议题"),
        ("表决 表决2", Verb.BALLOT, Reference(2), "", "表决"),
        ("表决 活动5楼场地怎么用 至 3月10日", Verb.BALLOT, None, "活动5楼场地怎么用 至 3月10日", ""),
        ("议题 公示4栏换位置", Verb.MOTION, None, "公示4栏换位置", ""),
    ],
)
def test_the_word_before_a_number_says_what_it_counts(
    text: str, verb: Verb, ref: Reference | None, words: str, thing: str
) -> None:
    found = read(text, loose=False)
    assert found is not None
    assert (found.verb, found.ref, found.words, found.thing) == (verb, ref, words, thing)


def test_a_name_ends_at_the_first_gap_and_the_rest_is_said_on(town: Town) -> None:
    town.report()
    said = town.says("grid1", "limin", "@哨子 派单 1 万邦物业 尽快 今天 上门") + town.news()
    assert town.state(1) == "assigned"
    assert any("尽快 今天 上门" in one.text for one in said), [one.text for one in said]


def test_among_staff_a_command_stands_first_unless_a_case_is_quoted(town: Town) -> None:
    town.report()
    town.says("staff", "limin", "电梯那事明天派单给物业吧")
    assert town.state(1) == "reported"


def test_a_dispute_is_nobody_elses_in_the_group_nor_alone(town: Town) -> None:
    town.says("grid1", "liu", "楼上天天半夜打麻将吵得睡不着,说了还骂人")
    town.news()
    assert town.state(1) != "none"
    for room in ("grid1", None):
        answers = town.says(room, "wang", "@哨子 进度 1")
        assert [one.text.replace("@王姐 ", "") for one in answers] == ["这里没有 #1。"], room
    assert any("#1" in one.text and "没有" not in one.text for one in town.says(None, "liu", "进度 1"))


def test_a_case_of_another_community_is_none_here(town: Town) -> None:
    town.report()
    assert any("没有 #1" in one.text for one in town.says(None, "sunli", "受理 1"))
    assert town.state(1) == "reported"


def test_two_cases_in_one_quoted_message_want_a_number(make_town: Callable[..., Town]) -> None:
    town = make_town()
    town.report()
    town.report("liu", "5栋门口垃圾没人清")
    town.news()
    listed = next(one for one in town.says(None, "limin", "待办") if "#2" in one.text)
    (answer,) = town.says(None, "limin", "受理", quote=listed.id)
    assert "#1" in answer.text and "#2" in answer.text  # noqa: PT018  one sentence names both
    assert town.state(1) == town.state(2) == "reported"
