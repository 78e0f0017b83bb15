"""The units invited to an activity: who is meant, 来, 不来."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from data.domain.activity import UnitState
from data.domain.errors import UserError
from handlers.hearing.lookup import quoted_id
from handlers.saying.days import day_and_time
from handlers.saying.say import Saying, answer_about, say_to_person
from handlers.saying.things import about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.activity import Activity
    from data.domain.people import Organisation
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

_NAMES = re.compile(r"[^\s,，、;；]+")


def named(ctx: Context, area_id: int, words: str) -> tuple[tuple[int, ...], list[str]]:
    """Return the organisations within reach of an area that words name, and the names nobody bears."""
    near = within_reach(ctx, area_id)
    found: dict[int, None] = {}
    others = []
    for name in _NAMES.findall(words):
        called = [o for o in near if name == o.name or name in o.aliases]
        called = called or [o for o in near if len(name) >= 2 and name in o.name]
        if len(called) > 1:
            raise UserError("assign.which", said=name, names="、".join(o.name for o in called))
        if called:
            found[called[0].id] = None
        else:
            others.append(name)
    return tuple(found), others


def within_reach(ctx: Context, area_id: int) -> list[Organisation]:
    """Return the organisations that work in an area, or in one above it."""
    return [
        o
        for o in ctx.uow.organisations.all_of_them()
        if o.area_id is None or ctx.uow.areas.covers(o.area_id, area_id)
    ]


def unknown(ctx: Context, area_id: int, name: str) -> UserError:
    """Return the error for a unit that nobody knows, with those that could have been meant."""
    names = "、".join(o.name for o in within_reach(ctx, area_id)) or "-"
    return UserError("activity.unknown_unit", said=name, names=names)


def come(heard: Heard, command: Command) -> None:
    """An invited unit says that it comes: 来 5."""
    _say(heard, command, UnitState.COMING)


def not_coming(heard: Heard, command: Command) -> None:
    """An invited unit says that it does not come, and why: 不来 5 原因."""
    if not command.words:
        raise UserError("activity.why", example=command.form.example)
    _say(heard, command, UnitState.NOT_COMING)


def _say(heard: Heard, command: Command, state: UnitState) -> None:
    activity = _invited_to(heard, command)
    organisation_id = heard.person.organisation_id or 0
    if activity.cancelled or activity.ended_at is not None or activity.ends_at <= heard.now:
        raise UserError("activity.over", number=activity.number)
    words = command.words or None
    heard.uow.activities.unit_says(activity.id, organisation_id, state, words)
    values: dict[str, Any] = {
        "number": activity.number,
        "topic": activity.topic,
        "time": day_and_time(heard, activity.starts_at),
        "who": heard.uow.organisations.get(organisation_id).name,
        "words": Said(words or ""),
    }
    mark = (about(heard, activity.counted_as, activity),)
    answer_about(heard, f"activity.{state.value}", (), about=mark, **values)
    dedupe = f"unit:{activity.id}:{organisation_id}:{heard.inbound.message_id}"
    say_to_person(
        heard, activity.caller_id, Saying(f"activity.unit_{state.value}", dedupe, values, about=mark)
    )


def _invited_to(heard: Heard, command: Command) -> Activity:
    """Return the activity that the speaker's unit is invited to under a number, or raise."""
    quoted = quoted_id(heard, "activity")
    number = command.ref.number if command.ref is not None else None
    invited = heard.uow.activities.inviting(heard.person.organisation_id or 0, number)
    if quoted is not None:
        invited = [a for a in invited if a.id == quoted] or invited
    ahead = [a for a in invited if not a.cancelled and a.ends_at > heard.now] or invited
    if not ahead:
        raise UserError("activity.not_invited", number=number or "")
    return ahead[0]
