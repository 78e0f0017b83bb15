"""Channels that cannot speak to somebody alone, or do not know an account again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.context import Reach
from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

DISPUTE = "楼上3栋2单元602每天半夜打麻将,说了几次都不听还骂人,太欺负人了"


@pytest.fixture
def group_only(make_town: Callable[..., Town]) -> Town:
    return make_town(reach=Reach(private=False))


def test_what_concerns_one_person_is_said_without_details(group_only: Town) -> None:
    group_only.report()
    (answer,) = group_only.says("grid1", "wang", "@哨子 我的诉求")
    assert answer.text == "@王姐 这个不便在群里说,请到哨子的网页上看。"
    assert answer.cases == ()


def test_a_dispute_is_told_without_who_and_what(group_only: Town) -> None:
    group_only.says("grid1", "wang", DISPUTE)
    said = group_only.passes(seconds=10)
    assert texts(said) == ["@王姐 已记为 #1,转调解员处理,不在群里说。"]
    said = group_only.says("grid1", "feng", "@哨子 受理 1")
    assert all("602" not in text and "麻将" not in text for text in texts(said))


def test_an_account_one_cannot_be_sure_of_commands_nothing(make_town: Callable[..., Town]) -> None:
    town = make_town(reach=Reach(stable_ids=False))
    town.report()
    (answer,) = town.says("grid1", "limin", "@哨子 受理 1")
    assert answer.text == "@李敏 这个渠道认不准账号,不能用「受理」;请到网页上办。"
    (answer,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert "已上报" in answer.text
