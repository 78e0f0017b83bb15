"""The demo: a seeded neighbourhood whose morning has just been, told through the same bot that goes on."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from typing_extensions import override

from bot.app import App
from bot.bootstrap import build, server_of, web_channel_of
from bot.channels.album import Album
from bot.channels.hub import ChatSpot
from bot.charts import Drawer
from bot.config import Config
from bot.replay import Player
from data.domain.clock import ManualClock, SystemClock
from data.domain.errors import InputError

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from bot.bootstrap import Parts
    from bot.channels.web import WebChannel
    from data.domain.messages import Inbound
    from data.store import Store

DATABASE, FILES = "shaozi.db", "files"
NOON = 12
JUST_BEFORE = timedelta(seconds=40)
LONGEST = timedelta(minutes=100)  # the deadline to accept is two hours: nothing is overdue
PAUSES = (20, 15, 10, 8, 6, 5, 4)  # minutes a pause may last; three join two lines into one appeal
HOLD, GATHER = 3, 20  # seconds


def config_for(folder: Path, *, host: str, port: int) -> Config:
    """Return the config of a demo: all at its default, but quick to answer and awake at night."""
    tree: dict[str, Any] = {
        "bot": {"hold_seconds": HOLD, "gather_seconds": GATHER, "quiet_hours": "off"},
        "database": {"url": f"sqlite:///{folder / DATABASE}"},
        "storage": {"folder": folder / FILES},
        "web": {"host": host, "port": port},
        "log": {"level": "warning"},
    }
    return Config.model_validate(tree)


class Tale(NamedTuple):
    """What is told: the talk, and the folder of the pictures that it names."""

    messages: Sequence[Inbound]
    pictures: Path


def first_morning(messages: Sequence[Inbound], zone: ZoneInfo) -> list[Inbound]:
    """Return what was said before noon of the first day."""
    first = messages[0].at.astimezone(zone).date()
    local = ((message, message.at.astimezone(zone)) for message in messages)
    return [message for message, at in local if at.date() == first and at.hour < NOON]


def moved(messages: Sequence[Inbound], now: datetime) -> list[Inbound]:
    """Return the same talk so that it ends just before now; pauses are shortened until it is not long."""
    gaps = [after.at - before.at for before, after in pairwise(messages)]
    for minutes in PAUSES:
        shortened = [min(gap, timedelta(minutes=minutes)) for gap in gaps]
        if sum(shortened, timedelta()) <= LONGEST:
            break
    at = now - JUST_BEFORE - sum(shortened, timedelta())
    told = []
    for message, gap in zip(messages, [timedelta(), *shortened], strict=True):
        at += gap
        told.append(replace(message, at=at))
    return told


def shown(messages: Sequence[Inbound], album: Album, pictures: Path) -> list[Inbound]:
    """Return the same talk with its pictures in the album, where pages find them."""
    return [
        replace(
            m,
            media=album.put(
                ChatSpot(m.room, None if m.room else m.sender), (pictures / m.media).read_bytes()
            ),
        )
        if m.media
        else m
        for m in messages
    ]


class StoryClock:
    """Tells a story's time until it has been told, and then the machine's."""

    def __init__(self, story: ManualClock) -> None:
        self._story: ManualClock | None = story
        self._machine = SystemClock()

    def now(self) -> datetime:
        """Return this moment in UTC."""
        return (self._story or self._machine).now()

    def end_story(self) -> None:
        """Tell the machine's time from now on."""
        self._story = None


class DemoStory(Player):
    """A chat history played in the embedded channel: pages show it as if it had been said there."""

    def __init__(
        self, parts: Parts, channel: WebChannel, clock: ManualClock, messages: Sequence[Inbound]
    ) -> None:
        super().__init__(parts, clock, messages)
        self._channel = channel

    @override
    async def hear(self, message: Inbound) -> None:
        """Take one message of the story in, and show it on the pages."""
        await super().hear(message)
        self._channel.show(message)


@dataclass(frozen=True, slots=True)
class Stage:
    """A demo ready to be told: the story, and the bot that goes on when it has been told."""

    story: DemoStory
    app: App
    clock: StoryClock

    async def tell(self) -> None:
        """Tell the story up to now; from here the machine's clock counts."""
        await self.story.run(SystemClock().now())
        self.clock.end_story()


def set_stage(
    config: Config,
    store: Store,
    reserved: socket.socket,
    tale: Tale,
    environment: Mapping[str, str],
) -> Stage:
    """Return a demo over an empty store: a bot of the seeded neighbourhood, and the story to be told."""
    morning = first_morning(tale.messages, config.bot.zone)
    told = moved(shown(morning, Album(config.storage.folder), tale.pictures), SystemClock().now())
    story_time = ManualClock(told[0].at)
    clock = StoryClock(story_time)
    channel = web_channel_of(config, store, clock)
    charts = Drawer(Album(config.storage.folder))
    parts = build(config, {channel.name: channel}, clock=clock, store=store, charts=charts)
    server = server_of(parts, reserved, environment, demo=True)
    return Stage(DemoStory(parts, channel, story_time, told), App(parts, server), clock)


def clear(folder: Path) -> None:
    """Make the folder of a demo, and delete what an earlier demo left there; nothing else."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ending in ("", "-wal", "-shm", ".beat"):
            (folder / f"{DATABASE}{ending}").unlink(missing_ok=True)
        shutil.rmtree(folder / FILES, ignore_errors=True)
    except OSError as error:
        raise InputError(str(folder), "-", "web.demo_folder", what=error.strerror) from None
