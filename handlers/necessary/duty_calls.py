"""必到: told in private to who looks after the household, to the officer when nobody has gone in time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from data.domain.areas import AreaKind
from data.domain.duty_call import CallKind, DutyCall
from data.domain.errors import RefusedError, UserError
from data.domain.people import STAFF, Role
from data.domain.reminder import ReminderKind
from handlers.cases.in_charge import holders
from handlers.context import said_in
from handlers.hearing.areas import address_among
from handlers.hearing.homes import home_area, shown_name
from handlers.hearing.outcome import is_unclear
from handlers.hearing.things import meant
from handlers.saying.days import when
from handlers.saying.say import Saying, answer, answer_about, say_to_person
from handlers.saying.showing import place_name
from handlers.saying.things import about
from handlers.texts.wording import Said
from nlp.understanding import Urgency

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from data.domain.about import About
    from data.domain.household import Household
    from data.domain.reminder import Reminder
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

LEADERS = (Role.GRID_LEADER, Role.GRID_WORKER, Role.OFFICER, Role.OPERATOR)
ABOVE = (Role.OFFICER, Role.OPERATOR)
WORDS = {
    "代办": CallKind.ERRAND,
    "情绪": CallKind.MOOD,
    "突发": CallKind.SUDDEN,
    "纠纷": CallKind.DISPUTE,
    "红白": CallKind.FAMILY,
}
# What staff tell of a household without the word of its kind.
_TOLD = (
    (CallKind.FAMILY, re.compile("去世|过世|走了|丧|出殡|结婚|办喜事|红事|白事|满月|生小孩|生孩子")),
    (CallKind.SUDDEN, re.compile("住院|摔|骨折|病|手术|车祸|着火|失火|淹|失业|突然")),
    (CallKind.DISPUTE, re.compile("吵|打架|闹|纠纷|矛盾|动手")),
    (CallKind.MOOD, re.compile("哭|难过|难受|想不开|抑郁|情绪|心情|失眠|压力")),
    (CallKind.ERRAND, re.compile("代办|取药|拿药|买菜|买药|跑腿|不方便|帮忙")),
)
LONGEST = 200


def hear(heard: Heard) -> bool:
    """Hear from a resident's own words that somebody must go and see them; in the group nothing is said.

    A dispute, and what raises a case, is told of here besides: the message goes on to who takes that.
    """
    said = heard.understanding
    if said.necessary is None or said.is_told_alone or (heard.room is not None and not heard.room.public):
        return False
    kind = CallKind(said.necessary.value)
    alarms = (
        kind is CallKind.DISPUTE and said.urgency is Urgency.EMERGENCY
    )  # who is called to it goes at once
    complains = kind is CallKind.MOOD and said.is_appeal and not is_unclear(heard, said)
    if heard.has_duty or complains or alarms:  # who complains has a case, whatever their mood
        return False
    home = heard.uow.households.home(heard.person.id)
    area = home_area(heard, heard.person.id)
    if area is None:
        return False
    lately = heard.now - _within(heard, kind)
    if heard.uow.duty_calls.said_lately(heard.person.id, kind, lately):
        return False
    heard.keep_text = True
    call = _open(heard, kind, area.id, home, heard.address.text, person_id=heard.person.id)
    _tell(heard, call)
    if said.is_appeal:
        return False
    if heard.room is None:
        answer(heard, "necessary.heard")
    return True


def enter(heard: Heard, command: Command) -> None:
    """Note that a household must be seen, or show which are open: 必到 3栋501 红白 …."""
    heard.private_answer = True
    if not command.words.strip():
        _list(heard)
        return
    found = address_among(heard, command.words)
    kind, words = _kind_of(f"{found.before} {found.after}".split()) if found is not None else (None, "")
    if found is None or kind is None:
        raise UserError("necessary.form", example=command.form.example, kinds="、".join(WORDS))
    address = found.address
    building = address.building.id if address.building is not None else None
    homes = (
        heard.uow.households.at_door(building, address.place.unit or "", address.place.door)
        if building is not None and address.place.door
        else []
    )
    if not homes and building is not None and address.place.door:
        inside = heard.uow.households.within([building])
        homes = [h for h in inside if h.door == address.place.door]
    home = homes[0] if len(homes) == 1 else None
    said = f"{place_name(address.place, public=False)} {words}".strip()
    call = _open(heard, kind, building or address.grid.id, home, said)
    _tell(heard, call)
    answer_about(heard, "necessary.entered", (), about=_mark(heard, call), **_values(heard, call))


def _kind_of(said: list[str]) -> tuple[CallKind | None, str]:
    """Return of which kind it is, by its word or by what is told, and what is told."""
    named = next((word for word in said if word in WORDS), None)
    words = " ".join(word for word in said if word != named)
    if named is not None:
        return WORDS[named], words
    return next((kind for kind, told in _TOLD if told.search(words)), None), words


def arrived(heard: Heard, command: Command) -> None:
    """Note that somebody has been with a household: 到了 8 …."""
    heard.private_answer = True
    call = meant(
        heard,
        command,
        "duty_call",
        numbered=heard.uow.duty_calls.numbered,
        open_in=heard.uow.duty_calls.open_in,
    )
    if heard.person.id != call.contact_id and not heard.roles_at(call.area_id) & STAFF:
        raise RefusedError("refused.area", verb=command.verb.value, number=call.number)
    if not heard.uow.duty_calls.made(call.id, heard.person.id, heard.now, command.words or None):
        raise UserError("necessary.made", number=call.number)
    heard.uow.reminders.drop(call.id, ReminderKind.NECESSARY)
    answer_about(heard, "necessary.closed", (), about=_mark(heard, call), **_values(heard, call))


def fire(ctx: Context, reminder: Reminder) -> None:
    """Tell the officers of a household that nobody has been to in time."""
    call = ctx.uow.duty_calls.get(reminder.subject)
    if call.made_at is not None:
        return
    for _, officer in holders(ctx, call.area_id, ABOVE):
        key = f"necessary:{call.id}:late:{officer.id}"
        say_to_person(
            ctx, officer.id, Saying("necessary.late", key, _values(ctx, call), about=_mark(ctx, call))
        )


def undo(heard: Heard, said: str) -> bool:
    """Take back the call that a message entered; False if it entered none."""
    call = heard.uow.duty_calls.said_in(said)
    if call is None or call.made_at is not None:
        return False
    heard.uow.reminders.drop(call.id, ReminderKind.NECESSARY)
    heard.uow.outbox.silence_all(f"necessary:{call.id}:")
    heard.uow.duty_calls.drop(call.id)
    heard.private_answer = True
    answer(heard, "necessary.undone", number=call.number)
    return True


def figures_line(ctx: Context, area_id: int, start: datetime, end: datetime) -> str:
    """Return how often each of the five was called for, and how often somebody was there in time."""
    inside = [area_id, *(inner.id for inner in ctx.uow.areas.below(area_id))]
    found = [one for one in ctx.uow.duty_calls.figures(inside, start, end) if one.count]
    texts = ctx.house.texts
    parts = [
        texts(
            "necessary.figure",
            kind=texts(f"necessary.kind.{one.kind.value}"),
            count=one.count,
            share=f"{one.in_time / one.count:.0%}",
        )
        for one in found
    ]
    return texts("necessary.figures", parts="、".join(parts)) if parts else ""


def _open(
    heard: Heard,
    kind: CallKind,
    area_id: int,
    home: Household | None,
    words: str,
    *,
    person_id: int | None = None,
) -> DutyCall:
    community = heard.uow.areas.community_of(area_id)
    contact = heard.uow.pairs.contact_of(home.id) if home is not None else None
    call = heard.uow.duty_calls.call(
        community_id=community.id if community is not None else area_id,
        kind=kind,
        area_id=area_id,
        household_id=home.id if home is not None else None,
        person_id=person_id,
        contact_id=contact,
        words=words[:LONGEST],
        at=heard.now,
        due=heard.now + _within(heard, kind),
        said_in=said_in(heard) if person_id is None else None,
    )
    key = ReminderKind.NECESSARY.key(call.id)
    heard.uow.reminders.put(key, ReminderKind.NECESSARY, call.id, call.due)
    return call


def _tell(ctx: Context, call: DutyCall) -> None:
    """Tell who looks after the household; where nobody can be told, the grid leader."""
    told = [call.contact_id] if call.contact_id is not None else []
    reached = [p for p in told if _say(ctx, call, p)]
    if not reached:
        for _, person in holders(ctx, call.area_id, LEADERS):
            _say(ctx, call, person.id)


def _say(ctx: Context, call: DutyCall, person_id: int) -> bool:
    saying = Saying(
        "necessary.call", f"necessary:{call.id}:{person_id}", _values(ctx, call), about=_mark(ctx, call)
    )
    return say_to_person(ctx, person_id, saying)


def _list(heard: Heard) -> None:
    areas = {heard.uow.areas.community_of(duty.area_id) for duty in heard.duties}
    calls = [c for area in areas if area is not None for c in heard.uow.duty_calls.open_in(area.id)]
    mine = [c for c in calls if c.contact_id == heard.person.id or heard.roles_at(c.area_id) & STAFF]
    rows = "".join(f"\n{heard.house.texts('necessary.row', **_values(heard, c))}" for c in mine[:15])
    answer(heard, "necessary.list" if rows else "necessary.none", rows=Said(rows))


def _values(ctx: Context, call: DutyCall) -> dict[str, Any]:
    area = ctx.uow.areas.get(call.area_id)
    where = area.name
    if call.household_id is not None:
        home = ctx.uow.households.get(call.household_id)
        where = place_name(home.place(ctx.uow.areas.get(home.building_id).name), public=False)
    elif area.kind is AreaKind.BUILDING:
        where = area.name
    name = shown_name(ctx, call.person_id) if call.person_id is not None else ""
    return {
        "number": call.number,
        "kind": ctx.house.texts(f"necessary.kind.{call.kind.value}"),
        "where": Said(where),
        "name": Said(name),
        "words": Said(call.words),
        "due": when(ctx, call.due),
    }


def _mark(ctx: Context, call: DutyCall) -> tuple[About, ...]:
    return (about(ctx, "duty_call", call),)


def _within(ctx: Context, kind: CallKind) -> timedelta:
    return ctx.policy.life.seen_within[kind.value]
