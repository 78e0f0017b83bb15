"""Retention and the audit: what is too old says nothing of anybody; who looked is counted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.config import Config
from data.domain.errors import InputError
from data.recurring import arm_retention
from tests.town import ROSTER, Town

if TYPE_CHECKING:
    from collections.abc import Callable

OPERATOR = (
    '  - {name: 老管, accounts: [{channel: web, id: op}], duties: [{role: operator, area: "1"}]}\nhouseholds:'
)
LIMITS = "retention: {closed_cases: 90d, visits: 1y}"
PICTURE = f"media/0123456789abcdef/{'a' * 64}.jpg"
SAID = "3栋2单元501门口的灯坏了,我是刘小娟13987654321"


@pytest.fixture
def old_town(make_town: Callable[..., Town]) -> Town:
    """A town with a case that was closed, a visit and a picture."""
    town = make_town(ROSTER.replace("households:", OPERATOR), config=LIMITS)
    town.says("grid1", "liu", SAID, name="刘小娟")
    town.says(
        "grid1",
        "liu",
        "[图片]",
        kind="image",
        media=PICTURE,
        name="刘小娟",
    )
    town.passes(minutes=2)
    town.says("grid1", "limin", "@哨子 受理 1")
    town.says("grid1", "limin", "@哨子 办结 1 给刘小娟换好了灯")
    town.says("grid1", "liu", "1 很满意的", name="刘小娟")
    town.says("grid1", "limin", "@哨子 走访 记录 3栋501 王姐 身体都好的很")
    with town.store.write() as uow:
        arm_retention(uow, town.house.policy.work, town.clock.now())
        uow.commit()
    town.passes(days=8)
    return town


def test_retention_takes_words_names_and_pictures_and_leaves_the_numbers(old_town: Town) -> None:
    town = old_town
    assert "灯坏了" in town.dump()
    with town.store.read() as uow:
        limits = town.house.policy.retention
        assert uow.retained.due(limits, town.clock.now())["closed_cases"] == 0
        later = uow.retained.due(limits, town.clock.now() + timedelta(days=100))
    assert (later["closed_cases"], later["visits"]) == (1, 0)
    said = town.passes(days=100)
    told = [s.text for s in said if s.to == "op" and "数据保留" in s.text]
    assert len(told) == 1
    assert "办完的件 1 件" in told[0]
    dump = town.dump()
    for secret in ("灯坏了", "13987654321", "换好了灯", "很满意的"):
        assert secret not in dump, secret
    with town.store.read() as uow:
        (case,) = uow.cases.everything()
        assert (case.number, case.state.value, case.place.building) == (1, "closed", "3")
        assert case.place.door is None
        assert [r.digit for r in uow.ratings.of_round(case.id, 0)] == [1]
        (appeal,) = uow.appeals.of_case(case.id)
        assert uow.people.get(appeal.person_id).name == "已注销"
        found = uow.people.speaker("web", "liu")
        assert found is not None  # she lives here still
        assert uow.appeals.of_person(found[1].id) == []


def test_retention_of_visits_and_pictures_and_only_once(old_town: Town) -> None:
    town = old_town
    assert "身体都好" in town.dump()
    town.passes(days=380)
    assert "身体都好" not in town.dump()
    town.news()
    assert not [s for s in town.passes(days=10) if "数据保留" in s.text]


@pytest.mark.parametrize("value", ["3", "0d", "3 years", "-1y", "three"])
def test_a_wrong_span_is_refused(value: str) -> None:
    with pytest.raises((ValueError, InputError)):
        Config.model_validate({"retention": {"pictures": value}})


def test_off_is_for_good() -> None:
    assert Config.model_validate({"retention": {"pictures": "off"}}).retention.limits.pictures is None


def test_an_officer_reads_the_audit_of_their_community_only(town: Town) -> None:
    town.report()
    town.says("grid1", "wang", "@哨子 受理 1")  # refused
    with town.store.write() as uow:
        leader = uow.people.on_roster("李敏")[0]
        uow.audit.viewed(town.clock.now(), leader.id, 1)
        uow.audit.viewed(town.clock.now(), leader.id, 1)
        uow.commit()
    town.says("grid1", "wanger", "大家好", name="王二")
    town.says(None, "zhao", "封禁 王二 3天")
    (answer,) = town.says(None, "zhao", "审计")
    assert "被拒绝的命令:受理 1" in answer.text
    assert "看过没打码的原话共 2 次:李敏 2" in answer.text
    assert "赵主任 封禁" in answer.text
    assert "王二" not in answer.text
    (refused,) = town.says(None, "limin", "审计")
    assert "要有相应职责" in refused.text
