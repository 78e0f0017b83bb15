"""Charts and QR codes drawn as pictures, and the script by which pages draw the same charts themselves."""

from __future__ import annotations

import asyncio
import json
import sys
from importlib import metadata
from io import BytesIO
from subprocess import PIPE, CalledProcessError
from typing import TYPE_CHECKING, Any

from bot.channels.hub import ChatSpot
from handlers.saying.charts import CHART
from handlers.saying.qr import QR

if TYPE_CHECKING:
    from bot.channels.album import Album
    from data.domain.messages import Outgoing

BUNDLE = "import sys, vl_convert; sys.stdout.buffer.write(vl_convert.javascript_bundle().encode())"


def drawn(spec: dict[str, Any]) -> bytes:
    """Return a chart as a PNG, twice as many pixels as its size says."""
    import vl_convert  # noqa: PLC0415  tens of megabytes, for charts only

    png: bytes = vl_convert.vegalite_to_png(json.dumps(spec, ensure_ascii=False), scale=2)
    return png


class ChartScript:
    """What draws charts in a page: Vega, Vega-Lite and vega-embed in one module, off the net.

    Another process makes it, once: it takes seconds, in which nothing else of its process runs.
    """

    def __init__(self) -> None:
        self._making: asyncio.Task[bytes] | None = None

    async def text(self) -> bytes:
        """Return it; raise `CalledProcessError` if it could not be made, and try again the next time."""
        if self._making is None:
            self._making = asyncio.create_task(_bundle())
        try:
            return await asyncio.shield(self._making)
        except (OSError, CalledProcessError):
            self._making = None
            raise


async def _bundle() -> bytes:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", BUNDLE, stdout=PIPE)
    made, _ = await process.communicate()
    if process.returncode:
        raise CalledProcessError(process.returncode, "javascript_bundle")
    return made


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
