"""The registers of meetings and of activities: what is called, talked over, voted on, made public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.web.desk.register_parts import (
    CalendarEntry,
    Do,
    Field,
    Make,
    Register,
    RegisterRow,
    areas_of,
    communities_of,
    table,
)
from data.domain.ballot import BallotState
from data.domain.motion import OPEN_MOTIONS
from handlers.deliberation.ballot_words import choices_of
from handlers.hearing.verbs import Verb
from handlers.saying.days import day_and_time

if TYPE_CHECKING:
    from datetime import datetime

    from bot.web.desk.register_parts import RegisterTable
    from data.domain.activity import Activity
    from handlers.context import Heard

SPAN = Field("when", "time", example="周六晚上7点半")


def meetings(heard: Heard, start: datetime, end: datetime, looked_for: str) -> Register:
    """Return the meetings of a month, what is on the table, and the forms of deliberation."""
    found = [one for one in _of_month(heard, start, end) if one.is_meeting]
    ahead = [one for one in _ahead(heard) if one.is_meeting]
    rows = [_meeting(heard, one) for one in reversed(found)]
    head = ("number", "time", "place", "topic", "signed_up", "state")
    tables = [
        table(heard, "meetings", head, rows, looked_for),
        _motions(heard, looked_for),
        _ballots(heard, looked_for),
        _publicities(heard, looked_for),
    ]
    which = Field("which", "one", choices=tuple((_full(heard, o), _named(heard, o)) for o in ahead))
    held = tuple((_full(heard, o), _named(heard, o)) for o in _held(heard))
    made = Field("which", "one", choices=held)
    makes = [
        Make("call", Verb.CALL_MEETING, (SPAN, _place(), Field("topic", example="加装电梯"))),
        Make("move", Verb.MOVE_MEETING, (which, SPAN)),
        Make("list", Verb.LIST_MOTION, (_motion_field(heard), which)),
        Make("minutes", Verb.MINUTES, (made, Field("words", "long", example="到会 23 户,先说了底楼的顾虑"))),
        Make("decide", Verb.DECIDE, (made, Field("words", "long", example="同意加装,费用按层分摊 #12"))),
        Make(
            "ballot",
            Verb.BALLOT,
            (
                Field("topic", example="加装电梯"),
                Field("options", must=False, example="同意/反对/弃权"),
                Field("until", "time", before="至 ", example="3月10日18:00"),
                Field(
                    "rule",
                    "one",
                    must=False,
                    choices=tuple((r, r) for r in ("简单多数", "一般事项", "重大事项")),
                ),
                Field("named", "one", must=False, choices=(("记名", "记名"),)),
            ),
        ),
        Make(
            "publicity",
            Verb.PUBLICITY,
            (
                Field("days", "number", after="天", example="7"),
                Field("title", after=":", example="加装电梯方案"),
                Field("words", "long", example="2单元东侧加装"),
            ),
        ),
    ]
    return Register(tables, makes, [_entry(heard, one) for one in found])


def activities(heard: Heard, start: datetime, end: datetime, looked_for: str) -> Register:
    """Return the activities of a month, who comes to those ahead, and the forms to call them."""
    texts = heard.house.texts
    found = [one for one in _of_month(heard, start, end) if not one.is_meeting]
    ahead = [one for one in _ahead(heard) if not one.is_meeting]
    rows = [_activity(heard, one) for one in reversed(found)]
    head = ("number", "kind", "time", "place", "topic", "signed_up", "came", "units", "state", "result")
    which = Field("which", "one", choices=tuple((_full(heard, o), _named(heard, o)) for o in ahead))
    open_ones = [
        one
        for one in (*found, *ahead)
        if one.ended_at is None and not one.cancelled and one.doors_open_at <= heard.now
    ]
    under_way = Field(
        "which", "one", choices=tuple(dict.fromkeys((_full(heard, o), _named(heard, o)) for o in open_ones))
    )
    units = Field("units", "text", must=False, example="万邦物业,区城管局")
    buildings = tuple(
        (a.name, a.name) for a in map(heard.uow.areas.get, areas_of(heard)) if a.kind == "building"
    )
    building = Field("building", "choose", example="3栋", choices=buildings)
    makes = [
        Make(
            "activity",
            Verb.ACTIVITY,
            (
                SPAN,
                _place(),
                Field("topic", example="大扫除"),
                Field("places", "number", must=False, before="招", after="人"),
                Field("points", "number", must=False, before="积分"),
            ),
        ),
        Make("building_day", Verb.BUILDING_DAY, (building, SPAN, _place("院坝"), units)),
        Make("service_day", Verb.SERVICE_DAY, (Field("every", example="每月15日9点"), _place(), units)),
        Make("move", Verb.MOVE_ACTIVITY, (which, SPAN)),
        Make("note", Verb.NOTE_ACTIVITY, (under_way, Field("words", "long", example="二楼消防门坏了"))),
        Make("end", Verb.END_ACTIVITY, (under_way, Field("words", "long", example="清了三个楼道"))),
    ]
    shown = [table(heard, "activities", head, rows, looked_for)]
    coming = [
        RegisterRow([f"{texts(f'activity.kind.{one.kind.value}')} {one.number}", name.name, texts(key)])
        for one in ahead
        for name in heard.uow.activities.names(one.id)
        for key in ("desk.register.waiting" if name.waiting else "desk.register.has_place",)
    ]
    shown.append(table(heard, "who_comes", ("number", "who", "state"), coming, looked_for))
    return Register(shown, makes, [_entry(heard, one) for one in found])


def _of_month(heard: Heard, start: datetime, end: datetime) -> list[Activity]:
    return heard.uow.activities.between(areas_of(heard), start, end)


def _ahead(heard: Heard) -> list[Activity]:
    mine = set(areas_of(heard))
    found = [one for c in communities_of(heard) for one in heard.uow.activities.ahead(c, heard.now)]
    return [one for one in found if one.area_id in mine]


def _held(heard: Heard) -> list[Activity]:
    mine = set(areas_of(heard))
    held = [one for c in communities_of(heard) for one in heard.uow.activities.held(c, heard.now)[:20]]
    return [one for one in held if one.area_id in mine][:20]


def _full(heard: Heard, one: Activity) -> str:
    return f"{heard.uow.areas.get(one.community_id).short}#{one.number}"


def _named(heard: Heard, one: Activity) -> str:
    return f"#{one.number} {day_and_time(heard, one.starts_at)} {one.topic}"


def _entry(heard: Heard, one: Activity) -> CalendarEntry:
    local = heard.policy.work.local(one.starts_at)
    return CalendarEntry(local.date(), f"{local:%H:%M} {one.topic}")


def _place(example: str = "党群服务中心") -> Field:
    return Field("place", example=example)


def _state(heard: Heard, one: Activity) -> str:
    over = one.ended_at is not None or (one.is_meeting and one.ends_at <= heard.now)
    return heard.house.texts(
        f"desk.register.{'over' if over else 'ahead' if one.starts_at > heard.now else 'now'}"
    )


def _meeting(heard: Heard, one: Activity) -> RegisterRow:
    signed = str(len(heard.uow.activities.names(one.id)))
    cells = [f"#{one.number}", day_and_time(heard, one.starts_at), one.place, one.topic, signed]
    return RegisterRow([*cells, _state(heard, one)], _cancel(heard, one, Verb.CANCEL_MEETING))


def _activity(heard: Heard, one: Activity) -> RegisterRow:
    uow, texts = heard.uow, heard.house.texts
    units = "、".join(
        f"{uow.organisations.get(unit.organisation_id).name} {texts(f'desk.unit.{unit.state.value}')}"
        for unit in uow.activities.units(one.id)
    )
    signed = str(len(uow.activities.names(one.id)))
    cells = [
        f"#{one.number}",
        texts(f"activity.kind.{one.kind.value}"),
        day_and_time(heard, one.starts_at),
        one.place,
        one.topic,
        f"{signed}/{one.places}" if one.places else signed,
        str(len(uow.activities.came(one.id))),
        units,
        _state(heard, one),
        one.result or "",
    ]
    return RegisterRow([*cells], _cancel(heard, one, Verb.CANCEL_ACTIVITY))


def _cancel(heard: Heard, one: Activity, verb: Verb) -> list[Do]:
    if one.starts_at <= heard.now or one.cancelled:
        return []
    return [Do(verb.value, _full(heard, one), heard.house.texts("desk.register.cancel"))]


def _motion_field(heard: Heard) -> Field:
    mine = set(areas_of(heard))
    found = [one for one in heard.uow.motions.open_ones() if mine & set(one.areas)]
    return Field(
        "motion", "one", choices=tuple((str(one.number), f"{one.number} {one.title}") for one in found)
    )


def _motions(heard: Heard, looked_for: str) -> RegisterTable:
    mine, texts = set(areas_of(heard)), heard.house.texts
    rows = [
        RegisterRow(
            [
                str(one.number),
                one.title,
                str(len(heard.uow.motions.supporters(one.id))),
                texts(f"desk.motion.{one.state.value}"),
            ]
        )
        for one in heard.uow.motions.open_ones()
        if one.state in OPEN_MOTIONS and mine & set(one.areas)
    ]
    return table(heard, "motions", ("number", "topic", "support", "state"), rows, looked_for)


def _ballots(heard: Heard, looked_for: str) -> RegisterTable:
    """Return the ballots of one's communities: how households chose only of a named one that is over."""
    mine, uow = set(areas_of(heard)), heard.uow
    rows = []
    for community in communities_of(heard):
        for one in uow.ballots.of_community(community):
            if mine & set(one.areas):
                roll, voted = len(uow.ballots.roll(one.id)), len(uow.ballots.voted(one.id))
                turnout = f"{voted}/{roll}" if one.state is not BallotState.CANCELLED else ""
                choices = "、".join(choices_of(heard, one, public=False))
                state = heard.house.texts(f"desk.ballot.{one.state.value}")
                rows.append(
                    RegisterRow(
                        [
                            str(one.number),
                            one.title,
                            day_and_time(heard, one.ends_at),
                            turnout,
                            state,
                            choices,
                        ]
                    )
                )
    return table(
        heard, "ballots", ("number", "topic", "until", "turnout", "state", "choices"), rows, looked_for
    )


def _publicities(heard: Heard, looked_for: str) -> RegisterTable:
    uow = heard.uow
    rows = [
        RegisterRow(
            [
                str(one.number),
                one.title,
                day_and_time(heard, one.ends_at) if one.ends_at else "",
                str(len(uow.publicities.objections(one.id))),
            ]
        )
        for community in communities_of(heard)
        for one in uow.publicities.of_community(community)
        if one.in_force(heard.now)
    ]
    return table(heard, "publicities", ("number", "topic", "until", "objections"), rows, looked_for)
