"""Calendars for phones: one's own due dates, at a secret address (RFC 5545)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from bot.web.board import feeds
from handlers.context import Context
from handlers.people.own_calendar import Due, due_dates, owner

if TYPE_CHECKING:
    from bot.web.site import Site
    from data.uow import UnitOfWork

BEFORE = timedelta(minutes=30)  # an entry stands so long before what falls due


class OwnCalendars:
    """Sends calendars to whoever knows their address; any other leads nowhere."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Send a calendar."""
        found = await self._site.read(self._due, request.match_info["secret"])
        if found is None:
            raise web.HTTPNotFound
        name, due = found
        host = feeds.host_of(self._site.config.web.public_url)
        events = [
            feeds.FeedEntry(f"{one.key}@{host}", one.at - BEFORE, one.what, one.place, end=one.at)
            for one in due
        ]
        body = feeds.calendar(name, events, self._site.clock.now())
        return web.Response(body=body, content_type="text/calendar", charset="utf-8")

    def _due(self, uow: UnitOfWork, secret: str) -> tuple[str, list[Due]] | None:
        person, now = owner(uow, secret), self._site.clock.now()
        if person is None or None in uow.sessions.banned_from(person.id, now):
            return None
        name = self._site.texts("calendar.name", name=person.name, bot=self._site.config.bot.name)
        return name, due_dates(Context(self._site.house, uow, now), person)
