"""Signing in and out: a one-time code becomes a session."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot.channels.web import NAME, Speaker
from bot.limiter import Limiter
from handlers.people.invitations import redeem

if TYPE_CHECKING:
    from bot.web.pages import Pages
    from bot.web.site import Site

log = structlog.get_logger()
WRONG, WRONG_OF_ALL, WHILE = 10, 1_000, timedelta(minutes=15)
LONGEST_CODE = 64


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
        """Take the code of a POST (`{"code": …}`) and let its owner in."""
        who = self._site.whereabouts.caller(request)
        wrong = self._wrong if who is not None else self._wrong_of_all
        if wrong.full(who or "-"):
            raise web.HTTPTooManyRequests(text=self._site.texts("web.sign_in.too_often"))
        code = await _code(request)
        opened = await self._site.write(redeem, NAME, code, self._site.clock.now()) if code else None
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


async def _code(request: web.Request) -> str | None:
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        return None
    code = body.get("code") if isinstance(body, dict) else None
    return code if isinstance(code, str) and len(code) <= LONGEST_CODE else None
