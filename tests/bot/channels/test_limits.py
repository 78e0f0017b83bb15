"""Limits of channels: how long a part may be, and messages that may go out later only."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.channels.base import NotYetError, split
from bot.sender import SendTried

if TYPE_CHECKING:
    from tests.town import Town


@pytest.mark.parametrize("text", ["很长的一行字\n" * 500, "没有换行😀" * 900, "ab é" * 2_000, "\n" * 5_000])
def test_no_part_has_too_many_bytes_and_no_character_is_cut(text: str) -> None:
    parts = split(text, 2_048, octets=True)
    assert all(len(part.encode()) <= 2_048 for part in parts)
    assert "".join(parts).replace("\n", "").replace(" ", "") == text.replace("\n", "").replace(" ", "")


def test_a_part_is_as_long_as_it_may_be() -> None:
    assert [len(part.encode()) for part in split("好" * 1_500, 2_048, octets=True)] == [2_046, 2_046, 408]
    assert split("a好", 2, octets=True) == ["a", "好"]  # better too long by a byte than never


def test_what_may_not_go_out_yet_waits_and_uses_up_no_try(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了没人修")
    town.clock.set(town.clock.now() + timedelta(seconds=10))
    for _ in range(20):
        claimed = town.parts.sender.cycle([])
        assert [one.tries for one in claimed] == [0, 0]
        town.parts.sender.cycle([SendTried(one, error=NotYetError("limit", 60)) for one in claimed])
        assert town.parts.sender.cycle([]) == []
        town.clock.set(town.clock.now() + timedelta(seconds=59))
        assert town.parts.sender.cycle([]) == []
        town.clock.set(town.clock.now() + timedelta(seconds=1))
    with town.store.read() as uow:
        assert (uow.outbox.count_state("queued"), uow.outbox.count_state("dead")) == (2, 0)
