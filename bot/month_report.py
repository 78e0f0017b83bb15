"""The month's report: the cockpit's figures of an area as a document or a spreadsheet."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from bot import charts
from bot.export import safe
from bot.web.cockpit.tables import TableLine, Where, calls_of, heads_of, line_of
from data.domain.activity import UnitState
from data.domain.figures import STAGES
from handlers.activities.results import picture_of
from handlers.board.public_words import public_words
from handlers.reports.charts import ranking, trend
from handlers.reports.community_life import five_alls_of, party_of
from handlers.reports.figures import span
from handlers.reports.overview import now, overview
from handlers.saying.charts import titled
from handlers.saying.days import day_and_time
from handlers.saying.showing import case_label

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from bot.channels.album import Album
    from data.domain.activity import Activity
    from data.domain.figures import Scope
    from data.domain.overview import Now, Overview, PartFigures
    from handlers.context import Context
    from handlers.reports.periods import Period


MOST_PICTURES = 12


class ReportSheet(NamedTuple):
    """A table of the report: its name, its head, its rows."""

    name: str
    head: list[str]
    rows: list[list[str]]


class MonthReport(NamedTuple):
    """What is written: a title, tables, and charts as Vega-Lite specs."""

    title: str
    sheets: list[ReportSheet]
    charts: list[dict[str, Any]]
    pictures: list[tuple[str, str]]  # of what was found at activities: what it is, and its path


def report_of(ctx: Context, scope: Scope, period: Period) -> MonthReport:
    """Return the report of an area and a period."""
    texts, found = ctx.house.texts, overview(ctx, scope, period)
    standing = now(ctx, scope, period)
    where = Where(scope.area.code, period.name)
    heads = heads_of(texts)

    def table(key: str, parts: tuple[PartFigures, ...]) -> ReportSheet:
        return ReportSheet(
            texts(key), ["", *heads], [_row(line_of(texts, _nowhere, where, p)) for p in parts]
        )

    units = [[p.name, calls_of(p).shown, *_row(line_of(texts, _nowhere, where, p))[1:]] for p in found.units]
    sheets = [
        table("month_report.whole", (found.whole,)),
        table("cockpit.by_area", found.areas),
        ReportSheet(texts("cockpit.units"), [texts("cockpit.rank"), texts("cockpit.calls"), *heads], units),
        table("cockpit.by_person", found.people),
        _grades(ctx, found),
        _first_times(ctx, found),
        _five_alls(ctx, scope, period),
        _life(ctx, scope, period),
        _activities(ctx, scope, period),
        _months(ctx, found),
        _heat(ctx, found),
        _work(ctx, standing),
    ]
    title = texts("month_report.title", area=scope.name, period=period.name)
    drawn = [titled(trend(texts, found.months), texts("cockpit.trend"))]
    if found.areas:
        drawn.append(titled(ranking(texts, found.areas), texts("cockpit.by_area")))
    return MonthReport(title, [sheet for sheet in sheets if sheet.rows], drawn, _pictures(ctx, scope, period))


def write(report: MonthReport, to: Path, album: Album | None = None) -> None:
    """Write a report as the ending of the file's name says: .docx (with the album's pictures) or .xlsx."""
    if to.suffix.lower() == ".docx":
        _document(report, to, album)
    else:
        _workbook(report, to)


def _document(report: MonthReport, to: Path, album: Album | None) -> None:
    from docx import Document  # noqa: PLC0415  loaded by who writes one
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Cm, Pt  # noqa: PLC0415

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(1.5)
    document.add_heading(report.title, 0)
    for spec in report.charts:
        document.add_picture(io.BytesIO(charts.drawn(spec)), width=Cm(18))
    for sheet in report.sheets:
        document.add_heading(sheet.name, 1)
        table = document.add_table(rows=0, cols=len(sheet.head), style="Light Grid Accent 1")
        for row in (sheet.head, *sheet.rows):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                run = cell.paragraphs[0].add_run(text)
                run.font.size = Pt(8)
    for caption, path in report.pictures:
        file = album.passed_on(path) if album is not None else None
        if file is not None:
            document.add_picture(_as_jpeg(file), width=Cm(9))
            document.add_paragraph(caption)
    document.save(str(to))


def _as_jpeg(file: Path) -> io.BytesIO:
    """Return a picture as every word processor reads it."""
    from PIL import Image  # noqa: PLC0415  loaded by who writes one

    drawn = io.BytesIO()
    with Image.open(file) as image:
        image.convert("RGB").save(drawn, "JPEG", quality=85)
    drawn.seek(0)
    return drawn


def _workbook(report: MonthReport, to: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415  loaded by who writes one
    from openpyxl.drawing.image import Image  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook(write_only=False)
    book.remove(book.worksheets[0])
    for sheet in report.sheets:
        page = book.create_sheet(sheet.name[:31].replace("/", " "))
        page.append([report.title])
        page.append([safe(text) for text in sheet.head])
        for row in sheet.rows:
            page.append([safe(_number(text)) for text in row])
        for cell in page[2]:
            cell.font = Font(bold=True)
        page.freeze_panes = "B3"
    page = book.create_sheet("图")
    for number, spec in enumerate(report.charts):
        page.add_image(Image(io.BytesIO(charts.drawn(spec))), f"A{1 + number * 36}")
    book.save(to)


def _number(text: str) -> object:
    return int(text) if text.isascii() and text.isdigit() else text


def _row(line: TableLine) -> list[str]:
    return [line.name, *(cell.shown for cell in line.cells)]


def _nowhere(_path: str, **_query: object) -> str:
    return ""


def _grades(ctx: Context, found: Overview) -> ReportSheet:
    texts = ctx.house.texts
    head = ["", texts("cockpit.head.reported"), texts("cockpit.head.resolved")]
    return ReportSheet(texts("month_report.grades"), head, [[n, str(r), str(d)] for n, r, d in found.grades])


def _work(ctx: Context, standing: Now) -> ReportSheet:
    texts = ctx.house.texts
    names = ("visits", "visits_due", "meetings", "activities", "necessary", "open", "late", "whistled")
    rows = [[texts(f"cockpit.tile.{name}"), str(getattr(standing, name))] for name in names]
    rows += [
        [texts("cockpit.necessary_of", name=name), f"{in_time}/{count}"]
        for name, count, in_time in standing.calls
    ]
    return ReportSheet(texts("month_report.work"), ["", texts("month_report.count")], rows)


def _first_times(ctx: Context, found: Overview) -> ReportSheet:
    """Return the five 第一时间: found by staff's own looking, and the median times to the other four."""
    texts = ctx.house.texts
    head = ["", *(texts(f"export.{name}") for name in ("found", *STAGES))]
    rows = [
        [
            part.name,
            texts("month_report.by_staff", count=part.totals.by_staff),
            *(span(texts, part.medians[stage]) for stage in STAGES),
        ]
        for part in (found.whole, *found.areas)
    ]
    return ReportSheet(texts("month_report.first_times"), head, rows)


