"""Lists of cases for pages: within somebody's charge, by what is wanted, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, TextClause, and_, case, func, or_, select, text

from data.domain.case import State, Urgency
from data.domain.charge import Standing
from data.repositories.areas import Areas
from data.repositories.base import Repository
from data.repositories.cases import IS_OPEN, case_of
from data.repositories.digests import spread
from data.repositories.scopes import BY_STAFF, DONE, RUNNING, falls_due, handled_by, lies_in, missed
from data.tables.cases import cases
from data.tables.digests import case_words
from data.tables.ratings import ratings
from data.tables.whistles import parts, whistles

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select

    from data.domain.areas import Area
    from data.domain.case import Case
    from data.domain.charge import Charge, Wanted

Condition = ColumnElement[bool] | TextClause

MOST_COUNTED = 5_000  # beyond it a list says “more than”
MOST_TERMS = 6  # words of one search
STATES = {Standing(state.value): state for state in State if state.value in list(Standing)}

_DATED = {Standing.ACCEPTED_THEN: cases.c.accepted_at, Standing.RESOLVED_THEN: cases.c.resolved_at}
_WHISTLED = select(whistles.c.case_id).where(whistles.c.ended_at.is_(None))


class FoundPage(NamedTuple):
    """One page of a list: the cases, how many there are in all (at most `MOST_COUNTED`), and which page."""

    cases: list[Case]
    total: int
    page: int
    pages: int

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.total >= MOST_COUNTED


class CaseFinder(Repository):
    """Finds cases. Only reads, and never all of them."""

    def page(
        self, charge: Charge, wanted: Wanted, now: datetime, tonight: datetime, *, page: int, size: int
    ) -> FoundPage:
        """Return one page of the wanted cases; a page beyond the end is the last one."""
        conditions = self._conditions(charge, wanted, now, tonight)
        some = select(cases.c.id).where(*conditions).limit(MOST_COUNTED).subquery()
        count = int(self.connection.execute(select(func.count()).select_from(some)).scalar_one())
        pages = max(1, -(-count // size))
        page = min(max(1, page), pages)
        order = (
            (falls_due.is_(None), falls_due, cases.c.id)
            if self._by_due(wanted)
            else (cases.c.reported_at.desc(), cases.c.id.desc())
        )
        statement = select(cases).where(*conditions).order_by(*order).limit(size).offset((page - 1) * size)
        return FoundPage([case_of(row) for row in self.all(statement)], count, page, pages)

    def all_of(
        self, charge: Charge, wanted: Wanted, now: datetime, tonight: datetime, most: int
    ) -> list[Case]:
        """Return the wanted cases, for a spreadsheet; the newest `most`."""
        statement = select(cases).where(*self._conditions(charge, wanted, now, tonight))
        rows = self.all(statement.order_by(cases.c.reported_at.desc(), cases.c.id.desc()).limit(most))
        return [case_of(row) for row in rows]

    def counts(self, charge: Charge, now: datetime, tonight: datetime) -> dict[Standing, int]:
        """Return how many open cases there are in one's charge, by how they stand."""
        mine = case((self._mine(charge), 1), else_=0)
        late = case((and_(RUNNING, falls_due < now), 1), else_=0)
        today = case((and_(RUNNING, falls_due >= now, falls_due < tonight), 1), else_=0)
        fresh = case((cases.c.state == State.REPORTED.value, 1), else_=0)
        sums = [func.coalesce(func.sum(one), 0) for one in (late, today, mine, fresh)]
        row = self.one(select(func.count(), *sums).where(IS_OPEN, self.within(charge)))
        names = (Standing.OPEN, Standing.LATE, Standing.TODAY, Standing.MINE, Standing.REPORTED)
        return dict(zip(names, (int(one) for one in row), strict=True))

    def alike(self, one: Case, charge: Charge, most: int) -> list[Case]:
        """Return the latest other cases of the same kind in the same grid."""
        same = cases.c.area_id == one.area_id, cases.c.category == one.category, cases.c.id != one.id
        statement = select(cases).where(*same, self.within(charge))
        rows = self.all(statement.order_by(cases.c.reported_at.desc(), cases.c.id.desc()).limit(most))
        return [case_of(row) for row in rows]

    def near(self, one: Case, charge: Charge, most: int) -> list[Case]:
        """Return the latest other cases of the same building, of other kinds."""
        if one.building_id is None:
            return []
        there = cases.c.building_id == one.building_id, cases.c.category != one.category
        statement = select(cases).where(*there, self.within(charge))
        rows = self.all(statement.order_by(cases.c.reported_at.desc(), cases.c.id.desc()).limit(most))
        return [case_of(row) for row in rows]

    def kinds(self, charge: Charge) -> list[str]:
        """Return the categories of the open cases in one's charge."""
        statement = select(cases.c.category).distinct().where(IS_OPEN, self.within(charge))
        return sorted(self.connection.execute(statement).scalars())

    def within(self, charge: Charge) -> ColumnElement[bool]:
        """Return the condition for a case to be in somebody's charge."""
        ways = [self._in_hand(charge), *(self.lies_in(area) for area in charge.areas)]
        ways += [and_(cases.c.dispute.is_(True), self.lies_in(area)) for area in charge.disputes]
        return or_(*ways)

    def lies_in(self, area: Area) -> ColumnElement[bool]:
        """Return the condition for a case to lie in an area."""
        return lies_in(area, Areas(self.connection, self.directory))

    def _in_hand(self, charge: Charge) -> ColumnElement[bool]:
        mine: ColumnElement[bool] = cases.c.assignee_id == charge.person_id
        if charge.organisation_id is None:
            return mine
        called = (
            select(whistles.c.case_id)
            .join(parts, parts.c.whistle_id == whistles.c.id)
            .where(parts.c.organisation_id == charge.organisation_id)
        )
        return or_(mine, cases.c.assignee_org_id == charge.organisation_id, cases.c.id.in_(called))

    def _mine(self, charge: Charge) -> ColumnElement[bool]:
        return or_(self._in_hand(charge), handled_by(charge.person_id))

    @staticmethod
    def _by_due(wanted: Wanted) -> bool:
        return wanted.standing in (
            *(Standing.OPEN, Standing.LATE, Standing.TODAY, Standing.MINE, Standing.REPORTED),
            *(Standing.ACCEPTED, Standing.ASSIGNED, Standing.IN_PROGRESS),
        )

    def _conditions(
        self, charge: Charge, wanted: Wanted, now: datetime, tonight: datetime
    ) -> list[Condition]:
        found: list[Condition] = [self.within(charge), *self._standing(charge, wanted.standing, now, tonight)]
        if wanted.number is not None:
            found.append(cases.c.number == wanted.number)
        found += self._saying(wanted.words)
        if wanted.kind:
            whole = cases.c.category == wanted.kind
            found.append(or_(whole, cases.c.category.startswith(f"{wanted.kind}/", autoescape=True)))
        if wanted.grade is not None:
            found.append(cases.c.grade == wanted.grade.value)
        if wanted.area is not None:
            found.append(self.lies_in(wanted.area))
        if wanted.handler_organisation is not None:
            called = wanted.standing is Standing.CALLED
            theirs = cases.c.assignee_org_id == wanted.handler_organisation
            found.append(cases.c.id.in_(_called(wanted.handler_organisation)) if called else theirs)
        if wanted.handler_person is not None:
            found.append(handled_by(wanted.handler_person))
        if wanted.start is not None and wanted.end is not None:
            if wanted.standing is Standing.RATED:
                found.append(cases.c.id.in_(_rated(wanted.start, wanted.end)))
            else:
                at = _DATED.get(wanted.standing, cases.c.reported_at)
                found += [at >= wanted.start, at < wanted.end]
        return found

    def _standing(
        self, charge: Charge, standing: Standing, now: datetime, tonight: datetime
    ) -> list[Condition]:
        table: dict[Standing, list[Condition]] = {
            Standing.OPEN: [IS_OPEN],
            Standing.LATE: [RUNNING, IS_OPEN, falls_due < now],
            Standing.TODAY: [RUNNING, IS_OPEN, falls_due >= now, falls_due < tonight],
            Standing.MINE: [IS_OPEN, self._mine(charge)],
            Standing.TAKEN: [cases.c.accepted_at.is_not(None)],
            Standing.DONE: [cases.c.state.in_(DONE)],
            Standing.REOPENED: [cases.c.reopened > 0],
            Standing.FOUND: [cases.c.source.in_(BY_STAFF)],
            Standing.MISSED: [missed(now)],
            Standing.EMERGENCY: [IS_OPEN, cases.c.urgency == Urgency.EMERGENCY.value],
            Standing.WHISTLED: [IS_OPEN, cases.c.id.in_(_WHISTLED)],
            Standing.ACCEPTED_THEN: [cases.c.accepted_at.is_not(None)],
            Standing.RESOLVED_THEN: [cases.c.resolved_at.is_not(None)],
            Standing.CALLED: [],
            Standing.RATED: [],
            Standing.ALL: [],
        }
        if standing in table:
            return table[standing]
        state = STATES[standing]
        return [cases.c.state == state.value, *([IS_OPEN] if state.value not in DONE else [])]

    def _saying(self, words: str) -> list[ColumnElement[bool]]:
        terms = [spread(term) for term in words.split()[:MOST_TERMS]]
        if not terms:
            return []
        if self.connection.dialect.name == "sqlite":
            index = text("SELECT rowid AS id FROM case_words_index WHERE case_words_index MATCH :terms")
            quoted = " AND ".join('"{}"'.format(term.replace('"', '""')) for term in terms)
            rows = index.bindparams(terms=quoted).columns(cases.c.id).subquery()
            return [cases.c.id.in_(select(rows.c.id))]
        here = select(case_words.c.case_id).where(
            *(case_words.c.words.contains(term, autoescape=True) for term in terms)
        )
        return [cases.c.id.in_(here)]


def _called(organisation_id: int) -> Select[tuple[int]]:
    """Return the cases to which a whistle calls an organisation."""
    theirs = parts.c.organisation_id == organisation_id
    return select(whistles.c.case_id).join(parts, parts.c.whistle_id == whistles.c.id).where(theirs)


def _rated(start: datetime, end: datetime) -> Select[tuple[int]]:
    within = ratings.c.answered_at >= start, ratings.c.answered_at < end, ratings.c.void.is_(False)
    return select(ratings.c.case_id).where(*within)
