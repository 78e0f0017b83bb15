"""A town to tell stories in: a whole bot over a real store, with a clock and a channel that remembers."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import yaml

from bot.bootstrap import build
from bot.channels.base import DeliveryError, Health, Limits
from bot.config import Config
from data.domain.clock import ManualClock
from data.domain.messages import Inbound, MessageKind, Outgoing
from data.roster.entries import SECTIONS
from data.roster.load import import_roster
from data.roster.read import Entry
from data.store import Store
from handlers.context import Reach
from handlers.texts.wording import read_yaml

if TYPE_CHECKING:
    from data.domain.case import Line
    from data.domain.clock import Clock
    from nlp.understand import Understander

ZONE = ZoneInfo("Asia/Shanghai")

ROSTER = """
areas:
  - {code: "1", name: 万州区, kind: district}
  - {code: "1.1", name: 高笋塘街道, kind: street, parent: "1"}
  - {code: "1.1.1", name: 百安坝社区, kind: community, parent: "1.1"}
  - {code: g1, name: 第一网格, kind: grid, parent: "1.1.1"}
  - {code: g1b3, name: 3栋, kind: building, parent: g1}
  - {code: g1b5, name: 5栋, kind: building, parent: g1}
  - {code: g2, name: 第二网格, kind: grid, parent: "1.1.1"}
  - {code: g2b8, name: 8栋, kind: building, parent: g2}
  - {code: "1.1.2", name: 电报路社区, kind: community, parent: "1.1"}
  - {code: g9, name: 电报路网格, kind: grid, parent: "1.1.2"}
organisations:
  - {name: 万邦物业, kind: property, aliases: [物业], area: "1.1.1"}
  - {name: 区城管局, kind: department, aliases: [城管], area: "1"}
rooms:
  - {channel: web, id: grid1, topic: 第一网格居民群, kind: residents, area: g1}
  - {channel: web, id: grid2, topic: 第二网格居民群, kind: residents, area: g2}
  - {channel: web, id: grid9, topic: 电报路居民群, kind: residents, area: g9}
  - {channel: web, id: staff, topic: 工作群, kind: staff, area: "1.1.1"}
  - {channel: web, id: street, topic: 街道群, kind: staff, area: "1.1"}
  - {channel: web, id: wuye, topic: 物业群, kind: department, organisation: 万邦物业}
people:
  - {name: 李敏, accounts: [{channel: web, id: limin}], duties: [{role: grid_leader, area: g1}]}
  - {name: 王强, accounts: [{channel: web, id: wangqiang}], duties: [{role: grid_leader, area: g2}]}
  - {name: 孙丽, accounts: [{channel: web, id: sunli}], duties: [{role: grid_leader, area: g9}]}
  - {name: 吴大爷, accounts: [{channel: web, id: wudaye}], duties: [{role: building_head, area: g1b3}]}
  - {name: 赵主任, accounts: [{channel: web, id: zhao}], duties: [{role: officer, area: "1.1.1"}]}
  - {name: 周书记, accounts: [{channel: web, id: zhou}], duties: [{role: supervisor, area: "1.1"}]}
  - {name: 冯姨, accounts: [{channel: web, id: feng}], duties: [{role: mediator, area: "1.1.1"}]}
  - {name: 小陈, accounts: [{channel: web, id: chen}], organisation: 万邦物业}
  - {name: 老罗, accounts: [{channel: web, id: luo}], organisation: 万邦物业}
  - {name: 刘队, accounts: [{channel: web, id: liudui}], organisation: 区城管局}
  - {name: 王姐, accounts: [{channel: web, id: wang}]}
households:
  - {building: g1b3, unit: "2", door: "501", contact: 王姐}
