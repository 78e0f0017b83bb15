"""Keeps, beside every case that a unit of work touched, what finds and counts it fast."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, exists, select, text

from data.domain.figures import STAGES, was_overdue
from data.domain.five_times import five_times
from data.repositories.base import Repository, Upsert
from data.repositories.timeline import step_of
from data.tables.appeals import appeals
from data.tables.areas import areas
from data.tables.cases import cases
from data.tables.digests import case_times, case_words
from data.tables.organisations import organisations
from data.tables.people import accounts, people
from data.tables.timeline import steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import BindParameter
    from sqlalchemy.engine import Row

    from data.domain.steps import Step

CHUNK = 400  # cases of one statement
MANY = 1_000  # from so many on the index of words is made at the end
_TRIGGER = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'case_words_in'")
MOST_WORDS = 1_500  # characters of one case that are searched
_WORDS = Upsert(case_words, key=("case_id",), replace=("words",))
_TIMES = Upsert(case_times, key=("case_id",), replace=(*(f"to_{stage}" for stage in STAGES), "was_overdue"))
_PLACE = (cases.c.building, cases.c.unit, cases.c.floor, cases.c.door, cases.c.spot)
_assignee, _home, _grid = people.alias("assignee"), areas.alias("home"), areas.alias("grid")
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_CASES = (
    select(
        cases.c.id,
        cases.c.number,
        cases.c.category,
        cases.c.summary,
        cases.c.result,
        *_PLACE,
        _home.c.name.label("community"),
        _grid.c.name.label("grid"),
        _assignee.c.name.label("assignee"),
        organisations.c.name.label("organisation"),
    )
    .join(_home, _home.c.id == cases.c.community_id)
    .join(_grid, _grid.c.id == cases.c.area_id)
    .outerjoin(_assignee, _assignee.c.id == cases.c.assignee_id)
    .outerjoin(organisations, organisations.c.id == cases.c.assignee_org_id)
    .where(cases.c.id.in_(_IDS))
)
_SAID = (
    select(appeals.c.case_id, appeals.c.words, accounts.c.name)
    .join(accounts, accounts.c.id == appeals.c.account_id)
    .where(appeals.c.case_id.in_(_IDS), appeals.c.withdrawn.is_(False))
    .order_by(appeals.c.id)
)
_STEPS = select(steps).where(steps.c.case_id.in_(_IDS)).order_by(steps.c.id)
_BY_APPEAL = select(appeals.c.case_id).where(
    appeals.c.id.in_(bindparam("appeals", expanding=True)), appeals.c.case_id.is_not(None)
)


def spread(text: str) -> str:
    """Return a text as it is searched: each character between spaces, so that two make a trigram."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return f" {' '.join(''.join(plain.split()))} "


class Digests(Repository):
    """Words and times of cases, made from the cases, their appeals and their steps."""

    def write(self, case_ids: Iterable[int]) -> None:
        """Make what is kept of some cases anew."""
        ids = sorted(case_ids)
        for start in range(0, len(ids), CHUNK):
            self._write(ids[start : start + CHUNK])

    def write_touched(self) -> None:
        """Make anew what is kept of the cases that this unit of work changed."""
        if self.touched.appeals:
            found = self.all(_BY_APPEAL, appeals=list(self.touched.appeals))
            self.touched.cases.update(row.case_id for row in found)
        self.write(self.touched.cases)
        self.touched.cases.clear()
        self.touched.appeals.clear()

    def fill(self, many: int = MANY) -> int:
        """Make what is missing, in a store from before there were digests; return how many."""
        has = exists().where(case_times.c.case_id == cases.c.id)
        missing = self.connection.execute(select(cases.c.id).where(~has)).scalars().all()
        if len(missing) > many and self.connection.dialect.name == "sqlite":
            self._write_many(missing)
        else:
            self.write(missing)
        return len(missing)

    def _write_many(self, ids: Sequence[int]) -> None:
        """Write many on SQLite, and make its index of words at the end.

        Row by row each statement writes a piece of the index of its own, and the pieces are merged again and
        again: 60,000 cases took a minute, 20,000 four seconds.
        """
        trigger = self.connection.execute(_TRIGGER).scalar_one()
        self.connection.execute(text("DROP TRIGGER case_words_in"))
        self.write(ids)
        self.connection.execute(text(trigger.replace(":", "\\:")))
        self.connection.execute(text("INSERT INTO case_words_index(case_words_index) VALUES ('rebuild')"))

    def _write(self, ids: list[int]) -> None:
        found = self.all(_CASES, ids=ids)
        said, taken = self._said(ids), self._steps(ids)
        if found:
            words = [{"case_id": row.id, "words": _words(row, said[row.id], taken[row.id])} for row in found]
            self.upsert(_WORDS, words)
            self.upsert(_TIMES, [_times(row.id, taken[row.id]) for row in found])

    def _said(self, ids: list[int]) -> dict[int, list[str]]:
        said: dict[int, list[str]] = defaultdict(list)
        for row in self.all(_SAID, ids=ids):
            said[row.case_id] += [row.name, row.words]
        return said

    def _steps(self, ids: list[int]) -> dict[int, list[Step]]:
        taken: dict[int, list[Step]] = defaultdict(list)
        for row in self.all(_STEPS, ids=ids):
            taken[row.case_id].append(step_of(row))
        return taken


def _words(row: Row[Any], said: list[str], taken: list[Step]) -> str:
    building = f"{row.building}栋" if row.building else ""
    unit = f"{row.unit}单元" if row.unit else ""
    parts = [
        f"{row.community.removesuffix('社区')}#{row.number}",
        row.category,
        f"{building}{unit}{row.door or ''}{row.spot or ''}",
        row.grid,
        row.assignee,
        row.organisation,
        row.result,
        *(said or [row.summary]),
        *(step.words for step in taken if step.words and not step.undone),
    ]
    return spread("/".join(part for part in parts if part)[:MOST_WORDS])


def _times(case_id: int, taken: list[Step]) -> dict[str, Any]:
    five = five_times(taken)
    found = {f"to_{stage}": _seconds(five.found, getattr(five, stage)) for stage in STAGES}
    return {"case_id": case_id, **found, "was_overdue": was_overdue(taken)}


def _seconds(start: datetime | None, end: datetime | None) -> int | None:
    return None if start is None or end is None else round((end - start).total_seconds())
