"""What comes round by itself is set once and never put off."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select

from data.recurring import arm_all, arm_daily, arm_digest
from data.tables.reminders import reminders
from tests.town import ZONE

if TYPE_CHECKING:
    from tests.town import Town


def due(town: Town, kind: str) -> list[str]:
    with town.store.read() as uow:
        rows = uow.connection.execute(select(reminders).where(reminders.c.kind == kind))
        return sorted(f"{row.due.astimezone(ZONE):%m-%d %H:%M}" for row in rows if row.state == "pending")


def forget(town: Town) -> None:
    with town.store.write() as uow:
        uow.connection.execute(delete(reminders))
        uow.commit()


def arm(town: Town, at: str) -> None:
    with town.store.write() as uow:
        now = datetime.fromisoformat(at).replace(tzinfo=ZONE)
        arm_all(uow, town.house.policy.work, now)
        uow.commit()


def test_a_store_of_before_is_armed(town: Town) -> None:
    forget(town)
    arm(town, "2026-03-04 10:00")
    assert due(town, "digest") == ["03-09 09:00"] * 2  # two communities
    assert due(town, "daily") == ["03-05 09:00"] * 7  # seven on duty


def test_what_waits_is_not_put_off(town: Town) -> None:
    arm(town, "2026-03-04 10:00")
    assert due(town, "digest") == ["03-02 09:00"] * 2
    assert due(town, "daily") == ["03-02 09:00"] * 7


@pytest.mark.parametrize(
    ("now", "digest", "daily"),
    [
        ("2026-03-02 08:59", "03-02 09:00", "03-02 09:00"),
        ("2026-03-02 09:00", "03-09 09:00", "03-03 09:00"),
        ("2026-03-06 12:00", "03-09 09:00", "03-09 09:00"),  # a Friday
        ("2026-02-14 08:00", "02-16 09:00", "02-14 09:00"),  # a Saturday that is worked
        ("2026-02-14 12:00", "02-16 09:00", "02-24 09:00"),  # the Spring Festival is none of the digest's
    ],
)
def test_mondays_at_nine_and_mornings_of_working_days(town: Town, now: str, digest: str, daily: str) -> None:
    forget(town)
    at = datetime.fromisoformat(now).replace(tzinfo=ZONE)
    with town.store.write() as uow:
        arm_digest(uow, town.house.policy.work, 1, at)
        arm_daily(uow, town.house.policy.work, 1, at)
        uow.commit()
    assert (due(town, "digest"), due(town, "daily")) == ([digest], [daily])
