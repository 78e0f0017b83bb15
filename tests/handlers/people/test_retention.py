"""Retention and the audit: what is too old says nothing of anybody; who looked is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from bot.config import Config
from data.domain.errors import InputError
from data.domain.reminder import Reminder, ReminderKind
from data.domain.retention import Sweep
from data.recurring import arm_retention
from data.tables.reminders import reminders
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


def swept(town: Town, **limits: timedelta | None) -> dict[str, int]:
    """Go through everything that is too old now, and return how much of each kind there was."""
    come = Sweep()
    kept = replace(town.house.policy.retention, **limits)
    while not come.is_through:
        with town.store.write() as uow:
            come = uow.retained.sweep(kept, town.clock.now(), come)
            uow.commit()
    return {kind: count for kind, count in come.done.items() if count}


def test_what_was_said_and_done_goes_after_a_year(town: Town) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 受理 1")
    town.passes(days=300)
    town.says("grid1", "liu", "3栋2单元502门口的灯也坏了", name="刘小娟")
    town.passes(minutes=2)
    with town.store.read() as uow:
        before = [row.text for row in uow.outbox.of_state("sent")]
        waiting = uow.reminders.next_due()
    town.clock.set(town.clock.now() + timedelta(days=70))
    found = swept(town)
    assert found["sent"] > 1
    assert found["reminders"] > 1
    with town.store.read() as uow:
        after = [row.text for row in uow.outbox.of_state("sent")]
        assert uow.reminders.next_due() == waiting
        assert len(list(uow.cases.everything())) == 2
        steps = uow.timeline.of_case(1)
    assert after == before[-len(after) :]
    assert 0 < len(after) < len(before)
    assert [step.action for step in steps][:2] == ["report", "accept"]
    assert swept(town) == {}
    assert swept(town, sent=None) == {}


def test_an_answer_about_a_case_that_lost_its_words_goes_with_them(old_town: Town) -> None:
    town = old_town
    town.passes(days=80)
    town.says("grid1", "limin", "@哨子 进度 1")
    assert [s for s in said_about(town) if "灯坏了" in s]
    town.clock.set(town.clock.now() + timedelta(days=20))
    assert swept(town)["closed_cases"] == 1
    assert said_about(town) == []


def said_about(town: Town) -> list[str]:
    """Return what was said about the first case."""
    with town.store.read() as uow:
        return [row.text for row in uow.outbox.of_state("sent") if any(one[0] == 1 for one in row.cases)]


def test_what_only_an_undo_needs_goes_ninety_days_after_the_end(old_town: Town) -> None:
    town = old_town
    with town.store.read() as uow:
        was = [step for step in uow.timeline.of_case(1) if "accept_by" in step.before]
    town.clock.set(town.clock.now() + timedelta(days=70))
    assert swept(town, closed_cases=None) == {}
    town.clock.set(town.clock.now() + timedelta(days=30))
    assert swept(town, closed_cases=None) == {"snapshots": 1}
    with town.store.read() as uow:
        now = uow.timeline.of_case(1)
    assert all(set(step.before) <= {"resolve_by", "pictures"} for step in now)
    kept = {step.id: step.before for step in now}
    assert [kept[step.id]["resolve_by"] for step in was] == [step.before["resolve_by"] for step in was]
    assert swept(town, closed_cases=None) == {}


def test_a_sweep_takes_a_little_at_a_time(town: Town) -> None:
    old = town.clock.now() - timedelta(days=400)
    with town.store.write() as uow:
        uow.reminders.put_all([Reminder(0, ReminderKind.RATE, n, old, key=f"x{n}") for n in range(5_000)])
        uow.connection.execute(update(reminders).where(reminders.c.kind == "rate").values(state="done"))
        uow.commit()
    come, taken = Sweep(), []
    while not come.is_through:
        with town.store.write() as uow:
            come = uow.retained.sweep(town.house.policy.retention, town.clock.now(), come)
            uow.commit()
        taken.append(come.done.get("reminders", 0))
    assert taken[-1] == 5_000
    assert max(now - before for before, now in pairwise(taken)) <= 2_000
