"""The tables of the registers: what is called, visited, announced, refused; who is on duty."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from data.domain.audit import VIEW
from data.domain.people import STAFF
from handlers.people.auditing import in_charge_of, name_of
from handlers.saying.days import day_and_time, day_of, when
from handlers.saying.showing import full_number, place_name

if TYPE_CHECKING:
    from handlers.context import Heard

AHEAD, BEFORE = timedelta(days=60), timedelta(days=30)
MOST = 200  # rows


class Table(NamedTuple):
    """A table: its name, its head, its rows."""

    name: str
    head: list[str]
    rows: list[list[str]]


def meetings(heard: Heard) -> list[Table]:
    """Return the meetings and activities of a month ago to two months ahead."""
    texts = heard.house.texts
    found = heard.uow.activities.between(_areas(heard), heard.now - BEFORE, heard.now + AHEAD)
    rows = [
        [
            f"#{one.number}",
            texts(f"activity.kind.{one.kind.value}"),
            day_and_time(heard, one.starts_at),
            one.place,
            one.topic,
            str(len(heard.uow.activities.names(one.id))),
        ]
        for one in found[::-1]
    ]
    return [_table(heard, "meetings", ("number", "kind", "time", "place", "topic", "signed_up"), rows)]


def visits(heard: Heard) -> list[Table]:
    """Return whom to visit, what falls due first at the top, and whom was visited lately."""
    uow, mine = heard.uow, _areas(heard)
    today = heard.policy.work.local(heard.now).date()
    overdue = heard.house.texts("desk.register.overdue")
    planned = [
        [
            f"{day_of(heard.house.texts, plan.due)} {overdue if plan.due < today else ''}",
            place_name(plan.place, public=False),
            plan.whom or "",
            uow.people.get(plan.visitor_id).name,
        ]
        for plan in sorted(uow.visits.plans_in(mine), key=lambda plan: (plan.due, plan.id))
    ]
    made = [
        [
            when(heard, visit.at),
            place_name(visit.place, public=False),
            visit.whom or "",
            uow.people.get(visit.visitor_id).name,
        ]
        for visit in uow.visits.between(mine, heard.now - BEFORE, heard.now + AHEAD)[::-1]
    ]
    return [
        _table(heard, "planned", ("due", "place", "whom", "who"), planned),
        _table(heard, "visited", ("time", "place", "whom", "who"), made),
    ]


def people(heard: Heard) -> list[Table]:
    """Return who is on duty in one's areas, and the organisations with members and rooms."""
    texts, uow = heard.house.texts, heard.uow
    on_duty = [
        [
            held.person.name,
            texts(f"role.{held.role.value}"),
            uow.areas.get(held.area_id).name,
            _channels(heard, held.person.id),
        ]
        for held in uow.people.holders(sorted(STAFF), _areas(heard))
    ]
    units = [
        [
            unit.name,
            "、".join(unit.aliases),
            "、".join(person.name for person in uow.people.members(unit.id)),
            "、".join(room.topic for room in uow.rooms.of_organisation(unit.id)),
        ]
        for unit in uow.organisations.all_of_them()
    ]
    return [
        _table(heard, "on_duty", ("who", "role", "area", "channels"), on_duty),
        _table(heard, "units", ("unit", "aliases", "members", "rooms"), units),
    ]


def notices(heard: Heard) -> list[Table]:
    """Return the notices of the last two months, and how many have answered."""
    uow, mine = heard.uow, set(_areas(heard))
    rows = [
        [
            f"#{notice.number}",
            when(heard, notice.at),
            notice.words,
            "、".join(uow.rooms.get(room).topic for room in notice.rooms),
            str(len(uow.notices.received(notice.id))),
        ]
        for notice in uow.notices.since(heard.now - AHEAD)[::-1]
        if notice.community_id in mine or _lies_in(heard, notice.community_id)
    ]
    return [_table(heard, "notices", ("number", "time", "words", "rooms", "received"), rows)]


def audit(heard: Heard) -> list[Table]:
    """Return who was refused what, and whose words were read unmasked by whom, in the last month."""
    texts, uow = heard.house.texts, heard.uow
    rows = []
    for row in [row for row in uow.audit.since(heard.now - BEFORE) if in_charge_of(heard, row)][::-1]:
        key = f"error.{row.outcome}"
        what, result = row.command, texts("desk.register.refused") if key in texts else ""
        if row.command == VIEW:
            case = uow.cases.get(int(row.outcome.partition(":")[2]))
            what, result = texts("desk.register.view"), full_number(heard, case)
        rows.append([when(heard, row.at), name_of(heard, row), what, result])
    return [_table(heard, "audit", ("time", "who", "command", "result"), rows)]


def _table(heard: Heard, name: str, head: tuple[str, ...], rows: list[list[str]]) -> Table:
    texts = heard.house.texts
    return Table(
        texts(f"desk.register.{name}"), [texts(f"desk.register.{column}") for column in head], rows[:MOST]
    )


def _areas(heard: Heard) -> list[int]:
    """Return the areas of one's duties, with all that lie in them."""
    found: dict[int, None] = {}
    for duty in heard.duties:
        if duty.role in STAFF:
            found[duty.area_id] = None
            found.update((area.id, None) for area in heard.uow.areas.below(duty.area_id))
    return list(found)


def _lies_in(heard: Heard, community_id: int) -> bool:
    return any(heard.uow.areas.covers(community_id, duty.area_id) for duty in heard.duties)


def _channels(heard: Heard, person_id: int) -> str:
    names = dict.fromkeys(account.channel for account in heard.uow.people.accounts(person_id))
    return "、".join(heard.house.texts(f"channel.name.{name}") for name in names) or "–"
