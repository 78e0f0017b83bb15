"""The WeCom channel as the config describes it."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from bot.channels.downloads import Downloads
from bot.channels.habits import habits_of, reader
from bot.channels.wecom.api import WecomApi
from bot.channels.wecom.channel import WecomChannel, WecomDoors
from bot.channels.wecom.envelope import Envelope, EnvelopeError
from data.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.config import Config
    from bot.config.channels import WecomSettings
    from data.domain.clock import Clock

SECRET, TOKEN, AES_KEY = "SHAOZI_WECOM_SECRET", "SHAOZI_WECOM_TOKEN", "SHAOZI_WECOM_AES_KEY"
ROBOT_TOKEN, ROBOT_AES_KEY = "SHAOZI_WECOM_ROBOT_TOKEN", "SHAOZI_WECOM_ROBOT_AES_KEY"


def secrets_of(settings: WecomSettings) -> list[str]:
    """Return the names of the environment's variables that must hold a secret."""
    names = [SECRET, TOKEN, AES_KEY] if settings.agent is not None else []
    names += [ROBOT_TOKEN, ROBOT_AES_KEY] if settings.robot else []
    return [*names, *settings.robots.values()]


def wecom_channel_of(
    config: Config, clock: Clock, environment: Mapping[str, str], *, follows: str, again: str
) -> WecomChannel:
    """Return the channel; raise `InputError` for a secret that is not set, or is none."""
    settings = config.channels.wecom
    for name in secrets_of(settings):
        if not environment.get(name):
            raise InputError(name, "-", "wecom.no_secret")
    application = robot = None
    if settings.agent is not None:
        application = _envelope(environment, TOKEN, AES_KEY, settings.corp)
    if settings.robot:
        robot = _envelope(environment, ROBOT_TOKEN, ROBOT_AES_KEY, "")
    robots = {room: _key(environment[name]) for room, name in settings.robots.items()}
    doors = WecomDoors(settings.api, settings.corp, settings.agent, application, robot, robots)
    secret = environment.get(SECRET, "") if settings.agent is not None else ""
    return WecomChannel(
        doors,
        WecomApi(settings.api, settings.corp, secret, clock),
        habits_of(config, follows),
        clock,
        Random(),  # noqa: S311  for jitter, not for secrets
        downloads=Downloads(),
        read=reader(config.storage.folder),
        again=again,
    )


def _envelope(environment: Mapping[str, str], token: str, key: str, receiver: str) -> Envelope:
    try:
        return Envelope.of(environment[token], environment[key].strip(), receiver)
    except EnvelopeError:
        raise InputError(key, "-", "wecom.bad_key") from None


def _key(value: str) -> str:
    """Return a robot's key; people paste the whole address."""
    return parse_qs(urlsplit(value).query).get("key", [value])[0] if "://" in value else value
