"""Health and metrics, for those who run the bot."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from typing_extensions import override

from bot.channels.base import ChannelState
from bot.web.insiders import only_insiders
from data.domain.clock import SystemClock
from data.heartbeat import beat

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from prometheus_client import Metric

    from bot.channels.base import Channel
    from bot.channels.web import WebChannel
    from bot.web.site import Site
    from data.domain.clock import Clock
    from data.uow import UnitOfWork

STATES = ("queued", "sending", "dead")
WORKERS = "workers"
PATIENCE = 3.0  # seconds
LEAST_DISK = 50  # MiB


class HealthPages:
    """Says whether the bot is well: on this machine, or to whoever may look inside."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._probe: asyncio.Task[None] | None = None

    async def health(self, request: web.Request) -> web.Response:
        """Answer 200 if the store can be read and written, 503 with the reason if not."""
        await only_insiders(self._site, request)
        reason = await self._ailing()
        if reason is not None:
            return web.json_response({"status": reason}, status=503)
        return web.json_response({"status": "ok"})

    async def _ailing(self) -> str | None:
        """Write a heartbeat as everything is written; say what stands in the way, None if nothing does."""
        if self._probe is None or self._probe.done():
            self._probe = asyncio.create_task(self._site.writer.run(beat, self._site.store))
        try:
            async with asyncio.timeout(PATIENCE):
                await self._site.read(_waiting)
                await asyncio.shield(self._probe)
        except TimeoutError:
            return "store busy: nothing was written for some seconds"
        except SQLAlchemyError as error:
            return reason_of(error)
        free = shutil.disk_usage(self._folder()).free // 2**20
        return None if free >= LEAST_DISK else f"disk nearly full: {free} MiB left"

    def _folder(self) -> Path:
        """Return where the store lies, or where pictures do."""
        path = self._site.store.engines.path
        return existing(path.resolve().parent if path is not None else self._site.config.storage.folder)

    async def metrics(self, request: web.Request) -> web.Response:
        """Show the metrics in Prometheus's text form."""
        await only_insiders(self._site, request)
        waiting = await self._site.read(_waiting)
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        registry.register(Gauges(self._site.channel, waiting, self._site.channels, self._site.clock))
        return web.Response(body=generate_latest(registry), headers={"Content-Type": TEXT})


def reason_of(error: SQLAlchemyError) -> str:
    """Say in a few words why a store takes nothing, without what it was to take."""
    said = str(getattr(error, "orig", "")).lower()
    for sign, reason in REASONS.items():
        if sign in said:
            return reason
    return f"store not usable: {type(error).__name__}"


def existing(folder: Path) -> Path:
    """Return a folder, or the one above it that exists."""
    while not folder.exists():
        folder = folder.parent
    return folder


REASONS = {
    "full": "disk full: the store takes nothing",
    "locked": "store locked by another process",
    "readonly": "store is read-only",
    "read-only": "store is read-only",
    "malformed": "store damaged",
    "not a database": "store damaged",
    "unable to open": "store cannot be opened",
    "i/o error": "disk fails",
    "no space left": "disk full: the store takes nothing",
    "connect": "store cannot be reached",
}
TEXT = "text/plain; version=0.0.4; charset=utf-8"


class Gauges(Collector):
    """The bot's own figures at one moment."""

    def __init__(
        self,
        channel: WebChannel | None,
        waiting: dict[str, int],
        channels: Mapping[str, Channel],
        clock: Clock,
    ) -> None:
        self._channel = channel
        self._waiting = waiting
        self._channels = channels
        self._clock = clock

    @override
    def collect(self) -> Iterator[Metric]:
        """Yield the figures."""
        outbox = GaugeMetricFamily("shaozi_outbox_messages", "Messages in the outbox", labels=["state"])
        for state in STATES:
            outbox.add_metric([state], self._waiting[state])
        yield outbox
        if WORKERS in self._waiting:
            yield GaugeMetricFamily("shaozi_workers", "Workers on this store", self._waiting[WORKERS])
        yield from self._standing()
        if self._channel is not None:
            listeners = self._channel.hub.listeners()
            lost = self._channel.hub.overflows + sum(one.overflows for one in listeners)
            yield GaugeMetricFamily("shaozi_web_pages", "Open pages of the chat", len(listeners))
            yield CounterMetricFamily("shaozi_web_overflows", "Pages too slow for the talk", lost)
            yield CounterMetricFamily("shaozi_web_heard", "Messages taken in from pages", self._channel.heard)
            yield CounterMetricFamily("shaozi_web_said", "Messages of the bot shown", self._channel.said)
        if isinstance(self._clock, SystemClock):
            ahead = self._clock.ahead().total_seconds()
            yield GaugeMetricFamily(
                "shaozi_clock_ahead_seconds", "The machine's clock was set back by", ahead
            )

    def _standing(self) -> Iterator[Metric]:
        """Yield where each channel stands: 1 for the state it is in, and what it counted."""
        states = GaugeMetricFamily(
            "shaozi_channel_state", "Where a channel stands", labels=["channel", "state"]
        )
        counts = CounterMetricFamily(
            "shaozi_channel_events", "What happened on a channel", labels=["channel", "what"]
        )
        for name, channel in self._channels.items():
            for state in ChannelState:
                states.add_metric([name, state.value], channel.health.state is state)
            for what, count in channel.health.counts.items():
                counts.add_metric([name, what], count)
        yield states
        yield counts


def _waiting(uow: UnitOfWork) -> dict[str, int]:
    counts = {state: uow.outbox.count_state(state) for state in STATES}
    return counts | ({WORKERS: uow.workers.count()} if uow.shared else {})
