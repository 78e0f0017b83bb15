"""公开栏: the page, its feeds and its pictures, for anybody, where the config says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web

from bot.web.board import feeds
from bot.web.board.front import Front, front_of
from bot.web.board.public_pages import PublicPages
from bot.web.board.shown import BoardCase, shown
from bot.web.desk.asked import page_number
from bot.web.desk.listing import Choice
from data.domain.figures import Scope
from data.repositories.publications import BoardWanted
from handlers.board.public_words import public_words
from handlers.context import Context
from handlers.reports.figures import percent
from handlers.reports.overview import months_up_to
from handlers.reports.periods import month_of, read_period
from handlers.saying.days import day_and_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.domain.activity import Activity
    from data.domain.areas import Area
    from data.domain.overview import Month
    from data.uow import UnitOfWork

SIZE = 30
FEED = 60  # entries
MONTHS = 6
MOST_MEETINGS = 30
FRESH = "public, max-age=60"


class MonthRow(NamedTuple):
    """One month's rates."""

    name: str
    reported: int
    resolved: int
    rates: list[str]  # contacted, solved, satisfied, all of it
    answers: int


class Coming(NamedTuple):
    """A meeting or an activity to come."""

    when: str
    place: str
    topic: str


class Board(NamedTuple):
    """What the board shows: a page of cases, what one may choose from, the rates by month, what is ahead."""

    cases: list[BoardCase]
    total: int
    page: int
    pages: int
    query: dict[str, str]
    areas: list[Choice]
    kinds: list[Choice]
    months: list[MonthRow]
    meetings: list[Coming]
    front: Front


class BoardPages(PublicPages):
    """Shows the board; 404 where it is switched off."""

    async def show(self, request: web.Request) -> web.Response:
        """Show the page."""
        self._require_on()
        board = await self._site.read(self._board, dict(request.query))
        who = await self._frame.badge(request)
        return self._frame.render("board/page.html", request, who, shown=board)

    async def feed(self, request: web.Request) -> web.Response:
        """Send the feed of cases."""
        self._require_on()
        cases = await self._site.read(self._newest)
        title = self._site.texts("site.page.board")
        body = feeds.atom(title, self._where(request), cases, self._site.clock.now())
        return web.Response(
            body=body, content_type="application/atom+xml", charset="utf-8", headers={"Cache-Control": FRESH}
        )

    async def calendar(self, request: web.Request) -> web.Response:
        """Send the meetings and activities to come as a calendar: of all, or of an area (`?area=`)."""
        self._require_on()
        events = await self._site.read(self._events, request.query.get("area", ""))
        body = feeds.calendar(self._site.texts("site.page.board"), events, self._site.clock.now())
        return web.Response(
            body=body, content_type="text/calendar", charset="utf-8", headers={"Cache-Control": FRESH}
        )

    async def picture(self, request: web.Request) -> web.StreamResponse:
        """Show a picture that a person has made public."""
        return await self._picture(request, _is_public)

    def _where(self, request: web.Request) -> str:
        return f"{self._site.address(request)}/board"

    def _context(self, uow: UnitOfWork) -> Context:
        return Context(self._site.house, uow, self._site.clock.now())

    def _board(self, uow: UnitOfWork, given: Mapping[str, str]) -> Board:
        ctx = self._context(uow)
        area = uow.areas.by_code(given.get("area", "")) if given.get("area") else None
        period = read_period(ctx.policy.work, ctx.now, given.get("month", ""))
        standing = given.get("state", "") if given.get("state") in ("open", "done") else ""
        wanted = BoardWanted(
            area,
            given.get("kind", "")[:40],
            standing,
            period.start if period else None,
            period.end if period else None,
        )
        cases, total, page = uow.publications.board(wanted, page=page_number(given), size=SIZE)
        query = {
            "area": area.code if area else "",
            "kind": wanted.kind,
            "state": standing,
            "month": period.name if period else "",
        }
        return Board(
            cases=shown(ctx, cases, uow.publications.of_all([case.id for case in cases])),
            total=total,
            page=page,
            pages=max(1, -(-total // SIZE)),
            query={key: value for key, value in query.items() if value},
            areas=[Choice(g.code, g.name) for c in uow.areas.communities() for g in uow.areas.grids(c.id)],
            kinds=[Choice(kind, kind.partition("/")[2] or kind) for kind in uow.publications.kinds()],
            months=_months(ctx, area),
            meetings=_meetings(ctx),
            front=front_of(ctx, area),
        )

    def _newest(self, uow: UnitOfWork) -> list[BoardCase]:
        cases, _, _ = uow.publications.board(BoardWanted(), page=1, size=FEED)
        return shown(self._context(uow), cases, uow.publications.of_all([case.id for case in cases]))

    def _events(self, uow: UnitOfWork, code: str) -> list[feeds.FeedEntry]:
        ctx = self._context(uow)
        area = uow.areas.by_code(code) if code else None
        if code and area is None:
            raise web.HTTPNotFound
        host = feeds.host_of(self._site.config.web.public_url)
        return [
            feeds.FeedEntry(
                f"activity-{one.id}@{host}",
                one.starts_at,
                _topic(ctx, one.topic),
                one.place,
                end=one.ends_at,
            )
            for one in _ahead(ctx)
            if area is None or _concerns(uow, area, one)
        ]


def _concerns(uow: UnitOfWork, area: Area, one: Activity) -> bool:
    """Whether an activity is an area's: it lies in it, or is for a wider one."""
    return uow.areas.covers(area.id, one.area_id) or uow.areas.covers(one.area_id, area.id)


def _months(ctx: Context, area: Area | None) -> list[MonthRow]:
    """Return the rates of the last months: of an area, else of all communities together."""
    tops = [area] if area else ctx.uow.areas.communities()
    found = months_up_to(ctx, [Scope(top) for top in tops], month_of(ctx.policy.work, ctx.now), MONTHS)
    return [_month_row(month) for month in found[::-1]]


def _month_row(month: Month) -> MonthRow:
    counted, rated = month.totals, month.rates
    shares = rated.contacted, rated.solved, rated.satisfied, rated.composite
    return MonthRow(month.name, counted.reported, counted.resolved, [*map(percent, shares)], rated.answers)


def _meetings(ctx: Context) -> list[Coming]:
    return [
        Coming(day_and_time(ctx, one.starts_at), one.place, _topic(ctx, one.topic)) for one in _ahead(ctx)
    ]


def _ahead(ctx: Context) -> list[Activity]:
    """Return the meetings and activities that are still to come, the next one first."""
    found = [one for c in ctx.uow.areas.communities() for one in ctx.uow.activities.ahead(c.id, ctx.now)]
    return sorted(found, key=lambda one: (one.starts_at, one.id))[:MOST_MEETINGS]


def _topic(ctx: Context, topic: str) -> str:
    """Return what a meeting is about; an office wrote it, but in its own words."""
    return public_words(topic, ctx.uow.people.names_in(topic))


def _is_public(uow: UnitOfWork, where: Mapping[str, str], path: str) -> bool:
    community = uow.areas.by_code(where["community"])
    case = uow.cases.numbered(community.id, int(where["number"])) if community else None
    public = uow.publications.of(case.id) if case and uow.publications.shows(case.id) else None
    return public is not None and path in public.pictures
