"""What is far larger than any place: a roster of 200,000 people, 10,000 rooms."""

from __future__ import annotations

import sys
from time import process_time
from typing import TYPE_CHECKING

import pytest

from bot.bootstrap import build
from bot.config import Config
from data.domain.clock import ManualClock
from data.domain.messages import Inbound
from data.roster.load import import_roster
from data.roster.read import read
from data.store import Store
from tests.bench.place import START, Silent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PEOPLE, ROOMS = 200_000, 10_000

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]


def roster() -> Iterator[str]:
    """Yield the lines of a roster: a grid, a room and a leader for every twenty people."""
    yield "areas:"
    yield "  - {code: c1, name: 大社区, kind: community}"
    for number in range(ROOMS):
        yield f"  - {{code: g{number}, name: 第{number}网格, kind: grid, parent: c1}}"
    yield "rooms:"
    for number in range(ROOMS):
        yield f"  - {{channel: web, id: room{number}, topic: 群{number}, kind: residents, area: g{number}}}"
    yield "people:"
    for number in range(PEOPLE):
        duties = f"[{{role: grid_leader, area: g{number // 20}}}]" if number % 20 == 0 else "[]"
        account = f"[{{channel: web, id: p{number}}}]"
        yield f"  - {{name: 居民{number}, accounts: {account}, duties: {duties}}}"


def test_a_roster_of_two_hundred_thousand_people_and_ten_thousand_rooms(
    store_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "roster.yaml"
    file.write_text("\n".join(roster()), encoding="utf-8")
    clock = ManualClock(START)
    config = Config.model_validate({"storage": {"folder": tmp_path / "files"}})
    parts = build(config, {"web": Silent()}, clock=clock, store=Store(store_url))
    began = process_time()
    entries = read(file)
    was_read = process_time()
    for what in ("added", "same"):  # the second time nothing is new
        with parts.store.write() as uow:
            counts = import_roster(uow, entries, file.name, work=parts.house.policy.work, now=clock.now())
            uow.commit()
        assert counts[what] > PEOPLE + ROOMS
    assert set(counts) == {"same"}
    imported = process_time()
    spent = []
    for number in range(20):
        room = ROOMS - 1 - number
        said = Inbound(
            "web", f"m{number}", START, f"room{room}", f"p{room * 20 + 1}", "居民", "3栋电梯坏了没人修"
        )
        before = process_time()
        assert parts.intake.take([said]) == ["appeal"]
        spent.append(process_time() - before)
    parts.close()
    with capsys.disabled():
        sys.stdout.write(
            f"\n200,000 people, 10,000 rooms: read {was_read - began:.0f} s, imported twice"
            f" {imported - was_read:.0f} s, an appeal {sorted(spent)[10] * 1000:.1f} ms\n"
        )
    assert sorted(spent)[10] < 0.1
