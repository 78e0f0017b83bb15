"""A ballot of thousands of households: what a vote costs, and how long the closing takes."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from data.domain.messages import Inbound
from data.roster.entries import SECTIONS
from data.roster.load import import_roster
from data.roster.read import Entry
from handlers.deliberation.ballots import SOON
from tests.bench.place import Place, settle

if TYPE_CHECKING:
    from collections.abc import Iterator

DOORS_A_BUILDING = 100
MEASURED = 200  # votes and commands, each


class Cost(NamedTuple):
    """Milliseconds of a vote and of an ordinary command, in the same place; seconds of the closing."""

    vote: float
    command: float
    closing: float


def ballot(households: int) -> Cost:
    """Return what a ballot among so many households costs, all of which vote."""
    with tempfile.TemporaryDirectory() as folder:
        place = settle(Path(folder), room_count=1)
        try:
            _move_in(place, households)
            place.parts.intake.take([_said(place, "leader", "表决 加装电梯 至 3月10日 重大事项")])
            votes = _timed(place, households, "投票 1 同意")
            commands = _timed(place, households, "登记 1栋102")
            _all_vote(place)
            return Cost(median(votes), median(commands), _closing(place))
        finally:
            place.parts.close()


def _move_in(place: Place, households: int) -> None:
    """List so many households, each with somebody who lives there, in a grid of its own with a leader."""
    rows: list[tuple[str, dict[str, object]]] = [
        ("areas", {"code": "bench", "name": "百号社区", "kind": "community"}),
        ("areas", {"code": "bench.g", "name": "100号网格", "kind": "grid", "parent": "bench"}),
    ]
    for number in range(-(-households // DOORS_A_BUILDING)):
        building = {
            "code": f"bench.b{number}",
            "name": f"{number + 1}栋",
            "kind": "building",
            "parent": "bench.g",
        }
        rows.append(("areas", dict(building)))
    leader = {"role": "grid_leader", "area": "bench.g"}
    accounts = [{"channel": "web", "id": "leader"}]
    rows.append(("people", {"name": "网格长", "accounts": accounts, "duties": [leader]}))
    for number in range(households):
        door = {
            "building": f"bench.b{number // DOORS_A_BUILDING}",
            "door": str(101 + number % DOORS_A_BUILDING),
            "area_m2": 80 + number % 50,
            "people": [{"channel": "web", "id": f"home{number}"}],
        }
        rows.append(("households", dict(door)))
    entries = [Entry(s, f"{s}[{i}]", SECTIONS[s].model_validate(v)) for i, (s, v) in enumerate(rows)]
    with place.parts.store.write() as uow:
        work = place.parts.house.policy.work
        import_roster(uow, entries, "bench", work=work, now=place.clock.now())
        uow.commit()


def _timed(place: Place, households: int, text: str) -> Iterator[float]:
    """Yield the milliseconds of a line said in private by one household after the other."""
    step = max(1, households // MEASURED)
    for number in range(0, households, step):
        message = _said(place, f"home{number}", text)
        start = time.perf_counter()
        place.parts.intake.take([message])
        yield (time.perf_counter() - start) * 1000


def _all_vote(place: Place) -> None:
    with place.parts.store.write() as uow:
        (one,) = uow.ballots.open_ones()
        for person_id in uow.ballots.lived_in(one.id, place.clock.now()):
            uow.ballots.vote(one.id, person_id, person_id % 3)
        uow.commit()


def _closing(place: Place) -> float:
    """Return the seconds from the end of a ballot to its result in the outbox."""
    with place.parts.store.read() as uow:
        (one,) = uow.ballots.open_ones()
    place.clock.set(one.ends_at - SOON)
    place.parts.ticker.fire()
    place.clock.set(one.ends_at)
    start = time.perf_counter()
    place.parts.ticker.fire()
    spent = time.perf_counter() - start
    with place.parts.store.read() as uow:
        assert uow.ballots.get(one.id).outcome is not None
    return spent


def _said(place: Place, who: str, text: str) -> Inbound:
    place.number += 1
    return Inbound("web", f"v{place.number}", place.clock.now(), None, who, who, text)
