"""The page of the channels: where each stands, and the code to scan where one waits for that."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web

from bot.web.insiders import only_insiders

if TYPE_CHECKING:
    from bot.channels.base import Health
    from bot.web.pages import Pages
    from bot.web.site import Site

REFRESH = "15"  # seconds; a code lives for a minute or two


class ChannelStanding(NamedTuple):
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
        await only_insiders(self._site, request)
        shown = [self._standing(name, channel.health) for name, channel in self._site.channels.items()]
        page = self._pages.render("channels.html", request, channels=shown)
        page.headers["Refresh"] = REFRESH
        return page

    async def code(self, request: web.Request) -> web.Response:
        """Draw the code that is to be scanned."""
        await only_insiders(self._site, request)
        channel = self._site.channels.get(request.match_info["name"])
        if channel is None or channel.health.code is None:
            raise web.HTTPNotFound
        import segno  # noqa: PLC0415  for a code that is asked for only

        drawn = io.BytesIO()
        segno.make(channel.health.code, error="l").save(drawn, kind="svg", scale=6, border=4, light="#fff")
        return web.Response(body=drawn.getvalue(), content_type="image/svg+xml")

    def _standing(self, name: str, health: Health) -> ChannelStanding:
        texts = self._site.texts
        zone = self._site.config.bot.zone
        since = f"{health.since.astimezone(zone):%m-%d %H:%M}" if health.since else ""
        state = texts(f"channel.{health.state.value}")
        shown = texts(f"channel.name.{name}")
        return ChannelStanding(name, shown, health.ready, state, since, health.code is not None)
