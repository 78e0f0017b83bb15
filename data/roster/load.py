"""Importing a roster: all of it or nothing, and the second time nothing changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from data.domain.areas import Area, AreaKind, RoomKind, building_label
from data.domain.case import Place
from data.domain.people import Duty
from data.domain.visit import QUARTERLY, quarter_of
from data.recurring import arm_daily, arm_digest, remind_of_visit
from data.roster.importing import Import
from data.tables.areas import areas
from data.tables.households import households
from data.tables.organisations import organisations
from data.tables.people import accounts, people
from data.tables.rooms import rooms
from data.tables.shifts import services

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable
    from datetime import datetime

    from data.domain.worktime import WorkTime
    from data.roster.entries import (
        AnswerEntry,
        AreaEntry,
        HouseholdEntry,
        OrganisationEntry,
        PairEntry,
        PersonEntry,
        RoomEntry,
        ServiceEntry,
        VisitPlanEntry,
    )
    from data.roster.read import Entry
    from data.uow import UnitOfWork


LEVELS = list(AreaKind)
_DOOR = re.compile(
    r"(?P<building>.+?(?:栋|号楼|幢|座))(?:(?P<unit>\d{1,2})单元)?(?P<door>\d{1,4})(?:室|号|户)?"
)
BY_CODE = frozenset({"wechaty", "onebot", "wecom"})  # where accounts are bound by code, not listed
OPENED = re.compile(r"r[0-9a-f]{16}")  # an account on the web that an invitation opened


def import_roster(
    uow: UnitOfWork,
    entries: list[Entry],
    source: str,
    *,
    work: WorkTime,
    now: datetime,
    told: Callable[[Entry, str], None] | None = None,
    move_rooms: bool = False,
) -> Counter[str]:
    """Bring the store in line with a roster; return how many rows were added, changed, same.

    Each entry that adds or changes something is `told`, if somebody wants to know.
    What the roster does not name is left alone; the duties of those it names become exactly what it says.
    """
    doing = Import(uow, source, work, now, move_rooms=move_rooms)
    people_here = [cast("PersonEntry", entry.value) for entry in entries if entry.section == "people"]
    doing.mentioned = {(account.channel, account.id) for one in people_here for account in one.accounts}
    ordered = _parents_first(doing, [e for e in entries if e.section == "areas"])
    for section, handle in _HANDLERS.items():
        for entry in ordered if section == "areas" else [e for e in entries if e.section == section]:
            before = doing.counts.copy()
            handle(doing, entry, entry.value)
            how = next((one for one in ("added", "changed") if doing.counts[one] > before[one]), None)
            if told is not None and how is not None:
                told(entry, how)
    if doing.counts["added"] or doing.counts["changed"]:
        uow.roster_changed()
    return doing.counts


def _parents_first(doing: Import, entries: list[Entry]) -> list[Entry]:
    """Order areas so that a parent comes before its children; refuse codes given twice."""
    kinds: dict[str, AreaKind] = {}
    for entry in entries:
        area = cast("AreaEntry", entry.value)
        doing.once(entry, "code", area.code)
        kinds[area.code] = area.kind
    for entry in entries:
        area = cast("AreaEntry", entry.value)
        above = kinds.get(area.parent or "")
        if above is not None and LEVELS.index(above) >= LEVELS.index(area.kind):
            raise doing.fail(entry, "roster.wrong_parent", kind=area.kind, parent=above)
    return sorted(entries, key=lambda e: LEVELS.index(cast("AreaEntry", e.value).kind))


def _area(doing: Import, entry: Entry, value: AreaEntry) -> None:
    parent = doing.area(entry, value.parent) if value.parent else None
    if parent is not None and LEVELS.index(parent.kind) >= LEVELS.index(value.kind):
        raise doing.fail(entry, "roster.wrong_parent", kind=value.kind, parent=parent.kind)
    if parent is None and value.kind in (AreaKind.GRID, AreaKind.BUILDING):
        raise doing.fail(entry, "roster.no_parent", kind=value.kind)
    label = building_label(value.name) if value.kind is AreaKind.BUILDING else ""
    values = {
        "name": value.name,
        "kind": value.kind.value,
        "label": label,
        "lat": value.lat,
        "long": value.long,
    }
    area_id = doing.sync(areas, {"code": value.code}, {**values, "parent_id": parent and parent.id})
    if value.kind is AreaKind.COMMUNITY:
        arm_digest(doing.uow, doing.work, area_id, doing.now)


def _organisation(doing: Import, entry: Entry, value: OrganisationEntry) -> None:
    doing.once(entry, "organisation", value.name)
    area = doing.area(entry, value.area).id if value.area else None
    values = {"kind": value.kind, "aliases": value.aliases, "area_id": area}
    values |= {"phone": value.phone, "public": int(value.public)}
    doing.sync(organisations, {"name": value.name}, values)


def _room(doing: Import, entry: Entry, value: RoomEntry) -> None:
    doing.once(entry, "room", value.channel, value.id)
    if value.kind is RoomKind.DEPARTMENT and not value.organisation:
        raise doing.fail(entry, "roster.room_without_organisation")
    if value.kind is not RoomKind.DEPARTMENT and not value.area:
        raise doing.fail(entry, "roster.room_without_area", kind=value.kind)
    values = {
        "topic": value.topic,
        "kind": value.kind.value,
        "area_id": doing.area(entry, value.area).id if value.area else None,
        "organisation_id": doing.organisation(entry, value.organisation) if value.organisation else None,
    }
    if not doing.move_rooms:
        _require_same_community(doing, entry, value)
    doing.sync(rooms, {"channel": value.channel, "external_id": value.id}, values)


def _require_same_community(doing: Import, entry: Entry, value: RoomEntry) -> None:
    """Refuse a room that another community's roster has: it would be taken away from there in silence."""
    room = doing.uow.rooms.of(value.channel, value.id)
    here = doing.uow.areas.community_of(room.area_id) if room is not None else None
    there = doing.uow.areas.community_of(doing.area(entry, value.area).id) if value.area else None
    if here is not None and there is not None and here.id != there.id:
        raise doing.fail(entry, "roster.room_elsewhere", room=value.topic, community=here.name)


