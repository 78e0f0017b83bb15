"""What `shaozi doctor` says of the interfaces: each with its state; of secrets, whether they are set."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.doctor_findings import Finding
from bot.public_addresses import host_of
from bot.web.keys import METRICS_TOKEN, SECRET
from data.domain.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from bot.config import Config
    from data.domain.webhook import Webhook
    from data.uow import UnitOfWork

SOON = timedelta(days=7)
MANY = 100  # events that wait for one webhook


def examine_interfaces(config: Config, environment: Mapping[str, str], uow: UnitOfWork) -> Iterator[Finding]:
    """Yield what is found of each interface."""
    yield _finding("channels", values=_channels(config))
    yield _secrets(environment)
    yield from _tokens(config, uow, SystemClock().now())
    yield _finding(f"open311_{config.web.open311}")
    hooks = uow.webhooks.everyone()
    yield _finding("webhooks", values={"count": sum(one.ended_at is None for one in hooks)})
    for hook in hooks:
        yield from _webhook(uow, hook)
    yield _finding("board_on" if config.web.board else "board_off")
    yield _finding("calendars", values={"count": uow.tokens.count_calendars()})
    yield _finding("orders", values={"count": uow.orders.count()})


def _channels(config: Config) -> dict[str, str]:
    enabled = [name for name, channel in config.channels if channel.enabled]
    disabled = [name for name, channel in config.channels if not channel.enabled]
    return {"on": "、".join(enabled) or "–", "off": "、".join(disabled) or "–"}


def _secrets(environment: Mapping[str, str]) -> Finding:
    """Say which of the site's own secrets are set in the environment."""
    names = (SECRET, METRICS_TOKEN)
    there = [name for name in names if environment.get(name)]
    absent = [name for name in names if not environment.get(name)]
    return _finding("secrets", values={"there": "、".join(there) or "–", "absent": "、".join(absent) or "–"})


def _tokens(config: Config, uow: UnitOfWork, now: datetime) -> Iterator[Finding]:
    standing = [one for one in uow.tokens.everyone() if one.stands(now)]
    limit = config.web.requests_per_minute
    yield _finding("rest", values={"count": len(standing), "limit": limit})
    ending = [one.name for one in standing if one.expires_at is not None and one.expires_at - now < SOON]
    if ending:
        yield _finding("tokens_ending", warns=True, values={"names": "、".join(ending)})


def _webhook(uow: UnitOfWork, hook: Webhook) -> Iterator[Finding]:
    host, _ = host_of(hook.url)
    values = {"id": hook.id, "host": host, "waiting": uow.webhooks.waiting(hook.id)}
    if hook.why == "gone":
        yield _finding("webhook_gone", warns=True, values=values)
    elif hook.ended_at is None:
        behind = uow.webhooks.waiting(hook.id) >= MANY
        yield _finding("webhook_behind" if behind else "webhook", warns=behind, values=values)


def _finding(key: str, *, warns: bool = False, values: Mapping[str, object] | None = None) -> Finding:
    return Finding(f"interface.{key}", warns=warns, values=dict(values or {}))
