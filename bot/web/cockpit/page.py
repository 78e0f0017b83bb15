"""驾驶舱: how things stand now, and the figures of a period by area, unit, person, month and kind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web

from bot import charts
from bot.web.cockpit.tables import Cell, HeatRow, TableLine, Where, calls_of, heads_of, heat_rows, line_of
from bot.web.desk.listing import Choice, tonight_of
from bot.web.desk.rows import CaseRow, row_of
from bot.web.frame import linker
from bot.web.security import FOR_EVER
from bot.web.viewers import COCKPIT
from data.domain.areas import AreaKind
from data.domain.case import Grade
from data.domain.figures import Scope
from data.domain.people import OFFICERS
from handlers.reports.charts import ranking, trend
from handlers.reports.overview import now, overview
from handlers.reports.periods import read_period, this_month

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.web.frame import PageFrame
    from bot.web.viewers import Viewer
    from data.domain.areas import Area
    from data.domain.overview import Now
    from handlers.context import Heard
    from handlers.reports.periods import Period

RENEWED = "60"  # seconds between two looks, on a whole screen
PERIODS = ("今天", "本周", "上周", "本月", "上月", "今年", "去年")


class Tile(NamedTuple):
    """A big number on top of the cockpit: its name, and the number with its link."""

    name: str
    cell: Cell


class FigureTable(NamedTuple):
    """A table of figures: what its rows are, and the rows."""

    name: str
    rows: list[TableLine]


class Flown(NamedTuple):
    """What the cockpit shows: tiles, tables by area, person and unit, the heat, the charts' specs."""

    area: str
    code: str
    period: str
    crumbs: list[Choice]
    tiles: list[Tile]
    heads: list[str]
    whole: TableLine
    tables: list[FigureTable]
    units: list[tuple[TableLine, Cell]]
    heat: list[HeatRow]
    kinds: list[str]
    whistles: list[CaseRow]
    emergencies: list[CaseRow]
    trend: str
    parts: str
    grades: list[tuple[str, int, int, str]]
    calls: list[tuple[str, int, int]]


class Cockpit:
    """Shows the figures, and the script that draws charts."""

    def __init__(self, frame: PageFrame) -> None:
        self._frame = frame
        self._script = charts.ChartScript()

    async def show(self, request: web.Request) -> web.Response:
        """Show the cockpit; `screen` is the whole-screen mode that renews itself."""
        link = linker(self._frame.site, request)
        screen = "screen" in request.query
        who, flown = await self._frame.read(request, COCKPIT, self._flown, dict(request.query), link)
        page = self._frame.render(
            "cockpit/page.html",
            request,
            who,
            flown=flown,
            screen=screen,
            periods=PERIODS,
            script=f"/charts-{charts.version()}.js",
        )
        if screen:
            page.headers["Refresh"] = RENEWED
        return page

    async def script(self, _request: web.Request) -> web.Response:
        """Send what draws the charts; its address names its version."""
        return web.Response(
            body=await self._script.text(),
            content_type="text/javascript",
            charset="utf-8",
            headers={"Cache-Control": FOR_EVER},
        )

    def _flown(self, viewer: Viewer, given: Mapping[str, str], link: Callable[..., str]) -> Flown:
        heard, texts = viewer.heard, viewer.heard.house.texts
        area = area_asked(heard, given.get("area", ""))
        period = read_period(heard.policy.work, heard.now, given.get("period", "")) or this_month(
            heard.policy.work, heard.now
        )
        scope, where = Scope(area), Where(area.code, period.name)
        seen, standing = overview(heard, scope, period), now(heard, scope, period)
        tonight = tonight_of(heard)

        return Flown(
            area=area.name,
            code=area.code,
            period=period.name,
            crumbs=_crumbs(heard, area),
            tiles=_tiles(heard, standing, area, period, link),
            heads=heads_of(texts),
            whole=line_of(texts, link, where, seen.whole),
            tables=[
                FigureTable(
                    texts("cockpit.by_area"),
                    [
                        line_of(texts, link, where, p, href=link("/cockpit", area=p.key, period=period.name))
                        for p in seen.areas
                    ],
                ),
                FigureTable(
                    texts("cockpit.by_person"), [line_of(texts, link, where, p) for p in seen.people]
                ),
            ],
            units=[(line_of(texts, link, where, p), calls_of(p, link, where)) for p in seen.units],
            heat=heat_rows(link, where, seen.heat),
            kinds=[kind.partition("/")[2] or kind for kind in seen.heat.columns],
            whistles=[row_of(heard, case, tonight) for case in standing.whistles],
            emergencies=[row_of(heard, case, tonight) for case in standing.emergencies],
            trend=json.dumps(trend(texts, seen.months), ensure_ascii=False),
            parts=json.dumps(ranking(texts, seen.areas), ensure_ascii=False) if seen.areas else "",
            grades=[
                (*counted, link("/desk", state="all", grade=grade.value, area=area.code, period=period.name))
                for grade, counted in zip(Grade, seen.grades, strict=True)
            ],
            calls=list(standing.calls),
        )


def _tiles(heard: Heard, standing: Now, area: Area, period: Period, link: Callable[..., str]) -> list[Tile]:
    """Return the tiles: what stands now and what came today, each with the way to the cases it counts."""
    texts = heard.house.texts

    def tile(name: str, count: int, state: str = "", **query: str) -> Tile:
        href = link("/desk", state=state, area=area.code, **query) if state and count else ""
        bad = name in ("late", "emergency") and count > 0
        return Tile(texts(f"cockpit.tile.{name}"), Cell(str(count), href, bad=bad))

    def register(name: str, count: int, page: str) -> Tile:
        month = f"{heard.policy.work.local(period.start):%Y-%m}"
        return Tile(texts(f"cockpit.tile.{name}"), Cell(str(count), link(f"/desk/{page}", month=month)))

    return [
        tile("reported", standing.reported, "all", period="今天"),
        tile("accepted", standing.accepted, "accepted_then", period="今天"),
        tile("resolved", standing.resolved, "resolved_then", period="今天"),
        tile("open", standing.open, "open"),
        tile("late", standing.late, "late"),
        tile("emergency", standing.emergency, "emergency"),
        tile("whistled", standing.whistled, "whistled"),
        register("visits", standing.visits, "visits"),
        register("visits_due", standing.visits_due, "visits"),
        register("necessary", standing.necessary, "visits"),
        register("meetings", standing.meetings, "meetings"),
        register("activities", standing.activities, "activities"),
    ]


def area_asked(heard: Heard, code: str) -> Area:
    """Return the area that is asked for, if an officer's duty covers it; else the widest of those duties."""
    own = [heard.uow.areas.get(d.area_id) for d in heard.duties if d.role in OFFICERS]
    asked = heard.uow.areas.by_code(code) if code else None
    if asked is not None and any(heard.uow.areas.covers(top.id, asked.id) for top in own):
        return asked
    if asked is not None or code:
        raise web.HTTPNotFound(text=heard.house.texts("cockpit.no_such_area"))
    return min(own, key=lambda area: list(AreaKind).index(area.kind))


def _crumbs(heard: Heard, area: Area) -> list[Choice]:
    own = [d.area_id for d in heard.duties if d.role in OFFICERS]
    above = [a for a in heard.uow.areas.up(area.id) if any(heard.uow.areas.covers(top, a.id) for top in own)]
    return [Choice(a.code, a.name) for a in above[::-1]]
