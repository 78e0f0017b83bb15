"""登记 3栋2单元501: somebody says where they live; the grid leader is asked in private whether it is so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.areas import building_label
from data.domain.errors import UserError
from data.domain.household import Household
from data.domain.people import Role
from data.domain.purpose import Purpose
from handlers.cases.in_charge import holders
from handlers.saying.say import Saying, answer, say_to_person
from handlers.saying.showing import place_name
from handlers.texts.wording import Said
from nlp.reading.numerals import number

if TYPE_CHECKING:
    from data.domain.areas import Area
    from data.domain.household import Registration
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

_DOOR = re.compile(r"[零〇一二三四五六七八九]{3,4}(?=[室号\s,，]|$)")  # 三零二
ASKED = (Role.GRID_LEADER, Role.GRID_WORKER, Role.OFFICER, Role.OPERATOR)


def register(heard: Heard, command: Command) -> None:
    """登记: write down where the speaker says they live; it counts once one of the staff confirms it."""
    door = door_said(heard, command.words, command.form.example)
    here = heard.uow.households.of_person(heard.person.id)
    if here is not None and _same(here, door):
        raise UserError("household.lives_there", where=where_name(heard, here))
    waiting = heard.uow.households.waiting_of(heard.person.id)
    answer(heard, "household.registered")
    if waiting is None or not _same(waiting, door):
        _ask(heard, heard.uow.households.register(heard.account.id, heard.person.id, door, heard.now))


def door_said(heard: Heard, words: str, example: str) -> Household:
    """Return the door that words name near the speaker: one that is known, or one that could be (id 0)."""
    said = heard.understand(_DOOR.sub(lambda door: f"{number(door[0])}", words)).place
    if not said.building or not said.door:
        raise UserError("household.form", example=example)
    buildings = _near(heard, building_label(said.building))
    if not buildings:
        raise UserError("household.unknown_building", said=said.building)
    if len(buildings) > 1:
        names = "、".join(_grid_name(heard, building) for building in buildings)
        raise UserError("household.which_building", said=said.building, names=names)
    building = buildings[0]
    found = heard.uow.households.at_door(building.id, said.unit or "", said.door)
    if len(found) > 1:
        raise UserError(
            "household.which_unit", said=said.door, units="、".join(f"{h.unit}单元" for h in found)
        )
    return found[0] if found else Household(0, building.id, said.unit or "", said.door)


def where_name(ctx: Context, household: Household | Registration) -> Said:
    """Show where a household is, door and all: people's words, masked where residents read them."""
    building = ctx.uow.areas.get(household.building_id)
    return Said(place_name(household.place(building.name), public=False))


def _same(one: Household | Registration, door: Household) -> bool:
    return (one.building_id, one.unit, one.door) == (door.building_id, door.unit, door.door)


def _near(heard: Heard, label: str) -> list[Area]:
    """Return the buildings that go by a label: where one speaks or spoke last, else where one has a duty."""
    room_area = heard.room.area_id if heard.room is not None else None
    last = heard.account.last_room_id
    spoke = heard.uow.rooms.get(last).area_id if last is not None else None
    found: dict[int, Area] = {}
    for area_id in (room_area, spoke):
        for area in (
            () if area_id is None else (heard.uow.areas.get(area_id), heard.uow.areas.community_of(area_id))
        ):
            if area is not None and not found:
                found = {b.id: b for b in heard.uow.areas.buildings(area.id, label)}
    if not found:
        duties = [duty.area_id for duty in heard.duties] or [c.id for c in heard.uow.areas.communities()]
        found = {b.id: b for area_id in duties for b in heard.uow.areas.buildings(area_id, label)}
    return list(found.values())


def _grid_name(heard: Heard, building: Area) -> str:
    above = heard.uow.areas.get(building.parent_id).name if building.parent_id is not None else ""
    return f"{above}{building.name}"


def _ask(heard: Heard, made: Registration) -> None:
    """Ask who is in charge of the building, each in private."""
    values = {"name": Said(heard.account.name), "where": where_name(heard, made)}
    for _, person in holders(heard, made.building_id, ASKED):
        saying = Saying(
            "household.ask",
            dedupe=Purpose.REGISTRATION.of(made.id, person.id),
            values=values,
            purpose=Purpose.REGISTRATION.of(made.id),
            quiet=True,
        )
        say_to_person(heard, person.id, saying)
