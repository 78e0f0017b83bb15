"""Values that the config and the presets write in the same way."""

from __future__ import annotations

import re
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlsplit

from pydantic import BeforeValidator

_PAUSE = re.compile(r"(\d{1,3}(?:\.\d+)?)-(\d{1,3}(?:\.\d+)?)")
_SPAN = re.compile(r"(\d{1,4})\s*([mhd])")


class ExpectedError(ValueError):
    """A value is not what was expected; the message says what was."""


def _span(value: Any) -> Any:
    """Read `30m`, `2h` or `3d`."""
    if isinstance(value, tuple):
        return value
    found = _SPAN.fullmatch(str(value).strip())
    if not found or int(found[1]) == 0:
        raise ExpectedError("30m, 2h, 3d")
    return (int(found[1]), found[2])


SpanText = Annotated[tuple[int, str], BeforeValidator(_span)]


class Endpoint(NamedTuple):
    """Where a server listens."""

    host: str
    port: int


def _endpoint(value: Any) -> Any:
    """Read `127.0.0.1:18788`; the port may be left out."""
    if isinstance(value, tuple):
        return value
    try:
        parts = urlsplit(f"//{value}")
        host, port = parts.hostname, parts.port or 18788
    except ValueError:
        host = None
    if not host:
        raise ExpectedError("127.0.0.1:18788")
    return Endpoint(host, port)


def _pause(value: Any) -> Any:
    """Read `3-8`, seconds at least and at most."""
    if isinstance(value, tuple):
        return value
    found = _PAUSE.fullmatch(str(value).strip())
    if not found or not 0 <= float(found[1]) <= float(found[2]) <= 600:
        raise ExpectedError("3-8")
    return (float(found[1]), float(found[2]))


EndpointText = Annotated[Endpoint, BeforeValidator(_endpoint)]
PauseText = Annotated[tuple[float, float], BeforeValidator(_pause)]
