"""How a ballot is opened and voted on in these tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.handlers.deliberation.town import NAMES

if TYPE_CHECKING:
    from tests.town import Said, Town


OPEN = "@哨子 表决 加装电梯 至 3月10日18:00"
ENDS = "2026-03-10 18:00"


def vote(town: Town, who: str, said: str) -> list[Said]:
    return town.says(None, who, said, name=NAMES.get(who))


def in_group(said: list[Said]) -> list[str]:
    return [s.text for s in said if s.room is not None and "表决" in s.text]
