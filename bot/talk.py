"""A chat history through the whole bot, and how much the bot would have said: before a group goes live.

Counted are messages as people get them: what is gathered into one is one. Where lines are marked as appeals
or not, what was caused by lines that are none alone is counted apart, and what became of those that are.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from typing_extensions import override

from bot.replay import Replay
from data.domain.case import Urgency
from data.domain.hearing import Outcome
from data.roster.entries import SECTIONS
from data.roster.read import Entry
from data.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.config import Config
    from data.domain.messages import Inbound
    from data.uow import UnitOfWork

DOUBTFUL = f"appeal:{Outcome.DOUBTFUL.value}"
AREAS = (
    {"code": "1", "name": "试听社区", "kind": "community"},
    {"code": "1.1", "name": "试听网格", "kind": "grid", "parent": "1"},
)
STAFF = (("网格长", "grid_leader", "1.1"), ("社区干部", "officer", "1"))


@dataclass
class SaidCount:
    """How often something happened: in all, and because of lines that are no appeals."""

    all: int = 0
    falsely: int = 0

    def add(self, *, true: bool) -> None:
        """Count one; `true` if it was because of an appeal."""
        self.all += 1
        self.falsely += not true


@dataclass
class TalkFigures:
    """What a chat history brought: of `lines` said in residents' groups, of `appeals` marked as such."""

    lines: int = 0
    marked: bool = False
    said: dict[str, SaidCount] = field(
        default_factory=lambda: {
            name: SaidCount()
            for name in ("group", "private", "cases", "doubts", "endorsements", "emergencies")
        }
    )
    appeals: Counter[str] = field(default_factory=Counter)  # heard, asked, missed

    def per_thousand(self, count: int) -> float:
        """Return a count for every thousand lines."""
        return 1000 * count / self.lines if self.lines else 0.0


class Talk(Replay):
    """A chat history of which one knows what became of each line."""

    went: dict[tuple[str, str], str]

    @override
    async def hear(self, message: Inbound) -> None:
        (went,) = await self.parts.writer.run(self.parts.intake.take, [message])
        self.went[message.channel, message.message_id] = went


def measure(
    config: Config, messages: Sequence[Inbound], entries: list[Entry], marks: Mapping[str, bool]
) -> TalkFigures:
    """Play a chat history; `marks` says by message id which lines are appeals and which are not."""
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        store = Store(f"sqlite:///{folder}/talk.db")
        store.upgrade()
        talk = Talk(config, store, messages, nowhere)
        talk.went = {}
        try:
            talk.import_roster(entries or _roster_for(messages), "roster")
            asyncio.run(talk.run())
            with store.read() as uow:
                return _figures(uow, messages, talk.went, marks)
        finally:
            talk.parts.close()


def _figures(
    uow: UnitOfWork,
    messages: Sequence[Inbound],
    went: Mapping[tuple[str, str], str],
    marks: Mapping[str, bool],
) -> TalkFigures:
    heard = [m for m in messages if m.room is not None and _is_public(uow, m)]
    found = TalkFigures(lines=len(heard), marked=bool(marks))
    true_cases: set[int] = set()
    for case in uow.cases.everything():
        ids = [line.message_id for a in uow.appeals.of_case(case.id) for line in uow.appeals.lines(a.id)]
        true = any(marks.get(message_id) for message_id in ids)
        if true:
            true_cases.add(case.id)
        found.said["cases"].add(true=true)
        if case.urgency is Urgency.EMERGENCY:
            found.said["emergencies"].add(true=true)
    true_words = {message.text for message in heard if marks.get(message.message_id)}
    for said in _messages(uow):
        true = not true_cases.isdisjoint(said.cases) or not true_words.isdisjoint(said.calls)
        found.said["private" if said.room is None else "group"].add(true=true)
    for message in heard:
        way, true = went[message.channel, message.message_id], marks.get(message.message_id, False)
        if way == DOUBTFUL:
            found.said["doubts"].add(true=true)
        elif way == "endorsement":
            found.said["endorsements"].add(true=true)
        if true:
            found.appeals[_became(uow, message, way)] += 1
    return found


def _is_public(uow: UnitOfWork, message: Inbound) -> bool:
    room = uow.rooms.of(message.channel, message.room or "")
    return room is not None and room.public


def _became(uow: UnitOfWork, message: Inbound, way: str) -> str:
    if way == DOUBTFUL:
        return "asked"
    return "heard" if uow.appeals.with_line(message.channel, message.message_id) else "missed"


class SaidMessage(NamedTuple):
    """What was said in one message: about which cases, for which words somebody must be seen, and where."""

    room: int | None  # None: in private
    cases: set[int]
    calls: set[str]


def _messages(uow: UnitOfWork) -> Iterable[SaidMessage]:
    """Return what was said, message by message."""
    found: dict[tuple[str, str | None], SaidMessage] = {}
    for row in uow.outbox.of_state("sent"):
        said = found.setdefault((row.channel, row.message_id), SaidMessage(row.room_id, set(), set()))
        said.cases.update(case_id for case_id, _ in row.cases)
        called = [number for kind, number, _ in row.about if kind == "duty_call"]
        said.calls.update(uow.duty_calls.get(number).words for number in called)
    return found.values()


def _roster_for(messages: Iterable[Inbound]) -> list[Entry]:
    """Return a roster for a history without one: a grid of all its groups, with a leader and an officer."""
    rooms = sorted({(m.channel, m.room) for m in messages if m.room is not None})
    channel = next((channel for channel, _ in rooms), "web")
    tree: dict[str, list[dict[str, object]]] = {
        "areas": [dict(area) for area in AREAS],
        "rooms": [
            {"channel": channel, "id": room, "topic": room, "kind": "residents", "area": "1.1"}
            for channel, room in rooms
        ],
        "people": [
            {
                "name": name,
                "accounts": [{"channel": channel, "id": f"staff-{role}"}],
                "duties": [{"role": role, "area": area}],
            }
            for name, role, area in STAFF
        ],
    }
    return [
        Entry(name, f"{name}[{number}]", SECTIONS[name].model_validate(value))
        for name, values in tree.items()
        for number, value in enumerate(values, 1)
    ]
