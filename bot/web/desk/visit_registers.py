"""The registers of visits and of notices, and the audit."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.web.desk.register_parts import (
    CalendarEntry,
    Do,
    Field,
    Make,
    Register,
    RegisterRow,
    Way,
    areas_of,
    table,
)
from bot.web.desk.rows import path_of
from data.domain.audit import VIEW
from data.domain.people import STAFF
from handlers.hearing.verbs import Verb
from handlers.people.auditing import in_charge_of, name_of
from handlers.saying.days import day_of, when
from handlers.saying.showing import full_number, place_name

if TYPE_CHECKING:
    from datetime import datetime

    from bot.web.desk.register_parts import RegisterTable
    from data.domain.case import Place
    from data.domain.visit import Visit, VisitPlan
    from handlers.context import Heard

LATELY = timedelta(days=60)
AUDITED = timedelta(days=30)
EVERY = ("每周", "每两周", "每月", "每季度", "每半年", "每年")


def visits(heard: Heard, start: datetime, end: datetime, looked_for: str) -> Register:
    """Return whom to visit, what falls due first at the top, and who was visited in a month."""
    uow, mine, work = heard.uow, areas_of(heard), heard.policy.work
    plans = sorted(uow.visits.plans_in(mine), key=lambda plan: (plan.due, plan.id))
    made = uow.visits.between(mine, start, end)
    first, last = work.local(start).date(), work.local(end).date()
    due = [CalendarEntry(p.due, _to_visit(p.place, p.whom)) for p in plans if first <= p.due < last]
    were = [CalendarEntry(work.local(v.at).date(), f"✓ {_to_visit(v.place, v.whom)}") for v in made]
    planned = [_planned(heard, plan) for plan in plans]
    visited = [_made(heard, one) for one in reversed(made)]
    tables = [
        table(heard, "planned", ("due", "place", "whom", "who"), planned, looked_for),
        table(heard, "visited", ("time", "place", "whom", "who"), visited, looked_for),
        _necessary(heard, looked_for),
    ]
    return Register(tables, _visit_makes(heard), [*due, *were])


def _planned(heard: Heard, plan: VisitPlan) -> RegisterRow:
    """Return the row of somebody who is visited again and again, with the button that ends it."""
    texts, place = heard.house.texts, place_name(plan.place, public=False)
    over = texts("desk.register.overdue") if plan.due < heard.policy.work.local(heard.now).date() else ""
    cells: list[str | Way] = [
        f"{day_of(texts, plan.due)} {over}".strip(),
        place,
        plan.whom or "",
        heard.uow.people.get(plan.visitor_id).name,
    ]
    return RegisterRow(cells, [Do(Verb.CANCEL_VISIT, place, texts("desk.register.cancel"))])


def _made(heard: Heard, visit: Visit) -> RegisterRow:
    """Return the row of a visit that was made."""
    visitor = heard.uow.people.get(visit.visitor_id).name
    return RegisterRow(
        [when(heard, visit.at), place_name(visit.place, public=False), visit.whom or "", visitor]
    )


def _visit_makes(heard: Heard) -> list[Make]:
    """Return the forms: a visit that was made, one to make again and again, and what can be looked up."""
    where, whom = Field("where", example="3栋2单元501"), Field("whom", must=False, example="王奶奶")
    visitor = Field("visitor", "choose", must=False, choices=_visitors(heard))
    every = Field("every", "one", choices=tuple((one, one) for one in EVERY))
    period = Field("period", "one", choices=(("本季",) * 2, ("本月",) * 2))
    return [
        Make("record", Verb.RECORD_VISIT, (where, whom, Field("words", "long", example="一切都好"))),
        Make("plan", Verb.PLAN_VISIT, (visitor, where, whom, every)),
        Make("look_up", Verb.LOOK_UP_VISITS, (where,)),
        Make("coverage", Verb.VISIT_COVERAGE, (period,)),
    ]


def notices(heard: Heard, _start: datetime, _end: datetime, looked_for: str) -> Register:
    """Return the notices of the last two months, how many have answered, and the form to give one."""
    uow, mine, texts = heard.uow, set(areas_of(heard)), heard.house.texts
    found = [
        one
        for one in reversed(uow.notices.since(heard.now - LATELY))
        if one.community_id in mine or _lies_in(heard, one.community_id)
    ]
    rows = [
        RegisterRow(
            [
                f"#{one.number}",
                when(heard, one.at),
                one.words,
                "、".join(uow.rooms.get(room).topic for room in one.rooms),
                str(len(uow.notices.received(one.id))),
                texts("desk.register.withdrawn") if one.withdrawn_at else "",
            ],
            []
            if one.withdrawn_at
            else [
                Do(Verb.NOTICE_STATUS, f"{one.number} 未回复", texts("desk.register.unanswered")),
                Do(Verb.WITHDRAW_NOTICE, str(one.number), texts("desk.register.withdraw")),
            ],
        )
        for one in found
    ]
    topics = tuple(
        (room.topic, room.topic) for room in uow.rooms.everywhere() if room.public and room.area_id in mine
    )
    rooms = Field("rooms", "many", choices=(("全部", texts("desk.register.all_rooms")), *topics))
    makes = [Make("notice", Verb.NOTICE, (rooms, Field("words", "long", example="明天 9 点到 12 点停水")))]
    head = ("number", "time", "words", "rooms", "received", "state")
    return Register([table(heard, "notices", head, rows, looked_for)], makes)


def audit(heard: Heard, _start: datetime, _end: datetime, looked_for: str) -> Register:
    """Return what was refused, what was done in privilege, whose words were read unmasked, in a month."""
    texts, uow = heard.house.texts, heard.uow
    refused, done, viewed = [], [], []
    for row in reversed([row for row in uow.audit.since(heard.now - AUDITED) if in_charge_of(heard, row)]):
        at, who = when(heard, row.at), name_of(heard, row)
        if row.command == VIEW:
            case = uow.cases.get(int(row.outcome.partition(":")[2]))
            viewed.append(RegisterRow([at, who, Way(full_number(heard, case), path_of(heard, case))]))
        elif f"error.{row.outcome}" in texts:
            refused.append(RegisterRow([at, who, row.command, _why(heard, row.outcome)]))
        else:
            key = f"desk.audit.{row.command}"
            done.append(
                RegisterRow([at, who, texts(key) if key in texts else row.command, _whom(heard, row.outcome)])
            )
    return Register(
        [
            table(heard, "done_in_privilege", ("time", "who", "command", "about"), done, looked_for),
            table(heard, "viewed", ("time", "who", "number"), viewed, looked_for),
            table(heard, "were_refused", ("time", "who", "command", "why"), refused, looked_for),
        ]
    )


def _why(heard: Heard, outcome: str) -> str:
    key = f"desk.audit.why.{outcome.rpartition('.')[2]}"
    return heard.house.texts(key) if key in heard.house.texts else heard.house.texts("desk.register.refused")


def _whom(heard: Heard, outcome: str) -> str:
    """Return what an act was about: a person by name, else what was written down of it."""
    kind, _, number = outcome.partition(":")
    if kind == "person" and number.isdigit():
        return heard.uow.people.get(int(number)).name
    return "" if outcome == "done" else outcome


def _to_visit(place: Place, whom: str | None) -> str:
    return f"{place_name(place, public=False)} {whom or ''}".strip()


def _visitors(heard: Heard) -> tuple[tuple[str, str], ...]:
    names = dict.fromkeys(h.person.name for h in heard.uow.people.holders(sorted(STAFF), areas_of(heard)))
    return tuple((name, name) for name in names)


def _necessary(heard: Heard, looked_for: str) -> RegisterTable:
    """Return the calls that must be made (五个必到) and are not made yet."""
    uow, mine, texts = heard.uow, set(areas_of(heard)), heard.house.texts
    rows = [
        RegisterRow(
            [
                str(one.number),
                texts(f"necessary.kind.{one.kind.value}"),
                uow.people.get(one.contact_id).name if one.contact_id else "",
                when(heard, one.due),
            ],
        )
        for community in uow.areas.communities()
        for one in uow.duty_calls.open_in(community.id)
        if one.area_id in mine
    ]
    return table(heard, "necessary", ("number", "kind", "who", "due"), rows, looked_for)


def _lies_in(heard: Heard, community_id: int) -> bool:
    return any(heard.uow.areas.covers(community_id, duty.area_id) for duty in heard.duties)
