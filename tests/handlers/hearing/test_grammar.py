from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.domain.references import Reference
from handlers.context import address
from handlers.hearing import natural
from handlers.hearing.forms import FORMS
from handlers.hearing.grammar import Command, read
from handlers.hearing.likely import nearest
from handlers.hearing.verbs import Verb
from handlers.texts.wording import Texts

TEXTS = Texts.load()


@pytest.mark.parametrize(
    ("text", "verb", "ref", "words"),
    [
        ("派单 12 万邦物业", Verb.ASSIGN, Reference(12), "万邦物业"),
        ("派单12万邦物业", Verb.ASSIGN, Reference(12), "万邦物业"),
        ("派单#12给物业", Verb.ASSIGN, Reference(12), "物业"),
        ("派单万邦物业", Verb.ASSIGN, None, "万邦物业"),
        ("不受理 5 不归我们", Verb.REJECT, Reference(5), "不归我们"),
        ("不予受理5:不归我们", Verb.REJECT, Reference(5), "不归我们"),
        ("议事 改期 #1 周日晚上7点半", Verb.MOVE_MEETING, Reference(1), "周日晚上7点半"),
        ("议事取消1", Verb.CANCEL_MEETING, Reference(1), ""),
        (
            "议事 周六晚上7点半 党群服务中心 加装电梯",
            Verb.CALL_MEETING,
            None,
            "周六晚上7点半 党群服务中心 加装电梯",
        ),
        ("走访 计划 李敏 3栋 每月", Verb.PLAN_VISIT, None, "李敏 3栋 每月"),
        ("办理 3栋已修好", Verb.NOTE, None, "3栋已修好"),
        ("受理一号", Verb.ACCEPT, Reference(1), ""),
        ("受理(1)", Verb.ACCEPT, Reference(1), ""),
        ("【受理】1", Verb.ACCEPT, Reference(1), ""),
        ("受理 ①", Verb.ACCEPT, Reference(1), ""),
        ("受理 第1件", Verb.ACCEPT, Reference(1), ""),
        ("派1号单给物业", Verb.ASSIGN, Reference(1), "物业"),
        ("1 转大事", Verb.REGRADE, Reference(1), "大事"),
        ("2和1是一件事", Verb.MERGE, Reference(2), "#1"),
        ("一号派给物业", Verb.ASSIGN, Reference(1), "物业"),
        ("办结12 500元修好", Verb.RESOLVE, Reference(12), "500元修好"),
        ("并案 2 1", Verb.MERGE, Reference(2), "#1"),
        ("HELP", Verb.HELP, None, ""),
        ("进度　#12", Verb.PROGRESS, Reference(12), ""),
    ],
)
def test_commands(text: str, verb: Verb, ref: Reference | None, words: str) -> None:
    assert read(text, loose=True) == Command(verb, ref, words)


@pytest.mark.parametrize("text", ["统计局在哪", "进度条卡住了", "受理中心几点开门", "今天", "", "帮助残疾人"])
def test_words_that_only_begin_like_a_command(text: str) -> None:
    assert read(text, loose=False) is None


@pytest.mark.parametrize(
    ("text", "spoken_to", "command"),
    [
        ("@哨子 进度 12", True, "进度 12"),
        ("@哨子进度", True, "进度"),
        ("＠哨子\u2005受理 1", True, "受理 1"),
        ("要上夜班 @哨子 取消报名", True, "取消报名"),
        ("3栋电梯坏了 @哨子", True, "3栋电梯坏了"),
        ("/进度", True, "进度"),
        ("／受理 3", True, "受理 3"),
        ("@哨子 /进度", True, "进度"),
        ("@李敏 进度", False, "@李敏 进度"),
        ("大家好", False, "大家好"),
    ],
)
def test_who_is_spoken_to(text: str, spoken_to: bool, command: str) -> None:
    found = address(text, "哨子")
    assert (found.spoken_to, found.command) == (spoken_to, command)


def test_a_channel_may_say_that_the_bot_is_meant() -> None:
    assert address("进度", "哨子", mentioned=True).spoken_to


@pytest.mark.parametrize(
    ("said", "meant"), [("受里 12", "受理"), ("派但 12", "派单"), ("进程 3", "进度"), ("评介 3", "评价")]
)
def test_the_nearest_command(said: str, meant: str) -> None:
    form = nearest(said)
    assert form is not None
    assert form.verb.value == meant


@pytest.mark.parametrize("said", ["", "哈哈", "今天天气不错", "1"])
def test_nothing_is_near(said: str) -> None:
    assert nearest(said) is None


@given(st.text(max_size=60))
def test_any_text_is_read_without_harm(text: str) -> None:
    read(text, loose=True)
    read(text, loose=False)
    address(text, "哨子")
    nearest(text)


def test_every_command_is_in_the_handbook_and_in_the_help() -> None:
    handbook = (Path(__file__).parents[3] / "docs" / "手册.md").read_text(encoding="utf-8")
    for form in FORMS:
        assert form.example in handbook, form.verb
        assert f"help.{form.verb.name.lower()}" in TEXTS
        read_again = read(form.example, loose=True)
        assert read_again is not None
        assert read_again.verb is form.verb


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("议事会改到周日下午3点", "议事改期  周日下午3点"),
        ("会改到明天下午3点", "议事改期  明天下午3点"),
        ("把议事会#2推迟到下周三晚上7点", "议事改期 #2 下周三晚上7点"),
        ("周六的会取消", "议事取消"),
        ("2号的议事会不开了,下雨", "议事取消 2 下雨"),
        ("议事会2取消了", "议事取消 2"),
        ("本月办了多少件", "统计 本月"),
        ("上个月的统计", "统计 上个月"),
        ("统计上月", "统计 上月"),
        ("手上还有哪些活没办的", "待办"),
        ("谁还没回复通知1", "通知 1 未回复"),
        ("巡查发现5栋后面消防通道被堵", "巡查 5栋后面消防通道被堵"),
        ("我要提个议题:装充电桩", "议题 装充电桩"),
        ("他会取消", None),
        ("下周的班会改到周五", None),
        ("我们会取消预约吗", None),
        ("统计一下人数", None),
        ("你有什么事", None),
        ("谁没回复我", None),
    ],
)
def test_sentences_of_staff_are_commands_where_they_can_be_nothing_else(
    said: str, command: str | None
) -> None:
    assert natural.rearranged(said) == command
