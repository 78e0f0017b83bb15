"""The duty roster (值班): who is called first; set by grid leaders for their grids, by officers for more."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from data.domain.errors import UserError
from data.domain.people import STAFF
from handlers.context import said_in
from handlers.emergencies import shift_words
from handlers.saying.say import Saying, answer, say_to_person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.domain.shift import Shift
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

SHOWN = timedelta(days=14)
EVER = timedelta(days=3660)


def roster(heard: Heard, command: Command) -> None:
    """Put somebody on the duty roster, or show it: 值班 [哪里] 谁 哪天 [几点-几点]."""
    if not command.words:
        _show(heard)
        return
    wanted, work = shift_words.read(heard, command), heard.policy.work
    if wanted.days is None:
        raise UserError("shift.form", example=command.form.example)
    said = shift_words.spans(work, wanted.days, wanted.hours)
    spans = [span for span in said if span[1] > heard.now]
    if not spans:
        raise UserError("shift.past", days=shift_words.show(heard, said))
    for person in wanted.people:
        known = heard.uow.shifts.between([wanted.area.id], spans[0][0], spans[-1][1])
        theirs = {(s.starts_at, s.ends_at) for s in known if s.person_id == person.id}
        new = [span for span in spans if span not in theirs]
        if not new:
            raise UserError("shift.again", who=person.name, days=shift_words.show(heard, spans))
        put = [
            heard.uow.shifts.put(
                area_id=wanted.area.id,
                person_id=person.id,
                starts_at=start,
                ends_at=end,
                said_in=said_in(heard),
            )
            for start, end in new
        ]
        _tell(heard, "shift.told", put)
        _confirm(heard, "shift.put", put)


def cancel(heard: Heard, command: Command) -> None:
    """Take somebody off the duty roster, on some days or from now on: 值班 取消 [哪里] 谁 [哪天]."""
    wanted, work = shift_words.read(heard, command), heard.policy.work
    known = heard.uow.shifts.between([wanted.area.id], heard.now, heard.now + EVER)
    for person in wanted.people:
        gone = [
            s
            for s in known
            if s.person_id == person.id
            and (
                wanted.days is None or wanted.days.first <= work.local(s.starts_at).date() <= wanted.days.last
            )
        ]
        if not gone:
            raise UserError("shift.none", who=person.name)
        heard.uow.shifts.cancel([s.id for s in gone], said_in(heard))
        _tell(heard, "shift.told_off", gone)
        _confirm(heard, "shift.cancelled", gone)


def undone(heard: Heard, changed: Sequence[Shift]) -> None:
    """Say that a change of the roster was taken back, to those it was about too."""
    for _, theirs in groupby(changed, key=lambda shift: (shift.person_id, shift.area_id)):
        shifts = list(theirs)
        stands = heard.uow.shifts.between([shifts[0].area_id], shifts[0].starts_at, shifts[0].ends_at)
        _tell(heard, "shift.told" if shifts[0] in stands else "shift.told_off", shifts)
    heard.private_answer = True
    answer(heard, "shift.undone")


def _show(heard: Heard) -> None:
    """Show the roster of the next two weeks, as far as the speaker's duties reach."""
    areas = heard.uow.areas
    wide = {area.id for top in heard.areas_as(STAFF) for area in (*areas.up(top), *areas.below(top))}
    found = heard.uow.shifts.between(sorted(wide), heard.now, heard.now + SHOWN)
    by_person = sorted(found, key=lambda s: (s.area_id, s.person_id, s.starts_at))
    runs = [list(run) for _, run in groupby(by_person, key=lambda s: (s.area_id, s.person_id))]
    if not runs:
        answer(heard, "shift.none_ahead", example="值班 李敏 今天 8:00-20:00")
        return
    rows = [_row(heard, run) for run in sorted(runs, key=lambda run: run[0].starts_at)]
    answer(heard, "shift.list", rows="\n".join(rows))


def _row(heard: Heard, run: Sequence[Shift]) -> str:
    on_now = any(s.starts_at <= heard.now < s.ends_at for s in run)
    now = heard.house.texts("shift.now") if on_now else ""
    return heard.house.texts("shift.row", **_values(heard, run), now=now)


def _values(heard: Heard, shifts: Sequence[Shift]) -> dict[str, Any]:
    return {
        "days": shift_words.show(heard, [(s.starts_at, s.ends_at) for s in shifts]),
        "who": heard.uow.people.get(shifts[0].person_id).name,
        "area": heard.uow.areas.get(shifts[0].area_id).name,
    }


def _confirm(heard: Heard, key: str, shifts: Sequence[Shift]) -> None:
    answer(heard, key, **_values(heard, shifts))


def _tell(heard: Heard, key: str, shifts: Sequence[Shift]) -> None:
    """Tell somebody alone what changed for them, unless they said it themselves."""
    person_id = shifts[0].person_id
    if person_id == heard.person.id:
        return
    dedupe = f"{key}:{said_in(heard)}:{person_id}"
    values = {**_values(heard, shifts), "by": heard.person.name}
    say_to_person(heard, person_id, Saying(key, dedupe, values))
