"""Charts as Vega-Lite specs: the page draws them, and the same become pictures for groups and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.saying.charts import BLUE, GREEN, HEIGHT, ORANGE, spec_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.domain.overview import Month, PartFigures
    from handlers.texts.wording import Texts

MOST_BARS = 18  # of a ranking: more names cannot be read
THICKEST = 48  # a bar with what is between two: one alone would fill the chart


def trend(texts: Texts, months: Sequence[Month]) -> dict[str, Any]:
    """Return cases by month: what came up and what was done of it, with the composite rate as a line."""
    names = texts("charts.reported"), texts("charts.resolved")
    bars = [
        {"month": month.name, "what": name, "count": count}
        for month in months
        for name, count in zip(names, (month.totals.reported, month.totals.resolved), strict=True)
    ]
    rate = [
        {"month": month.name, "rate": month.rates.composite}
        for month in months
        if month.rates.composite is not None
    ]
    axis = {"title": None, "labelAngle": 0, "labelOverlap": True}
    x = {"field": "month", "type": "ordinal", "axis": axis}
    colours = {"domain": list(names), "range": [BLUE, GREEN]}
    drawn = {
        "mark": {"type": "bar", "cornerRadiusEnd": 3},
        "data": {"values": bars},
        "encoding": {
            "x": x,
            "xOffset": {"field": "what", "sort": list(names)},
            "y": {
                "field": "count",
                "type": "quantitative",
                "axis": {"title": texts("charts.cases"), "tickMinStep": 1},
            },
            "color": {"field": "what", "scale": colours, "legend": {"title": None, "orient": "top"}},
        },
    }
    line = {
        "mark": {"type": "line", "point": True, "color": ORANGE},
        "data": {"values": rate},
        "encoding": {
            "x": x,
            "y": {
                "field": "rate",
                "type": "quantitative",
                "scale": {"domain": [0, 1]},
                "axis": {
                    "title": texts("charts.composite"),
                    "format": ".0%",
                    "orient": "right",
                    "grid": False,
                },
            },
        },
    }
    return spec_of({"layer": [drawn, line] if rate else [drawn], "resolve": {"scale": {"y": "independent"}}})


def ranking(texts: Texts, parts: Sequence[PartFigures]) -> dict[str, Any]:
    """Return areas or organisations beside each other: what came up, and what was done of it.

    Of many those are shown in which most came up.
    """
    most = sorted(parts, key=lambda part: -part.totals.reported)[:MOST_BARS]
    values = [
        {"name": part.name, "what": what, "count": count}
        for part in parts
        if part in most
        for what, count in (
            (texts("charts.resolved"), part.totals.resolved),
            (texts("charts.unresolved"), part.totals.reported - part.totals.resolved),
        )
    ]
    names = [texts("charts.resolved"), texts("charts.unresolved")]
    return spec_of(
        {
            "height": min(HEIGHT, THICKEST * (len(most) or 1)),
            "data": {"values": values},
            "mark": {"type": "bar", "cornerRadiusEnd": 2},
            "encoding": {
                "y": {
                    "field": "name",
                    "type": "nominal",
                    "sort": None,
                    "axis": {"title": None, "labelLimit": 110},
                },
                "x": {
                    "field": "count",
                    "type": "quantitative",
                    "axis": {"title": texts("charts.cases"), "tickMinStep": 1},
                },
                "color": {
                    "field": "what",
                    "scale": {"domain": names, "range": [GREEN, ORANGE]},
                    "legend": {"title": None, "orient": "top"},
                },
            },
        }
    )
