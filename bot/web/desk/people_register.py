"""The register of people: areas, rooms, units, duties, households, who waits to be confirmed, room links."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.web.desk.register_parts import Do, Field, Make, Register, RegisterRow, Way, areas_of, table, tops_of
from data.domain.areas import AreaKind
from data.domain.people import OFFICERS, STAFF
from handlers.hearing.verbs import Verb
from handlers.people.room_links import url_of
from handlers.saying.days import when
from handlers.saying.showing import place_name

if TYPE_CHECKING:
    from datetime import datetime

    from bot.web.desk.register_parts import RegisterTable
    from handlers.context import Heard

CODES = "/desk/people/links"  # below it the QR code of each link
MOST_NAMES = 20  # of one organisation


def people(heard: Heard, _start: datetime, _end: datetime, looked_for: str) -> Register:
    """Return everything of one's areas that the roster and the residents themselves made known."""
    mine, tops = areas_of(heard), tops_of(heard)
    tables = [
        _waiting(heard, tops, looked_for),
        *([_links(heard, mine, looked_for)] if _is_officer(heard) else []),
        _on_duty(heard, mine, looked_for),
        _units(heard, tops, looked_for),
        _rooms(heard, mine, looked_for),
        _areas(heard, mine, looked_for),
        _households(heard, tops, looked_for),
    ]
    topics = tuple(
        (room.topic, room.topic)
        for room in heard.uow.rooms.everywhere()
        if room.public and room.channel == "web" and room.area_id in mine
    )
    on_duty = tuple(
        dict.fromkeys((h.person.name, h.person.name) for h in heard.uow.people.holders(sorted(STAFF), mine))
    )
    who = Field("who", "choose", example="李敏", choices=on_duty)
    makes = [
        Make(
            "invite",
            Verb.INVITE,
            (
                Field("room", "one", choices=topics),
                Field("days", "number", after="天", example="7"),
                Field("places", "number", after="人", example="50"),
            ),
        ),
        Make("pair", Verb.PAIR, (who, Field("where", example="3栋2单元501,502"))),
        Make("shift", Verb.SHIFT, (who, Field("when", example="今天 8:00-20:00"))),
    ]
    return Register(tables, makes)


def _is_officer(heard: Heard) -> bool:
    return any(duty.role in OFFICERS for duty in heard.duties)


def _waiting(heard: Heard, tops: list[int], looked_for: str) -> RegisterTable:
    """Return who says where they live and waits for a yes or a no."""
    uow, texts = heard.uow, heard.house.texts
    rows = []
    for one in uow.households.waiting_in(tops):
        name = uow.people.account(one.account_id).name
        place = place_name(one.place(uow.areas.get(one.building_id).name), public=False)
        said = f"{name} {place}"
        acts = [
            Do(Verb.CONFIRM_RESIDENT, said, texts("desk.register.lives_there")),
            Do(Verb.NOT_RESIDENT, said, texts("desk.register.lives_not_there")),
        ]
        rows.append(RegisterRow([when(heard, one.asked_at), name, place], acts))
    return table(heard, "registrations", ("time", "who", "place"), rows, looked_for)


def _links(heard: Heard, mine: list[int], looked_for: str) -> RegisterTable:
    uow, texts = heard.uow, heard.house.texts
    rows = [
        RegisterRow(
            [
                str(link.number),
                uow.rooms.get(link.room_id).topic,
                f"{link.used}/{link.places}",
                when(heard, link.expires_at),
                Way(url_of(heard, link), url_of(heard, link)),
                Way(texts("desk.register.code"), f"{CODES}/{link.id}.svg"),
            ],
            [Do(Verb.CANCEL_INVITATION, str(link.number), texts("desk.register.end_link"))],
        )
        for link in uow.invitations.links_open(heard.now)
        if uow.rooms.get(link.room_id).area_id in mine
    ]
    head = ("number", "rooms", "used", "until", "link", "code")
    return table(heard, "links", head, rows, looked_for)


