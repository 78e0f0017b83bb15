"""The public board: which cases it shows, and what a person has made public of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, TextClause, and_, delete, func, or_, select

from data.domain.case import Grade, State, Urgency
from data.domain.publication import Publication
from data.repositories.areas import Areas
from data.repositories.base import Repository, Upsert
from data.repositories.cases import IS_OPEN, case_of
from data.repositories.scopes import DONE, lies_in
from data.tables.appeals import appeals
from data.tables.cases import cases
from data.tables.interfaces import reports
from data.tables.publications import publications
from data.tables.rooms import rooms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from data.domain.areas import Area
    from data.domain.case import Case

MOST_COUNTED = 5_000
DROPPED = (State.REJECTED.value, State.MERGED.value, State.WITHDRAWN.value)
_KEEP = Upsert(publications, key=("case_id",), replace=("person_id", "at", "words", "result", "pictures"))


class BoardWanted(NamedTuple):
    """Which cases of the board are wanted."""

    area: Area | None = None
    kind: str = ""
    standing: str = ""  # open, done, or all where it is empty
    start: datetime | None = None
    end: datetime | None = None


def on_board() -> list[ColumnElement[bool]]:
    """Return what makes a case public: heard in a residents' group, or approved; never private."""
    approved = select(publications.c.case_id).where(publications.c.case_id == cases.c.id).exists()
    in_a_group = (
        select(appeals.c.id)
        .join(rooms, rooms.c.id == appeals.c.room_id)
        .where(appeals.c.case_id == cases.c.id, appeals.c.withdrawn.is_(False), rooms.c.kind == "residents")
        .exists()
    )
    by_itself = and_(cases.c.urgency != Urgency.EMERGENCY.value, in_a_group)
    return [
        cases.c.dispute.is_(False),
        cases.c.grade != Grade.PRIVATE.value,
        cases.c.state.not_in(DROPPED),
        or_(approved, by_itself),
    ]


def for_anybody() -> ColumnElement[bool]:
    """Return what makes a case open to other software without a key.

    The board shows it; or that software posted it, to the bot alone, and follows what becomes of it. An
    emergency, a dispute, a private matter never.
    """
    posted = (
        select(reports.c.id)
        .join(appeals, appeals.c.id == reports.c.appeal_id)
        .where(appeals.c.case_id == cases.c.id, appeals.c.room_id.is_(None), appeals.c.withdrawn.is_(False))
        .exists()
    )
    quiet = (
        cases.c.dispute.is_(False),
        cases.c.grade != Grade.PRIVATE.value,
        cases.c.urgency != Urgency.EMERGENCY.value,
    )
    return or_(and_(*on_board()), and_(*quiet, posted))


class Publications(Repository):
    """What the public board may show of cases: what a person has made public of them."""

    def of(self, case_id: int) -> Publication | None:
        """Return what is public of a case."""
        row = self.first(select(publications).where(publications.c.case_id == case_id))
        return Publication(row.words, row.result, tuple(row.pictures), row.at) if row else None

    def of_all(self, case_ids: Sequence[int]) -> dict[int, Publication]:
        """Return what is public of some cases."""
        rows = self.all(select(publications).where(publications.c.case_id.in_(case_ids)))
        return {r.case_id: Publication(r.words, r.result, tuple(r.pictures), r.at) for r in rows}

    def keep(self, case_id: int, person_id: int, at: datetime, shown: Publication) -> None:
        """Make something public, in the place of what was."""
        row = {"case_id": case_id, "person_id": person_id, "at": at, "words": shown.words}
        self.upsert(_KEEP, {**row, "result": shown.result, "pictures": list(shown.pictures)})

    def drop(self, case_id: int) -> bool:
        """Take back what was public of a case; return whether there was any."""
        return self.run(delete(publications).where(publications.c.case_id == case_id)) == 1

    def board(self, wanted: BoardWanted, *, page: int, size: int) -> tuple[list[Case], int, int]:
        """Return a page of the cases that the board shows, how many there are, and which page it is."""
        conditions = [*on_board(), *self._wanted(wanted)]
        some = select(cases.c.id).where(*conditions).limit(MOST_COUNTED).subquery()
        total = int(self.one(select(func.count()).select_from(some))[0])
        page = min(max(1, page), max(1, -(-total // size)))
        statement = select(cases).where(*conditions).order_by(cases.c.reported_at.desc(), cases.c.id.desc())
        rows = self.all(statement.limit(size).offset((page - 1) * size))
        return [case_of(row) for row in rows], total, page

    def shows(self, case_id: int) -> bool:
        """Whether the board shows a case."""
        return self.first(select(cases.c.id).where(cases.c.id == case_id, *on_board())) is not None

    def anybody_sees(self, case_id: int) -> bool:
        """Whether other software sees a case without a key."""
        return self.first(select(cases.c.id).where(cases.c.id == case_id, for_anybody())) is not None

    def kinds(self) -> list[str]:
        """Return the categories of the open cases that the board shows."""
        statement = select(cases.c.category).distinct().where(IS_OPEN, *on_board())
        return sorted(self.connection.execute(statement).scalars())

    def _wanted(self, wanted: BoardWanted) -> list[ColumnElement[bool] | TextClause]:
        found: list[ColumnElement[bool] | TextClause] = []
        if wanted.area is not None:
            found.append(lies_in(wanted.area, Areas(self.connection, self.directory)))
        if wanted.kind:
            found.append(cases.c.category == wanted.kind)
        if wanted.standing == "open":
            found.append(IS_OPEN)
        elif wanted.standing == "done":
            found.append(cases.c.state.in_(DONE))
        if wanted.start is not None and wanted.end is not None:
            found += [cases.c.reported_at >= wanted.start, cases.c.reported_at < wanted.end]
        return found
