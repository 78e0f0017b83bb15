"""Figures as sums that the database makes over indexes: of one scope, or of each part of it at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, String, bindparam, case, cast, false, func, literal, or_, select
from sqlalchemy.sql.functions import aggregate_strings

from data.domain.case import State, Urgency
from data.domain.figures import STAGES, By, Totals
from data.domain.tally import Alike, MonthCount, Rated, Tally
from data.domain.whistle import PartState
from data.repositories.areas import Areas
from data.repositories.base import Repository
from data.repositories.cases import IS_OPEN, case_of
from data.repositories.scopes import BY_STAFF, DONE, missed, running_late, seen_late, whose
from data.tables.appeals import appeals
from data.tables.cases import cases
from data.tables.digests import case_times
from data.tables.ratings import ratings
from data.tables.whistles import parts, whistles

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from datetime import datetime

    from sqlalchemy import FromClause, Select

    from data.domain.case import Case
    from data.domain.figures import Scope


COLUMNS: dict[By, ColumnElement[Any]] = {
    By.COMMUNITY: cases.c.community_id,
    By.GRID: cases.c.area_id,
    By.BUILDING: cases.c.building_id,
    By.ORGANISATION: cases.c.assignee_org_id,
    By.PERSON: func.coalesce(cases.c.assignee_id, cases.c.handler_id),
    By.KIND: cases.c.category,
    By.GRADE: cases.c.grade,
}


again = ratings.alias("again")
TAKEN = [case_times.c[f"to_{stage}"] for stage in STAGES]


def _count(condition: Any) -> ColumnElement[Any]:
    return func.count().filter(condition)


TOTALS: tuple[ColumnElement[Any], ...] = (  # as Totals has them
    func.count(),
    _count(cases.c.source.in_(BY_STAFF)),
    func.count(cases.c.accepted_at),
    _count(cases.c.state.in_(DONE)),
    _count(IS_OPEN),
    _count(cases.c.state == State.DEFERRED.value),
    _count(cases.c.reopened > 0),
)


class Sums(Repository):
    """Totals, times, answers and what was late, each with one statement. Only reads."""

    def tally(
        self, scope: Scope, start: datetime, end: datetime, now: datetime, by: Sequence[By] = ()
    ) -> Tally:
        """Count what came up and what was answered in a period, told apart by several things at once."""
        rows = self._rows(_answered(self._whose(scope), by), start=start, end=end)
        return Tally(
            self._alike(scope, start, end, now, by),
            [Rated(_keys(by, row[:-2]), digit=row[-2], times=row[-1]) for row in rows],
        )

    def months(self, scopes: Sequence[Scope], starts: Sequence[datetime], end: datetime) -> list[MonthCount]:
        """Return the months that start then, the last of them until `end`, of all the scopes together."""
        where = or_(false(), *(condition for scope in scopes for condition in self._whose(scope)))
        came: Select[Any] = select(*TOTALS).where(where, *_within(cases.c.reported_at))
        answered = _answered([where])
        # one statement a month: grouped by month, all that a year brought would be sorted first
        return [
            MonthCount(
                Totals(*self.one(came, start=start, end=until)),
                dict(self._rows(answered, start=start, end=until)),
            )
            for start, until in zip(starts, [*starts[1:], end], strict=True)
        ]

    def answers(self, scope: Scope, start: datetime, end: datetime) -> dict[int, int]:
        """Count the answers given in a period, by digit; of several about one case an appellant's last."""
        return dict(self._rows(_answered(self._whose(scope)), start=start, end=end))

    def late_ids(self, scope: Scope, start: datetime, end: datetime, now: datetime) -> list[tuple[Any, ...]]:
        """Return community, number and id of the cases that missed a deadline of theirs, in this order."""
        wanted = cases.c.community_id, cases.c.number, cases.c.id
        statement: Select[Any] = select(*wanted).where(*self._reported(scope, start, end), missed(now))
        return self._rows(statement.order_by(cases.c.community_id, cases.c.number))

    def pairs(
        self, scope: Scope, start: datetime, end: datetime, one: By, other: By
    ) -> dict[tuple[Hashable, Hashable], int]:
        """Count cases by two things at once: a heat table."""
        first, second = COLUMNS[one], COLUMNS[other]
        conditions = *self._reported(scope, start, end), first.is_not(None)
        statement: Select[Any] = (
            select(first, second, func.count()).where(*conditions).group_by(first, second)
        )
        return {(row[0], row[1]): int(row[2]) for row in self._rows(statement)}

    def now_open(self, scope: Scope, now: datetime) -> dict[str, int]:
        """Count what is open at this moment: all, overdue, emergencies, with a whistle that is open."""
        whistled = cases.c.id.in_(select(whistles.c.case_id).where(whistles.c.ended_at.is_(None)))
        counted: tuple[Any, ...] = (
            func.count(),
            _count(running_late(now)),
            _count(cases.c.urgency == Urgency.EMERGENCY.value),
            _count(whistled),
        )
        row = self.one(select(*counted).where(IS_OPEN, *self._whose(scope)))
        return dict(zip(("open", "late", "emergency", "whistled"), row, strict=True))

    def moved(self, scope: Scope, start: datetime, end: datetime) -> dict[str, int]:
        """Count what came up, was accepted and was resolved in a period, whenever it came up."""
        whose = self._whose(scope)
        spans = {
            "reported": cases.c.reported_at,
            "accepted": cases.c.accepted_at,
            "resolved": cases.c.resolved_at,
        }
        return {
            name: int(self.one(select(func.count()).where(*whose, column >= start, column < end))[0])
            for name, column in spans.items()
        }

    def whistled(self, scope: Scope, most: int) -> list[Case]:
        """Return the cases with a whistle that is open, the oldest first."""
        called = select(whistles.c.case_id).where(whistles.c.ended_at.is_(None))
        statement: Select[Any] = select(cases).where(IS_OPEN, cases.c.id.in_(called), *self._whose(scope))
        return [case_of(row) for row in self.all(statement.order_by(cases.c.id).limit(most))]

    def emergencies(self, scope: Scope, most: int) -> list[Case]:
        """Return the open emergencies, the newest first."""
        statement: Select[Any] = select(cases).where(
            IS_OPEN, cases.c.urgency == Urgency.EMERGENCY.value, *self._whose(scope)
        )
        return [case_of(row) for row in self.all(statement.order_by(cases.c.id.desc()).limit(most))]

    def arrivals(
        self, scope: Scope, start: datetime, end: datetime, now: datetime
    ) -> dict[int, tuple[int, int]]:
        """Count by organisation the calls to cases of a period, and those answered too late."""
        came = _came(now)
        statement: Select[Any] = (
            select(parts.c.organisation_id, func.count(), _count(came > parts.c.check_in_by))
            .join(whistles, whistles.c.id == parts.c.whistle_id)
            .join(cases, cases.c.id == whistles.c.case_id)
            .where(*self._reported(scope, start, end))
            .group_by(parts.c.organisation_id)
        )
        return {row[0]: (row[1], row[2]) for row in self._rows(statement)}

    def _alike(
        self, scope: Scope, start: datetime, end: datetime, now: datetime, by: Sequence[By]
    ) -> list[Alike]:
        late = or_(seen_late(now), case_times.c.was_overdue.is_(True))
        groups = [COLUMNS[one] for one in by]
        taken = [aggregate_strings(cast(column, String), ",") for column in TAKEN]
        statement: Select[Any] = (
            select(*groups, *TOTALS, _count(late), _count(or_(late, self._called_late(now))), *taken)
            .select_from(cases)
            .outerjoin(case_times, case_times.c.case_id == cases.c.id)  # a case of this moment has none yet
            .where(*self._reported(scope, start, end))
            .group_by(*groups)
        )
        found = []
        for row in self._rows(statement):
            spans = [sorted(json.loads(f"[{one or ''}]")) for one in row[-len(TAKEN) :]]
            *totals, late_ones, with_called = row[len(by) : -len(TAKEN)]
            found.append(Alike(_keys(by, row[: len(by)]), Totals(*totals), late_ones, with_called, spans))
        return found

    @staticmethod
    def _called_late(now: datetime) -> ColumnElement[bool]:
        came_late = (
            select(whistles.c.case_id)
            .join(parts, parts.c.whistle_id == whistles.c.id)
            .where(_came(now) > parts.c.check_in_by)
        )
        return cases.c.id.in_(came_late)

    def _rows(self, statement: Select[Any], **values: Any) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.all(statement, **values)]

    def _reported(self, scope: Scope, start: datetime, end: datetime) -> list[ColumnElement[bool]]:
        return [*self._whose(scope), cases.c.reported_at >= start, cases.c.reported_at < end]

    def on_behalf(self, scope: Scope, start: datetime, end: datetime) -> tuple[int, int]:
        """Return how many appeals staff reported for somebody in a period, and how many ratings they told."""
        theirs = self._whose(scope)
        raised = (
            select(func.count())
            .select_from(appeals.join(cases, cases.c.id == appeals.c.case_id))
            .where(appeals.c.on_behalf_of.is_not(None), appeals.c.withdrawn.is_(False), *theirs)
            .where(appeals.c.said_at >= start, appeals.c.said_at < end)
        )
        told = (
            select(func.count())
            .select_from(ratings.join(cases, cases.c.id == ratings.c.case_id))
            .where(ratings.c.told_by_staff.is_(True), ratings.c.void.is_(False), *theirs)
            .where(ratings.c.answered_at >= start, ratings.c.answered_at < end)
        )
        return int(self.one(raised)[0]), int(self.one(told)[0])

    def _whose(self, scope: Scope) -> list[ColumnElement[bool]]:
        return [whose(scope, Areas(self.connection, self.directory))]


