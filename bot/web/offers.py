"""What the chat page offers: the commands that somebody's duties allow, and the card of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.channels.web import NAME
from bot.web.desk.rows import path_of
from bot.web.viewers import look
from data.domain.errors import UserError
from handlers.hearing.forms import FORMS
from handlers.hearing.permissions import allowed_somewhere, is_off
from handlers.hearing.verbs import Who
from handlers.queries.card import card_of
from handlers.saying.refusals import worded

if TYPE_CHECKING:
    from bot.web.site import Site
    from data.uow import UnitOfWork


def commands(uow: UnitOfWork, site: Site, account: str | None) -> list[dict[str, str]]:
    """Return the commands of an account, each with what it does and an example."""
    viewer = look(uow, site, account)
    if viewer is None:
        return []
    heard, texts = viewer.heard, site.texts
    return [
        {"word": form.verb.value, "about": texts(f"help.{form.verb.name.lower()}"), "example": form.example}
        for form in sorted(FORMS, key=lambda form: form.who is Who.ANYONE)  # what duties are for comes first
        if allowed_somewhere(heard, form.who) and not is_off(heard, form.verb)
    ]


def card(uow: UnitOfWork, site: Site, account: str, room: str | None, said: str) -> dict[str, Any]:
    """Return the card of a case as it may be spoken of in a room; `words` say why there is none."""
    viewer = look(uow, site, account)
    if viewer is None:
        return {"words": site.texts("site.not_yours")}
    heard = viewer.heard
    heard.room = uow.rooms.of(NAME, room) if room is not None else None
    try:
        found = card_of(heard, said)
    except UserError as error:
        return {"words": worded(heard, error)}
    return {
        "label": f"{found.number} {found.label}",
        "state": found.state,
        "standing": found.standing,
        "lines": found.lines,
        "path": path_of(heard, found.case) if found.theirs else None,
    }
