"""Charts and QR codes drawn as pictures, and the script by which pages draw the same charts themselves."""

from __future__ import annotations

import json
from functools import cache
from importlib import metadata
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.channels.hub import ChatSpot
from handlers.saying.charts import CHART
from handlers.saying.qr import QR

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
    """Return the version of the library that draws the charts, for the address of its script."""
    return metadata.version("vl-convert-python")


def code_of(address: str) -> bytes:
    """Return the QR code of an address as a PNG, large enough to print and to be read off a screen."""
    import segno  # noqa: PLC0415  needed as seldom

    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="png", scale=10, border=4)
    return drawn.getvalue()


class Drawer:
    """Draws the charts and codes that are to be sent, into the album of where they go."""

    def __init__(self, album: Album) -> None:
        self._album = album

    def draw(self, outgoing: Outgoing) -> str:
        """Return the picture of what stands in a message as its spec, or as an address."""
        wanted = outgoing.media or ""
        picture = (
            code_of(wanted.removeprefix(QR))
            if wanted.startswith(QR)
            else drawn(json.loads(wanted.removeprefix(CHART)))
        )
        return self._album.put(ChatSpot(outgoing.room, None if outgoing.room else outgoing.to), picture)
