"""The latest of each kind of thing, within some areas and a span of time, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sqlalchemy import func, or_, select

from data.domain.ballot import BallotState
from data.domain.case import OPEN, Grade, State
from data.repositories.activities import MEETING, activity_of
from data.repositories.areas import Areas
from data.repositories.ballots import ballot_of
from data.repositories.base import Repository
from data.repositories.cases import IS_OPEN, case_of
from data.repositories.publications import for_anybody
from data.repositories.publicities import publicity_of
from data.repositories.scopes import lies_in
from data.repositories.timeline import step_of
from data.repositories.visits import visit_of
from data.tables.activities import activities
from data.tables.ballots import ballots
from data.tables.cases import cases
from data.tables.publicities import publicities
from data.tables.timeline import steps
from data.tables.visits import visits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement, TextClause
    from sqlalchemy.engine import Row

    from data.domain.activity import Activity
    from data.domain.areas import Area
    from data.domain.ballot import Ballot
    from data.domain.case import Case, Source
    from data.domain.publicity import Publicity
    from data.domain.steps import Step
    from data.domain.visit import Visit

    Condition = ColumnElement[bool] | TextClause


T = TypeVar("T")


class RowSpan(NamedTuple):
    """Which rows of a list: `most` of those below `before` (an id), from `since` on, before `until`."""

    most: int
    before: int | None = None
    since: datetime | None = None
    until: datetime | None = None


class CasesWanted(NamedTuple):
    """Which cases; a `category` may be a group (城乡建设)."""

    area: Area | None = None
    states: Sequence[State] = ()
    open: bool | None = None
    categories: Sequence[str] = ()
    grade: Grade | None = None
    source: Source | None = None
    public: bool = False  # no dispute, no private matter
    for_anybody: bool = False  # nothing but what is seen without a key


class Latest(Repository):
    """Lists for other software. Only reads."""

    def cases(self, wanted: CasesWanted, span: RowSpan) -> list[Case]:
        """Return the wanted cases, those reported last at the top."""
        statement = select(cases).where(
            *self._wanted(wanted), *_within(cases.c.id, cases.c.reported_at, span)
        )
        return [case_of(row) for row in self.all(statement.order_by(cases.c.id.desc()).limit(span.most))]

    def case(self, case_id: int) -> Case | None:
        """Return the case of an id, None if there is none."""
        row = self.first(select(cases).where(cases.c.id == case_id))
        return case_of(row) if row else None

    def reported(self, wanted: CasesWanted, span: RowSpan, *, skip: int = 0) -> list[Case]:
        """Return the wanted cases of a span of time, its end included, the last reported at the top."""
        within = cases.c.reported_at >= span.since, cases.c.reported_at <= span.until
        order = cases.c.reported_at.desc(), cases.c.id.desc()
        statement = select(cases).where(*self._wanted(wanted), *within).order_by(*order)
        return [case_of(row) for row in self.all(statement.limit(span.most).offset(skip))]

    def moved(self, case_ids: Sequence[int]) -> dict[int, datetime]:
        """Return when the last step of each of some cases was taken."""
        last = select(steps.c.case_id, func.max(steps.c.at, type_=steps.c.at.type))
        rows = self.connection.execute(last.where(steps.c.case_id.in_(case_ids)).group_by(steps.c.case_id))
        return {case_id: at for case_id, at in rows}  # noqa: C416  rows are no pairs for a checker of types

    def steps(
        self, wanted: CasesWanted, start: datetime, end: datetime, most: int
    ) -> list[tuple[Case, Step]]:
        """Return the steps that changed a wanted case's state within a span of time, the first first."""
        moves = or_(steps.c.from_state.is_(None), steps.c.from_state != steps.c.to_state)
        said = steps.c.undone.is_(False), steps.c.at >= start, steps.c.at <= end
        statement = (
            select(steps.c.id, steps.c.case_id)
            .join(cases, cases.c.id == steps.c.case_id)
            .where(moves, *said, *self._wanted(wanted))
            .order_by(steps.c.at, steps.c.id)
            .limit(most)
        )
        found = self.all(statement)
        ids = [row.id for row in found]
        by_id = {row.id: step_of(row) for row in self.all(select(steps).where(steps.c.id.in_(ids)))}
        rows = self.all(select(cases).where(cases.c.id.in_({row.case_id for row in found})))
        about = {row.id: case_of(row) for row in rows}
        return [(about[row.case_id], by_id[row.id]) for row in found]

    def activities(self, area_ids: Iterable[int] | None, span: RowSpan, *, meetings: bool) -> list[Activity]:
        """Return the meetings of some areas, or the other activities there."""
        kind = activities.c.counted_as == MEETING
        where = [kind if meetings else ~kind, *_in(activities.c.area_id, area_ids)]
        return self._page(activities.c.id, activities.c.starts_at, where, span, activity_of)

    def ballots(self, community_ids: Iterable[int] | None, span: RowSpan) -> list[Ballot]:
        """Return the ballots of some communities that are over."""
        where = [ballots.c.state == BallotState.CLOSED.value, *_in(ballots.c.community_id, community_ids)]
        return self._page(ballots.c.id, ballots.c.ends_at, where, span, ballot_of)

    def publicities(self, community_ids: Iterable[int] | None, span: RowSpan) -> list[Publicity]:
        """Return the publicities of some communities that were not withdrawn."""
        where = [publicities.c.withdrawn.is_(False), *_in(publicities.c.community_id, community_ids)]
        return self._page(publicities.c.id, publicities.c.starts_at, where, span, publicity_of)

    def visits(self, area_ids: Iterable[int] | None, span: RowSpan) -> list[Visit]:
        """Return the visits in some areas."""
        return self._page(visits.c.id, visits.c.at, _in(visits.c.area_id, area_ids), span, visit_of)

    def _page(
        self,
        key: Column[int],
        at: Column[datetime],
        where: list[Condition],
        span: RowSpan,
        read: Callable[[Row[Any]], T],
    ) -> list[T]:
        statement = select(key.table).where(*where, *_within(key, at, span))
        return [read(row) for row in self.all(statement.order_by(key.desc()).limit(span.most))]

    def _wanted(self, wanted: CasesWanted) -> list[Condition]:
        found: list[Condition] = []
        if wanted.area is not None:
            found.append(lies_in(wanted.area, Areas(self.connection, self.directory)))
        if wanted.states:
            found.append(cases.c.state.in_([state.value for state in wanted.states]))
        if wanted.open is not None:
            opens = [s.value for s in State if s in OPEN]
            found.append(IS_OPEN if wanted.open else cases.c.state.not_in(opens))
        if wanted.categories:
            whole = cases.c.category.in_(list(wanted.categories))
            groups = [
                cases.c.category.startswith(f"{one}/", autoescape=True)
                for one in wanted.categories
                if "/" not in one
            ]
            found.append(or_(whole, *groups))
        if wanted.grade is not None:
            found.append(cases.c.grade == wanted.grade.value)
        if wanted.source is not None:
            found.append(cases.c.source == wanted.source.value)
        if wanted.for_anybody:
            found.append(for_anybody())
        if wanted.public:
            found += [cases.c.dispute.is_(False), cases.c.grade != Grade.PRIVATE.value]
        return found


def _within(key: Column[int], at: Column[datetime], span: RowSpan) -> list[Condition]:
    found: list[Condition] = []
    if span.before is not None:
        found.append(key < span.before)
    if span.since is not None:
        found.append(at >= span.since)
    if span.until is not None:
        found.append(at < span.until)
    return found


def _in(column: Column[int], ids: Iterable[int] | None) -> list[Condition]:
    return [] if ids is None else [column.in_(list(ids))]
