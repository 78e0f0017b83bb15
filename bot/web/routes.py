"""Every address of the site, in one table. A cockpit and an API will add tables of their own beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.web.channels_page import Lines
from bot.web.health import HealthPages
from bot.web.picture_pages import Photos
from bot.web.sign_in import Doors

if TYPE_CHECKING:
    from bot.web.chat import Chat
    from bot.web.pages import Pages
    from bot.web.site import Site


def machinery(site: Site, pages: Pages) -> list[web.AbstractRouteDef]:
    """What those see who run the bot, and the files that belong to all pages."""
    health, lines = HealthPages(site), Lines(site, pages)
    return [
        web.get("/healthz", health.health),
        web.get("/metrics", health.metrics),
        web.get("/channels", lines.show),
        web.get("/channels/{name}/code.svg", lines.code),
        pages.files,
    ]


def talking(site: Site, chat: Chat, pages: Pages) -> list[web.AbstractRouteDef]:
    """The group chat and its pages."""
    photos = Photos(site)
    doors = Doors(site, pages)
    return [
        web.get("/", pages.chat),
        web.get("/chat", chat.connect),
        web.get("/sign-in", doors.ask),
        web.post("/sign-in", doors.come_in),
        web.post("/sign-out", doors.go_out),
        web.post("/media", photos.take),
        web.get("/media/{chat}/{name}", photos.show),
    ]
