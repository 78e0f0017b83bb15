"""`bot`, `database`, `storage`, `web`, `log`: what the bot is called and keeps to, and where it runs."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from bot.values import Clocks, ConfigPart, Networks, Zone


class Bot(ConfigPart):
    """What the bot is called, when it keeps quiet, how long it waits before it speaks."""

    name: Annotated[str, Field(min_length=1, max_length=20)] = "哨子"
    timezone: Zone = "Asia/Shanghai"
    quiet_hours: Clocks = (time(22), time(7))
    hold_seconds: Annotated[int, Field(ge=0, le=300)] = 10
    gather_seconds: Annotated[int, Field(ge=0, le=3600)] = 600
    flood_per_minute: Annotated[int, Field(ge=1, le=10_000)] = 30
    wordings: Path | None = None
    rules: Path | None = None

    @property
    def hold(self) -> timedelta:
        """How long an acknowledgement waits for the next line."""
        return timedelta(seconds=self.hold_seconds)

    @property
    def gather(self) -> timedelta:
        """How long a step of a case waits in a group for the next one, to be said with it."""
        return timedelta(seconds=self.gather_seconds)

    @property
    def zone(self) -> ZoneInfo:
        """The place's time zone."""
        return ZoneInfo(self.timezone)


class Database(ConfigPart):
    """Where everything is remembered."""

    url: str = "sqlite:///shaozi.db"


class Storage(ConfigPart):
    """Where pictures and caches lie."""

    folder: Path = Path("shaozi-files")


class Web(ConfigPart):
    """The web server."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65_535)] = 8311
    public_url: str | None = None
    board: bool = False
    open311: Literal["public", "board", "token"] = "public"
    requests_per_minute: Annotated[int, Field(ge=1, le=1_000_000)] = 1_200
    trusted_proxies: Networks = ("127.0.0.1", "::1")

    @property
    def address(self) -> str:
        """Where browsers find it: the address that others see, else its own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")


class Log(ConfigPart):
    """What is written about what goes on: ids, never what people said."""

    format: Literal["console", "json"] = "console"
    level: Literal["debug", "info", "warning", "error"] = "info"