def _five_alls(ctx: Context, scope: Scope, period: Period) -> ReportSheet:
    texts = ctx.house.texts
    counted = five_alls_of(ctx, scope.area, period.start, period.end)
    shown = {**counted, "visited": f"{counted['visited']}/{counted['households']}"}
    names = ("visited", "reported", "units", "done", "rated")
    rows = [[texts(f"month_report.five.{name}"), str(shown[name])] for name in names]
    return ReportSheet(texts("month_report.five_alls"), ["", texts("month_report.count")], rows)


def _life(ctx: Context, scope: Scope, period: Period) -> ReportSheet:
    """Return the figures of community life: the five calls, wishes, help, thanks, what was said on behalf."""
    texts, uow, area = ctx.house.texts, ctx.uow, scope.area
    community = (uow.areas.community_of(area.id) or area).id
    inside = [area.id, *(inner.id for inner in uow.areas.below(area.id))]
    span = (period.start, period.end)
    behalf, told = uow.sums.on_behalf(scope, *span)
    party = party_of(ctx, area, *span)
    counted = {
        "wishes": uow.volunteers.fulfilled(community, *span),
        "hours": f"{uow.volunteers.minutes(community, *span) / 60:g}",
        "good": len(uow.good_people.published(community, *span)),
        "behalf": behalf,
        "told": told,
        "members": party["count"],
        "party_hours": party["hours"],
        "party_visits": party["visits"],
        "taken": party["taken"],
        "pairs": party["pairs"],
    }
    rows = [
        [
            texts("month_report.call", kind=texts(f"necessary.kind.{one.kind.value}")),
            f"{one.in_time}/{one.count}",
        ]
        for one in uow.duty_calls.figures(inside, *span)
    ]
    rows += [[texts(f"month_report.life_rows.{name}"), str(value)] for name, value in counted.items()]
    return ReportSheet(texts("month_report.life"), ["", texts("month_report.count")], rows)


