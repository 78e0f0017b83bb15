"""A network whose gateway is connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.channels.counterparts.onebot.network import QQ

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def qq(tmp_path: Path) -> AsyncIterator[QQ]:
    """A network whose gateway is connected."""
    made = QQ(tmp_path)
    await made.start()
    yield made
    await made.stop()
