"""Doubtful lines, the letters under which people were asked about them, and what rooms have taught."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, exists, func, select, update

from data.domain.case import Line
from data.domain.hearing import NO, Doubt, Experience, Lettered
from data.domain.purpose import Purpose, meant
from data.repositories.base import Repository, Upsert
from data.tables.corrections import corrections
from data.tables.doubts import doubt_letters, doubts, room_hearing
from data.tables.outbox import outbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy.engine import Row

_HEARING = select(room_hearing).where(room_hearing.c.room_id == bindparam("room"))
_OPEN_IN = (
    select(doubts)
    .where(
        doubts.c.room_id == bindparam("room"),
        doubts.c.said_at >= bindparam("since"),
        doubts.c.answer.is_(None),
    )
    .order_by(doubts.c.id)
)
_UNASKED = (
    select(doubts)
    .join(doubt_letters, doubt_letters.c.doubt_id == doubts.c.id)
    .where(
        doubt_letters.c.person_id == bindparam("person"),
        doubts.c.answer.is_(None),
        doubt_letters.c.letter.is_(None),
    )
    .order_by(doubts.c.id)
)
_CHANGE = update(doubts).where(doubts.c.id == bindparam("b_id"))
_ASKED_ABOUT = outbox.c.purpose.startswith(f"{Purpose.DOUBTS.value}:")
_COUNT = Upsert(room_hearing, key=("room_id",), add=("yes", "no", "expected"))


class Doubts(Repository):
    """What may be an appeal, until it is dropped."""

    def keep(self, said: Doubt, asked: Iterable[int]) -> Doubt:
        """Keep a doubtful line (its id is given here) that some people will be asked about."""
        values = {**asdict(said), "lines": [_as_json(line) for line in said.lines]}
        del values["id"]
        doubt_id = self.add(doubts, values)
        rows = [{"doubt_id": doubt_id, "person_id": person_id} for person_id in asked]
        self.add_all(doubt_letters, rows)
        return Doubt(**{**values, "id": doubt_id, "lines": said.lines})

    def get(self, doubt_id: int) -> Doubt:
        """Return a doubtful line that exists."""
        return _doubt(self.one(select(doubts).where(doubts.c.id == doubt_id)))

    def open_in(self, room_id: int, since: datetime) -> list[Doubt]:
        """Return what was said in a room since then and has no answer yet, the oldest first."""
        return [_doubt(row) for row in self.all(_OPEN_IN, room=room_id, since=since)]

    def waiting_for(self, person_id: int, until: datetime) -> list[Doubt]:
        """Return what somebody is to be asked about until then, the oldest first."""
        return [_doubt(row) for row in self.all(_UNASKED, person=person_id) if row.ask_at <= until]

    def next_for(self, person_id: int) -> datetime | None:
        """Return when somebody is to be asked next."""
        return min((row.ask_at for row in self.all(_UNASKED, person=person_id)), default=None)

    def lettered(self, person_id: int) -> list[Lettered]:
        """Return what somebody was asked about, answered or not, the last first."""
        statement = (
            select(doubts, doubt_letters.c.letter, doubt_letters.c.sent_at)
            .join(doubt_letters, doubt_letters.c.doubt_id == doubts.c.id)
            .where(doubt_letters.c.person_id == person_id, doubt_letters.c.letter.is_not(None))
            .order_by(doubt_letters.c.id.desc())
        )
        return [Lettered(_doubt(row), row.letter, row.sent_at) for row in self.all(statement)]

    def count_letters(self, person_id: int, day: date) -> int:
        """Return how many letters somebody was sent on a day."""
        statement = select(func.count()).where(
            doubt_letters.c.person_id == person_id, doubt_letters.c.day == day
        )
        return int(self.connection.execute(statement).scalar_one())

    def send(self, doubt_id: int, person_id: int, letter: str, day: date, at: datetime) -> None:
        """Note under which letter somebody is asked about a line."""
        mine = doubt_letters.c.doubt_id == doubt_id, doubt_letters.c.person_id == person_id
        self.run(update(doubt_letters).where(*mine).values(letter=letter, day=day, sent_at=at))

    def grow(self, doubt: Doubt, lines: Iterable[Line], probability: float) -> None:
        """Add what its speaker went on to say."""
        values = {
            "lines": [_as_json(line) for line in (*doubt.lines, *lines)],
            "probability": max(doubt.probability, probability),
        }
        self.alter(_CHANGE, b_id=doubt.id, **values)

    def answered(self, doubt_id: int, answer: str, case_id: int | None = None) -> None:
        """Note what a line turned out to be; the words of what became a case are there now."""
        values: dict[str, Any] = {"answer": answer, "case_id": case_id}
        if answer != NO:
            values["lines"] = []
        self.alter(_CHANGE, b_id=doubt_id, **values)
        unsent = doubt_letters.c.doubt_id == doubt_id, doubt_letters.c.letter.is_(None)
        self.run(delete(doubt_letters).where(*unsent))

    def with_line(self, channel: str, message_id: str, person_id: int) -> list[Doubt]:
        """Return somebody's doubtful lines that a message belongs to."""
        theirs = select(doubts).where(doubts.c.person_id == person_id)
        found = [_doubt(row) for row in self.all(theirs)]
        return [d for d in found if any((n.channel, n.message_id) == (channel, message_id) for n in d.lines)]

    def of_person(self, person_id: int) -> list[Doubt]:
        """Return what somebody said that is kept as doubtful."""
        return [_doubt(row) for row in self.all(select(doubts).where(doubts.c.person_id == person_id))]

    def forget(self, person_id: int, instead: str) -> None:
        """Forget what somebody said that may be an appeal, and what people said of it."""
        self.drop([doubt.id for doubt in self.of_person(person_id)], instead)
        self.run(delete(corrections).where(corrections.c.speaker_id == person_id))

    def drop(self, ids: Sequence[int], instead: str = "") -> None:
        """Forget lines; what was asked about them gets other words."""
        for doubt_id in ids:
            self._unsay(doubt_id, instead)
        self.run(delete(doubt_letters).where(doubt_letters.c.doubt_id.in_(ids)))
        self.run(delete(doubts).where(doubts.c.id.in_(ids)))

    def drop_sent(self, before: datetime, instead: str) -> None:
        """Forget all lines that everybody was asked about before then; the questions get other words."""
        later = exists().where(
            doubt_letters.c.doubt_id == doubts.c.id,
            doubt_letters.c.sent_at.is_(None) | (doubt_letters.c.sent_at >= before),
        )
        old = [row.id for row in self.all(select(doubts.c.id).where(~later))]
        self.run(delete(doubt_letters).where(doubt_letters.c.doubt_id.in_(old)))
        self.run(delete(doubts).where(doubts.c.id.in_(old)))
        asked = _ASKED_ABOUT, outbox.c.created_at < before, outbox.c.text != instead
        self.run(update(outbox).where(*asked).values(text=instead))

    def experience(self, room_id: int) -> Experience:
        """Return how many doubtful lines of a room were appeals, and how many were thought to be."""
        row = self.first(_HEARING, room=room_id)
        return Experience(row.yes, row.no, row.expected) if row else Experience()

    def learn(self, room_id: int, probability: float, *, yes: bool) -> None:
        """Count an answer about a line of a room that was an appeal with that probability."""
        row = {"room_id": room_id, "yes": int(yes), "no": int(not yes), "expected": probability}
        self.upsert(_COUNT, row)

    def experiences(self) -> dict[int, Experience]:
        """Return the experience of each room that has any."""
        rows = self.all(select(room_hearing).order_by(room_hearing.c.room_id))
        return {row.room_id: Experience(row.yes, row.no, row.expected) for row in rows}

    def _unsay(self, doubt_id: int, instead: str) -> None:
        """Say otherwise what was asked about a line; its other lines were read, and keep their letters."""
        some = select(outbox.c.id, outbox.c.purpose).where(_ASKED_ABOUT, outbox.c.text != instead)
        asked = [row.id for row in self.all(some) if doubt_id in meant(row.purpose).ids]
        self.run(update(outbox).where(outbox.c.id.in_(asked)).values(text=instead))


def _as_json(line: Line) -> dict[str, Any]:
    return {**asdict(line), "at": line.at.isoformat()}


def _doubt(row: Row[Any]) -> Doubt:
    lines = tuple(Line(**{**line, "at": datetime.fromisoformat(line["at"])}) for line in row.lines)
    return Doubt(
        row.id,
        row.room_id,
        row.person_id,
        row.account_id,
        row.said_at,
        lines,
        row.probability,
        row.urgent,
        row.ask_at,
        row.answer,
        row.case_id,
    )
