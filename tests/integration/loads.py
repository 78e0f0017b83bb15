"""A bot without a network that takes in as fast as it can, and prints what it has acknowledged."""

from __future__ import annotations

import sys
from itertools import count
from typing import TYPE_CHECKING

from bot.bootstrap import build
from bot.config import Config
from data.domain.clock import SystemClock
from data.domain.messages import Inbound
from data.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> None:
    """Take in batches of seven until it is killed: `url folder first-number`."""
    url, folder, first = arguments
    config = Config.model_validate({"storage": {"folder": folder}, "bot": {"quiet_hours": "off"}})
    clock = SystemClock()
    intake = build(config, {}, store=Store(url)).intake
    for start in count(int(first), 7):
        batch = [_said(number, clock) for number in range(start, start + 7)]
        for message, route in zip(batch, intake.take(batch), strict=True):
            sys.stdout.write(f"{message.message_id} {route}\n")
            sys.stdout.flush()


def _said(number: int, clock: SystemClock) -> Inbound:
    text = f"{number}栋门口垃圾没人清臭死了" if number % 3 == 0 else "早上好"
    return Inbound("web", f"m{number}", clock.now(), "grid1", f"p{number}", f"人{number}", text)
