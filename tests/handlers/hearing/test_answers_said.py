"""FOUND rows B7, B8, B10, B11: ratings in plain words, receipts, quotations as written, 接龙 as it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town

CALL = "@哨子 议事 周六晚上7点半 党群服务中心 加装电梯"


@pytest.fixture
def asked(town: Town) -> Town:
    """A town in which 王姐 was just asked how it went with #1."""
    town.report("wang", "5栋门口垃圾没人清")
    town.says("staff", "limin", "受理 1")
    town.passes(minutes=5)
    town.says("staff", "limin", "办结 1 已清运")
    town.passes(minutes=15)
    return town


@pytest.mark.parametrize(
    "said",
    [
        "还是坏的啊",
        "清啥子清,桶还是满的",
        "没人来收啊",
        "根本没修好",
        "漏还是在漏",
        "还没清呢",
        "一点都没变",
        "哪里清好了",
        "还是老样子",
        "又堵了",
    ],
)
@pytest.mark.parametrize("room", ["grid1", None])
def test_b7_not_solved_in_plain_words(asked: Town, room: str | None, said: str) -> None:
    asked.says(room, "wang", said)
    assert asked.state(1) == "in_progress"
    asked.passes(minutes=1)
    assert asked.state(2) == "none"


@pytest.mark.parametrize(
    "said", ["谢谢,修好了", "清干净了,谢谢", "好了", "都弄好了,辛苦了", "不堵了", "已经清完了,速度快"]
)
def test_b7_solved_in_plain_words(asked: Town, said: str) -> None:
    asked.says("grid1", "wang", said)
    assert asked.state(1) == "closed"


@pytest.mark.parametrize("said", ["修好了吗?", "今天天气不错", "谢谢", "[微笑]", "来了来了", "大家吃了吗"])
def test_b7_what_is_no_answer(asked: Town, said: str) -> None:
    asked.says("grid1", "wang", said)
    assert asked.state(1) == "resolved"


@pytest.mark.parametrize(
    "said", ["[OK]", "好的", "👌", "收到", "ok", "嗯嗯", "好的,谢谢", "[好的]", "👌👌", "知道了"]
)
def test_b8_receipts_are_never_ratings(asked: Town, said: str) -> None:
    asked.says("staff", "zhao", "通知 第一网格 明天停水,看到请回收到")
    asked.says("grid1", "wang", said)
    assert asked.state(1) == "resolved"
    (status,) = [s for s in asked.says("staff", "zhao", "通知 1") if "收到" in s.text]
    assert "收到 1 人" in status.text


@pytest.mark.parametrize("said", ["[OK]", "好的", "👌", "ok"])
def test_b8_without_a_notice_they_are_nothing(asked: Town, said: str) -> None:
    asked.says("grid1", "wang", said)
    assert asked.state(1) == "resolved"


@pytest.mark.parametrize(
    "form",
    [
        "「哨子：{quoted}」\n- - - - - - - - - - - - - - -\n{said}",
        "「哨子：{quoted}」\n——————\n{said}",
        "「哨子: {quoted}」\n- - -\n{said}",
        "「哨子：\n{quoted}」\n------\n{said}",
        "『哨子：{quoted}』\n———————————\n{said}",
        '这是一条引用/回复消息：\n"哨子：\n{quoted}"\n------\n{said}',
        "「哨子：{quoted}」\n{said}",
        (
            "<msg><appmsg><title>{said}</title><type>57</type><refermsg><displayname>哨子</displayname>"
            "<content>{quoted}</content></refermsg></appmsg></msg>"
        ),
    ],
)
def test_b10_quotations_as_gateways_write_them(town: Town, form: str) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了,没人修")
    (ack,) = [s for s in town.passes(seconds=20) if s.room == "grid1"]
    town.says("grid1", "limin", form.format(quoted=ack.text, said="收到"))
    assert town.state(1) == "accepted"
    town.says("grid1", "limin", form.format(quoted=f"{ack.text[:18]}…", said="修好了"))
    assert town.state(1) == "resolved"