def _keys(by: Sequence[By], found: Sequence[Any]) -> dict[By, Any]:
    return {By.NOTHING: 0, **dict(zip(by, found, strict=True))}


def _within(at: ColumnElement[Any]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions for a time to lie in the period that a statement is run with."""
    return at >= bindparam("start"), at < bindparam("end")


def _counts(given: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for an answer of the period to count; what staff told is counted apart."""
    return *_within(given.c.answered_at), given.c.void.is_(False), given.c.told_by_staff.is_(False)


# looked up for each answer: a window over a year's answers sorts them all
_IS_LAST = ~(
    select(literal(1))
    .where(
        again.c.case_id == ratings.c.case_id,
        again.c.person_id == ratings.c.person_id,
        again.c.round > ratings.c.round,
        *_counts(again),
    )
    .exists()
)


def _answered(where: Sequence[ColumnElement[bool]], by: Sequence[By] = ()) -> Select[Any]:
    """Return the statement for what tells apart, a digit and how often it was given in a period."""
    groups = [*(COLUMNS[one] for one in by), ratings.c.digit]
    return (
        select(*groups, func.count())
        .join_from(ratings, cases, cases.c.id == ratings.c.case_id)
        .where(*_counts(ratings), _IS_LAST, *where)
        .group_by(*groups)
    )


def _came(now: datetime) -> ColumnElement[Any]:
    """Return when somebody who was called came, now where they have not yet."""
    waits = case((parts.c.state == PartState.CALLED.value, now), else_=None)
    return func.coalesce(parts.c.checked_in_at, waits)
