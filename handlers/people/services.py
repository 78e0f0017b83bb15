"""三官一律, 三官三师: whoever asks for a lawyer is put in touch with the one on the service roster."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from data.domain.people import OFFICERS
from handlers.cases.in_charge import holders
from handlers.saying.say import Saying, answer, say_to_person
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.domain.people import Service
    from handlers.context import Context, Heard

LEGAL = re.compile(r"律师|法律")
_POLITE = r"(?:你好|请问|请|我们|我|想|要|需要|能不能|可以|帮忙|帮我|麻烦|[\s,，])*"
_END = r"(?=$|[\s,，。.!！?？:：~])"


def hear(heard: Heard) -> bool:
    """Put a resident in touch with the service they ask for; return whether they did.

    In a group only what begins with its word counts: “我要找律师告你” is for somebody else.
    """
    if heard.room is not None and not heard.room.public:
        return False
    service = _asked_for(heard)
    if service is None:
        return False
    heard.keep_text = True
    heard.private_answer = True
    person = heard.uow.people.get(service.person_id)
    day = f"{heard.policy.work.local(heard.now):%Y%m%d}"
    name = f"service:{service.id}:{heard.person.id}:{day}"
    values: dict[str, Any] = {
        "service": service.name,
        "person": person.name,
        "name": heard.account.name,
        "where": _where(heard),
        "words": Said(heard.address.text),
    }
    if say_to_person(heard, person.id, Saying("service.asked", name, values)):
        answer(heard, "service.told", once=f"{name}:told", **values)
        return True
    for officer in _officers(heard):
        say_to_person(heard, officer, Saying("service.nobody_there", f"{name}:{officer}", values))
    answer(heard, "service.later", once=f"{name}:told", **values)
    return True


def serving(ctx: Context, area_id: int | None) -> list[Service]:
    """Return the services that reach an area, the nearest first; those for everywhere last."""
    areas = [area.id for area in ctx.uow.areas.up(area_id)]
    near = [s for s in ctx.uow.services.all_of_them() if s.area_id is None or s.area_id in areas]
    return sorted(near, key=lambda s: areas.index(s.area_id) if s.area_id is not None else len(areas))


def legal_contact(ctx: Context, case: Case) -> str:
    """Say whom to turn to for the law: the service roster's, else the hotline."""
    for service in serving(ctx, case.area_id):
        if LEGAL.search(service.name):
            person = ctx.uow.people.get(service.person_id).name
            word = service.words[0]
            return ctx.house.texts("service.contact", service=service.name, person=person, word=word)
    return ctx.house.texts("service.hotline")


def _asked_for(heard: Heard) -> Service | None:
    text = heard.address.text.strip()
    alone = (heard.room is None or heard.address.spoken_to) and not heard.understanding.is_appeal
    for service in serving(heard, _area(heard)):
        for word in service.words:
            if re.match(rf"{_POLITE}{re.escape(word)}{_END}", text) or (alone and word in text):
                return service
    return None


def _area(heard: Heard) -> int | None:
    """Return the area somebody speaks from: their room's, their home's, or their last room's."""
    if heard.room is not None:
        return heard.room.area_id
    home = heard.uow.households.home(heard.person.id)
    if home is not None:
        return home.building_id
    last = heard.account.last_room_id
    return heard.uow.rooms.get(last).area_id if last is not None else None


def _where(heard: Heard) -> str:
    area_id = _area(heard)
    return heard.uow.areas.get(area_id).name if area_id is not None else ""


def _officers(heard: Heard) -> list[int]:
    area_id = _area(heard)
    found = holders(heard, area_id, sorted(OFFICERS)) if area_id is not None else []
    return [person.id for _, person in found]
