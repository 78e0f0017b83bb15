"""Charts drawn: Vega-Lite specs as pictures, and the script by which pages draw the same specs themselves."""

from __future__ import annotations

import json
from functools import cache
from importlib import metadata
from typing import Any

PREFIX = "chart:"  # before a spec where a picture is meant


def drawn(spec: dict[str, Any]) -> bytes:
    """Return a chart as a PNG, twice as many pixels as its size says."""
    import vl_convert  # noqa: PLC0415  tens of megabytes, for charts only

    png: bytes = vl_convert.vegalite_to_png(json.dumps(spec, ensure_ascii=False), scale=2)
    return png


@cache
def script() -> bytes:
    """Return what draws charts in a page: Vega, Vega-Lite and vega-embed in one module, off the net."""
    import vl_convert  # noqa: PLC0415

    bundle: str = vl_convert.javascript_bundle(None)  # type: ignore[arg-type]  # its stub forgets the default
    return bundle.encode()


def version() -> str:
    """Return the version of what draws."""
    return metadata.version("vl-convert-python")
