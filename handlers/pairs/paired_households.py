"""联户 李敏 3栋2单元501,502 · 我的联系户: somebody looks after a few households, a visit each quarter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.errors import UserError
from data.domain.people import OFFICERS
from data.domain.visit import QUARTERLY, quarter_of
from data.recurring import remind_of_visit
from handlers.hearing.areas import address_in_charge
from handlers.hearing.homes import own_community, resident_named
from handlers.saying.days import day_of
from handlers.saying.say import answer
from handlers.saying.showing import place_name
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.household import Household
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

_SEPARATORS = re.compile(r"[,，、;；\s]+")
_DOOR_ALONE = re.compile(r"\d{1,4}")


def pair(heard: Heard, command: Command) -> None:
    """Let somebody look after households, a visit each quarter: 联户 谁 地址,门牌…."""
    heard.private_answer = True
    name, _, rest = command.words.strip().partition(" ")
    if not rest.strip():
        raise UserError("pair.form", example=command.form.example)
    person = resident_named(heard, own_community(heard), name)
    homes = [_household(heard, word) for word in _addresses(rest)]
    for home in homes:
        heard.uow.pairs.pair(person.id, home.id)
        plan_quarterly(heard, person.id, home)
    count = len(heard.uow.pairs.of_person(person.id))
    shown = "、".join(where(heard, home) for home in homes)
    last = quarter_of(heard.policy.work.local(heard.now).date())[1]
    due = day_of(heard.house.texts, last)
    answer(heard, "pair.done", who=person.name, homes=Said(shown), count=count, due=due)


def mine(heard: Heard, _command: Command) -> None:
    """Show whom the speaker looks after, and when each is to be seen: 我的联系户."""
    heard.private_answer = True
    pairs = heard.uow.pairs.of_person(heard.person.id)
    plans = heard.uow.visits.plans_of(heard.person.id)
    rows = []
    for one in pairs:
        home = heard.uow.households.get(one.household_id)
        place = home.place(heard.uow.areas.get(home.building_id).name)
        due = next((plan.due for plan in plans if plan.place == place), None)
        contact = heard.uow.people.get(home.contact_id).name if home.contact_id else ""
        by = heard.house.texts("pair.by", day=day_of(heard.house.texts, due)) if due else ""
        rows.append(heard.house.texts("pair.row", where=where(heard, home), contact=contact, by=by))
    answer(heard, "pair.mine" if rows else "pair.none", count=len(rows), rows=Said("\n".join(rows)))


def plan_quarterly(ctx: Context, person_id: int, home: Household) -> None:
    """Plan a visit to a household by the last day of this quarter, and of each that follows."""
    building = ctx.uow.areas.get(home.building_id)
    grid = building.parent_id or building.id
    place = home.place(building.name)
    if any(p.place == place and p.area_id == grid for p in ctx.uow.visits.plans_of(person_id)):
        return
    due = quarter_of(ctx.policy.work.local(ctx.now).date())[1]
    plan, _ = ctx.uow.visits.plan(
        visitor_id=person_id, area_id=grid, place=place, whom=None, period=QUARTERLY, due=due
    )
    remind_of_visit(ctx.uow, ctx.policy.work, plan.id, due)


def where(ctx: Context, home: Household) -> str:
    """Show the door of a household: 3栋2单元501."""
    return place_name(home.place(ctx.uow.areas.get(home.building_id).name), public=False)


def household_at(heard: Heard, building_id: int | None, unit: str, door: str) -> Household | None:
    """Return the household at a door, whichever unit it is in where none was said."""
    if building_id is None:
        return None
    at_door = heard.uow.households.at_door(building_id, unit, door)
    if at_door:
        return at_door[0]
    same = [h for h in heard.uow.households.within([building_id]) if h.door == door and not unit]
    return same[0] if len(same) == 1 else None


def _addresses(words: str) -> list[str]:
    """Return the addresses that words name: a door alone is in the building said before it."""
    found: list[str] = []
    head = ""
    for word in _SEPARATORS.split(words.strip()):
        if _DOOR_ALONE.fullmatch(word) and head:
            found.append(head + word)
        elif word:
            found.append(word)
            head = re.sub(r"\d{1,4}$", "", word)
    return found


def _household(heard: Heard, word: str) -> Household:
    address = address_in_charge(heard, word, OFFICERS)
    if address is None or address.place.door is None:
        raise UserError("pair.where", said=word)
    building = address.building.id if address.building is not None else None
    home = household_at(heard, building, address.place.unit or "", address.place.door)
    if home is None:
        raise UserError("pair.unknown", said=word)
    return home
