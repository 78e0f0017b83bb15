"""Nobody on WeCom gets more in a minute than they take."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from bot.bootstrap import build
from bot.channels.base import NotYetError
from bot.config import Config
from data.store import Store
from tests.bot.channels.counterparts.wecom.office import LI, ROOM
from tests.bot.channels.wecom.rows import row

if TYPE_CHECKING:
    from nlp.understand import Understander
    from tests.bot.channels.counterparts.wecom.members import Wecom


async def spoken(
    wecom: Wecom,
    store_url: str,
    understander: Understander,
    chat: str,
    number: int,
    *,
    text: str | None = None,
    arrive: int | None = None,
) -> None:
    """Let the bot's own sender say so many things in a chat, its time passing as it likes."""
    config = Config.model_validate({"storage": {"folder": wecom.folder}})
    channels: dict[str, Any] = {"wecom": wecom.channel}
    store, clock = Store(store_url), wecom.clock
    parts = build(config, channels, clock=clock, store=store, random=Random(0), understander=understander)
    like = {"created_at": clock.now(), "send_at": clock.now(), "room": None} | (
        {"room": chat} if chat == ROOM else {"to": chat}
    )
    with store.write() as uow:
        for n in range(number):
            one = {
                "lane": f"lane{n % 7}",
                "text": text or f"第{n}条",
                "dedupe_key": f"k{n}",
                "kind": "text",
                "quiet": False,
            }
            uow.outbox.put({"channel": "wecom", "mentions": [], "cases": [], **like, **one})
        uow.commit()
    while len(wecom.office.messages) < (arrive or number):
        await parts.sender.drain()
        with store.read() as uow:
            due = uow.sending.next_due()
        if due is not None:
            clock.set(max(due, clock.now() + timedelta(milliseconds=100)))
    with store.read() as uow:
        assert uow.outbox.count_state("dead") == 0
    parts.close()


async def test_a_long_text_that_has_to_wait_in_the_middle_goes_on_where_it_was(
    wecom: Wecom, store_url: str, understander: Understander
) -> None:
    for _ in range(18):
        await wecom.channel.send(row())
    await spoken(wecom, store_url, understander, ROOM, 1, text="很长的一行字\n" * 500, arrive=18 + 5)
    parts = [one.text for one in wecom.office.messages[18:]]
    assert "".join(part.replace("\n", "") for part in parts) == "很长的一行字" * 500
    assert len(parts) == 5


@pytest.mark.parametrize(("chat", "most"), [(ROOM, 20), (LI, 15)])
async def test_nobody_gets_more_than_they_take_in_any_minute(
    wecom: Wecom, store_url: str, understander: Understander, chat: str, most: int
) -> None:
    number = most * 3 + 10
    await spoken(wecom, store_url, understander, chat, number)
    times = [at for bucket, at in wecom.office.arrivals if bucket == chat]
    assert len(times) == number
    crowd = max(sum(0 <= (other - at).total_seconds() < 60 for other in times) for at in times)
    assert crowd == most  # all that is allowed, and no more
    assert wecom.office.dropped == []
    assert (times[-1] - times[0]).total_seconds() < 61 * (number // most + 1)


async def test_a_robot_that_is_crowded_makes_a_message_wait(wecom: Wecom) -> None:
    for _ in range(20):
        await wecom.channel.send(row())
    with pytest.raises(NotYetError) as wait:
        await wecom.channel.send(row())
    assert 60 <= wait.value.seconds <= 62
    await wecom.channel.send(row(room=None, to=LI))  # others are not held back
