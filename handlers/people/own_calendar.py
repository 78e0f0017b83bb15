"""日历: one's own due dates at an address that nobody guesses; it is told once, and can be taken back."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from data.domain.case import State
from data.domain.purpose import Purpose
from handlers.cases.in_hand import in_hand
from handlers.saying.say import answer, answer_about
from handlers.saying.showing import full_number, place_name

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from data.domain.people import Person
    from data.uow import UnitOfWork
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

OFF = ("停用", "停", "取消", "关")
BYTES = 24  # of chance: nobody guesses 192 bits


class Due(NamedTuple):
    """One entry: what it is about, when it falls due, and where; no words of anybody, no door."""

    key: str
    at: datetime
    what: str
    place: str


def calendar(heard: Heard, command: Command) -> None:
    """Tell the speaker a new address of their calendar, or end the one there is: 日历 [停用]."""
    heard.private_answer = True
    if command.words in OFF:
        ended = heard.uow.tokens.end_calendar(heard.person.id)
        answer(heard, "calendar.ended" if ended else "calendar.absent")
        return
    secret = urlsafe_b64encode(heard.house.chance.randbytes(BYTES)).decode()
    heard.uow.tokens.set_calendar(heard.person.id, _hash(secret), heard.now)
    url = f"{heard.policy.web_address}/calendar/{secret}.ics"
    answer_about(heard, "calendar.address", (), purpose=Purpose.ONCE.value, url=url)


def owner(uow: UnitOfWork, secret: str) -> Person | None:
    """Return whose calendar lies at an address."""
    person_id = uow.tokens.calendar_of(_hash(secret))
    return uow.people.get(person_id) if person_id is not None else None


def due_dates(ctx: Context, person: Person) -> list[Due]:
    """Return what falls due for somebody: cases on their hands, visits they planned, meetings they called."""
    duties = ctx.uow.people.duties(person.id)
    cases = [_case(ctx, case) for case in in_hand(ctx, person, duties)]
    return [*(one for one in cases if one is not None), *_visits(ctx, person), *_called(ctx, person)]


def _case(ctx: Context, case: Case) -> Due | None:
    if case.due is None:
        return None
    key = "calendar.accept" if case.state is State.REPORTED else "calendar.resolve"
    what = ctx.house.texts(key, number=full_number(ctx, case), kind=case.kind_name)
    return Due(
        f"case-{case.id}", case.due, what, "" if case.discreet else place_name(case.place, public=True)
    )


def _visits(ctx: Context, person: Person) -> list[Due]:
    work = ctx.policy.work
    return [
        Due(
            f"visit-{plan.id}",
            work.at(plan.due, work.closes),
            ctx.house.texts("calendar.visit", place=place_name(plan.place, public=True)),
            ctx.uow.areas.get(plan.area_id).name,
        )
        for plan in ctx.uow.visits.plans_of(person.id)
    ]


def _called(ctx: Context, person: Person) -> list[Due]:
    ahead = [
        one
        for community in ctx.uow.areas.communities()
        for one in ctx.uow.activities.ahead(community.id, ctx.now)
        if one.caller_id == person.id
    ]
    return [Due(f"activity-{one.id}", one.starts_at, one.topic, one.place) for one in ahead]


def _hash(secret: str) -> str:
    """Return what is kept of an address: who reads the store can look at no calendar."""
    return sha256(secret.encode()).hexdigest()
