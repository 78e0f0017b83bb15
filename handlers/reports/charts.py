"""Charts as Vega-Lite specs: the page draws them, and the same become pictures for groups and documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.domain.overview import Month, Part
    from handlers.texts.wording import Texts

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
CHART = "chart:"  # before a spec that stands for a picture not drawn yet
GREEN, BLUE, ORANGE = "#0d7454", "#7fb8d6", "#c46a1b"


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
    return _spec({"layer": [drawn, line] if rate else [drawn], "resolve": {"scale": {"y": "independent"}}})


def ranking(texts: Texts, parts: Sequence[Part]) -> dict[str, Any]:
    """Return areas or organisations beside each other: what came up, and what was done of it."""
    values = [
        {"name": part.name, "what": what, "count": count}
        for part in parts
        for what, count in (
            (texts("charts.resolved"), part.totals.resolved),
            (texts("charts.unresolved"), part.totals.reported - part.totals.resolved),
        )
    ]
    names = [texts("charts.resolved"), texts("charts.unresolved")]
    return _spec(
        {
            "data": {"values": values},
            "mark": {"type": "bar", "cornerRadiusEnd": 2},
            "encoding": {
                "y": {"field": "name", "type": "nominal", "sort": None, "axis": {"title": None}},
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


def as_media(spec: dict[str, Any]) -> str:
    """Return a chart as what is sent: whoever sends it draws it."""
    return CHART + json.dumps(spec, ensure_ascii=False)


def titled(spec: dict[str, Any], title: str) -> dict[str, Any]:
    """Return a spec as a picture of its own: with a title, and a size."""
    return {**spec, "title": title, "width": 640, "height": 300, "padding": 16}


def _spec(drawn: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 240,
        "background": "white",
        "config": {"font": FONT, "axis": {"labelFontSize": 12, "titleFontSize": 12}},
        **drawn,
    }
