"""Activities with their sign-ups, check-ins and invited units; the rows they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Required, TypedDict

from sqlalchemy import bindparam, delete, func, select, update

from data.domain.activity import Activity, ActivityKind, Particulars, Series, SignUp, Unit, UnitState
from data.repositories.base import Repository, Upsert
from data.repositories.counters import next_number
from data.tables.activities import (
    activities,
    activity_cases,
    activity_series,
    activity_units,
    check_ins,
    sign_ups,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack


MEETING, ACTIVITY = "meeting", "activity"
_ONE = select(activities).where(activities.c.id == bindparam("id"))
_NUMBERED = select(activities).where(
    activities.c.community_id == bindparam("community"),
    activities.c.counted_as == bindparam("counted"),
    activities.c.number == bindparam("number"),
)
_STANDING = select(activities).where(
    activities.c.community_id == bindparam("community"), activities.c.cancelled.is_(False)
)
_AHEAD = _STANDING.where(activities.c.starts_at > bindparam("now")).order_by(
    activities.c.starts_at, activities.c.id
)
_ON = _STANDING.where(
    activities.c.starts_at > bindparam("since"),
    activities.c.starts_at <= bindparam("until"),
    activities.c.ended_at.is_(None),
).order_by(activities.c.starts_at, activities.c.id)
_NAMES = select(sign_ups).where(sign_ups.c.activity_id == bindparam("activity")).order_by(sign_ups.c.id)
_UNITS = (
    select(activity_units)
    .where(activity_units.c.activity_id == bindparam("activity"))
    .order_by(activity_units.c.id)
)
_SIGN_UP = Upsert(sign_ups)
_CHECK_IN = Upsert(check_ins)
_INVITE = Upsert(activity_units)


class NewActivity(Particulars, total=False):
    """The fields of an activity that is called."""

    community_id: Required[int]
    area_id: Required[int]
    caller_id: Required[int]
    starts_at: Required[datetime]
    ends_at: Required[datetime]
    said_in: str | None
    series_id: int


class ActivityChanges(TypedDict, total=False):
    """What may change of an activity: it is moved, cancelled, ended, or given a code."""

    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    code: str
    ended_at: datetime
    result: str


class NewSeries(Particulars, total=False):
    """The fields of a row of activities that is started; `starts` and `lasts` count minutes."""

    community_id: Required[int]
    area_id: Required[int]
    caller_id: Required[int]
    kind: Required[ActivityKind]
    rule: Required[str]
    shown: Required[str]
    starts: Required[int]
    lasts: Required[int]
    units: Required[tuple[int, ...]]
    said_in: Required[str | None]


class Activities(Repository):
    """What happens at a time and a place, and who comes."""

    def call(self, kind: ActivityKind, **values: Unpack[NewActivity]) -> Activity:
        """Put an activity in the calendar under the next number."""
        counted = MEETING if kind is ActivityKind.MEETING else ACTIVITY
        number = next_number(self, values["community_id"], counted)
        row = {"counted_as": counted, "number": number, "cancelled": False, "points": 0, **values}
        made = self.add(activities, {**row, "kind": kind.value})
        return Activity(id=made, counted_as=counted, number=number, kind=kind, **values)

    def get(self, activity_id: int) -> Activity:
        """Return an activity that exists."""
        return activity_of(self.one(_ONE, id=activity_id))

    def numbered(self, community_id: int, counted_as: str, number: int) -> Activity | None:
        """Return the activity with that number in a community, among the meetings or among the others."""
        row = self.first(_NUMBERED, community=community_id, counted=counted_as, number=number)
        return activity_of(row) if row else None

    def said_in(self, message: str) -> Activity | None:
        """Return the activity that a message called."""
        row = self.first(select(activities).where(activities.c.said_in == message))
        return activity_of(row) if row else None

    def ahead(self, community_id: int, now: datetime) -> list[Activity]:
        """Return what is still to come in a community, the next one first."""
        return [activity_of(row) for row in self.all(_AHEAD, community=community_id, now=now)]

    def held(self, community_id: int, now: datetime) -> list[Activity]:
        """Return the meetings of a community that have begun, the latest first."""
        begun = activities.c.counted_as == MEETING, activities.c.starts_at <= now
        mine = activities.c.community_id == community_id, activities.c.cancelled.is_(False)
        statement = select(activities).where(*mine, *begun).order_by(activities.c.starts_at.desc())
        return [activity_of(row) for row in self.all(statement)]

    def on(self, community_id: int, since: datetime, until: datetime) -> list[Activity]:
        """Return what starts within a span of time in a community and nobody has ended."""
        return [activity_of(row) for row in self.all(_ON, community=community_id, since=since, until=until)]

    def between(self, area_ids: Iterable[int], start: datetime, end: datetime) -> list[Activity]:
        """Return what took place in some areas within a span of time."""
        statement = select(activities).where(
            activities.c.area_id.in_(list(area_ids)),
            activities.c.cancelled.is_(False),
            activities.c.starts_at >= start,
            activities.c.starts_at < end,
        )
        return [activity_of(row) for row in self.all(statement.order_by(activities.c.starts_at))]

    def change(self, activity_id: int, **changes: Unpack[ActivityChanges]) -> None:
        """Move, cancel or end an activity."""
        self.run(update(activities).where(activities.c.id == activity_id).values(**changes))

    # who comes

    def sign_up(
        self, activity_id: int, name: str, person_id: int | None, at: datetime, *, waiting: bool = False
    ) -> bool:
        """Put a name on the list; return whether it is new."""
        row = {
            "activity_id": activity_id,
            "name": name,
            "person_id": person_id,
            "at": at,
            "waiting": waiting,
        }
        return self.upsert(_SIGN_UP, row) == 1

    def sign_off(self, activity_id: int, name: str, person_id: int) -> bool:
        """Take somebody off the list; return whether they were on it."""
        mine = (sign_ups.c.person_id == person_id) | (
            sign_ups.c.person_id.is_(None) & (sign_ups.c.name == name)
        )
        return self.run(delete(sign_ups).where(sign_ups.c.activity_id == activity_id, mine)) > 0

    def move_up(self, activity_id: int, name: str) -> None:
        """Give a place to somebody who waited for one."""
        one = sign_ups.c.activity_id == activity_id, sign_ups.c.name == name
        self.run(update(sign_ups).where(*one).values(waiting=False))

    def names(self, activity_id: int) -> list[SignUp]:
        """Return who has signed up, in that order; some may be waiting for a place."""
        rows = self.all(_NAMES, activity=activity_id)
        return [SignUp(row.activity_id, row.name, row.person_id, row.at, row.waiting) for row in rows]

    def check_in(self, activity_id: int, person_id: int, at: datetime) -> bool:
        """Note that somebody came; return whether that is new."""
        return self.upsert(_CHECK_IN, {"activity_id": activity_id, "person_id": person_id, "at": at}) == 1

    def came(self, activity_id: int) -> list[int]:
        """Return the ids of the people who checked in, in that order."""
        mine = select(check_ins.c.person_id).where(check_ins.c.activity_id == activity_id)
        return [row.person_id for row in self.all(mine.order_by(check_ins.c.id))]

    # units

    def invite(self, activity_id: int, organisation_ids: Iterable[int]) -> None:
        """Invite organisations."""
        for organisation_id in organisation_ids:
            row = {
                "activity_id": activity_id,
                "organisation_id": organisation_id,
                "state": UnitState.INVITED.value,
            }
            self.upsert(_INVITE, row)

    def units(self, activity_id: int) -> list[Unit]:
        """Return the invited units."""
        rows = self.all(_UNITS, activity=activity_id)
        return [Unit(row.activity_id, row.organisation_id, UnitState(row.state), row.words) for row in rows]

    def inviting(self, organisation_id: int, number: int | None = None) -> list[Activity]:
        """Return the activities an organisation is invited to (with that number), the last one first."""
        mine = select(activity_units.c.activity_id).where(activity_units.c.organisation_id == organisation_id)
        statement = select(activities).where(activities.c.id.in_(mine))
        if number is not None:
            statement = statement.where(activities.c.number == number, activities.c.counted_as == ACTIVITY)
        return [activity_of(row) for row in self.all(statement.order_by(activities.c.id.desc()))]

    def unit_says(
        self, activity_id: int, organisation_id: int, state: UnitState, words: str | None = None
    ) -> None:
        """Note what an invited unit said, or that it came."""
        one = (
            activity_units.c.activity_id == activity_id,
            activity_units.c.organisation_id == organisation_id,
        )
        self.run(update(activity_units).where(*one).values(state=state.value, words=words))

    # what was found there

    def link_case(self, activity_id: int, case_id: int) -> None:
        """Note a case that was found at an activity."""
        self.add(activity_cases, {"activity_id": activity_id, "case_id": case_id})

    def found_at(self, case_id: int) -> list[Activity]:
        """Return the activities at which a case was found."""
        there = select(activity_cases.c.activity_id).where(activity_cases.c.case_id == case_id)
        return [activity_of(row) for row in self.all(select(activities).where(activities.c.id.in_(there)))]

    def cases(self, activity_id: int) -> list[int]:
        """Return the ids of the cases found at an activity."""
        mine = select(activity_cases.c.case_id).where(activity_cases.c.activity_id == activity_id)
        return [row.case_id for row in self.all(mine.order_by(activity_cases.c.case_id))]

    # rows of activities

    def start_series(self, **values: Unpack[NewSeries]) -> Series:
        """Write down a row of activities that are announced one after another."""
        row = {
            "places": None,
            "points": 0,
            "cancelled": False,
            **values,
            "kind": values["kind"].value,
            "units": list(values["units"]),
        }
        return Series(id=self.add(activity_series, row), **values)

    def series(self, series_id: int) -> Series:
        """Return a row of activities that exists."""
        return _series(self.one(select(activity_series).where(activity_series.c.id == series_id)))

    def series_said_in(self, message: str) -> Series | None:
        """Return the row of activities that a message started."""
        row = self.first(select(activity_series).where(activity_series.c.said_in == message))
        return _series(row) if row else None

    def end_series(self, series_id: int) -> None:
        """End a row: no more activities come of it."""
        self.run(update(activity_series).where(activity_series.c.id == series_id).values(cancelled=True))

    def of_series(self, series_id: int, now: datetime) -> list[Activity]:
        """Return what a row has brought that is still to come."""
        mine = activities.c.series_id == series_id, activities.c.starts_at > now
        rows = self.all(select(activities).where(*mine, activities.c.cancelled.is_(False)))
        return [activity_of(row) for row in rows]

    def count_check_ins(self, activity_ids: Iterable[int]) -> int:
        """Return how many check-ins some activities have together."""
        mine = check_ins.c.activity_id.in_(list(activity_ids))
        return int(self.connection.execute(select(func.count()).where(mine)).scalar_one())


def activity_of(row: Row[Any]) -> Activity:
    """Return the activity that a row holds."""
    return Activity(**{**row._mapping, "kind": ActivityKind(row.kind)})


def _series(row: Row[Any]) -> Series:
    return Series(**{**row._mapping, "kind": ActivityKind(row.kind), "units": tuple(row.units)})
