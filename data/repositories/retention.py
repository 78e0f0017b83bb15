"""Searches for what is too old, some rows at a time, so that the one writer is never held up for long."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import String, cast, exists, func, or_, select, true

from data.domain.case import State
from data.domain.retention import EMPTY, KINDS, Sweep
from data.repositories.emptying import LEFT, Emptying
from data.repositories.personal import PAGES
from data.tables.appeals import appeals, lines
from data.tables.audit import audit
from data.tables.cases import cases
from data.tables.outbox import outbox
from data.tables.reminders import reminders
from data.tables.timeline import steps
from data.tables.visits import visits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Table

    from data.domain.retention import Retention

LOOKED_AT = 2_000  # ids at a time
MOST = 50  # of them so many lose something: a case takes a millisecond
OVER = [state.value for state in (State.CLOSED, State.REJECTED, State.WITHDRAWN, State.MERGED)]
SAID = ("sent", "silenced", "dead")
_ENDED = func.coalesce(cases.c.closed_at, cases.c.resolved_at, cases.c.reported_at)
_SPOKEN = exists().where(appeals.c.case_id == cases.c.id, appeals.c.words != "")
_SNAPSHOT = exists().where(
    steps.c.case_id == cases.c.id, cast(steps.c.before, String).contains('"accept_by"')
)


class Old(NamedTuple):
    """A kind of thing that grows old: when it did, whether it still has something to lose, how it does."""

    table: Table
    at: ColumnElement[datetime]
    speaks: ColumnElement[bool]
    loses: Callable[[Sequence[int]], None]
    most: int = MOST


class Retained(Emptying):
    """Counts what is too old, and goes through it."""

    def due(self, limits: Retention, now: datetime) -> dict[str, int]:
        """Return how much of each kind is too old."""
        found = dict(EMPTY)
        for kind, old in self._kinds().items():
            if (before := limits.before(kind, now)) is not None:
                count = select(func.count()).select_from(old.table).where(old.at < before, old.speaks)
                found[kind] = int(self.connection.execute(count).scalar_one())
        return found

    def sweep(self, limits: Retention, now: datetime, come: Sweep) -> Sweep:
        """Take out what is too old among the next ids, and return how far it has come then."""
        effort = 0.0
        while not come.is_through and effort < 1:
            come, spent = self._step(limits, now, come)
            effort += spent
        if come.is_through and any(come.done.values()):  # what went is to be overwritten in the file
            self.upsert(LEFT, {"kind": PAGES, "name": token_hex(4)})
        return come

    def _step(self, limits: Retention, now: datetime, come: Sweep) -> tuple[Sweep, float]:
        """Go on with one kind; return how far it has come and which share of a sweep that was."""
        kind = KINDS[come.kind]
        old, before = self._kinds()[kind], limits.before(kind, now)
        key = old.table.c.id
        window = self.all(select(key).where(key > come.after).order_by(key).limit(LOOKED_AT))
        if not window or (before is None and kind != "sent"):
            return come.next_kind(), 0.0
        last = window[-1].id
        here = key > come.after, key <= last
        ids: list[int] = []
        if before is not None:
            found = select(key).where(*here, old.at < before, old.speaks).order_by(key).limit(old.most)
            ids = [row.id for row in self.all(found)]
        if len(ids) == old.most:
            last = ids[-1]
        if kind == "sent":
            ids = sorted({*ids, *self._of_emptied(limits, now, come.after, last)})
        if ids:
            old.loses(ids)
        return come.went(last, len(ids)), len(window) / LOOKED_AT + len(ids) / old.most

    def _kinds(self) -> dict[str, Old]:
        over, spoken = cases.c.state.in_(OVER), or_(cases.c.summary != "", _SPOKEN)
        told = or_(visits.c.words != "", visits.c.whom != "")
        return {
            "closed_cases": Old(cases, _ENDED, over & spoken, self.empty_cases),
            "pictures": Old(lines, lines.c.at, lines.c.media.is_not(None), self.drop_pictures),
            "audit": Old(audit, audit.c.at, true(), self.drop_audit, LOOKED_AT),
            "visits": Old(visits, visits.c.at, told, self.empty_visits),
            "sent": Old(outbox, outbox.c.created_at, outbox.c.state.in_(SAID), self.drop_said, LOOKED_AT),
            "reminders": Old(
                reminders, reminders.c.due, reminders.c.state != "pending", self.drop_reminders, LOOKED_AT
            ),
            "snapshots": Old(cases, _ENDED, over & _SNAPSHOT, self.slim_steps),
        }

    def _of_emptied(self, limits: Retention, now: datetime, after: int, last: int) -> set[int]:
        """Return what was said about cases that have lost their words, however lately."""
        before = limits.before("closed_cases", now)
        if before is None:
            return set()
        here = outbox.c.id > after, outbox.c.id <= last, outbox.c.state.in_(SAID)
        about = cast(outbox.c.cases, String) != "[]"
        said = {
            row.id: row.cases for row in self.all(select(outbox.c.id, outbox.c.cases).where(*here, about))
        }
        named = {one[0] for about in said.values() for one in about}
        emptied = select(cases.c.id).where(
            cases.c.id.in_(named), cases.c.state.in_(OVER), before > _ENDED, cases.c.summary == ""
        )
        gone = {row.id for row in self.all(emptied)}
        return {id_ for id_, about in said.items() if any(one[0] in gone for one in about)}
