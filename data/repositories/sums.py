"""Figures as sums that the database makes over indexes: of one scope, or of each part of it at once."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, case, func, literal, or_, select

from data.domain.case import State, Urgency
from data.domain.figures import STAGES, By, Totals
from data.domain.whistle import PartState
from data.repositories.areas import Areas
from data.repositories.base import Repository
from data.repositories.cases import IS_OPEN, case_of
from data.repositories.scopes import BY_STAFF, DONE, missed, running_late, whose
from data.tables.appeals import appeals
from data.tables.cases import cases
from data.tables.digests import case_times
from data.tables.ratings import ratings
from data.tables.whistles import parts, whistles

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable
    from datetime import datetime

    from sqlalchemy import Select

    from data.domain.case import Case
    from data.domain.figures import Scope


COLUMNS: dict[By, ColumnElement[Any]] = {
    By.NOTHING: literal(0),
    By.COMMUNITY: cases.c.community_id,
    By.GRID: cases.c.area_id,
    By.BUILDING: cases.c.building_id,
    By.ORGANISATION: cases.c.assignee_org_id,
    By.PERSON: func.coalesce(cases.c.assignee_id, cases.c.handler_id),
    By.KIND: cases.c.category,
    By.GRADE: cases.c.grade,
}


HANDLERS = (By.ORGANISATION, By.PERSON)


class Sums(Repository):
    """Totals, times, rates and what was late, by group. Only reads."""

    def totals(self, scope: Scope, start: datetime, end: datetime, by: By = By.NOTHING) -> dict[Any, Totals]:
        """Count the cases that came up in a period, and what became of them up to now."""
        group = COLUMNS[by]
        counted: tuple[Any, ...] = (
            func.count(),
            _count(cases.c.source.in_(BY_STAFF)),
            _count(cases.c.accepted_at.is_not(None)),
            _count(cases.c.state.in_(DONE)),
            _count(IS_OPEN),
            _count(cases.c.state == State.DEFERRED.value),
            _count(cases.c.reopened > 0),
        )
        statement: Select[Any] = (
            select(group, *counted).where(*self._reported(scope, start, end)).group_by(group)
        )
        return {row[0]: Totals(*map(int, row[1:])) for row in self._rows(statement)}

    def late(
        self, scope: Scope, start: datetime, end: datetime, now: datetime, by: By = By.NOTHING
    ) -> dict[Any, int]:
        """Count the cases on which a deadline was missed, now or before.

        Of areas also those to which somebody called came late: who handles a case does not answer for that.
        """
        group = COLUMNS[by]
        whose_fault = missed(now) if by in HANDLERS else or_(missed(now), self._called_late(now))
        statement: Select[Any] = (
            select(group, func.count()).where(*self._reported(scope, start, end), whose_fault).group_by(group)
        )
        return {row[0]: int(row[1]) for row in self._rows(statement)}

    def late_cases(self, scope: Scope, start: datetime, end: datetime, now: datetime) -> list[Case]:
        """Return the cases that missed a deadline of theirs."""
        statement: Select[Any] = select(cases).where(*self._reported(scope, start, end), missed(now))
        rows = self.all(statement.order_by(cases.c.community_id, cases.c.number))
        return [case_of(row) for row in rows]

    def medians(
        self, scope: Scope, start: datetime, end: datetime, by: By = By.NOTHING
    ) -> dict[Any, dict[str, timedelta | None]]:
        """Return the median time each stage took, from the finding of a case."""
        found: dict[Any, dict[str, timedelta | None]] = defaultdict(lambda: dict.fromkeys(STAGES))
        for stage in STAGES:
            for key, seconds in self._medians(scope, start, end, COLUMNS[by], stage):
                found[key][stage] = timedelta(seconds=seconds)
        return found

    def answers(
        self, scope: Scope, start: datetime, end: datetime, by: By = By.NOTHING
    ) -> dict[Any, dict[int, int]]:
        """Count the answers given in a period, by digit; of several about one case an appellant's last."""
        last = (
            select(
                ratings.c.case_id,
                ratings.c.digit,
                func.row_number()
                .over(
                    partition_by=(ratings.c.case_id, ratings.c.person_id),
                    order_by=(ratings.c.round.desc(), ratings.c.id.desc()),
                )
                .label("place"),
            )
            .where(
                ratings.c.answered_at >= start,
                ratings.c.answered_at < end,
                ratings.c.void.is_(False),
                ratings.c.told_by_staff.is_(False),  # counted apart
            )
            .subquery()
        )
        given = (
            select(COLUMNS[by].label("grouped"), last.c.digit)
            .join(cases, cases.c.id == last.c.case_id)
            .where(last.c.place == 1, *self._whose(scope))
            .subquery()
        )
        statement: Select[Any] = select(given.c.grouped, given.c.digit, func.count()).group_by(
            given.c.grouped, given.c.digit
        )
        counted: dict[Any, dict[int, int]] = defaultdict(dict)
        for key, digit, count in self._rows(statement):
            counted[key][digit] = int(count)
        return counted

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
        return dict(zip(("open", "late", "emergency", "whistled"), (int(n or 0) for n in row), strict=True))

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
        return {row[0]: (int(row[1]), int(row[2] or 0)) for row in self._rows(statement)}

    def _medians(
        self, scope: Scope, start: datetime, end: datetime, group: ColumnElement[Any], stage: str
    ) -> Iterable[tuple[Any, float]]:
        """Return the median of each group in seconds: the middle one, or the mean of the two there."""
        taken = self._seconds(case_times.c[f"{stage}_at"], case_times.c.found_at)
        ordered = (
            self._with_times(
                select(
                    group.label("grouped"),
                    taken.label("taken"),
                    func.row_number().over(partition_by=group, order_by=taken).label("place"),
                    func.count().over(partition_by=group).label("total"),
                )
            )
            .where(
                *self._reported(scope, start, end),
                case_times.c[f"{stage}_at"].is_not(None),
                case_times.c.found_at.is_not(None),
            )
            .subquery()
        )
        middle = or_(
            ordered.c.place * 2 == ordered.c.total,
            ordered.c.place * 2 == ordered.c.total + 1,
            ordered.c.place * 2 == ordered.c.total + 2,
        )
        statement: Select[Any] = (
            select(ordered.c.grouped, func.avg(ordered.c.taken)).where(middle).group_by(ordered.c.grouped)
        )
        return [(row[0], float(row[1])) for row in self._rows(statement)]

    @staticmethod
    def _called_late(now: datetime) -> ColumnElement[bool]:
        came_late = (
            select(whistles.c.case_id)
            .join(parts, parts.c.whistle_id == whistles.c.id)
            .where(_came(now) > parts.c.check_in_by)
        )
        return cases.c.id.in_(came_late)

    def _rows(self, statement: Select[Any]) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.all(statement)]

    def _with_times(self, statement: Select[Any]) -> Select[Any]:
        return statement.select_from(cases).join(case_times, case_times.c.case_id == cases.c.id)

    def _seconds(self, end: ColumnElement[Any], start: ColumnElement[Any]) -> ColumnElement[Any]:
        if self.connection.dialect.name == "sqlite":
            # a day in floating point is good to some hundred thousandths of a second
            return func.round((func.julianday(end) - func.julianday(start)) * 86_400.0, 2)
        return func.extract("epoch", end - start)

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


def _count(condition: Any) -> ColumnElement[Any]:
    return func.sum(case((condition, 1), else_=0))


def _came(now: datetime) -> ColumnElement[Any]:
    """Return when somebody who was called came, now where they have not yet."""
    waits = case((parts.c.state == PartState.CALLED.value, now), else_=None)
    return func.coalesce(parts.c.checked_in_at, waits)
