"""找志愿者, 接, 志愿 完成: help for a household, asked in private of those who can give it, best first."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from data.domain.areas import AreaKind
from data.domain.case import Place
from data.domain.errors import RefusedError, UserError
from data.domain.people import STAFF
from data.domain.reminder import ReminderKind
from handlers.hearing.areas import charge, residence_in_charge
from handlers.hearing.homes import home_area, shown_name
from handlers.hearing.things import meant
from handlers.saying.days import when
from handlers.saying.say import Saying, answer_about, say_to_person
from handlers.saying.things import about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.areas import Area
    from data.domain.reminder import Reminder
    from data.domain.volunteering import HelpRequest
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

OTHERS_AFTER = timedelta(minutes=30)  # then those without the skill are asked, too
NOBODY_AFTER = timedelta(hours=2)
MOST_ASKED = 20
MOST_MINUTES = 24 * 60
_HOURS = re.compile(r"(?:(?P<n>\d{1,3}(?:\.\d)?|半)个?(?P<unit>小时|分钟|分|h))(?P<half>半)?")


def look_for(heard: Heard, command: Command) -> None:
    """Ask those who can help, best first, in private: 找志愿者 做什么 地址 时间."""
    area = _area(heard, command.words)
    community = heard.uow.areas.community_of(area.id) or area
    request = heard.uow.volunteers.ask(
        community_id=community.id,
        area_id=area.id,
        asker_id=heard.person.id,
        words=command.words,
        asked_at=heard.now,
    )
    able, others = _volunteers(heard, request)
    asked = _ask(heard, request, able or others)
    mark = (about(heard, "help", request),)
    if not asked:
        answer_about(heard, "help_request.nobody_there", (), about=mark, number=request.number)
        return
    for stage, after in (("others", OTHERS_AFTER), ("nobody", NOBODY_AFTER)):
        kind = ReminderKind.HELP
        key = f"{kind.key(request.id)}:{stage}"
        heard.uow.reminders.put(key, kind, request.id, heard.now + after, {"stage": stage})
    answer_about(heard, "help_request.asked", (), about=mark, number=request.number, count=asked)


def take(heard: Heard, command: Command) -> None:
    """Let the speaker help, if nobody was faster; the others hear so: 接 7."""
    request = _meant(heard, command)
    asked = heard.uow.volunteers.asked(request.id)
    if heard.person.id not in asked:
        raise UserError("help_request.not_asked", number=request.number)
    if not heard.uow.volunteers.take(request.id, heard.person.id):
        raise UserError("help_request.taken", number=request.number)
    heard.uow.reminders.drop(request.id, ReminderKind.HELP)
    values = _values(heard, request) | {"name": Said(shown_name(heard, heard.person.id))}
    mark = (about(heard, "help", request),)
    answer_about(heard, "help_request.yours", (), about=mark, **values)
    for person_id in asked:
        if person_id != heard.person.id:
            key = f"help:{request.id}:gone:{person_id}"
            say_to_person(heard, person_id, Saying("help_request.gone", key, values, about=mark))
    key = f"help:{request.id}:taken"
    say_to_person(heard, request.asker_id, Saying("help_request.taken_by", key, values, about=mark))


def done(heard: Heard, command: Command) -> None:
    """Note that help was given, and give points for its hours: 志愿 完成 7 2小时."""
    request = _meant(heard, command)
    if heard.person.id != request.asker_id and not heard.roles_at(request.area_id) & STAFF:
        raise RefusedError("refused.area", verb=command.verb.value, number=request.number)
    if request.taken_by_id is None:
        raise UserError("help_request.nobody_has", number=request.number)
    minutes = _minutes(command)
    if not heard.uow.volunteers.done(request.id, heard.now, minutes):
        raise UserError("help_request.done_before", number=request.number)
    amount = (minutes * heard.policy.life.points_per_hour + 30) // 60
    if amount:
        heard.uow.points.write(
            request.community_id,
            request.taken_by_id,
            amount,
            at=heard.now,
            why=heard.house.texts("help_request.why", number=request.number),
            source=f"help:{request.number}",
            giver_id=heard.person.id,
        )
    values = _values(heard, request) | {
        "hours": f"{minutes / 60:g}",
        "points": amount,
        "name": Said(shown_name(heard, request.taken_by_id)),
    }
    mark = (about(heard, "help", request),)
    answer_about(heard, "help_request.done", (), about=mark, **values)
    key = f"help:{request.id}:thanks"
    say_to_person(heard, request.taken_by_id, Saying("help_request.thanks", key, values, about=mark))


def fire(ctx: Context, reminder: Reminder) -> None:
    """Ask the others after a while; tell who asked when nobody has come forward."""
    request = ctx.uow.volunteers.request(reminder.subject)
    if request.taken_by_id is not None:
        return
    if reminder.details["stage"] == "others":
        _, others = _volunteers(ctx, request)
        _ask(ctx, request, others)
        return
    saying = Saying(
        "help_request.nobody",
        f"help:{request.id}:nobody",
        _values(ctx, request),
        about=(about(ctx, "help", request),),
    )
    say_to_person(ctx, request.asker_id, saying)


def _ask(ctx: Context, request: HelpRequest, people: list[int]) -> int:
    """Ask people in private; return how many could be."""
    known = ctx.uow.volunteers.asked(request.id)
    told = []
    for person_id in [p for p in people if p not in known][:MOST_ASKED]:
        saying = Saying(
            "help_request.ask",
            f"help:{request.id}:ask:{person_id}",
            _values(ctx, request),
            about=(about(ctx, "help", request),),
            quiet=True,
        )
        if say_to_person(ctx, person_id, saying):
            told.append(person_id)
    ctx.uow.volunteers.asked(request.id, told)
    return len(told)


def _volunteers(ctx: Context, request: HelpRequest) -> tuple[list[int], list[int]]:
    """Return the volunteers around: those with a skill that the words name, and the others."""
    around = ctx.uow.areas.nearest(request.area_id, AreaKind.GRID) or ctx.uow.areas.get(request.area_id)
    able: list[int] = []
    others: list[int] = []
    for person_id, skills in ctx.uow.volunteers.everybody().items():
        home = home_area(ctx, person_id)
        if person_id == request.asker_id or home is None or not ctx.uow.areas.covers(around.id, home.id):
            continue
        fits = any(skill in request.words for skill in skills)
        (able if fits else others).append(person_id)
    return able, others


def _values(ctx: Context, request: HelpRequest) -> dict[str, Any]:
    return {
        "number": request.number,
        "words": Said(request.words),
        "asked": when(ctx, request.asked_at),
        "asker": shown_name(ctx, request.asker_id),
    }


def _meant(heard: Heard, command: Command) -> HelpRequest:
    found = heard.uow.volunteers.request_numbered
    return meant(heard, command, "help", numbered=found, open_in=lambda _: [])


def _area(heard: Heard, words: str) -> Area:
    """Return the building that words name in the speaker's charge, else what is in it."""
    said = heard.understand(words).place
    mine = charge(heard)
    if said.building:
        named = residence_in_charge(heard, Place(said.building), f"{said.building}栋")
        return named.building or named.grid
    if heard.room is not None and heard.room.public and heard.room.area_id is not None:
        return heard.uow.areas.get(heard.room.area_id)
    if len(mine) != 1:
        raise UserError("area.which", names="、".join(a.name for a in mine), verb="找志愿者")
    return mine[0]


def _minutes(command: Command) -> int:
    found = _HOURS.search(command.words)
    if found is None:
        raise UserError("help_request.hours", example=command.form.example)
    number = 0.5 if found["n"] == "半" else float(found["n"])
    minutes = round(number * (60 if found["unit"] in ("小时", "h") else 1)) + (30 if found["half"] else 0)
    if not 0 < minutes <= MOST_MINUTES:
        raise UserError("help_request.hours", example=command.form.example)
    return minutes
