"""Every address of the site, in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from aiohttp import web

from bot.channels.onebot.channel import OneBotChannel
from bot.web import looks
from bot.web.acting import Acting
from bot.web.board.decisions import DecisionsPage
from bot.web.board.page import BoardPages
from bot.web.channels_page import Lines
from bot.web.cockpit.page import Cockpit
from bot.web.desk.case_page import CasePage
from bot.web.desk.listing import Listing
from bot.web.desk.own_page import OwnPages
from bot.web.desk.registers import Registers
from bot.web.devices_page import Devices
from bot.web.health import HealthPages
from bot.web.onebot_door import OneBotDoor
from bot.web.picture_pages import Photos
from bot.web.sign_in import Doors

if TYPE_CHECKING:
    from bot.channels.web import WebChannel
    from bot.web.chat import Chat
    from bot.web.frame import Frame
    from bot.web.pages import Pages
    from bot.web.site import Site


class Door(Protocol):
    """Where somebody who is no browser comes in: a gateway, another network's callbacks."""

    def routes(self) -> list[web.AbstractRouteDef]:
        """Return the door's addresses."""
        ...

    async def close(self) -> None:
        """Let go of whoever came in."""
        ...


def doors(site: Site) -> list[Door]:
    """What the channels to the outside are spoken to by."""
    return [OneBotDoor(site, one) for one in site.channels.values() if isinstance(one, OneBotChannel)]


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


def working(frame: Frame, channel: WebChannel) -> list[web.AbstractRouteDef]:
    """What staff and responders work with."""
    acting = Acting(frame, channel)
    listing, case = Listing(frame, acting), CasePage(frame, acting)
    cockpit, registers, own = Cockpit(frame), Registers(frame, acting), OwnPages(frame, acting)
    one = r"/desk/cases/{community}/{number:\d{1,9}}"
    return [
        web.get("/desk", listing.show),
        web.post("/desk", listing.act),
        web.get("/desk/cases.xlsx", listing.sheet),
        web.post("/desk/filters", listing.keep),
        web.get(one, case.show),
        web.post(one, case.act),
        web.get(one + "/media/{chat}/{name}", case.picture),
        web.get(r"/desk/{page:rules|words}", own.show),
        web.post(r"/desk/{page:rules|words}", own.act),
        web.get(r"/desk/{name:[a-z]+}", registers.show),
        web.post(r"/desk/{name:[a-z]+}", registers.act),
        web.get("/cockpit", cockpit.show),
        web.get(r"/charts-{version:[\w.]+}.js", cockpit.script),
    ]


def public(frame: Frame) -> list[web.AbstractRouteDef]:
    """What anybody may see."""
    board, decisions = BoardPages(frame), DecisionsPage(frame)
    return [
        web.get("/board", board.show),
        web.get("/board/feed.atom", board.feed),
        web.get("/board/decisions", decisions.show),
        web.get(r"/board/decisions/{community}/{number:\d{1,9}}/media/{chat}/{name}", decisions.picture),
        web.get("/board/calendar.ics", board.calendar),
        web.get(r"/board/{community}/{number:\d{1,9}}/media/{chat}/{name}", board.picture),
    ]


def talking(site: Site, chat: Chat, pages: Pages, frame: Frame) -> list[web.AbstractRouteDef]:
    """The group chat and its pages."""
    photos = Photos(site)
    doors = Doors(site, pages)
    devices = Devices(frame, chat.channel)
    return [
        web.get("/", pages.chat),
        web.get("/chat", chat.connect),
        web.get("/sign-in", doors.ask),
        web.post("/sign-in", doors.come_in),
        web.post("/sign-out", doors.go_out),
        web.get("/devices", devices.show),
        web.post("/devices", devices.end),
        web.post("/look", looks.choose),
        web.post("/media", photos.take),
        web.get("/media/{chat}/{name}", photos.show),
    ]
