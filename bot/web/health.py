"""Health and metrics, for those who run the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from typing_extensions import override

from bot.channels.base import ChannelState
from bot.web.security import may_look_inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from prometheus_client import Metric

    from bot.channels.base import Channel
    from bot.channels.web import WebChannel
    from bot.web.site import Site
    from data.uow import UnitOfWork

STATES = ("queued", "sending", "dead")


class HealthPages:
    """Says whether the bot is well: on this machine, or to whoever has the token."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def health(self, request: web.Request) -> web.Response:
        """Answer 200 if the store can be read, 503 if not."""
        self._only_insiders(request)
        try:
            await self._site.read(_waiting)
        except SQLAlchemyError:
            return web.json_response({"status": "store unreadable"}, status=503)
        return web.json_response({"status": "ok"})

    async def metrics(self, request: web.Request) -> web.Response:
        """Show the metrics in Prometheus's text form."""
        self._only_insiders(request)
        waiting = await self._site.read(_waiting)
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        registry.register(Gauges(self._site.channel, waiting, self._site.channels))
        return web.Response(body=generate_latest(registry), headers={"Content-Type": TEXT})

    def _only_insiders(self, request: web.Request) -> None:
        if not may_look_inside(self._site, request):
            raise web.HTTPForbidden(text=self._site.texts("web.refused.insiders"))


TEXT = "text/plain; version=0.0.4; charset=utf-8"


class Gauges(Collector):
    """The bot's own figures at one moment."""

    def __init__(
        self, channel: WebChannel | None, waiting: dict[str, int], channels: Mapping[str, Channel]
    ) -> None:
        self._channel = channel
        self._waiting = waiting
        self._channels = channels

    @override
    def collect(self) -> Iterator[Metric]:
        """Yield the figures."""
        outbox = GaugeMetricFamily("shaozi_outbox_messages", "Messages in the outbox", labels=["state"])
        for state, count in self._waiting.items():
            outbox.add_metric([state], count)
        yield outbox
        yield from self._standing()
        if self._channel is not None:
            listeners = self._channel.hub.listeners()
            lost = self._channel.hub.overflows + sum(one.overflows for one in listeners)
            yield GaugeMetricFamily("shaozi_web_pages", "Open pages of the chat", len(listeners))
            yield CounterMetricFamily("shaozi_web_overflows", "Pages too slow for the talk", lost)
            yield CounterMetricFamily("shaozi_web_heard", "Messages taken in from pages", self._channel.heard)
            yield CounterMetricFamily("shaozi_web_said", "Messages of the bot shown", self._channel.said)

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
    return {state: uow.outbox.count_state(state) for state in STATES}
