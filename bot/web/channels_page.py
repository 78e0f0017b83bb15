"""The page of the channels: where each stands, and the code to scan where one waits for that."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

import segno
from aiohttp import web

from bot.web.security import may_look_inside
from bot.web.visitors import visitor
from data.domain.people import Role

if TYPE_CHECKING:
    from bot.channels.base import Health
    from bot.web.pages import Pages
    from bot.web.site import Site
    from data.uow import UnitOfWork

REFRESH = "15"  # seconds; a code lives for a minute or two


class Standing(NamedTuple):
    """How a channel is, as the page shows it."""

    name: str
    shown: str
    well: bool
    state: str
    since: str
    has_code: bool


class Lines:
    """Shows how the channels are, to the operators and to whoever sits at this machine."""

    def __init__(self, site: Site, pages: Pages) -> None:
        self._site = site
        self._pages = pages

    async def show(self, request: web.Request) -> web.Response:
        """Show all channels."""
        await self._only_operators(request)
        shown = [self._standing(name, channel.health) for name, channel in self._site.channels.items()]
        page = self._pages.render("channels.html", request, channels=shown)
        page.headers["Refresh"] = REFRESH
        return page

    async def code(self, request: web.Request) -> web.Response:
        """Draw the code that is to be scanned."""
        await self._only_operators(request)
        channel = self._site.channels.get(request.match_info["name"])
        if channel is None or channel.health.code is None:
            raise web.HTTPNotFound
        drawn = io.BytesIO()
        segno.make(channel.health.code, error="l").save(drawn, kind="svg", scale=6, border=4, light="#fff")
        return web.Response(body=drawn.getvalue(), content_type="image/svg+xml")

    def _standing(self, name: str, health: Health) -> Standing:
        texts = self._site.texts
        zone = self._site.config.bot.zone
        since = f"{health.since.astimezone(zone):%m-%d %H:%M}" if health.since else ""
        state = texts(f"channel.{health.state.value}")
        shown = texts(f"channel.name.{name}")
        return Standing(name, shown, health.ready, state, since, health.code is not None)

    async def _only_operators(self, request: web.Request) -> None:
        if may_look_inside(self._site, request):
            return
        claimed = await self._site.gate.claims(request)
        if not await self._site.read(_is_operator, claimed):
            raise web.HTTPForbidden(text=self._site.texts("web.refused.insiders"))


def _is_operator(uow: UnitOfWork, claimed: str | None) -> bool:
    found = visitor(uow, claimed or None)
    duties: list[Any] = uow.people.duties(found.account.person_id) if found else []
    return any(duty.role is Role.OPERATOR for duty in duties)
