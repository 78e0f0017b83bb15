"""Signing in and out: a one-time code, or a link into a room with a name, becomes a session."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import structlog
from aiohttp import web

from bot.channels.web import NAME, Speaker
from bot.limiter import Limiter
from data.domain.messages import clean_name
from handlers.people import room_links
from handlers.people.invitations import Redeemed, new_account, redeem

if TYPE_CHECKING:
    from datetime import datetime

    from bot.web.pages import Pages
    from bot.web.site import Site
    from data.uow import UnitOfWork
    from handlers.context import House

log = structlog.get_logger()
WRONG, WRONG_OF_ALL, WHILE = 10, 1_000, timedelta(minutes=15)
LONGEST_CODE = 64


class Typed(NamedTuple):
    """What somebody types at the door: a code, and where that is a link's what they are called."""

    code: str
    name: str


class DoorAsked(NamedTuple):
    """What the door asks whoever comes by a link: what they want to be called; `taken` if another is."""

    topic: str
    taken: bool


class Doors:
    """Lets people in by a code, and out.

    The code stands in the link's fragment, which no browser sends and no server logs; the page posts it when
    somebody presses the button, so that whoever merely looks the link over does not use it up.
    """

    def __init__(self, site: Site, pages: Pages) -> None:
        self._site = site
        self._pages = pages
        self._wrong = Limiter(site.clock, WRONG, WHILE)
        self._wrong_of_all = Limiter(site.clock, WRONG_OF_ALL, WHILE)  # through a proxy that does not say who

    async def ask(self, request: web.Request) -> web.Response:
        """Show the page that asks for the code."""
        return self._pages.render("sign_in.html", request)

    async def come_in(self, request: web.Request) -> web.Response:
        """Take the code of a POST (`{"code": …}`, a link's with `"name"`) and let its owner in."""
        who = self._site.whereabouts.caller(request)
        wrong = self._wrong if who is not None else self._wrong_of_all
        if wrong.full(who or "-"):
            raise web.HTTPTooManyRequests(text=self._site.texts("web.sign_in.too_often"))
        typed = await _typed(request)
        mine = await self._site.gate.claims(request)
        now, house = self._site.clock.now(), self._site.house
        opened = await self._site.write(_open, house, typed, mine, now) if typed else None
        if isinstance(opened, DoorAsked):
            if opened.taken:
                raise web.HTTPConflict(text=self._site.texts("web.sign_in.name_taken"))
            return web.json_response({"ok": False, "room": opened.topic})
        if opened is None:
            wrong.count(who or "-")
            log.info("wrong code")
            raise web.HTTPUnauthorized(text=self._site.texts("web.sign_in.wrong"))
        account = opened.account
        await self._site.gate.sign_in(request, account)
        log.info("signed in", account=account.external_id)
        if opened.room is not None and self._site.channel is not None:
            await self._site.channel.enter(
                Speaker(account.external_id, account.name), opened.room.external_id
            )
        return web.json_response({"ok": True})

    async def go_out(self, request: web.Request) -> web.Response:
        """End a session."""
        await self._site.gate.sign_out(request)
        if self._site.channel is not None:
            self._site.channel.hub.look_again()
        return web.json_response({"ok": True})


def _open(
    uow: UnitOfWork, house: House, typed: Typed, mine: str | None, now: datetime
) -> Redeemed | DoorAsked | None:
    """Return whom a code lets in, or what is still to be asked; None if it opens nothing."""
    redeemed = redeem(uow, NAME, typed.code, now)
    if redeemed is not None:
        return redeemed
    link = room_links.opened(uow, typed.code, now)
    if link is None:
        return None
    known = uow.people.speaker(NAME, mine) if mine else None
    if known is None and (not typed.name or _belongs_to_staff(uow, typed.name)):
        return DoorAsked(uow.rooms.get(link.room_id).topic, taken=bool(typed.name))
    account = known[0] if known is not None else new_account(uow, NAME, typed.name)
    room = room_links.come_in(uow, house, link, account, now)
    return Redeemed(account, room) if room is not None else None


def _belongs_to_staff(uow: UnitOfWork, name: str) -> bool:
    """Whether a name is that of somebody on duty, or of an organisation's: no stranger comes in under it."""
    named = uow.people.on_roster(name)
    return any(uow.people.duties(one.id) or one.organisation_id is not None for one in named)


async def _typed(request: web.Request) -> Typed | None:
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        return None
    code, name = (body.get("code"), body.get("name", "")) if isinstance(body, dict) else (None, "")
    if not isinstance(code, str) or not isinstance(name, str) or len(code) > LONGEST_CODE:
        return None
    return Typed(code, clean_name(name) if name.strip() else "")
