"""What a 值班 says, and how shifts are shown: whom, where, which days, from when to when."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from data.domain.areas import AreaKind, called
from data.domain.errors import RefusedError, UserError
from data.domain.people import OFFICERS, Role
from handlers.hearing.names import people_named
from handlers.saying.days import weekday_of
from nlp.reading.days import SaidDays, read_days
from nlp.reading.hours import SaidHours, read_hours, read_part_of_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from data.domain.areas import Area
    from data.domain.people import Person
    from data.domain.worktime import WorkTime
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command
    from handlers.texts.wording import Texts

Span = tuple["datetime", "datetime"]
LONGEST = timedelta(days=62)
DAY = 24 * 60
_SEPARATORS = re.compile("[,\uff0c、/;；]")
_PLACE = re.compile("(?:网格|社区|街道)$")
NO_HOURS = SaidHours(0, DAY, "")


class ShiftWords(NamedTuple):
    """What a 值班 says: whom, where, which days (None: not said), which hours of them."""

    people: list[Person]
    area: Area
    days: SaidDays | None
    hours: SaidHours


def read(heard: Heard, command: Command) -> ShiftWords:
    """Read a 值班, its words in any order; raise a keyed error for what is not clear."""
    today = heard.policy.work.local(heard.now).date()
    days: SaidDays | None = None
    hours: SaidHours | None = None
    names: list[str] = []
    rest = command.words
    while rest:
        if days is None and (days := read_days(rest, today)) is not None:
            rest = days.rest
        elif hours is None and (hours := read_hours(rest) or read_part_of_day(rest)) is not None:
            rest = hours.rest
        else:
            first, _, rest = rest.partition(" ")
            names += [name for name in _SEPARATORS.split(first) if name]
            rest = rest.lstrip()
    area, names = _where(heard, [name.lstrip("@＠") for name in names])
    people = [_person(heard, area, name) for name in names]
    if not people:
        raise UserError("shift.form", example=command.form.example)
    if days is not None and not timedelta() <= days.last - days.first <= LONGEST:
        raise UserError("shift.days", example=command.form.example)
    return ShiftWords(people, area, days, hours or NO_HOURS)


def spans(work: WorkTime, days: SaidDays, hours: SaidHours) -> list[Span]:
    """Return the shifts meant, one for each day."""
    end = hours.end if hours.end > hours.start else hours.end + DAY
    count = (days.last - days.first).days + 1
    dates = [days.first + timedelta(days=n) for n in range(count)]
    return [(_minute(work, day, hours.start), _minute(work, day, end)) for day in dates]


def show(ctx: Context, shifts: Iterable[Span]) -> str:
    """Show shifts, days in a row with the same hours as one: 3月2日(周一)至3月8日(周日) 08:00–20:00."""
    work, texts = ctx.policy.work, ctx.house.texts
    runs: list[tuple[date, date, str]] = []
    for start, end in shifts:
        day, hours = work.local(start).date(), _hours(work, texts, start, end)
        if runs and runs[-1][2] == hours and runs[-1][1] == day - timedelta(days=1):
            runs[-1] = (runs[-1][0], day, hours)
        else:
            runs.append((day, day, hours))
    return "、".join(f"{_days(texts, first, last)}{hours}" for first, last, hours in runs)


def _days(texts: Texts, first: date, last: date) -> str:
    day = weekday_of(texts, first)
    return texts("day.span", first=day, last=weekday_of(texts, last)) if last > first else day


def _hours(work: WorkTime, texts: Texts, start: datetime, end: datetime) -> str:
    here, until = work.local(start), work.local(end)
    if here.time() == until.time() == time.min:
        return ""
    next_day = texts("shift.next_day") if until.date() > here.date() else ""
    return f" {here:%H:%M}–{next_day}{until:%H:%M}"


def _minute(work: WorkTime, day: date, minute: int) -> datetime:
    return work.at(day + timedelta(days=minute // DAY), time(minute % DAY // 60, minute % 60))


def _own_areas(heard: Heard) -> list[Area]:
    """Return the areas whose roster the speaker sets: their own of the widest duty."""
    for roles in (OFFICERS, {Role.GRID_LEADER}):
        if own := heard.areas_as(roles):
            return [heard.uow.areas.get(area_id) for area_id in own]
    raise RefusedError("shift.refused", verb="值班")


def _reach(heard: Heard, own: list[Area]) -> list[Area]:
    """Return those areas and what lies in them, down to the grids."""
    below = [area for top in own for area in heard.uow.areas.below(top.id)]
    return [a for a in (*own, *below) if a.kind is not AreaKind.BUILDING]


def _where(heard: Heard, names: list[str]) -> tuple[Area, list[str]]:
    """Return the area that is named, else the speaker's own, and the names that are none of an area."""
    own = _own_areas(heard)
    reach = _reach(heard, own)
    places = [n for n in names if _PLACE.search(n) or (called(reach, n) and not _known(heard, n))]
    named = {area.id: area for name in places for area in called(reach, name)}
    if places and not named:
        raise UserError("shift.unknown_area", said=places[0][:20], names=_names(reach))
    found = list(named.values()) or own
    if len(found) > 1:
        raise UserError("shift.which_area", names=_names(found), first=found[0].name)
    return found[0], [name for name in names if name not in places]


def _names(areas: list[Area]) -> str:
    return "、".join(area.name for area in areas)


def _known(heard: Heard, name: str) -> bool:
    return bool(heard.uow.people.on_roster(name))


def _person(heard: Heard, area: Area, name: str) -> Person:
    """Return who is meant: somebody with a duty, or of an organisation, that has to do with the area."""
    areas = heard.uow.areas

    def near(person: Person) -> bool:
        return person.organisation_id is not None or any(
            areas.covers(duty.area_id, area.id) or areas.covers(area.id, duty.area_id)
            for duty in heard.uow.people.duties(person.id)
        )

    found = people_named(heard, name, near)
    if not found:
        raise UserError("shift.who", said=name, area=area.name)
    return found[0]
