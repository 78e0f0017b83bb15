"""How many statements a message takes: what is said most must stay cheap."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text

from data.domain.messages import Inbound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.town import Town

# What a batch of one takes beside BEGIN and COMMIT, and two more. Who raises a figure says in the commit why.
CEILINGS = {
    "chat": 11,
    "appeal": 41,
    "second line": 40,
    "受理": 36,
    "办理": 33,
    "办结": 43,
    "撤销": 45,
}
OTHERS = ("--", "BEGIN", "COMMIT")  # a trigger's own work is told as a comment


@contextmanager
def counted(town: Town) -> Iterator[list[str]]:
    """Collect the statements that the writer's connection runs."""
    with town.store.write() as uow:
        driver = uow.connection.connection.driver_connection
    seen: list[str] = []
    assert driver is not None
    driver.set_trace_callback(seen.append)
    try:
        yield seen
    finally:
        driver.set_trace_callback(None)


def taken(town: Town, room: str | None, who: str, words: str) -> int:
    """Return how many statements a message takes in a batch of its own."""
    town.passes(seconds=1)
    inbound = Inbound("web", words, town.clock.now(), room, who, who, words)
    with counted(town) as seen:
        went = town.parts.intake.take([inbound])
    assert went[0] not in ("failed", "refused"), went
    return len([one for one in seen if not one.startswith(OTHERS)])


def test_no_message_takes_more_statements_than_its_ceiling(town: Town) -> None:
    found: dict[str, int] = {}
    town.says("grid1", "wang", "大家早上好")
    found["chat"] = taken(town, "grid1", "wang", "今天天气不错")
    found["appeal"] = taken(town, "grid1", "wang", "3栋2单元电梯坏了没人修")
    found["second line"] = taken(town, "grid1", "wang", "电梯已经停了三天了")
    town.passes(minutes=5)
    for command, words in (("受理", "受理 1"), ("办理", "办理 1 师傅已经到了"), ("办结", "办结 1 修好了")):
        found[command] = taken(town, None, "limin", words)
        town.passes(seconds=30)
    found["撤销"] = taken(town, None, "limin", "撤销")
    assert {what: count for what, count in found.items() if count > CEILINGS[what]} == {}, found


def test_the_statements_counted_are_those_made(town: Town) -> None:
    with counted(town) as seen, town.store.write() as uow:
        uow.connection.execute(text("SELECT 1"))
    assert [one for one in seen if "SELECT 1" in one]
