"""Monday at nine: every group's week and everybody's day fall due at once."""

from __future__ import annotations

import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import text

from bot.ticker import LONGEST
from data.recurring import arm_all
from tests.bench.place import settle

# A group of the whole community, whose week is that of all groups together.
COMMUNITY_ROOM = """INSERT INTO rooms (channel, external_id, topic, kind, area_id)
    SELECT channel, 'everybody', '大群', kind, 1 FROM rooms LIMIT 1"""


class Morning(NamedTuple):
    """How long the writer was held at one go, and until everybody was told, in seconds."""

    longest: float
    all_told: float


def monday(groups: int, case_count: int = 20_000) -> Morning:
    """Return what a Monday at nine takes with so many groups and leaders of them."""
    with tempfile.TemporaryDirectory() as folder:
        place = settle(Path(folder), room_count=groups, case_count=case_count)
        try:
            with place.parts.store.write() as uow:
                uow.connection.execute(
                    text("UPDATE cases SET resolved_at = reported_at WHERE state = 'closed'")
                )
                uow.connection.execute(text("UPDATE appeals SET room_id = person_id - 1"))
                uow.connection.execute(text(COMMUNITY_ROOM))
                arm_all(uow, place.parts.house.policy.work, place.clock.now())
                uow.commit()
            place.clock.set(place.clock.now() + timedelta(days=7, seconds=1))
            spans: list[float] = []
            began = time.perf_counter()
            while (ahead := place.parts.ticker.look_ahead()) is not None:
                start = time.perf_counter()
                place.parts.ticker.fire(LONGEST, ahead)
                spans.append(time.perf_counter() - start)
            return Morning(max(spans), time.perf_counter() - began)
        finally:
            place.parts.close()