def _activities(ctx: Context, scope: Scope, period: Period) -> ReportSheet:
    texts, uow = ctx.house.texts, ctx.uow
    rows = [
        [
            day_and_time(ctx, one.starts_at),
            texts(f"activity.kind.{one.kind.value}"),
            public_words(one.topic, uow.people.names_in(one.topic)),
            str(len(uow.activities.came(one.id))),
            str(sum(unit.state is UnitState.CAME for unit in uow.activities.units(one.id))),
            public_words(one.result or "", uow.people.names_in(one.result or "")),
        ]
        for one in _held(ctx, scope, period)
    ]
    head = [
        texts(f"month_report.activity.{name}")
        for name in ("when", "kind", "topic", "came", "units", "result")
    ]
    return ReportSheet(texts("month_report.activities"), head, rows)


def _pictures(ctx: Context, scope: Scope, period: Period) -> list[tuple[str, str]]:
    """Return the pictures of what was found at activities that are over; of a dispute none."""
    cases = [
        ctx.uow.cases.get(case_id)
        for one in _held(ctx, scope, period)
        if one.ended_at is not None
        for case_id in ctx.uow.activities.cases(one.id)
    ]
    found = [
        (case_label(ctx.policy, case, public=True), picture_of(ctx, case))
        for case in cases
        if not case.discreet
    ]
    return [(label, path) for label, path in found if path is not None][:MOST_PICTURES]


def _held(ctx: Context, scope: Scope, period: Period) -> list[Activity]:
    inside = [area.id for area in (scope.area, *ctx.uow.areas.below(scope.area.id))]
    return ctx.uow.activities.between(inside, period.start, period.end)


def _months(ctx: Context, found: Overview) -> ReportSheet:
    texts = ctx.house.texts
    where = Where(found.scope.area.code, "")
    rows = [
        _row(
            line_of(texts, _nowhere, where, found.whole._replace(name=m.name, totals=m.totals, rates=m.rates))
        )
        for m in found.months
    ]
    few = [0, 1, 2, 6, 7, 8, 9, 10]  # the name, what came and was done, the rates
    head = ["", *heads_of(texts)]
    return ReportSheet(
        texts("cockpit.trend"), [head[n] for n in few], [[row[n] for n in few] for row in rows]
    )


def _heat(ctx: Context, found: Overview) -> ReportSheet:
    heat = found.heat
    rows = [[name, *map(str, counts)] for name, counts in zip(heat.rows, heat.counts, strict=True)]
    return ReportSheet(
        ctx.house.texts("cockpit.heat"), ["", *(k.partition("/")[2] or k for k in heat.columns)], rows
    )
