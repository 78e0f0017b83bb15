"""积分, 加分, 扣分: a ledger that everybody sees their own part of; never below zero."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING, Any

from data.domain.errors import UserError
from data.domain.people import STAFF
from handlers.hearing.homes import own_community, resident_named, shown_name
from handlers.hearing.permissions import above_duty
from handlers.hearing.verbs import Who
from handlers.saying.days import date_name
from handlers.saying.say import Saying, answer, say_to_person
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.events import ActivityEnded
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

BEST = 10
_SAID = re.compile(r"(?P<name>\S+)\s+(?P<amount>[+-]?\d{1,12})\s*分?\s+(?P<why>\S.*)", re.DOTALL)


def points(heard: Heard, command: Command) -> None:
    """Show one's points or the list of most, and say whether one stands on it: 积分 [榜|公开|不公开]."""
    community = own_community(heard)
    words = command.words.strip()
    if words in ("公开", "不公开"):
        shown = words == "公开"
        heard.uow.points.show(heard.person.id, shown=shown)
        heard.private_answer = True
        answer(heard, "points.shown" if shown else "points.hidden")
    elif words in ("榜", "排行", "排行榜"):
        best = heard.uow.points.best(community.id, BEST)
        rows = "\n".join(
            heard.house.texts("points.best_row", place=place, name=shown_name(heard, person), points=total)
            for place, (person, total) in enumerate(best, start=1)
        )
        answer(heard, "points.best" if best else "points.no_best", rows=rows)
    else:
        heard.private_answer = True
        balance = heard.uow.points.balance(community.id, heard.person.id)
        rows = "".join(
            "\n"
            + heard.house.texts(
                "points.row", day=date_name(heard, e.at), amount=f"{e.amount:+d}", why=Said(e.why)
            )
            for e in heard.uow.points.entries(community.id, heard.person.id)
        )
        answer(heard, "points.mine", balance=balance, rows=rows)


def add(heard: Heard, command: Command) -> None:
    """Give somebody points, with the reason: 加分 谁 几分 原因."""
    _by_hand(heard, command, 1)


def deduct(heard: Heard, command: Command) -> None:
    """Take points from somebody, with the reason: 扣分 谁 几分 原因."""
    _by_hand(heard, command, -1)


def for_attendance(ctx: Context, event: ActivityEnded) -> None:
    """Give everybody who checked in the points of an activity that is over."""
    activity = event.activity
    if not activity.points:
        return
    why = ctx.house.texts("points.activity", number=activity.number, topic=activity.topic)
    for person_id in ctx.uow.activities.came(activity.id):
        ctx.uow.points.write(
            activity.community_id,
            person_id,
            activity.points,
            at=ctx.now,
            why=why,
            source=f"activity:{activity.number}",
            giver_id=activity.caller_id,
        )


def _by_hand(heard: Heard, command: Command, sign: int) -> None:
    """Give or take points, with a reason, within a day's bounds; the person is told in private."""
    heard.private_answer = True
    said = _SAID.fullmatch(command.words.strip())
    if said is None:
        raise UserError("points.form", example=command.form.example)
    community = own_community(heard)
    if not any(
        heard.uow.areas.covers(community.id, d.area_id) or heard.uow.areas.covers(d.area_id, community.id)
        for d in heard.duties
        if d.role in STAFF
    ):
        raise above_duty(command.verb, Who.STAFF)
    amount, cap = int(said["amount"]), heard.policy.life.daily_cap
    if not 1 <= amount <= cap:
        raise UserError("points.range", said=said["amount"], most=cap)
    person = resident_named(heard, community, said["name"])
    if person.id == heard.person.id:
        raise UserError("points.oneself")
    work = heard.policy.work
    today = work.at(work.local(heard.now).date(), time.min)
    given = heard.uow.points.given(heard.person.id, person.id, today, taken=sign < 0)
    if given + amount > cap:
        raise UserError("points.cap", most=cap, given=given)
    why = said["why"].strip()
    written = heard.uow.points.write(
        community.id,
        person.id,
        sign * amount,
        at=heard.now,
        why=why,
        source="given",
        giver_id=heard.person.id,
    )
    balance = heard.uow.points.balance(community.id, person.id)
    if not written:
        raise UserError("points.short", balance=balance, name=shown_name(heard, person.id))
    outcome = f"person:{person.id}"
    heard.uow.audit.did(heard.now, heard.person.id, None, command.verb.value, outcome)
    values: dict[str, Any] = {
        "name": Said(shown_name(heard, person.id)),
        "amount": f"{sign * amount:+d}",
        "why": Said(why),
        "balance": balance,
        "giver": heard.person.name,
    }
    answer(heard, "points.given", **values)
    key = f"points:{heard.inbound.channel}:{heard.inbound.message_id}"
    say_to_person(heard, person.id, Saying("points.told", key, values))