def test_b10_not_an_appeal_is_no_endorsement(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了,没人修")
    (ack,) = [s for s in town.passes(seconds=20) if s.room == "grid1"]
    town.says("grid1", "limin", f"「哨子：{ack.text}」\n- - - -\n这不是诉求")
    assert town.state(1) == "withdrawn"


def listed(town: Town) -> str:
    """Return the last list that was said: in the group the first time, then to whoever changes it."""
    town.passes(seconds=30)
    return [s.text for s in town.channel.said if "已报名" in s.text][-1]


@pytest.mark.parametrize(
    ("said", "count", "names"),
    [
        ("#接龙\n加装电梯\n1. 王姐\n2. 老周", 2, "王姐、老周"),
        ("#接龙\n1. 王姐\n3. 老周", 2, "王姐、老周"),
        ("#接龙\n1. 王姐\n1. 老周", 2, "王姐、老周"),
        ("#接龙\n1. 王姐\n2.\n3. 老周", 2, "王姐、老周"),
        ("#接龙\n①王姐\n②老周", 2, "王姐、老周"),
        ("#接龙\n(1)王姐\n（2）老周", 2, "王姐、老周"),
        ("#接龙\n一、王姐\n二、老周", 2, "王姐、老周"),
        ("#接龙\n1. 王姐 2人\n2. 老周", 3, "王姐 2人、老周"),
        ("#接龙\n1. 王姐+1\n2. 老周 不来", 2, "王姐+1"),
        ("#接龙\n例 张三 2人\n1. 王姐\n2. 老周 请假", 1, "王姐"),
        ("加装电梯议事会\n1、王姐\n2、老周", 2, "王姐、老周"),
    ],
)
def test_b11_lists_as_people_write_them(town: Town, said: str, count: int, names: str) -> None:
    town.says("grid1", "limin", CALL)
    town.says("grid1", "wang", said)
    assert listed(town) == f"议事会 #1 已报名 {count} 人:{names}"


def test_b11_who_is_off_the_next_list_does_not_come(town: Town) -> None:
    town.says("grid1", "limin", CALL)
    town.says("grid1", "wang", "#接龙\n1. 王姐\n2. 老周\n3. 刘婶")
    assert listed(town).endswith("3 人:王姐、老周、刘婶")
    town.says("grid1", "zhou2", "#接龙\n1. 王姐\n2. 刘婶")
    assert listed(town).endswith("2 人:王姐、刘婶")
    town.says("grid1", "liu", "#接龙\n1. 王姐\n2. 刘婶 请假\n3. 小吴 2人")
    assert listed(town).endswith("3 人:王姐、小吴 2人")
    town.says("grid1", "xiaowu", "1. 王姐\n2. 小吴")  # it goes on with the list
    assert listed(town).endswith("2 人:王姐、小吴")


def test_b11_two_who_write_at_the_same_moment_both_come(town: Town) -> None:
    town.says("grid1", "limin", CALL)
    town.says("grid1", "wang", "#接龙\n1. 王姐")
    town.says("grid1", "zhou2", "#接龙\n1. 王姐\n2. 老周")
    town.says("grid1", "liu", "#接龙\n1. 王姐\n2. 刘婶")
    assert listed(town).endswith("3 人:王姐、老周、刘婶")


def test_b11_who_signed_up_alone_is_on_no_list(town: Town) -> None:
    town.says("grid1", "limin", CALL)
    town.says("grid1", "liu", "报名")
    town.says("grid1", "wang", "#接龙\n1. 王姐")
    assert listed(town).endswith("2 人:刘婶、王姐")


@pytest.mark.parametrize(
    "said",
    [
        "快来人:\n1. 3栋2单元着火了\n2. 有老人困在里面",
        "土鸡蛋:\n1. 三十个 45元\n2. 六十个 85元",
        "几个问题:\n1. 路灯不亮\n2. 垃圾没人清",
        "会议纪要:\n1. 传达了精神\n2. 布置了工作",
    ],
)
def test_b11_other_lists_are_none(town: Town, said: str) -> None:
    town.says("grid1", "limin", CALL)
    town.passes(minutes=1)
    news = [*town.says("grid1", "wang", said), *town.passes(minutes=1)]
    assert not [t for t in texts(news) if "已报名" in t]
