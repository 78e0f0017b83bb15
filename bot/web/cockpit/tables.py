"""Figures as rows of tables: every number with the address of its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain.figures import STAGES
from handlers.reports.figures import percent, span

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.domain.overview import Heat, PartFigures
    from handlers.texts.wording import Texts

    Link = Callable[..., str]

SHADES = 5
BAD = ("missed",)


class Cell(NamedTuple):
    """A number as it is shown, and where it leads (nowhere if it is empty)."""

    shown: str
    href: str = ""
    bad: bool = False


class TableLine(NamedTuple):
    """One row: a name, where it leads, and its cells."""

    name: str
    href: str
    cells: list[Cell]


class HeatRow(NamedTuple):
    """A building, with a cell and a shade (0 to 5) for each kind."""

    name: str
    href: str
    cells: list[tuple[Cell, int]]


class Where(NamedTuple):
    """Which cases the figures on a page are of: what every link says."""

    area: str
    period: str


def line_of(texts: Texts, link: Link, where: Where, part: PartFigures, *, href: str = "") -> TableLine:
    """Return the figures of a part as a row."""
    query = _query(where, part)
    counted = part.totals
    cells = [
        Cell(
            str(count),
            link("/desk", state=state, **query) if count else "",
            bad=count > 0 and state in BAD,
        )
        for state, count in (
            ("all", counted.reported),
            ("done", counted.resolved),
            ("open", counted.open),
            ("reopened", counted.reopened),
            ("missed", part.late),
        )
    ]
    rated = part.rates
    rates = link("/desk", state="rated", **query) if rated.answers else ""
    cells += [
        Cell(percent(rate), rates)
        for rate in (rated.contacted, rated.solved, rated.satisfied, rated.composite)
    ]
    cells.append(Cell(str(rated.answers), rates))
    times = link("/desk", state="done", **query)
    cells += [
        Cell(span(texts, part.medians[stage]), times if part.medians[stage] else "") for stage in STAGES
    ]
    return TableLine(part.name, href, cells)


def heads_of(texts: Texts) -> list[str]:
    """Return what stands above the cells of a line."""
    counted = ("reported", "resolved", "open", "reopened", "late")
    rated = ("contacted", "solved", "satisfied", "composite", "answers")
    names = (*counted, *rated, *(f"to_{stage}" for stage in STAGES))
    return [texts(f"cockpit.head.{name}") for name in names]


def calls_of(part: PartFigures, link: Link | None = None, where: Where | None = None) -> Cell:
    """Return how an organisation answered its calls: in time, of all; with the address of their cases."""
    if not part.calls:
        return Cell("–")
    href = link("/desk", state="called", **_query(where, part)) if link and where else ""
    return Cell(f"{part.calls - part.late_calls}/{part.calls}", href, bad=part.late_calls > 0)


def heat_rows(link: Link, where: Where, heat: Heat) -> list[HeatRow]:
    """Return the heat table, each cell shaded by its share of the highest."""
    return [
        HeatRow(
            name,
            link("/cockpit", area=code, period=where.period),
            [
                (
                    Cell(str(count), link("/desk", state="all", kind=kind, area=code, period=where.period))
                    if count
                    else Cell(""),
                    -(-count * SHADES // heat.most) if count else 0,
                )
                for kind, count in zip(heat.columns, counts, strict=True)
            ],
        )
        for name, code, counts in zip(heat.rows, heat.codes, heat.counts, strict=True)
    ]


def _query(where: Where, part: PartFigures) -> dict[str, str]:
    handler = part.key[:2] in ("o:", "p:")
    return {
        "area": where.area if handler else part.key,
        "period": where.period,
        **({"who": part.key} if handler else {}),
    }
