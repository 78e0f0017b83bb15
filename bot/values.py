"""What the parts of the config and of the presets are made of: their base, and the values they read."""

from __future__ import annotations

import re
from datetime import time, timedelta
from ipaddress import ip_network
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

_AGE = re.compile(r"(\d{1,3})\s*([ymd])")
_PAUSE = re.compile(r"(\d{1,3}(?:\.\d+)?)-(\d{1,3}(?:\.\d+)?)")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_SPAN = re.compile(r"(\d{1,4})\s*([mhd])")


class ExpectedError(ValueError):
    """A value is not what was expected; the message says what was."""


class ConfigPart(BaseModel):
    """One part of the config: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _span(value: Any) -> Any:
    """Read `30m`, `2h` or `3d`."""
    if isinstance(value, tuple):
        return value
    found = _SPAN.fullmatch(str(value).strip())
    if not found or int(found[1]) == 0:
        raise ExpectedError("30m, 2h, 3d")
    return (int(found[1]), found[2])


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


def _clocks(value: Any) -> Any:
    """Read `22:00-07:00`; `off` is no time at all."""
    if value in ("off", False):
        return (time(0), time(0))
    parts = str(value).split("-")
    found = [_CLOCK.fullmatch(part.strip()) for part in parts]
    if len(parts) != 2 or not all(found):
        raise ExpectedError("22:00-07:00")
    return tuple(time(int(f[1]), int(f[2])) for f in found if f)


def _zone(value: Any) -> Any:
    try:
        ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ExpectedError("Asia/Shanghai") from None
    return str(value)


def _networks(value: Any) -> Any:
    """Read addresses and networks: `127.0.0.1`, `10.0.0.0/8`."""
    if not isinstance(value, (list, tuple)):
        raise ExpectedError("[127.0.0.1, 10.0.0.0/8]")
    for one in value:
        try:
            ip_network(str(one), strict=False)
        except ValueError:
            raise ExpectedError("[127.0.0.1, 10.0.0.0/8]") from None
    return tuple(map(str, value))


def _in_one_day(hours: tuple[time, time]) -> tuple[time, time]:
    """Refuse office hours that end before they begin: no working time would ever pass."""
    if hours[0] >= hours[1]:
        raise ExpectedError("09:00-18:00")
    return hours


def _web_address(value: Any) -> Any:
    """Read the address of a server: `https://qyapi.weixin.qq.com`."""
    try:
        parts = urlsplit(str(value))
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ExpectedError("https://qyapi.weixin.qq.com")
    return str(value)


def _age(value: Any) -> Any:
    """Read `3y`, `6m`, `90d`; `off` is for good."""
    if value in ("off", False, None):
        return None
    if isinstance(value, timedelta):
        return value
    found = _AGE.fullmatch(str(value).strip())
    if not found or int(found[1]) == 0:
        raise ExpectedError("3y, 6m, 90d, off")
    return timedelta(days=int(found[1]) * {"y": 365, "m": 30, "d": 1}[found[2]])


Age = Annotated[timedelta | None, BeforeValidator(_age)]
Clocks = Annotated[tuple[time, time], BeforeValidator(_clocks)]
EndpointText = Annotated[Endpoint, BeforeValidator(_endpoint)]
Networks = Annotated[tuple[str, ...], BeforeValidator(_networks)]
OfficeHours = Annotated[tuple[time, time], BeforeValidator(_clocks), AfterValidator(_in_one_day)]
PauseText = Annotated[tuple[float, float], BeforeValidator(_pause)]
Share = Annotated[float, Field(ge=0, le=1)]
SpanText = Annotated[tuple[int, str], BeforeValidator(_span)]
WebAddress = Annotated[str, BeforeValidator(_web_address)]
Zone = Annotated[str, BeforeValidator(_zone)]
