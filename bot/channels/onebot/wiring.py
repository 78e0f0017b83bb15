"""The OneBot channel as the config describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.downloads import Downloads
from bot.channels.habits import habits_of, reader
from bot.channels.onebot.channel import OneBotChannel
from data.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.config import Config
    from data.domain.clock import Clock

TOKEN = "SHAOZI_ONEBOT_TOKEN"  # noqa: S105  the variable's name


def onebot_channel_of(
    config: Config, clock: Clock, environment: Mapping[str, str], *, follows: str, again: str
) -> OneBotChannel:
    """Return the channel; raise `InputError` if nobody set its token: without one, anybody might speak."""
    token = environment.get(TOKEN)
    if not token:
        raise InputError(TOKEN, "-", "onebot.no_token")
    settings = config.channels.onebot
    return OneBotChannel(
        token,
        habits_of(config, follows, settings.friend_word),
        clock,
        downloads=Downloads(),
        read=reader(config.storage.folder),
        again=again,
        pause=settings.pause,
    )
