"""What the figures are counted from: cases and answers of an area, an organisation or a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, TextClause, and_, bindparam, exists, func, or_, select, true

from data.domain.case import Grade, Source, State
from data.domain.figures import Called, Scope, Told
from data.domain.people import Person
from data.repositories.areas import Areas
from data.repositories.base import Repository
from data.repositories.cases import GIST, IS_OPEN, MAY_BE_IN_BUILDING, case_of, gist_of
from data.repositories.scopes import lies_in, whose
from data.repositories.whistles import part_of
from data.tables.appeals import appeals
from data.tables.cases import cases
from data.tables.timeline import steps
from data.tables.whistles import parts, whistles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from data.domain.case import Case, Gist


DROPPED = (State.REJECTED.value, State.MERGED.value, State.WITHDRAWN.value)
DONE = (State.RESOLVED.value, State.CLOSED.value)
_OF_KIND = (
    select(*GIST)
    .where(
        cases.c.area_id == bindparam("area"),
        cases.c.category == bindparam("category"),
        cases.c.reported_at >= bindparam("since"),
        cases.c.dispute.is_(False),
        cases.c.state.not_in(DROPPED),
        MAY_BE_IN_BUILDING,
    )
    .order_by(cases.c.reported_at.desc(), cases.c.id.desc())
    .limit(bindparam("most"))
)
_PEOPLE_BEHIND = select(func.count(appeals.c.person_id.distinct())).where(
    appeals.c.case_id.in_(bindparam("cases", expanding=True)),
    appeals.c.said_at >= bindparam("since"),
    appeals.c.withdrawn.is_(False),
)


# What a residents' group may hear of: no dispute, no private matter, nothing said to the bot alone. What was
# taken back came to nothing, and what was merged is counted as the case it went into.
_SAID_IN_A_ROOM = exists().where(
    appeals.c.case_id == cases.c.id, appeals.c.room_id.is_not(None), appeals.c.withdrawn.is_(False)
)
MAY_BE_TOLD = and_(
    cases.c.dispute.is_(False),
    cases.c.grade != Grade.PRIVATE.value,
    cases.c.source != Source.VISIT.value,
    cases.c.state.not_in((State.WITHDRAWN.value, State.MERGED.value)),
    or_(cases.c.source.not_in((Source.APPEAL.value, Source.API.value)), _SAID_IN_A_ROOM),
)


def _which(which: Told, start: datetime, end: datetime) -> tuple[ColumnElement[bool] | TextClause, ...]:
    if which is Told.REPORTED:
        return cases.c.reported_at >= start, cases.c.reported_at < end
    if which is Told.RESOLVED:
        return cases.c.state.in_(DONE), cases.c.resolved_at >= start, cases.c.resolved_at < end
    return IS_OPEN, cases.c.reported_at < end


class FigureSources(Repository):
    """Cases and answers by whose they are. Only reads."""

    def reported(self, scope: Scope, start: datetime, end: datetime) -> list[Case]:
        """Return the cases that came up in a period."""
        return self._cases(scope, cases.c.reported_at >= start, cases.c.reported_at < end)

    def told_of(
        self, scope: Scope, which: Told, start: datetime, end: datetime, most: int
    ) -> tuple[int, list[Case]]:
        """Return how many cases a residents' group may hear of, and the first of them, by number.

        Which: those that came up in a period, those whose last 办结 was in it, those open at its end.
        """
        conditions = self._whose(scope), MAY_BE_TOLD, *_which(which, start, end)
        counted = self.scalar(select(func.count()).select_from(cases).where(*conditions))
        if not counted:
            return 0, []
        first = select(cases).where(*conditions).order_by(cases.c.community_id, cases.c.number).limit(most)
        return int(counted), [case_of(row) for row in self.all(first)]

    def something_moved(self, scope: Scope, start: datetime, end: datetime) -> bool:
        """Whether a case that is open at the end of a period rests, waits for a meeting, or went on in it."""
        went_on = exists().where(
            steps.c.case_id == cases.c.id, steps.c.at >= start, steps.c.at < end, steps.c.undone.is_(False)
        )
        still = cases.c.state == State.DEFERRED.value, cases.c.awaits_meeting.is_(True), went_on
        mine = self._whose(scope), MAY_BE_TOLD, *_which(Told.OPEN, start, end)
        return self.first(select(cases.c.id).where(*mine, or_(*still)).limit(1)) is not None

    def open_of_grades(self, scope: Scope, grades: Sequence[Grade], end: datetime) -> list[Case]:
        """Return the cases of some grades that are open at the end of a period and may be told."""
        mine = MAY_BE_TOLD, *_which(Told.OPEN, end, end), cases.c.grade.in_([one.value for one in grades])
        return self._cases(scope, *mine)

    def called(self, scope: Scope, start: datetime, end: datetime) -> list[Called]:
        """Return who was called to the cases that came up in a period; of an organisation, its own parts.

        Who handles a case does not answer for those who are called to it: a person has none.
        """
        handler = scope.handler
        if isinstance(handler, Person):
            return []
        here = lies_in(scope.area, Areas(self.connection, self.directory))
        theirs = parts.c.organisation_id == handler.id if handler is not None else true()
        statement = (
            select(parts, whistles.c.case_id)
            .join(whistles, whistles.c.id == parts.c.whistle_id)
            .join(cases, cases.c.id == whistles.c.case_id)
            .where(
                here,
                theirs,
                cases.c.reported_at >= start,
                cases.c.reported_at < end,
            )
            .order_by(parts.c.id)
        )
        rows = self.all(statement)
        if not rows:
            return []
        found = self.all(select(cases).where(cases.c.id.in_({row.case_id for row in rows})))
        by_id = {row.id: case_of(row) for row in found}
        return [Called(by_id[row.case_id], part_of(row)) for row in rows]

    def of_kind(
        self, area_id: int, category: str, building: str | None, since: datetime, most: int = 200
    ) -> list[Gist]:
        """Return what the latest cases of one kind in a grid are about that may lie in the same building."""
        values = {"area": area_id, "category": category, "building": building, "since": since, "most": most}
        return [gist_of(row) for row in self.all(_OF_KIND, **values)]

    def people_behind(self, case_ids: Sequence[int], since: datetime) -> int:
        """Return how many people raised some cases since then."""
        row = self.one(_PEOPLE_BEHIND, cases=list(case_ids), since=since)
        return int(row[0])

    def _cases(self, scope: Scope, *conditions: ColumnElement[bool] | TextClause) -> list[Case]:
        statement = select(cases).where(self._whose(scope), *conditions)
        return [case_of(row) for row in self.all(statement.order_by(cases.c.community_id, cases.c.number))]

    def _whose(self, scope: Scope) -> ColumnElement[bool]:
        return whose(scope, Areas(self.connection, self.directory))
