"""The outbox on its way out: leases, order, backoff, giving up."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

from bot.channels.base import ChannelState, Limits, split
from bot.sender import LEASE, Sender, SendTried
from data.repositories.sending import MAX_ATTEMPTS
from handlers.context import Reach
from tests.town import Memory

if TYPE_CHECKING:
    from tests.town import Town


APPEAL = "3栋2单元电梯坏了没人修"


def states(town: Town) -> dict[str, int]:
    with town.store.read() as uow:
        return {s: uow.outbox.count_state(s) for s in ("queued", "sending", "sent", "dead", "silenced")}


def test_a_failing_room_holds_back_itself_only(town: Town) -> None:
    town.report()
    town.channel.failing.add("grid1")
    assert [s.to for s in town.says("grid1", "limin", "@哨子 受理 1")] == []
    assert [s.room for s in town.says("staff", "limin", "办理 1 一")] == ["staff"]
    assert [s.room for s in town.says("staff", "limin", "办理 1 二")] == ["staff"]
    town.channel.failing.clear()
    said = town.passes(minutes=2)
    assert [s.text for s in said] == [  # in the order written, and at once
        "#1 已受理,3月5日 18:00 前办结;办理中:一;办理中:二。@王姐",
    ]


def test_after_eight_tries_it_is_dead_and_the_room_goes_on(town: Town) -> None:
    town.report()
    town.channel.failing.add("grid1")
    town.says("grid1", "limin", "@哨子 受理 1")
    town.passes(hours=2)
    assert states(town)["dead"] == 1
    with town.store.read() as uow:
        dead = uow.outbox.of_state("dead")
    assert [row.attempts for row in dead] == [MAX_ATTEMPTS]
    town.channel.failing.clear()
    assert [s.text for s in town.says("grid1", "limin", "@哨子 办理 1 三")] == ["#1 办理中:三。@王姐"]


def test_an_emergency_overtakes_what_fails(town: Town) -> None:
    town.report()
    town.channel.failing.add("grid1")
    town.says("grid1", "limin", "@哨子 受理 1")
    town.channel.failing.clear()
    said = town.says("grid1", "liu", "5栋着火了快跑", after=0)
    assert "119" in next(s.text for s in said if s.room == "grid1")


def test_an_emergency_overtakes_what_is_held(town: Town) -> None:
    town.says("grid1", "wang", APPEAL)
    said = town.says("grid1", "liu", "5栋着火了快跑")
    assert ["119" in s.text for s in said if s.room == "grid1"] == [True]


def test_a_lease_that_ends_is_tried_again(town: Town) -> None:
    """A sender that died while sending: the row is claimed again when its lease is over, by nobody before."""
    town.says("grid1", "wang", APPEAL)
    town.clock.set(town.clock.now() + timedelta(seconds=10))
    claimed = town.parts.sender.cycle([])
    assert len(claimed) == 2
    assert town.parts.sender.cycle([]) == []
    town.clock.set(town.clock.now() + LEASE)
    again = town.parts.sender.cycle([])
    assert [c.outgoing.key for c in again] == [c.outgoing.key for c in claimed]
    assert [c.tries for c in again] == [1, 1]


def test_a_row_for_a_channel_that_is_gone_is_kept(town: Town) -> None:
    town.says("grid1", "wang", APPEAL)
    town.parts.sender._channels = {}  # noqa: SLF001  a channel switched off in the config
    town.passes(seconds=15)
    assert states(town)["queued"] == 2


def test_texts_are_split_at_line_ends() -> None:
    assert split("", 5) == [""]
    assert split("一二三", 5) == ["一二三"]
    assert split("一二\n三四\n五六", 6) == ["一二\n三四", "五六"]
    assert split("一二三四五六七", 3) == ["一二三", "四五六", "七"]
    assert all(len(part) <= 10 for part in split("很长的一行字\n" * 50, 10))


def test_the_running_sender_sends_and_stops(town: Town) -> None:
    async def run() -> None:
        sender = town.parts.sender
        sender.start()
        town.parts.intake.take([])
        sender.wake()
        while len(town.channel.said) < 2:  # noqa: ASYNC110  the channel has no event to wait for
            await asyncio.sleep(0.01)
        await sender.stop()

    town.says("grid1", "wang", APPEAL)
    town.clock.set(town.clock.now() + timedelta(seconds=10))
    asyncio.run(run())
    assert states(town) == {"queued": 0, "sending": 0, "sent": 2, "dead": 0, "silenced": 0}


def say(town: Town, *lanes: str, channel: str = "web") -> None:
    """Put a row into each lane of the outbox."""
    now = town.clock.now()
    with town.store.write() as uow:
        for lane in lanes:
            row = {
                "lane": lane,
                "channel": channel,
                "room": lane,
                "kind": "text",
                "text": lane,
                "quiet": False,
            }
            row |= {"mentions": [], "cases": [], "created_at": now, "send_at": now}
            uow.outbox.put({"dedupe_key": f"{lane}/{channel}", **row})
        uow.commit()


def pacing(town: Town, *, pause: tuple[float, float] = (3.0, 8.0)) -> Sender:
    """Return a sender over the town's channel, which says one thing every few seconds."""

    class Paced(Memory):
        limits = Limits(pause)

    town.channel = Paced(town.clock, Reach())
    parts = town.parts
    channels = {"web": town.channel}
    return Sender(parts.store, parts.house, parts.clock, parts.writer, channels=channels, random=Random(1))


def test_an_account_says_one_thing_every_few_seconds_and_emergencies_first(town: Town) -> None:
    say(town, "a", "b", "c!")
    sender = pacing(town)
    said: list[str] = []
    at = []
    while len(said) < 3:
        for one in sender.cycle([]):
            assert sender.cycle([]) == []  # it is being sent
            said.append(one.outgoing.text)
            at.append(town.clock.now())
            sender.cycle([SendTried(one, "x")])
        town.clock.set(town.clock.now() + timedelta(seconds=0.1))
    gaps = [(after - before).total_seconds() for before, after in pairwise(at)]
    assert said == ["c!", "a", "b"]
    assert all(3 <= gap <= 8.1 for gap in gaps)
    assert gaps[0] != gaps[1]


def test_what_waits_for_its_turn_is_claimed_by_nobody(town: Town) -> None:
    say(town, *(f"room{n}" for n in range(60)))
    sender = pacing(town)
    assert len(sender.cycle([])) == 1
    assert states(town)["sending"] == 1


def test_a_channel_that_is_away_uses_up_no_try(town: Town) -> None:
    say(town, "a")
    town.channel.health.becomes(ChannelState.LOGGED_OUT, town.clock.now())
    for _ in range(20):
        assert town.parts.sender.cycle([]) == []
        town.clock.set(town.clock.now() + timedelta(hours=1))
    town.channel.health.becomes(ChannelState.ONLINE, town.clock.now())
    (claimed,) = town.parts.sender.cycle([])
    assert claimed.tries == 0
