"""What the figures are counted from: cases and answers of an area, an organisation or a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, TextClause, bindparam, func, select, true

from data.domain.case import State
from data.domain.figures import Called, Scope
from data.domain.people import Person
from data.repositories.areas import Areas
from data.repositories.base import Repository
from data.repositories.cases import IS_OPEN, MAY_BE_IN_BUILDING, case_of
from data.repositories.scopes import lies_in, whose
from data.repositories.whistles import part_of
from data.tables.appeals import appeals
from data.tables.cases import cases
from data.tables.whistles import parts, whistles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from data.domain.case import Case


DROPPED = (State.REJECTED.value, State.MERGED.value, State.WITHDRAWN.value)
DONE = (State.RESOLVED.value, State.CLOSED.value)
_OF_KIND = (
    select(cases)
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


class FigureSources(Repository):
    """Cases and answers by whose they are. Only reads."""

    def reported(self, scope: Scope, start: datetime, end: datetime) -> list[Case]:
        """Return the cases that came up in a period."""
        return self._cases(scope, cases.c.reported_at >= start, cases.c.reported_at < end)

    def resolved(self, scope: Scope, start: datetime, end: datetime) -> list[Case]:
        """Return the cases whose last 办结 was in a period."""
        done = cases.c.state.in_(DONE)
        return self._cases(scope, done, cases.c.resolved_at >= start, cases.c.resolved_at < end)

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
        of_rows = cases.c.id.in_({row.case_id for row in rows})
        by_id = {case.id: case for case in self._cases(Scope(scope.area), of_rows)}
        return [Called(by_id[row.case_id], part_of(row)) for row in rows]

    def open(self, scope: Scope) -> list[Case]:
        """Return the cases that are open."""
        return self._cases(scope, IS_OPEN)

    def of_kind(
        self, area_id: int, category: str, building: str | None, since: datetime, most: int = 200
    ) -> list[Case]:
        """Return the latest cases of one kind in a grid that may lie in the same building and were heard."""
        values = {"area": area_id, "category": category, "building": building, "since": since, "most": most}
        return [case_of(row) for row in self.all(_OF_KIND, **values)]

    def people_behind(self, case_ids: Sequence[int], since: datetime) -> int:
        """Return how many people raised some cases since then."""
        row = self.one(_PEOPLE_BEHIND, cases=list(case_ids), since=since)
        return int(row[0])

    def _cases(self, scope: Scope, *conditions: ColumnElement[bool] | TextClause) -> list[Case]:
        statement = select(cases).where(self._whose(scope), *conditions)
        return [case_of(row) for row in self.all(statement.order_by(cases.c.community_id, cases.c.number))]

    def _whose(self, scope: Scope) -> ColumnElement[bool]:
        return whose(scope, Areas(self.connection, self.directory))
