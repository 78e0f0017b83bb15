"""What waits in a room is said together: the wait goes on with each line, but not for less than a second."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.messages import Inbound

if TYPE_CHECKING:
    from datetime import datetime

    from tests.town import Town


def waits(town: Town) -> set[datetime]:
    """Return when what waits will be said."""
    with town.store.read() as uow:
        return {row.send_at for row in uow.outbox.of_state("queued")}


def say(town: Town, seconds: float, who: str, text: str) -> None:
    """Let somebody say something so many seconds later."""
    town.clock.set(town.clock.now() + timedelta(seconds=seconds))
    said = Inbound("web", f"{who}1", town.clock.now(), "grid1", who, who, text)
    assert town.parts.intake.take([said]) == ["appeal"]


def test_a_wait_is_not_prolonged_by_less_than_a_second(town: Town) -> None:
    say(town, 1, "wang", "3栋2单元电梯坏了,没人修")
    (first,) = waits(town)
    say(town, 0.4, "liu", "5栋门口路灯不亮好几天了")
    assert waits(town) == {first}
    say(town, 2, "he", "5栋2单元下水道堵了,污水漫出来了")
    (later,) = waits(town)
    assert later - first == timedelta(seconds=2.4)
