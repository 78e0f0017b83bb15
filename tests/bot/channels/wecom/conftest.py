"""WeCom, with a channel that is in touch with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.bot.channels.counterparts.wecom.members import Wecom

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path


@pytest.fixture
async def wecom(tmp_path: Path) -> AsyncIterator[Wecom]:
    """WeCom, with a channel that is in touch with it."""
    made = Wecom(tmp_path)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Callable[..., Any]]:
    """What makes a channel with other doors than all."""
    made: list[Wecom] = []

    async def open_(**doors: Any) -> Wecom:
        one = Wecom(tmp_path)
        made.append(one)
        await one.open(**doors)
        await one.channel.start(one.book)
        return one

    yield open_
    for one in made:
        await one.stop()
