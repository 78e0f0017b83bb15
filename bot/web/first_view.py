"""What a page is told when it opens: who one is, which chats there are, and the last that was said there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bot.channels.hub import ChatSpot
from bot.channels.web import NAME
from bot.web.visitors import Visitor, visitor

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.channels.hub import Hub
    from data.domain.areas import Room
    from data.repositories.chats import ShownPerson
    from data.uow import UnitOfWork
    from handlers.texts.wording import Texts

FEW = 40  # messages of each chat that come at once; the rest comes when the chat is opened


class View(NamedTuple):
    """What somebody may see: themselves, their rooms; in the demo everybody one may speak as."""

    visitor: Visitor
    rooms: tuple[Room, ...]
    people: tuple[ShownPerson, ...] = ()

    @property
    def spots(self) -> frozenset[ChatSpot]:
        """All chats of theirs: the rooms, and the one with the bot alone."""
        return frozenset({ChatSpot(room.external_id) for room in self.rooms} | {self.alone})

    @property
    def alone(self) -> ChatSpot:
        """The chat with the bot alone."""
        return ChatSpot(None, self.visitor.account.external_id)


def look(uow: UnitOfWork, claimed: str | None, now: datetime, *, demo: bool) -> View | None:
    """Return what an account may see; None if there is no such account (any more)."""
    found = visitor(uow, claimed, now)
    if found is None:
        return None
    everybody = tuple(uow.chats.people_on(NAME)) if demo else ()
    return View(found, tuple(uow.chats.rooms_for(found.account)), everybody)


def members(uow: UnitOfWork, room: str) -> list[ShownPerson]:
    """Return who is in a room."""
    found = uow.rooms.of(NAME, room)
    return uow.chats.people_in(found) if found else []


def hello(
    texts: Texts, view: View, hub: Hub, bot_name: str, pages: Iterable[tuple[str, str]] = ()
) -> dict[str, Any]:
    """Return the first frame a page gets; `pages` are the names and addresses of other pages of theirs."""
    rooms: list[dict[str, Any]] = [
        {"id": r.external_id, "topic": r.topic, "kind": r.kind.value, **_talk(hub, ChatSpot(r.external_id))}
        for r in view.rooms
    ]
    rooms.append({"id": None, "topic": bot_name, "kind": "private", **_talk(hub, view.alone)})
    frame: dict[str, Any] = {"type": "hello", "me": person(texts, view.visitor.shown), "rooms": rooms}
    frame["pages"] = [{"name": name, "path": path} for name, path in pages]
    if view.people:
        frame["people"] = people(texts, view.people)
    return frame


def people(texts: Texts, shown: Iterable[ShownPerson]) -> list[dict[str, Any]]:
    """Return people as pages show them."""
    return [person(texts, one) for one in shown]


def person(texts: Texts, shown: ShownPerson) -> dict[str, Any]:
    """Return somebody with what they are there for: 网格长 · 百安坝第一网格."""
    abouts = [f"{texts(f'role.{role.value}')} · {area}" for role, area in shown.duties]
    about = "、".join(abouts) or shown.organisation or texts("web.resident")
    side = "staff" if shown.duties else "organisation" if shown.organisation else "resident"
    return {"id": shown.account, "name": shown.name, "about": about, "side": side}


def _talk(hub: Hub, spot: ChatSpot) -> dict[str, Any]:
    last = hub.last(spot)
    return {"messages": [said.shown() for said in last[-FEW:]], "more": len(last) > FEW}
