"""A bot that does nothing but send what waits, to be killed: URL, port, token, folder, minutes.

Its clock is so many minutes ahead: the lease of what a killed bot was sending has ended.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timedelta

from typing_extensions import override

from bot.app import App
from bot.bootstrap import build
from bot.channels.wechaty.gateway import Gateway
from bot.channels.wechaty.wire import GatewayAddress
from bot.channels.wechaty.wiring import wechaty_channel_of
from bot.config import Config
from data.domain.clock import SystemClock
from data.store import Store


class Ahead(SystemClock):
    """A clock that is some minutes ahead."""

    def __init__(self, minutes: int) -> None:
        super().__init__()
        self._ahead = timedelta(minutes=minutes)

    @override
    def now(self) -> datetime:
        return super().now() + self._ahead


async def main(url: str, port: str, token: str, folder: str, minutes: str) -> None:
    store = Store(url)
    config = Config.model_validate(
        {"channels": {"wechaty": {"pause": "0.02-0.05"}}, "storage": {"folder": folder}}
    )
    clock = Ahead(int(minutes))
    address = GatewayAddress("127.0.0.1", int(port), token, tls=False)
    channel = wechaty_channel_of(config, clock, {}, follows="", connect=lambda: Gateway.at(address))
    await App(build(config, {"wechaty": channel}, clock=clock, store=store)).start()
    await asyncio.Event().wait()


def run(arguments: list[str]) -> None:
    asyncio.run(main(*arguments))


if __name__ == "__main__":
    run(sys.argv[1:])
