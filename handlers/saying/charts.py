"""What all charts share: Vega-Lite specs that a page draws, and that whoever sends them draws as pictures."""

from __future__ import annotations

import json
from typing import Any

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
CHART = "chart:"  # before a spec that stands for a picture not drawn yet
HEIGHT = 240  # pixels on a page
GREEN, BLUE, ORANGE = "#0d7454", "#7fb8d6", "#c46a1b"


def spec_of(drawn: dict[str, Any]) -> dict[str, Any]:
    """Return a whole spec from what it draws."""
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": HEIGHT,
        "background": "white",
        "config": {"font": FONT, "axis": {"labelFontSize": 12, "titleFontSize": 12}},
        **drawn,
    }


def titled(spec: dict[str, Any], title: str) -> dict[str, Any]:
    """Return a spec as a picture of its own: with a title, and a size."""
    return {**spec, "title": title, "width": 640, "height": spec["height"] * 5 // 4, "padding": 16}


def as_media(spec: dict[str, Any]) -> str:
    """Return a chart as what is sent: whoever sends it draws it."""
    return CHART + json.dumps(spec, ensure_ascii=False)
