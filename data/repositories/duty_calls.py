"""Calls that must be made (五个必到)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from sqlalchemy import delete, select, update

from data.domain.duty_call import CallFigures, CallKind, DutyCall
from data.repositories.base import Repository
from data.repositories.counters import next_number
from data.tables.duty_calls import duty_calls

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack


class NewDutyCall(TypedDict):
    """The fields of a call that is written down; times are UTC."""

    community_id: int
    kind: CallKind
    area_id: int
    household_id: int | None
    person_id: int | None
    contact_id: int | None
    words: str
    at: datetime
    due: datetime
    said_in: str | None


class DutyCalls(Repository):
    """Households that must be seen: noted, made, counted."""

    def call(self, **values: Unpack[NewDutyCall]) -> DutyCall:
        """Write down that a household must be seen, under the next number."""
        number = next_number(self, values["community_id"], "duty_call")
        call = {**values, "number": number, "kind": values["kind"].value}
        return DutyCall(id=self.add(duty_calls, call), number=number, **values)

    def get(self, call_id: int) -> DutyCall:
        """Return a call that exists."""
        return _call(self.one(select(duty_calls).where(duty_calls.c.id == call_id)))

    def numbered(self, community_id: int, number: int) -> DutyCall | None:
        """Return the call with that number in a community."""
        here = duty_calls.c.community_id == community_id, duty_calls.c.number == number
        row = self.first(select(duty_calls).where(*here))
        return _call(row) if row else None

    def open_in(self, community_id: int) -> list[DutyCall]:
        """Return the calls of a community that nobody has made, the one due first first."""
        here = duty_calls.c.community_id == community_id, duty_calls.c.made_at.is_(None)
        return [_call(row) for row in self.all(select(duty_calls).where(*here).order_by(duty_calls.c.due))]

    def said_in(self, message: str) -> DutyCall | None:
        """Return the call that a message made."""
        row = self.first(select(duty_calls).where(duty_calls.c.said_in == message))
        return _call(row) if row else None

    def said_lately(self, person_id: int, kind: CallKind, since: datetime) -> bool:
        """Whether a call of a kind was raised by somebody's own words since then."""
        mine = (
            duty_calls.c.person_id == person_id,
            duty_calls.c.kind == kind.value,
            duty_calls.c.at >= since,
        )
        return self.first(select(duty_calls.c.id).where(*mine)) is not None

    def made(self, call_id: int, by_id: int, at: datetime, result: str | None) -> bool:
        """Note that a call was made; False if it had been before."""
        open_ = duty_calls.c.id == call_id, duty_calls.c.made_at.is_(None)
        values = {"made_at": at, "made_by_id": by_id, "result": result}
        return self.run(update(duty_calls).where(*open_).values(**values)) == 1

    def drop(self, call_id: int) -> None:
        """Delete a call that was entered by mistake."""
        self.run(delete(duty_calls).where(duty_calls.c.id == call_id))

    def figures(self, area_ids: Iterable[int], start: datetime, end: datetime) -> list[CallFigures]:
        """Return the calls of some areas in a span of time, by kind."""
        there = (
            duty_calls.c.area_id.in_(list(area_ids)),
            duty_calls.c.at >= start,
            duty_calls.c.at < end,
        )
        calls = [_call(row) for row in self.all(select(duty_calls).where(*there))]
        found = []
        for kind in CallKind:
            mine = [call for call in calls if call.kind is kind]
            in_time = sum(call.made_at is not None and call.made_at <= call.due for call in mine)
            found.append(CallFigures(kind, len(mine), in_time))
        return found


def _call(row: Row[Any]) -> DutyCall:
    return DutyCall(**{**row._mapping, "kind": CallKind(row.kind)})
