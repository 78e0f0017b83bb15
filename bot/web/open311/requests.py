"""Service requests: listed, shown, posted (GeoReport v2)."""

from __future__ import annotations

import re
from secrets import token_hex
from typing import TYPE_CHECKING, Any, NamedTuple

from aiohttp import web

from bot.web.api.looking import note_views
from bot.web.api.writing import Reporter, ReportSpot, inbound_of
from bot.web.open311 import forms
from bot.web.open311.asked import listed, page_of, span_of, states_of
from bot.web.open311.mistakes import unknown, wrong
from bot.web.open311.showing import requests_of
from data.domain.messages import clean, clean_name
from data.domain.report import Report
from data.domain.token import TokenScope
from data.repositories.latest import RowSpan as Rows
from handlers.appeals.locating import area_of, community_of
from nlp.categories import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.web.api.writing import Writing
    from bot.web.open311.sight import Keys, Sight
    from bot.web.site import Site
    from data.domain.areas import Area
    from data.domain.case import Case
    from data.domain.messages import Inbound
    from data.uow import UnitOfWork

MOST_WORDS = 4_000
NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
_ATTRIBUTE = re.compile(r"attribute\[([^\]]{1,40})\](?:\[\])?")
_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d{1,12})?", re.ASCII)


class RequestsSeen(NamedTuple):
    """What was read: the rows of an answer, and the cases whose words they show as they were said."""

    rows: list[dict[str, Any]]
    sight: Sight


class Requests:
    """Answers the addresses of service requests: lists, single ones, posted ones."""

    def __init__(self, site: Site, keys: Keys, writing: Writing) -> None:
        self._site = site
        self._keys = keys
        self._writing = writing

    async def show_all(self, request: web.Request) -> web.Response:
        """List requests: by their ids, or by span, status and service."""
        rows = await self._read(request, self._found)
        return forms.list_of(request.match_info["form"], "service_requests", "request", rows)

    async def show_one(self, request: web.Request) -> web.Response:
        """Show one request."""
        rows = await self._read(request, self._one)
        return forms.list_of(request.match_info["form"], "service_requests", "request", rows)

    async def token(self, request: web.Request) -> web.Response:
        """Say which request came of a token; we give ids at once, and take one for its own token."""
        rows = await self._read(request, self._one)
        found = [
            {"service_request_id": row["service_request_id"], "token": row["service_request_id"]}
            for row in rows
        ]
        return forms.list_of(request.match_info["form"], "service_requests", "request", found)

    async def post(self, request: web.Request) -> web.Response:
        """Take a request in: it opens a case, or joins the open one for the same matter."""
        given = await fields_of(request)
        self._keys.count(given.get("api_key", ""))
        inbound = await self._site.write(self._reported, given)
        await self._writing.hand_in(inbound)
        row = await self._site.read(self._taken, inbound)
        return forms.list_of(request.match_info["form"], "service_requests", "request", [row], status=201)

    async def _read(self, request: web.Request, look: Any) -> list[dict[str, Any]]:
        key = request.query.get("api_key", "")
        self._keys.count(key)

        def looked(uow: UnitOfWork) -> RequestsSeen:
            sight = self._keys.reader(uow, key)
            return RequestsSeen(look(sight, request), sight)

        rows, sight = await self._site.read(looked)
        if sight.viewed and sight.token is not None:
            await self._site.write(note_views, sight.token, sight.viewed, self._site.clock.now())
        return rows

    def _found(self, sight: Sight, request: web.Request) -> list[dict[str, Any]]:
        given = request.query
        where = self._site.address(request)
        here = sight.jurisdiction(given.get("jurisdiction_id", ""))
        if ids := listed(given, "service_request_id"):  # overrides all other arguments
            found = [_case(sight, one) for one in ids[:1000]]
            return requests_of(sight, [case for case in found if case is not None], where)
        span, (page, size) = span_of(given, sight.now), page_of(given)
        wanted = sight.wanted(here)._replace(
            states=states_of(given), categories=listed(given, "service_code")
        )
        cases = sight.uow.latest.reported(wanted, Rows(size, None, *span), skip=(page - 1) * size)
        return requests_of(sight, [case for case in cases if sight.sees(case)], where)

    def _one(self, sight: Sight, request: web.Request) -> list[dict[str, Any]]:
        here = sight.jurisdiction(request.query.get("jurisdiction_id", ""))
        case = _case(sight, request.match_info["id"])
        if case is None or (here is not None and case.community_id != here.id):
            raise unknown("service_request_id provided was not found")
        return requests_of(sight, [case], self._site.address(request))

    def _reported(self, uow: UnitOfWork, given: Mapping[str, str]) -> Inbound:
        """Return what was posted as a message to the bot alone: nobody said it in a room."""
        sight = self._keys.writer(uow, given.get("api_key", ""), TokenScope.APPEALS_WRITE)
        code = given.get("service_code", "")
        if not code:
            raise wrong("service_code was not provided")
        if code not in CATEGORIES:
            raise unknown("service_code provided was not found")
        words = clean(given.get("description", ""), MOST_WORDS) or code
        at, address = _position(given), clean(given.get("address_string", ""), 200)
        area = self._area(sight, given, words, address, at)
        assert sight.token is not None  # noqa: S101  `writer` saw to that
        who = Reporter(_name(given), _contact(given))
        contact = _asked_back(given, self._site.texts("api.open311.by", name=who.name) if who.name else "")
        media = clean(given.get("media_url", ""), 1000)
        report = Report(sight.token.id, area.id, code, address, contact, at, media)
        account = uow.people.account(sight.token.account_id)
        spot = ReportSpot(account.channel, None, f"api-{token_hex(12)}")
        return inbound_of(uow, sight.token, spot, (words, report), who, now=sight.now)

    def _area(
        self, sight: Sight, given: Mapping[str, str], words: str, address: str, at: tuple[float, float] | None
    ) -> Area:
        """Return where it lies, or raise: nothing says where, or in no jurisdiction."""
        code = given.get("address_id", "")
        if not (code or address or at):
            raise wrong("a location is required: lat and long, address_string or address_id")
        here, top = sight.jurisdiction(given.get("jurisdiction_id", "")), sight.top
        named = sight.uow.areas.by_code(code) if code else None
        community = here or (sight.uow.areas.community_of(named.id) if named else None)
        community = community or community_of(sight, sight.communities(), f"{address}{words}", at)
        if community is None:
            raise wrong("jurisdiction_id was not provided")
        if named is not None and sight.uow.areas.covers(community.id, named.id):
            area = named
        else:
            area = area_of(sight, community, address or words, at)
        if top is not None and not sight.uow.areas.covers(top.id, area.id):
            if not sight.uow.areas.covers(area.id, top.id):
                raise unknown("no such place in the area of this api_key")
            area = top
        return area

    def _taken(self, uow: UnitOfWork, inbound: Inbound) -> dict[str, Any]:
        raised = uow.reports.raised_by(inbound.channel, inbound.message_id)
        if not raised:
            raise wrong("it could not be taken in")
        case = uow.cases.get(raised[0][0])
        community = uow.areas.get(case.community_id).short
        notice = self._site.texts("api.open311.number", community=community, number=case.number)
        return {"service_request_id": str(case.id), "service_notice": notice, "account_id": None}


