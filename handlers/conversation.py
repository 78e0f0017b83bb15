"""What somebody said a moment ago, in memory only: chat that turns out to be part of an appeal.

“3栋2单元” is chat, “电梯又坏了” after it makes it an appeal. Nothing of this is written down, and a line is
forgotten after three minutes.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cachetools import LRUCache

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from data.domain.case import Line
    from data.uow import UnitOfWork

MOST_LINES = 8
MOST_SPEAKERS = 20_000


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line was said and by whom: the room (None: in private) and the account."""

    room_id: int | None
    account_id: int


class Conversations:
    """The last few lines of everybody who spoke lately."""

    def __init__(self, within: timedelta) -> None:
        self._within = within
        self._lines: LRUCache[Spot, deque[Line]] = LRUCache(MOST_SPEAKERS)

    def recent(self, where: Spot, now: datetime) -> list[Line]:
        """Return what was said there lately and belongs to nothing yet, the oldest first."""
        return [line for line in self._lines.get(where, ()) if now - line.at <= self._within]

    def remember(self, where: Spot, line: Line, uow: UnitOfWork) -> None:
        """Keep a line for a while; it is forgotten again if the unit of work is rolled back."""
        lines = self._lines.setdefault(where, deque(maxlen=MOST_LINES))
        before = tuple(lines)
        lines.append(line)
        uow.compensate(lambda: self._put_back(where, before))

    def forget(self, where: Spot, uow: UnitOfWork) -> None:
        """Forget what was said there: it has found its appeal, or the one who said it is gone."""
        lines = self._lines.pop(where, None)
        if lines:
            before = tuple(lines)
            uow.compensate(lambda: self._put_back(where, before))

    def forget_account(self, account_id: int, uow: UnitOfWork) -> None:
        """Forget everything an account said."""
        for where in [spot for spot in self._lines if spot.account_id == account_id]:
            self.forget(where, uow)

    def drop(self, where: Spot, message_id: str, uow: UnitOfWork) -> None:
        """Forget one line, because its speaker has recalled it."""
        before = tuple(self._lines.get(where, ()))
        kept = tuple(line for line in before if line.message_id != message_id)
        if kept != before:
            self._put_back(where, kept)
            uow.compensate(lambda: self._put_back(where, before))

    def _put_back(self, where: Spot, before: tuple[Line, ...]) -> None:
        self._lines[where] = deque(before, maxlen=MOST_LINES)