def _person(doing: Import, entry: Entry, value: PersonEntry) -> None:
    organisation = doing.organisation(entry, value.organisation) if value.organisation else None
    person_id = _find_person(doing, entry, value)
    row = {
        "name": value.name,
        "organisation_id": organisation,
        "on_roster": 1,
        "rank": value.rank.value,
        "phone": value.phone,
        "public": int(value.public),
    }
    if person_id is None:
        person_id = doing.uow.people.add(people, row)
        doing.counts["added"] += 1
    else:
        doing.sync(people, {"id": person_id}, row)
    doing.named.setdefault(value.name, []).append(person_id)
    for account in value.accounts:
        key = {"channel": account.channel, "external_id": account.id}
        known = doing.uow.people.speaker(account.channel, account.id)
        name = known[0].name if known else value.name  # the channel knows best how somebody is shown
        doing.sync(accounts, key, {"person_id": person_id, "name": name})
    wanted = [Duty(d.role, doing.area(entry, d.area).id) for d in value.duties]
    if doing.uow.people.set_duties(person_id, wanted):
        doing.counts["changed"] += 1
    if wanted:
        arm_daily(doing.uow, doing.work, person_id, doing.now)


def _find_person(doing: Import, entry: Entry, value: PersonEntry) -> int | None:
    """Return who this is: by account; without one, by a name that nobody with an account bears."""
    found = set()
    for account in value.accounts:
        doing.once(entry, "account", account.channel, account.id)
        known = doing.uow.people.speaker(account.channel, account.id)
        if known:
            found.add(known[1].id)
    if len(found) > 1:
        raise doing.fail(entry, "roster.two_people", name=value.name)
    if found:
        return found.pop()
    called = [p.id for p in doing.uow.people.on_roster(value.name)]
    taken = doing.named.get(value.name, [])
    return next((p for p in called if p not in taken and _is_free(doing, p)), None)


def _is_free(doing: Import, person_id: int) -> bool:
    """Whether somebody has no account, or only such as codes opened, of which no roster knows."""
    theirs = doing.uow.people.accounts(person_id)
    return all(
        (a.channel, a.external_id) not in doing.mentioned
        and (a.channel in BY_CODE or OPENED.fullmatch(a.external_id) is not None)
        for a in theirs
    )


def _household(doing: Import, entry: Entry, value: HouseholdEntry) -> None:
    doing.once(entry, "household", value.building, value.unit, value.door)
    building = _building(doing, entry, value.building)
    contact = doing.person(entry, value.contact) if value.contact else None
    key = {"building_id": building.id, "unit": value.unit, "door": value.door}
    household_id = doing.sync(households, key, {"contact_id": contact, "area": value.area_m2})
    for account in value.people:
        doing.once(entry, "resident", account.channel, account.id)
        known = doing.uow.people.speaker(account.channel, account.id)
        _, person = known or doing.uow.people.meet(account.channel, account.id, account.id)
        if doing.uow.households.settle(household_id, person.id, doing.now, None):
            doing.counts["changed"] += 1


