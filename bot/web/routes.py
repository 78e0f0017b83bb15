"""Every address of the site, in one table."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol

from aiohttp import web

from bot.channels.onebot.channel import OneBotChannel
from bot.channels.wecom.channel import WecomChannel
from bot.web import looks
from bot.web.acting import Acting
from bot.web.api.door import TokenDoor
from bot.web.api.reference import ReferencePage
from bot.web.api.serving import Api
from bot.web.api.writing import Writing
from bot.web.board.decisions import DecisionsPage
from bot.web.board.page import BoardPages
from bot.web.calendars import OwnCalendars
from bot.web.channels_page import Lines
from bot.web.cockpit.page import Cockpit
from bot.web.desk.case_page import CasePage
from bot.web.desk.listing import Listing
from bot.web.desk.own_page import OwnPages
from bot.web.desk.people_pages import PeoplePages
from bot.web.desk.registers import Registers
from bot.web.devices_page import Devices
from bot.web.health import HealthPages
from bot.web.onebot_door import OneBotDoor
from bot.web.open311.mistakes import BASE as OPEN311
from bot.web.open311.requests import Requests
from bot.web.open311.services import ServiceList
from bot.web.open311.sight import Keys
from bot.web.open311.updates import Updates
from bot.web.picture_pages import Photos
from bot.web.reading_page import ReadingPage
from bot.web.sign_in import Doors
from bot.web.wecom_door import WecomDoor

if TYPE_CHECKING:
    from bot.channels.web import WebChannel
    from bot.web.chat import Chat
    from bot.web.frame import PageFrame
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
    found: list[Door] = []
    for channel in site.channels.values():
        if isinstance(channel, OneBotChannel):
            found.append(OneBotDoor(site, channel))
        elif isinstance(channel, WecomChannel):
            found.append(WecomDoor(channel))
    return found


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


def working(frame: PageFrame, channel: WebChannel) -> list[web.AbstractRouteDef]:
    """What staff and responders work with."""
    acting = Acting(frame, channel)
    listing, case = Listing(frame, acting), CasePage(frame, acting)
    cockpit, registers, own = Cockpit(frame), Registers(frame, acting), OwnPages(frame, acting)
    people = PeoplePages(frame, acting)
    one = r"/desk/cases/{community}/{number:\d{1,9}}"
    return [
        web.get("/desk", listing.show),
        web.post("/desk", acting.keeping(listing.act)),
        web.get("/desk/cases.xlsx", listing.sheet),
        web.post("/desk/filters", acting.keeping(listing.keep)),
        web.get(one, case.show),
        web.post(one, acting.keeping(case.act)),
        web.get(one + "/media/{chat}/{name}", case.picture),
        web.get(r"/desk/people/links/{link:\d{1,12}}.svg", people.code),
        web.get("/desk/people/import", people.ask),
        web.post("/desk/people/import", acting.keeping(people.take)),
        web.get(r"/desk/{page:rules|words}", own.show),
        web.post(r"/desk/{page:rules|words}", acting.keeping(own.act)),
        web.get(r"/desk/{name:[a-z]+}", registers.show),
        web.post(r"/desk/{name:[a-z]+}", acting.keeping(registers.act)),
        web.get("/cockpit", cockpit.show),
        web.get(r"/charts-{version:[\w.]+}.js", cockpit.script),
    ]


def public(frame: PageFrame) -> list[web.AbstractRouteDef]:
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


def interfaces(frame: PageFrame) -> list[web.AbstractRouteDef]:
    """What other software uses, by tokens."""
    site, running = frame.site, version("shaozi")
    door, reference = TokenDoor(site), ReferencePage(frame, running)
    return [
        web.get("/api/v1", reference.lead),
        web.get("/api/v1/", reference.show),
        *Api(site, door, running).routes(),
        *_open311(site, door),
        web.get(r"/calendar/{secret:[A-Za-z0-9_-]{32}}.ics", OwnCalendars(site).show),
    ]


def _open311(site: Site, door: TokenDoor) -> list[web.AbstractRouteDef]:
    keys, writing, form = Keys(site, door), Writing(site), r".{form:json|xml}"
    services, asked = ServiceList(site, keys), Requests(site, keys, writing)
    updates = Updates(site, keys, writing)
    return [
        web.get(f"{OPEN311}/discovery{form}", services.discovery),
        web.get(f"{OPEN311}/services{form}", services.services),
        web.get(rf"{OPEN311}/services/{{code:.+}}{form}", services.definition),
        web.get(f"{OPEN311}/requests{form}", asked.show_all),
        web.post(f"{OPEN311}/requests{form}", asked.post),
        web.get(rf"{OPEN311}/requests/{{id:[^/]+}}{form}", asked.show_one),
        web.get(rf"{OPEN311}/tokens/{{id:[^/]+}}{form}", asked.token),
        web.get(f"{OPEN311}/servicerequestupdates{form}", updates.show_all),
        web.post(f"{OPEN311}/servicerequestupdates{form}", updates.post),
    ]


def talking(site: Site, chat: Chat, pages: Pages, frame: PageFrame) -> list[web.AbstractRouteDef]:
    """The group chat and its pages."""
    photos = Photos(site)
    doors = Doors(site, pages)
    devices, reading = Devices(frame, chat.channel), ReadingPage(frame, chat.channel)
    return [
        web.get("/", pages.chat),
        web.get("/read", reading.show),
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
