from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handlers.deliberation.town import NAMES, NEIGHBOURS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town


@pytest.fixture
def neighbours(make_town: Callable[..., Town]) -> Town:
    """Return a town whose first grid has five households, known to the bot; all have said hello."""
    town = make_town(NEIGHBOURS)
    for who, name in NAMES.items():
        room = "grid2" if who == "qian" else "grid1"
        town.says(room, who, "大家好", name=name, after=0.1)
    town.news()
    return town