def _service(doing: Import, entry: Entry, value: ServiceEntry) -> None:
    person = doing.person(entry, value.person)
    area = doing.area(entry, value.area).id if value.area else None
    doing.once(entry, "service", value.name, value.person, value.area or "")
    key = {"name": value.name, "person_id": person, "area_id": area}
    doing.sync(services, key, {"words": value.words})


def _visit_plan(doing: Import, entry: Entry, value: VisitPlanEntry) -> None:
    building = _building(doing, entry, value.building)
    period = value.period
    place = Place(building_label(building.name), value.unit or None, None, value.door or None)
    visitor = doing.person(entry, value.visitor)
    grid = building.parent_id or building.id
    today = doing.work.local(doing.now).date()
    known = next(
        (
            p
            for p in doing.uow.visits.plans_of(visitor)
            if (p.area_id, p.place, p.whom or "") == (grid, place, value.name)
        ),
        None,
    )
    if known is not None and known.period.in_words == period.in_words:
        doing.counts["same"] += 1
        return
    doing.counts["changed" if known else "added"] += 1
    period, due = period.from_day(today), period.first(today)
    plan, _ = doing.uow.visits.plan(
        visitor_id=visitor, area_id=grid, place=place, whom=value.name or None, period=period, due=due
    )
    remind_of_visit(doing.uow, doing.work, plan.id, due)


def _pair(doing: Import, entry: Entry, value: PairEntry) -> None:
    """Pair somebody with households (`3栋2单元501`), each to be seen by the last day of every quarter."""
    person = doing.person(entry, value.person)
    for said in value.households:
        found = _DOOR.fullmatch(said)
        label = building_label(found["building"]) if found else ""
        homes = [
            home
            for home in doing.uow.households.within(a.id for a in doing.uow.areas.communities())
            if found is not None
            and building_label(doing.uow.areas.get(home.building_id).name) == label
            and (home.unit or "") == (found["unit"] or home.unit or "")
            and home.door == found["door"]
        ]
        if len(homes) != 1:
            raise doing.fail(entry, "roster.pair_home", household=said)
        home = homes[0]
        new = doing.uow.pairs.pair(person, home.id)
        doing.counts["added" if new else "same"] += 1
        if new:
            building = doing.uow.areas.get(home.building_id)
            due = quarter_of(doing.work.local(doing.now).date())[1]
            plan, _ = doing.uow.visits.plan(
                visitor_id=person,
                area_id=building.parent_id or building.id,
                place=home.place(building.name),
                whom=None,
                period=QUARTERLY,
                due=due,
            )
            remind_of_visit(doing.uow, doing.work, plan.id, due)


def _answer(doing: Import, entry: Entry, value: AnswerEntry) -> None:
    """Put an answer into the table of its community; one with the same words takes the place of the old."""
    communities = doing.uow.areas.communities()
    area = doing.area(entry, value.area) if value.area else communities[0] if len(communities) == 1 else None
    if area is None or area.kind is not AreaKind.COMMUNITY:
        raise doing.fail(entry, "roster.answer_area")
    same = [a for a in doing.uow.answers.all_of(area.id) if set(a.words) == set(value.words)]
    if any((a.answer, a.phone, a.hours) == (value.answer, value.phone, value.hours) for a in same):
        doing.counts["same"] += 1
        return
    for old in same:
        doing.uow.answers.remove(old.id)
    doing.uow.answers.keep(area.id, value.words, value.answer, phone=value.phone, hours=value.hours)
    doing.counts["changed" if same else "added"] += 1


def _building(doing: Import, entry: Entry, code: str) -> Area:
    area = doing.area(entry, code)
    if area.kind is not AreaKind.BUILDING:
        raise doing.fail(entry, "roster.not_a_building", code=code, kind=area.kind)
    return area


_HANDLERS: dict[str, Callable[[Import, Entry, Any], None]] = {
    "areas": _area,
    "organisations": _organisation,
    "rooms": _room,
    "people": _person,
    "households": _household,
    "services": _service,
    "visit_plans": _visit_plan,
    "pairs": _pair,
    "answers": _answer,
}
