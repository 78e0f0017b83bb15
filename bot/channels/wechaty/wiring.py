"""The WeChat channel as the config describes it."""

from __future__ import annotations

import sys
from random import Random
from typing import TYPE_CHECKING

import segno

from bot.channels.habits import habits_of, reader
from bot.channels.wechaty.channel import WechatyChannel
from bot.channels.wechaty.gateway import Gateway
from bot.channels.wechaty.wire import GatewayAddress
from data.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.config import Config
    from data.domain.clock import Clock

TOKEN = "SHAOZI_WECHATY_TOKEN"  # noqa: S105  the variable's name


def address_of(config: Config, environment: Mapping[str, str]) -> GatewayAddress:
    """Return where the gateway is; raise `InputError` if nobody set its token."""
    token = environment.get(TOKEN)
    if not token:
        raise InputError(TOKEN, "-", "wechat.no_token")
    settings = config.channels.wechaty
    host, port = settings.endpoint
    return GatewayAddress(host, port, token, settings.tls, settings.authority)


def wechaty_channel_of(
    config: Config,
    clock: Clock,
    environment: Mapping[str, str],
    *,
    follows: str,
    connect: Callable[[], Gateway] | None = None,
) -> WechatyChannel:
    """Return the channel; `follows` is what becomes of an invitation to be followed."""
    settings = config.channels.wechaty
    if connect is None:
        address = address_of(config, environment)

        def connect() -> Gateway:
            return Gateway.at(address)

    habits = habits_of(config, follows, settings.friend_word)
    return WechatyChannel(
        connect,
        habits,
        clock,
        Random(),  # noqa: S311  for jitter, not for secrets
        pause=settings.pause,
        stable_ids=settings.stable_ids,
        read=reader(config.storage.folder),
        show_code=show_code,
    )


def show_code(code: str) -> None:
    """Draw a code where a person is looking."""
    if sys.stderr.isatty():
        segno.make(code, error="l").terminal(out=sys.stderr, compact=True)