"""
NAMES = {"wang": "王姐", "zhou2": "老周", "liu": "刘婶", "xiaowu": "小吴", "li9": "电报路小李"}


class Said(NamedTuple):
    """One thing the bot said."""

    at: str
    room: str | None
    to: str | None
    text: str
    mentions: tuple[str, ...]
    id: str
    reply_to: str | None
    cases: tuple[str, ...]
    media: str | None = None


class Memory:
    """A channel that remembers what it was given, and fails when it is told to."""

    limits = Limits()
    name = "web"

    def __init__(self, clock: Clock, reach: Reach) -> None:
        self.said: list[Said] = []
        self.failing: set[str] = set()
        self.reach = reach
        self.health = Health()
        self._clock = clock

    async def start(self, inlet: object) -> None:
        """Nothing is heard here."""

    async def stop(self) -> None:
        """Nothing to let go."""

    async def send(self, outgoing: Outgoing) -> str:
        """Remember a message."""
        if outgoing.room in self.failing or outgoing.to in self.failing:
            raise DeliveryError("told to fail")
        number = f"b{len(self.said) + 1}"
        at = self._clock.now().astimezone(ZONE).strftime("%m-%d %H:%M:%S")
        self.said.append(
            Said(
                at,
                outgoing.room,
                outgoing.to,
                outgoing.text,
                outgoing.mentions,
                number,
                outgoing.reply_to,
                outgoing.cases,
                outgoing.media,
            )
        )
        return number


def entries(roster: str) -> list[Entry]:
    """Return the entries of a roster written as YAML."""
    tree = read_yaml(roster)
    return [
        Entry(name, f"{name}[{i}]", SECTIONS[name].model_validate(value))
        for name, values in tree.items()
        for i, value in enumerate(values)
    ]


class Town:
    """Say something as somebody, let time pass, look at what the bot said."""

    def __init__(
        self,
        url: str,
        understander: Understander,
        roster: str,
        at: str,
        *,
        config: str = "",
        reach: Reach | None = None,
        settled: bool = False,
    ) -> None:
        """Open a bot over a store; one that is `settled` knows the roster already."""
        self.clock = ManualClock(_time(at))
        self.channel = Memory(self.clock, reach or Reach())
        self.store = Store(url)
        tree = yaml.safe_load(config) or {}
        tree["bot"] = {"gather_seconds": 0} | tree.get("bot", {})  # most stories look at one step at a time
        settings = Config.model_validate(tree)
        self.parts = build(
            settings,
            {"web": self.channel},
            clock=self.clock,
            store=self.store,
            random=Random(0),
            understander=understander,
        )
        self.house = self.parts.house
        self._loop = asyncio.new_event_loop()
        self._count = 0
        self._looked = 0
        if not settled:
            self.learn(roster)

    def learn(self, roster: str) -> None:
        """Import a roster."""
        with self.store.write() as uow:
            import_roster(
                uow, entries(roster), "roster.yaml", work=self.house.policy.work, now=self.clock.now()
            )
            uow.commit()

    def close(self) -> None:
        """Let go of everything."""
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()
        self.parts.close()

    def says(
        self,
        room: str | None,
        who: str,
        text: str = "",
        *,
        kind: str = "text",
        quote: str | None = None,
        quoted: str | None = None,
        media: str | None = None,
        name: str | None = None,
        mentions: tuple[str, ...] | None = None,
        id: str | None = None,  # noqa: A002  the transcript's own word
        after: float = 1,
    ) -> list[Said]:
        """Say something a moment after the last thing; return what the bot says right away."""
        self.passes(seconds=after)
        self._count += 1
        shown = name or NAMES.get(who) or self._roster_name(who)
        called = ("bot",) if f"@{self.house.policy.bot_name}" in text else ()
        inbound = Inbound(
            "web",
            id or f"m{self._count}",
            self.clock.now(),
            room,
            who,
            shown,
            text,
            MessageKind(kind),
            called if mentions is None else mentions,
            quote,
            media,
            quoted,
        ).cleaned()
        self.last_id = inbound.message_id
        assert "failed" not in self.parts.intake.take([inbound])  # the log says why
        self._drain()
        return self.news()

    def passes(
        self, *, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0
    ) -> list[Said]:
        """Let time pass; return what the bot said meanwhile."""
        span = timedelta(seconds=seconds, minutes=minutes, hours=hours, days=days)
        return self.until(self.clock.now() + span)

    def until(self, at: datetime | str) -> list[Said]:
        """Let time pass until then; return what the bot said meanwhile and since last looked."""
        to = _time(at) if isinstance(at, str) else at
        while True:
            with self.store.read() as uow:
                dues = [d for d in (uow.reminders.next_due(), uow.sending.next_due()) if d is not None]
            if not dues or min(dues) > to:
                break
            self.clock.set(min(dues))
            self.parts.ticker.fire()
            self._drain()
        self.clock.set(to)
        return self.news()

    def news(self) -> list[Said]:
        """Return what the bot said since last looked."""
        new = self.channel.said[self._looked :]
        self._looked = len(self.channel.said)
        return new

    def report(self, who: str = "wang", text: str = "3栋2单元电梯坏了,没人修", room: str = "grid1") -> None:
        """Let somebody report something, and wait until it is acknowledged."""
        self.says(room, who, text)
        self.passes(seconds=45)

    def state(self, number: int, community: str = "百安坝社区") -> str:
        """Return the state of a case."""
        with self.store.read() as uow:
            area = next(a for a in uow.areas.communities() if a.name == community)
            case = uow.cases.numbered(area.id, number)
            return case.state.value if case else "none"

    def is_dispute(self, case_id: int) -> None:
        """Make a case a dispute, whatever was understood."""
        with self.store.write() as uow:
            case = uow.cases.get(case_id)
            case.dispute = True
            uow.cases.save(case)
            uow.commit()

    def appeal_of(self, who: str) -> list[Line]:
        """Return the lines of somebody's last appeal."""
        with self.store.read() as uow:
            found = uow.people.speaker("web", who)
            assert found is not None
            return uow.appeals.lines(uow.appeals.of_person(found[1].id)[-1].id)

    def dump(self) -> str:
        """Return everything that is stored, as SQL."""
        with closing(sqlite3.connect(self.store.engines.path or "")) as connection:
            return "\n".join(connection.iterdump())

    def _drain(self) -> None:
        self._loop.run_until_complete(self.parts.sender.drain())

    def _roster_name(self, who: str) -> str:
        with self.store.read() as uow:
            found = uow.people.speaker("web", who)
        return found[1].name if found else who


def _time(at: str) -> datetime:
    return datetime.fromisoformat(at).replace(tzinfo=ZONE).astimezone(UTC)


def texts(said: list[Said], room: str | None = None, to: str | None = None) -> list[str]:
    """Return the texts said in a room, or to somebody alone; everything if neither is named."""
    return [s.text for s in said if (room is None and to is None) or (s.room == room and s.to == to)]
