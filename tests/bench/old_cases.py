"""What many old cases cost: commands, a resident's second line, lists and figures, the start of the process.

The old cases have what they leave behind: outbox rows, reminders, timelines, ratings, half of a percent open.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import insert, text

from data.domain.messages import Inbound
from data.tables.people import accounts, duties, people
from tests.bench.measures import as_installed
from tests.bench.place import settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.place import Place

GRIDS, CASES_TRIED, SUPERVISOR = 100, 24, 900_000
LIFE = (Path(__file__).parent / "old_life.sql").read_text(encoding="utf-8")
MINUTES = 2_628_000  # of five years
START = """
import sys, time
start = time.perf_counter()
from bot.quick_start import quick_start
with quick_start() as settled:
    from pathlib import Path
    from tests.bench.place import wake
    place = wake(Path(sys.argv[1]), room_count=100)
    place.parts.intake.take(list(place.talk(10)))
    settled()
    print(time.perf_counter() - start)
    place.parts.close()
"""


class Moment(NamedTuple):
    """Something said, and what it is called in the table."""

    name: str
    room: str | None
    who: str
    words: str


def old_cases(case_count: int) -> dict[str, float]:
    """Return the median milliseconds of what is said in a store with so many cases, and of a start on it."""
    with tempfile.TemporaryDirectory() as folder:
        place = settle(Path(folder), room_count=GRIDS, case_count=case_count)
        try:
            _fill(place, case_count)
            taken: dict[str, list[float]] = {}
            for moment in _moments(place):
                for name, spent in _say(place, moment).items():
                    taken.setdefault(name, []).append(spent)
        finally:
            place.parts.close()
        found = {name: median(every[len(every) // 4 :]) for name, every in taken.items()}
        starts = [_start(folder) for _ in range(3)]
        return {**found, "start": median(starts) * 1000}


def _fill(place: Place, case_count: int) -> None:
    with place.parts.store.write() as uow:
        uow.connection.execute(insert(people), {"id": SUPERVISOR, "name": "书记", "on_roster": 1})
        account = {
            "id": SUPERVISOR,
            "person_id": SUPERVISOR,
            "channel": "web",
            "external_id": "over",
            "name": "书记",
        }
        uow.connection.execute(insert(accounts), account)
        uow.connection.execute(insert(duties), {"person_id": SUPERVISOR, "area_id": 1, "role": "supervisor"})
        step = max(1, MINUTES // case_count)
        for statement in LIFE.split(";\n"):
            if statement.strip():
                uow.connection.execute(text(statement.replace("{step}", str(step)).replace(":", "\\:")))
        uow.roster_changed()
        uow.commit()


def _moments(place: Place) -> Iterator[Moment]:
    """Yield what is said: one case after the other is taken in, handled, resolved; lists are asked for."""
    with place.parts.store.read() as uow:
        reported = "SELECT number, area_id - 2 FROM cases WHERE state = 'reported' ORDER BY id LIMIT :most"
        found = uow.connection.execute(text(reported), {"most": CASES_TRIED}).all()
    for number, grid in found:
        room, leader = f"room{grid}", f"leader{grid + 2}"
        yield Moment("受理", room, leader, f"@哨子 受理 {number}")
        yield Moment("办结", room, leader, f"@哨子 办结 {number} 修好了")
        yield Moment("撤销", room, leader, "@哨子 撤销")
        yield Moment("an appeal", room, f"new{number}", f"{number % 60}栋2单元下水道堵了污水漫出来了")
        yield Moment("its second line", room, f"new{number}", "已经漫了三天了")
        yield Moment("待办", None, leader, "待办")
        yield Moment("待办 over all", None, "over", "待办")
        yield Moment("统计 上月 over all", None, "over", "统计 上月")


def _say(place: Place, moment: Moment) -> dict[str, float]:
    """Return the milliseconds that the writer had to do with it, and a reader before."""
    place.moves_on()
    place.number += 1
    said = Inbound(
        "web", f"o{place.number}", place.clock.now(), moment.room, moment.who, moment.who, moment.words
    )
    intake = place.parts.intake
    start = time.perf_counter()
    ahead = {said.message_id: intake.look_ahead(said)} if intake.may_search(said) else {}
    looked = time.perf_counter()
    (went,) = intake.take([said], ahead)
    spent = (time.perf_counter() - looked) * 1000
    assert went not in ("failed", "refused", "flood"), (moment, went)
    by_reader = {f"{moment.name}, by a reader": (looked - start) * 1000} if ahead else {}
    return {moment.name: spent} | by_reader


def _start(folder: str) -> float:
    command = [sys.executable, "-c", START, folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=as_installed())
    return float(done.stdout.split()[-1])
