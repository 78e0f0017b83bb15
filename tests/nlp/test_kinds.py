"""What is an appeal, and what only sounds like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from nlp.understand import Understander


@pytest.mark.parametrize(
    "text",
    [
        "3栋2单元电梯又坏了,老人上不去",
        "老人上不去",
        "我家天花板在下雨",
        "垃圾都堆成山了也没个人来收",
        "半夜两点还在装修 让不让人睡了",
        "物业费倒是收得勤快,路灯黑了半个月没人管",
        "谁来管管这满地的狗屎啊[怒]",
        "单元门锁又坏了谁都能进来",
        "楼上洗衣机一甩干我家吊灯都跟着晃",
        "另外5栋门口路灯也不亮了",
    ],
)
def test_something_wrong_is_an_appeal_however_it_is_said(understander: Understander, text: str) -> None:
    assert understander.understand(text).kind == "appeal"


@pytest.mark.parametrize(
    "text",
    [
        "早上好,今天天气不错",
        "吓死我了 电梯里那个广告",
        "@所有人 明天停水",
        "【通知】因检修,11月5日9:00至17:00停水,请提前储水",
        "出一台九成新洗衣机,自提,有意私聊",
        "这价格要着火了",
        "哈哈哈笑死我了",
        "师傅已经在路上了,请稍等",
        "昨天电梯修好了",
        "谁家有梯子借用一下",
    ],
)
def test_chat_is_left_alone(understander: Understander, text: str) -> None:
    assert understander.understand(text).kind == "chat"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("请问医保卡在哪里办", "question"),
        ("谢谢李师傅,修得真快", "thanks"),
        ("我家也是", "endorsement"),
        ("+1", "endorsement"),
        ("5", "answer"),
        ("不满意", "answer"),
        ("报名,2个人", "answer"),
    ],
)
def test_the_other_kinds_of_talk(understander: Understander, text: str, kind: str) -> None:
    assert understander.understand(text).kind == kind


def test_thanks_with_a_present_fault_is_an_appeal(understander: Understander) -> None:
    assert understander.understand("谢谢师傅来修,可是今天水管又漏了").kind == "appeal"


def test_a_quoted_message_is_somebody_elses(understander: Understander) -> None:
    quoted = "「王姐:3栋电梯坏了没人修」\n- - - - - - - - - -\n今晚吃火锅去"
    assert understander.understand(quoted).kind == "chat"


def test_everything_said_comes_with_its_evidence(understander: Understander) -> None:
    found = understander.understand("3栋2单元电梯坏了没人修")
    shown = {(e.part, e.why) for e in found.evidence}
    assert ("category", "电梯") in shown
    assert ("kind", "没人修") in shown
    assert str(found.evidence[0]).endswith(f"{found.evidence[0].weight:+.1f}")