def _on_duty(heard: Heard, mine: list[int], looked_for: str) -> RegisterTable:
    texts, uow = heard.house.texts, heard.uow
    rows = [
        RegisterRow(
            [
                held.person.name,
                texts(f"role.{held.role.value}"),
                uow.areas.get(held.area_id).name,
                _channels(heard, held.person.id),
            ]
        )
        for held in uow.people.holders(sorted(STAFF), mine)
    ]
    return table(heard, "on_duty", ("who", "role", "area", "channels"), rows, looked_for)


def _units(heard: Heard, tops: list[int], looked_for: str) -> RegisterTable:
    """Return the organisations that work in one's areas."""
    uow, covers = heard.uow, heard.uow.areas.covers
    rows = [
        RegisterRow(
            [
                unit.name,
                "、".join(unit.aliases),
                _some(heard, [person.name for person in uow.people.members(unit.id)]),
                "、".join(room.topic for room in uow.rooms.of_organisation(unit.id)),
            ]
        )
        for unit in uow.organisations.all_of_them()
        if unit.area_id is None or any(covers(unit.area_id, a) or covers(a, unit.area_id) for a in tops)
    ]
    return table(heard, "units", ("unit", "aliases", "members", "rooms"), rows, looked_for)


def _rooms(heard: Heard, mine: list[int], looked_for: str) -> RegisterTable:
    texts, uow = heard.house.texts, heard.uow
    rows = [
        RegisterRow(
            [
                room.topic,
                texts(f"desk.room.{room.kind.value}"),
                texts(f"channel.name.{room.channel}")
                if f"channel.name.{room.channel}" in texts
                else room.channel,
                uow.areas.get(room.area_id).name if room.area_id else "",
            ]
        )
        for room in uow.rooms.everywhere()
        if room.area_id in mine
    ]
    return table(heard, "rooms", ("rooms", "kind", "channels", "area"), rows, looked_for)


def _areas(heard: Heard, mine: list[int], looked_for: str) -> RegisterTable:
    texts, uow = heard.house.texts, heard.uow
    homes = Counter(home.building_id for home in uow.households.within(tops_of(heard)))
    rows = []
    for area_id in mine:
        area = uow.areas.get(area_id)
        above = "".join(a.name for a in list(uow.areas.up(area.id))[1:2])
        count = str(homes[area.id]) if area.kind is AreaKind.BUILDING else ""
        rows.append(
            RegisterRow([area.name, texts(f"desk.area_kind.{area.kind.value}"), above, count, area.code])
        )
    return table(heard, "areas", ("area", "kind", "lies_in", "homes", "area_code"), rows, looked_for)


def _households(heard: Heard, tops: list[int], looked_for: str) -> RegisterTable:
    uow = heard.uow
    homes, living = uow.households.within(tops), uow.households.living_in(tops)
    paired = {pair.household_id: pair.person_id for pair in uow.pairs.everything()}
    buildings = {one: uow.areas.get(one).name for one in {home.building_id for home in homes}}
    names = uow.people.names({*paired.values(), *(home.contact_id for home in homes if home.contact_id)})
    rows = [
        RegisterRow(
            [
                place_name(home.place(buildings[home.building_id]), public=False),
                "、".join(living.get(home.id, [])),
                names.get(home.contact_id or 0, ""),
                names.get(paired.get(home.id, 0), ""),
            ]
        )
        for home in homes
    ]
    return table(heard, "households", ("place", "residents", "contact", "paired"), rows, looked_for)


def _some(heard: Heard, names: list[str]) -> str:
    """Return the first of many names, and how many there are."""
    some = "、".join(names[:MOST_NAMES])
    if len(names) <= MOST_NAMES:
        return some
    return heard.house.texts("desk.register.and_others", names=some, count=len(names))


def _channels(heard: Heard, person_id: int) -> str:
    names = dict.fromkeys(account.channel for account in heard.uow.people.accounts(person_id))
    texts = heard.house.texts
    shown = (texts(f"channel.name.{n}") if f"channel.name.{n}" in texts else n for n in names)
    return "、".join(shown) or "–"
