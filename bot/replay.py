"""Replay: a chat history through the same code as live; only the channel and the clock are others."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any, TextIO

from bot.bootstrap import build
from bot.channels.base import Health, Limits
from data.domain.clock import ManualClock
from data.roster import import_roster
from handlers.context import Reach

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.bootstrap import Parts
    from bot.channels.base import Inlet
    from bot.config import Config
    from data.domain.messages import Inbound, Outgoing
    from data.roster import Entry
    from data.store import Store


class Paper:
    """A channel that writes down what it is given: one JSON object a line, in the order sent."""

    limits = Limits(text=1_000_000)
    reach = Reach()

    def __init__(self, name: str, book: Book) -> None:
        self.name = name
        self.health = Health()
        self._book = book

    async def start(self, inlet: Inlet) -> None:
        """Nothing is heard here."""

    async def stop(self) -> None:
        """Nothing to let go."""

    async def send(self, outgoing: Outgoing) -> str:
        """Write a message down."""
        return self._book.write(self.name, outgoing)


class Book:
    """Where all channels of a replay write; it numbers the bot's messages `b1`, `b2`, …"""

    def __init__(self, out: TextIO, clock: ManualClock, parts_zone: Any, said_before: int) -> None:
        self._out = out
        self._clock = clock
        self._zone = parts_zone
        self.count = said_before

    def write(self, channel: str, outgoing: Outgoing) -> str:
        """Write one message and return its id."""
        self.count += 1
        message_id = f"b{self.count}"
        about: dict[str, Any] = {one.kind: one.name for one in reversed(outgoing.about)}  # the first counts
        if outgoing.cases:
            about["case"] = outgoing.cases[0]
            if len(outgoing.cases) > 1:
                about["cases"] = list(outgoing.cases)
        line = {
            "at": self._clock.now().astimezone(self._zone).isoformat(timespec="seconds"),
            "room": outgoing.room,
            "to": outgoing.to,
            "mentions": list(outgoing.mentions),
            "text": outgoing.text,
            "kind": outgoing.kind.value,
            "id": message_id,
            "reply_to": outgoing.reply_to,
            "about": about,
        }
        if channel != "web":
            line["channel"] = channel
        if outgoing.media:
            line["media"] = outgoing.media
        self._out.write(json.dumps(line, ensure_ascii=False) + "\n")
        return message_id


class Player:
    """Plays a chat history: the clock jumps from one thing that is due, or said, to the next."""

    def __init__(self, parts: Parts, clock: ManualClock, messages: Sequence[Inbound]) -> None:
        self.parts = parts
        self._clock = clock
        self._messages = messages

    def import_roster(self, entries: list[Entry], source: str) -> None:
        """Bring the roster in, at the time the transcript begins."""
        with self.parts.store.write() as uow:
            work = self.parts.house.policy.work
            import_roster(uow, entries, source, work=work, now=self._clock.now())
            uow.commit()

    async def run(self, until: datetime | None = None) -> None:
        """Play all messages up to and including `until`; without it, until nothing is held any more."""
        for message in self._messages:
            if until is not None and message.at > until:
                break
            await self._pass(message.at)
            self._clock.set(message.at)
            await self.hear(replace(message, at=self._clock.now()))
            await self.parts.sender.drain()
        if until is not None:
            await self._pass(until)
        else:
            while (due := self._held_until()) is not None:
                await self._pass(due)

    async def hear(self, message: Inbound) -> None:
        """Take one message in."""
        await self.parts.writer.run(self.parts.intake.take, [message])

    def _held_until(self) -> datetime | None:
        with self.parts.store.read() as uow:
            return uow.sending.next_due()

    async def _pass(self, to: datetime) -> None:
        """Let time pass: what is due comes before whatever is said in the same second."""
        last = to.replace(microsecond=0)
        while True:
            with self.parts.store.read() as uow:
                dues = [d for d in (uow.reminders.next_due(), uow.sending.next_due()) if d is not None]
            due = min(dues, default=None)
            if due is None or due.replace(microsecond=0) > last:
                return
            self._clock.set(due)
            await self.parts.writer.run(self.parts.ticker.fire)
            await self.parts.sender.drain()


class Replay(Player):
    """A chat history played on paper: nothing is sent anywhere."""

    def __init__(self, config: Config, store: Store, messages: Sequence[Inbound], out: TextIO) -> None:
        clock = ManualClock(messages[0].at)
        with store.read() as uow:
            said_before = uow.outbox.count_said()
        book = Book(out, clock, config.bot.zone, said_before)
        names = sorted({m.channel for m in messages} | {"web"})
        channels = {name: Paper(name, book) for name in names}
        jitter, chance = Random(0), Random(said_before)  # noqa: S311  what is told on paper opens nothing
        parts = build(config, channels, clock=clock, store=store, random=jitter, chance=chance)
        super().__init__(parts, clock, messages)
