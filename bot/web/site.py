"""The site: what all its pages share."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from bot.web.addresses import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiohttp import web

    from bot.channels.album import Album
    from bot.channels.base import Channel, Inlet
    from bot.channels.web import WebChannel
    from bot.config import Config
    from bot.web.visitors import Gate
    from bot.writer import Writer
    from data.domain.clock import Clock
    from data.store import Store
    from data.uow import UnitOfWork
    from handlers.context import House
    from handlers.texts.wording import Texts

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Site:
    """What all pages share. `channel` is None where the embedded chat is switched off."""

    config: Config
    house: House
    store: Store
    writer: Writer
    clock: Clock
    channel: WebChannel | None
    album: Album
    gate: Gate
    demo: bool = False
    metrics_token: str | None = None
    inlet: Inlet | None = None  # where other software's messages go
    channels: Mapping[str, Channel] = field(default_factory=dict)

    @property
    def texts(self) -> Texts:
        """The place's wordings."""
        return self.house.texts

    @cached_property
    def whereabouts(self) -> Whereabouts:
        """What the config says of proxies and of the site's own name."""
        return Whereabouts(self.config.web)

    def address(self, request: web.BaseRequest) -> str:
        """Return the site's own address, without a slash at its end: the public one, else as it was asked."""
        return (self.config.web.public_url or f"{request.scheme}://{request.host}").rstrip("/")

    async def read(
        self, look: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Look something up in the store, in a thread of its own."""

        def work() -> T:
            with self.store.read() as uow:
                return look(uow, *args, **kwargs)

        return await asyncio.to_thread(work)

    async def write(
        self, change: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Change something in the store, in the writer's thread."""

        def work() -> T:
            with self.store.write() as uow:
                result = change(uow, *args, **kwargs)
                uow.commit()
                return result

        return await self.writer.run(work)
