"""The duty roster: one row for each day, so that a day can be taken off it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from sqlalchemy import bindparam, or_, select, update

from data.domain.shift import Shift
from data.repositories.base import Repository
from data.tables.shifts import shifts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack


_STANDS = shifts.c.cancelled_in.is_(None)
_ON = (
    select(shifts)
    .where(
        _STANDS,
        shifts.c.area_id.in_(bindparam("areas", expanding=True)),
        shifts.c.starts_at <= bindparam("at"),
        shifts.c.ends_at > bindparam("at"),
    )
    .order_by(shifts.c.starts_at, shifts.c.id)
)
_AHEAD = (
    select(shifts)
    .where(
        _STANDS,
        shifts.c.area_id.in_(bindparam("areas", expanding=True)),
        shifts.c.ends_at > bindparam("start"),
        shifts.c.starts_at < bindparam("end"),
    )
    .order_by(shifts.c.starts_at, shifts.c.area_id, shifts.c.id)
)
_BY_MESSAGE = select(shifts).where(
    or_(shifts.c.said_in == bindparam("message"), shifts.c.cancelled_in == bindparam("message"))
)
UNDONE = "undone"


class NewShift(TypedDict):
    """The fields of a shift, and the message that put it on the roster."""

    area_id: int
    person_id: int
    starts_at: datetime
    ends_at: datetime
    said_in: NotRequired[str | None]


class Shifts(Repository):
    """The duty roster: who is on duty when, where, for which hours."""

    def put(self, **values: Unpack[NewShift]) -> Shift:
        """Put somebody on the roster; `values` are the fields of `Shift` and `said_in`."""
        id_ = self.add(shifts, values)
        return Shift(id_, values["area_id"], values["person_id"], values["starts_at"], values["ends_at"])

    def on(self, areas: Sequence[int], at: datetime) -> list[Shift]:
        """Return who is on duty in some areas at an instant."""
        return [_shift(row) for row in self.all(_ON, areas=list(areas), at=at)]

    def between(self, areas: Sequence[int], start: datetime, end: datetime) -> list[Shift]:
        """Return the shifts of some areas that touch a period, the earliest first."""
        return [_shift(row) for row in self.all(_AHEAD, areas=list(areas), start=start, end=end)]

    def cancel(self, ids: Iterable[int], message: str | None) -> None:
        """Take shifts off the roster; the message that did so can be taken back."""
        statement = update(shifts).where(shifts.c.id.in_(list(ids)))
        self.run(statement.values(cancelled_in=message or UNDONE))

    def undo(self, message: str) -> list[Shift]:
        """Take back what one message did to the roster, and return the shifts it was about."""
        found = self.all(_BY_MESSAGE, message=message)
        for row in found:
            back = None if row.cancelled_in == message else UNDONE
            self.run(update(shifts).where(shifts.c.id == row.id).values(cancelled_in=back))
        return [_shift(row) for row in found if row.cancelled_in in (None, message)]


def _shift(row: Row[Any]) -> Shift:
    return Shift(row.id, row.area_id, row.person_id, row.starts_at, row.ends_at)
