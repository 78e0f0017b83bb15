"""Whistles and the parts of the organisations they call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from sqlalchemy import bindparam, select, update

from data.domain.whistle import Colour, Part, PartScores, PartState, Whistle
from data.repositories.base import Repository
from data.tables.whistles import parts, whistles

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack


_OPEN = select(whistles).where(whistles.c.case_id == bindparam("case"), whistles.c.ended_at.is_(None))
_ALL = select(whistles).where(whistles.c.case_id == bindparam("case")).order_by(whistles.c.id)
_BY_ID = select(whistles).where(whistles.c.id == bindparam("id"))
_PARTS = select(parts).where(parts.c.whistle_id == bindparam("whistle")).order_by(parts.c.id)
_PART = select(parts).where(parts.c.id == bindparam("id"))
_CALLS = (
    select(whistles.c.case_id)
    .join(parts, parts.c.whistle_id == whistles.c.id)
    .where(parts.c.organisation_id == bindparam("organisation"), whistles.c.ended_at.is_(None))
)


class NewWhistle(TypedDict):
    """The fields of a whistle."""

    case_id: int
    blown_by: int
    blown_at: datetime
    reason: str
    colour: Colour | None
    urgent: bool


class PartChanges(TypedDict, total=False):
    """What may change of a part; scores are 1 to 5."""

    state: PartState
    called_at: datetime
    check_in_by: datetime
    checked_in_at: datetime | None
    done_at: datetime | None
    words: str | None
    arrival: int
    cooperation: int
    outcome: int


class Whistles(Repository):
    """Who was called to which case, and who came."""

    def blow(self, **values: Unpack[NewWhistle]) -> Whistle:
        """Write a whistle; `values` are the fields of `Whistle`."""
        colour = values["colour"]
        return Whistle(id=self.add(whistles, {**values, "colour": colour and colour.value}), **values)

    def call(self, whistle_id: int, organisation_id: int, at: datetime, check_in_by: datetime) -> Part:
        """Call one organisation."""
        row = {
            "whistle_id": whistle_id,
            "organisation_id": organisation_id,
            "state": PartState.CALLED.value,
            "called_at": at,
            "check_in_by": check_in_by,
        }
        return Part(self.add(parts, row), whistle_id, organisation_id, PartState.CALLED, at, check_in_by)

    def get(self, whistle_id: int) -> Whistle:
        """Return a whistle that exists."""
        return _whistle(self.one(_BY_ID, id=whistle_id))

    def open_on(self, case_id: int) -> Whistle | None:
        """Return the whistle that is open on a case."""
        row = self.first(_OPEN, case=case_id)
        return _whistle(row) if row else None

    def of_case(self, case_id: int) -> list[Whistle]:
        """Return all whistles of a case."""
        return [_whistle(row) for row in self.all(_ALL, case=case_id)]

    def parts(self, whistle_id: int) -> list[Part]:
        """Return the parts of a whistle, in the order called."""
        return [part_of(row) for row in self.all(_PARTS, whistle=whistle_id)]

    def part(self, part_id: int) -> Part:
        """Return a part that exists."""
        return part_of(self.one(_PART, id=part_id))

    def change(self, part_id: int, **values: Unpack[PartChanges]) -> None:
        """Change columns of a part."""
        columns = {**values, "state": values["state"].value} if "state" in values else {**values}
        self.run(update(parts).where(parts.c.id == part_id).values(**columns))

    def end(self, whistle_id: int, at: datetime) -> None:
        """End a whistle."""
        self.run(update(whistles).where(whistles.c.id == whistle_id).values(ended_at=at))

    def reopen(self, whistle_id: int) -> None:
        """Let a whistle be open again: its end was undone."""
        self.run(update(whistles).where(whistles.c.id == whistle_id).values(ended_at=None))

    def calls(self, case_id: int, organisation_id: int) -> bool:
        """Whether an open whistle calls an organisation to a case."""
        return case_id in self.cases_calling(organisation_id)

    def cases_calling(self, organisation_id: int) -> list[int]:
        """Return the cases an organisation is called to now."""
        return [row.case_id for row in self.all(_CALLS, organisation=organisation_id)]


def _whistle(row: Row[Any]) -> Whistle:
    colour = Colour(row.colour) if row.colour else None
    return Whistle(
        row.id, row.case_id, row.blown_by, row.blown_at, row.reason, colour, row.urgent, row.ended_at
    )


def part_of(row: Row[Any]) -> Part:
    """Return the part that a row holds."""
    scores = None if row.arrival is None else PartScores(row.arrival, row.cooperation, row.outcome)
    return Part(
        row.id,
        row.whistle_id,
        row.organisation_id,
        PartState(row.state),
        row.called_at,
        row.check_in_by,
        row.checked_in_at,
        row.done_at,
        row.words,
        scores,
    )