async def fields_of(request: web.Request) -> dict[str, str]:
    """Return the fields of a form, files left out, or raise: it is none (415)."""
    if request.content_type not in FORM_TYPES:
        raise web.HTTPUnsupportedMediaType(text=f"a form is expected: {FORM_TYPES[0]}")
    try:
        fields = await request.post()
    except ValueError:
        raise wrong("the form cannot be read") from None
    return {name: value for name, value in fields.items() if isinstance(value, str)} | dict(request.query)


def _case(sight: Sight, said: str) -> Case | None:
    if not NUMBER.fullmatch(said):
        return None
    case = sight.uow.latest.case(int(said))
    return case if case is not None and sight.sees(case) else None


def _position(given: Mapping[str, str]) -> tuple[float, float] | None:
    lat, long = given.get("lat", "").strip(), given.get("long", "").strip()
    if not lat and not long:
        return None
    if not (_DEGREES.fullmatch(lat) and _DEGREES.fullmatch(long)):
        raise wrong("lat and long are decimal degrees (WGS 84), both of them")
    at = float(lat), float(long)
    if abs(at[0]) > 90 or abs(at[1]) > 180:
        raise wrong("lat and long are decimal degrees (WGS 84), both of them")
    return at


def _name(given: Mapping[str, str]) -> str:
    first, last = given.get("first_name", "").strip(), given.get("last_name", "").strip()
    western = f"{first} {last}".isascii()
    said = f"{first} {last}".strip() if western else f"{last}{first}"
    return clean_name(said) if said else ""


def _contact(given: Mapping[str, str]) -> str:
    """Return by what somebody who reports again is known."""
    return "|".join(given.get(name, "") for name in ("phone", "email", "account_id", "device_id")).strip("|")


def _asked_back(given: Mapping[str, str], by: str) -> str:
    """Return whom to ask back, and what else was answered, as lines that are kept with the words."""
    lines = [by, *(clean(given.get(name, ""), 200) for name in ("phone", "email"))]
    for name, value in given.items():
        if found := _ATTRIBUTE.fullmatch(name):
            lines.append(f"{clean(found[1], 40)}: {clean(value, 400)}")
    return " ".join(line for line in lines if line)
