"""Charts drawn: Vega-Lite specs as pictures, and the script by which pages draw the same specs themselves."""

from __future__ import annotations

import json
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

from bot.channels.hub import ChatSpot
from handlers.saying.charts import CHART

if TYPE_CHECKING:
    from bot.channels.album import Album
    from data.domain.messages import Outgoing


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


class Drawer:
    """Draws the charts that are to be sent, into the album of where they go."""

    def __init__(self, album: Album) -> None:
        self._album = album

    def draw(self, outgoing: Outgoing) -> str:
        """Return the picture of a chart that stands in a message as its spec."""
        spec = json.loads((outgoing.media or "").removeprefix(CHART))
        return self._album.put(ChatSpot(outgoing.room, None if outgoing.room else outgoing.to), drawn(spec))
