"""Whom to call is no sign of what is wrong; a few letters call nobody; a comma is a habit of who wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.config.hearing import HearingPart
from nlp.extract import without_contact
from nlp.features import is_learnable

if TYPE_CHECKING:
    from nlp.understand import Understander

SURE = HearingPart().thresholds().sure


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("3栋电梯坏了,找王姐13812345678", "3栋电梯坏了"),
        ("路灯不亮,电话:138 1234 5678", "路灯不亮"),
        ("路灯不亮13812345678", "路灯不亮"),
        ("楼上漏水联系电话023-66778899", "楼上漏水"),
        ("12345打了三次没人管", "12345打了三次没人管"),
        ("没有号码的一句", "没有号码的一句"),
    ],
)
def test_whom_to_call_is_left_out(said: str, told: str) -> None:
    assert without_contact(said) == told


@pytest.mark.parametrize(
    "contact",
    ["", ",电话13812345678", ",找王姐13812345678", " 有事打我手机13812345678", ",刘阿姨 02366778899"],
)
def test_who_leaves_a_number_is_heard_as_well(understander: Understander, contact: str) -> None:
    plain = understander.understand("3栋2单元501电梯坏了")
    found = understander.understand(f"3栋2单元501电梯坏了{contact}")
    assert found.is_appeal
    assert found.probability >= SURE
    assert found.category == plain.category
    assert bool(found.phone) == bool(contact)


@pytest.mark.parametrize("text", ["右边 底下压着零食", "接孩子去了", "我跑进来的", "快去快去"])
def test_a_few_letters_without_a_danger_call_nobody(understander: Understander, text: str) -> None:
    found = understander.understand(text)
    assert found.urgency != "emergency"
    assert found.emergency_probability < HearingPart().thresholds().emergency
    assert found.probability < SURE


def test_a_habit_of_writing_is_not_learned_from(understander: Understander) -> None:
    assert not any(is_learnable(sign) for sign in (",", ",我", "了,", " ", "a1"))
    assert is_learnable("电梯")
    assert not list(understander.learned.talk.telling("appeal", {",", ",我", "了,"}))
