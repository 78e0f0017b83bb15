"""A place of any size to measure in, and the talk that goes on there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from bot.bootstrap import build
from bot.channels.base import Health, Limits
from bot.config import Config
from data.domain.clock import ManualClock
from data.domain.messages import Inbound
from data.store import Store
from data.tables.appeals import appeals, lines
from data.tables.areas import areas, counters
from data.tables.cases import cases
from data.tables.people import accounts, duties, people
from data.tables.rooms import rooms
from data.tables.timeline import steps
from handlers.context import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.bootstrap import Parts
    from data.domain.messages import Outgoing


START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SPEAKERS_A_ROOM = 40
CHAT = (
    "今天天气不错",
    "晚上吃什么呀",
    "哈哈哈哈",
    "收到",
    "明天有空吗",
    "谁有螺丝刀借一下",
    "孩子作业写完了没",
    "早上好",
    "周末去哪里玩好呢",
)
APPEALS = (
    "电梯坏了没人修",
    "门口路灯不亮好几天了",
    "门口垃圾没人清臭死了",
    "下水道堵了污水漫出来了",
    "楼道里堆满杂物没法走",
)


class Silent:
    """A channel that takes everything at once."""

    name = "web"
    limits = Limits()
    reach = Reach()

    def __init__(self) -> None:
        self.health = Health()
        self.count = 0

    async def start(self, inlet: object) -> None:
        """Nothing is heard here."""

    async def stop(self) -> None:
        """Nothing to let go."""

    async def send(self, outgoing: Outgoing) -> str:
        """Take it."""
        self.count += 1
        return f"b{self.count}"


@dataclass
class Place:
    """A bot over a store of some size."""

    parts: Parts
    clock: ManualClock
    rooms: int
    number: int = 0

    def talk(self, count: int, *, appeals_in_ten: int = 1) -> Iterator[Inbound]:
        """Yield messages of many people in many rooms; so many of ten are appeals."""
        random = Random(self.number)
        for _ in range(count):
            self.number += 1
            room = self.number * 7 % self.rooms
            who = f"r{room}p{self.number // self.rooms % SPEAKERS_A_ROOM}"
            if self.number % 10 < appeals_in_ten:
                text = f"{random.randint(1, 60)}栋{random.randint(1, 4)}单元{random.choice(APPEALS)}"
            else:
                text = random.choice(CHAT)
            yield Inbound("web", f"m{self.number}", self.clock.now(), f"room{room}", who, who, text)

    def moves_on(self) -> None:
        """Let a second pass: what waits is sent, outside of what is measured."""
        self.clock.set(self.clock.now() + timedelta(seconds=1))


def settle(folder: Path, *, room_count: int, case_count: int = 0, fast: bool | None = None) -> Place:
    """Return a place with so many grids (a room and a leader each) and old cases, half of them open."""
    store = Store(f"sqlite:///{folder}/bench.db")
    store.upgrade()
    with store.write() as uow:
        connection = uow.connection
        connection.execute(
            insert(areas), {"id": 1, "code": "c", "name": "大社区", "kind": "community", "label": ""}
        )
        ids = range(2, room_count + 2)
        connection.execute(insert(areas), [_grid(i) for i in ids])
        connection.execute(insert(rooms), [_room(i) for i in ids])
        connection.execute(insert(people), [{"id": i, "name": f"网格长{i}", "on_roster": 1} for i in ids])
        connection.execute(insert(accounts), [_account(i) for i in ids])
        connection.execute(
            insert(duties), [{"person_id": i, "area_id": i, "role": "grid_leader"} for i in ids]
        )
        for first in range(0, case_count, 10_000):
            _add_cases(connection, range(first + 1, min(first + 10_000, case_count) + 1), room_count)
        connection.execute(insert(counters), {"area_id": 1, "name": "case", "value": case_count})
        uow.roster_changed()
        uow.commit()
    return wake(folder, room_count=room_count, fast=fast, store=store)


def wake(folder: Path, *, room_count: int, fast: bool | None = None, store: Store | None = None) -> Place:
    """Return a bot over the store of a place that was settled before."""
    if store is None:
        store = Store(f"sqlite:///{folder}/bench.db")
        store.upgrade()
    clock = ManualClock(START)
    config = Config.model_validate({"storage": {"folder": str(folder)}, "bot": {"quiet_hours": "off"}})
    understander = None
    if fast is not None:
        from nlp.understand import Understander

        understander = Understander(cache_dir=folder / "cache", fast=fast)
    parts = build(
        config, {"web": Silent()}, clock=clock, store=store, random=Random(0), understander=understander
    )
    return Place(parts, clock, room_count)


def _grid(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "code": f"g{number}",
        "name": f"网格{number}",
        "kind": "grid",
        "parent_id": 1,
        "label": "",
    }


def _room(number: int) -> dict[str, Any]:
    return {
        "channel": "web",
        "external_id": f"room{number - 2}",
        "topic": f"群{number}",
        "kind": "residents",
        "area_id": number,
    }


def _account(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "person_id": number,
        "channel": "web",
        "external_id": f"leader{number}",
        "name": f"网格长{number}",
    }


def _add_cases(connection: Any, numbers: range, room_count: int) -> None:
    """Write old cases with an appeal, its line and three steps each."""
    case_rows: list[dict[str, Any]] = []
    appeal_rows: list[dict[str, Any]] = []
    line_rows: list[dict[str, Any]] = []
    step_rows: list[dict[str, Any]] = []
    for n in numbers:
        grid = 2 + n % room_count
        at = START - timedelta(minutes=n)
        words = f"{n % 60}栋{n % 4}单元{APPEALS[n % len(APPEALS)]}"
        common = {
            "community_id": 1,
            "area_id": grid,
            "category": f"城乡建设/{('电梯', '路灯', '供水')[n % 3]}",
        }
        case_rows.append(
            {
                **common,
                **dict.fromkeys(("grade",), "minor"),
                "id": n,
                "number": n,
                "state": "accepted" if n % 2 else "closed",
                "urgency": "normal",
                "source": "appeal",
                "building": str(n % 60),
                "summary": words,
                "dispute": False,
                "awaits_meeting": False,
                "reported_at": at,
                "reopened": 0,
                "seconds": 0,
                "version": 0,
            }
        )
        appeal_rows.append(
            {
                "id": n,
                "case_id": n,
                "person_id": grid,
                "account_id": grid,
                "message_id": f"old{n}",
                "said_at": at,
                "last_line_at": at,
                "words": words,
                "withdrawn": False,
                "joined": False,
            }
        )
        line_rows.append({"appeal_id": n, "channel": "web", "message_id": f"old{n}", "at": at, "text": words})
        step_rows += [
            {
                "case_id": n,
                "at": at,
                "action": action,
                "to_state": "accepted",
                "before": {},
                "undone": False,
            }
            for action in ("report", "accept", "progress")
        ]
    for table, rows in ((cases, case_rows), (appeals, appeal_rows), (lines, line_rows), (steps, step_rows)):
        connection.execute(insert(table), rows)
