from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.channels.hub import ChatSpot
from bot.channels.web import NotListeningError, PageMessage, Speaker, WebChannel
from data.domain.clock import ManualClock
from data.domain.messages import MessageKind, Outgoing
from data.repositories.history import KeptMessage

if TYPE_CHECKING:
    from data.domain.messages import Inbound

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
WANG, LI = Speaker("wang", "王姐"), Speaker("li", "李敏")
GRID = ChatSpot("grid1")


class Inlet:
    """An inlet that can be held shut, and says what became of a message."""

    def __init__(self) -> None:
        self.taken: list[Inbound] = []
        self.open = asyncio.Event()
        self.open.set()
        self.went = "left_alone"

    async def accept(self, inbound: Inbound) -> str:
        await self.open.wait()
        self.taken.append(inbound)
        return self.went

    async def alert(self, channel: str, key: str, once: str, **values: str) -> None:
        """Nobody is told."""


class Keeper:
    """A store's memory of talk."""

    def __init__(self, *kept: KeptMessage) -> None:
        self.kept = kept

    def __call__(self) -> tuple[KeptMessage, ...]:
        return self.kept


def spoken(text: str, client: str = "client-0001", room: str | None = "grid1") -> PageMessage:
    return PageMessage(client, room, text)


def outgoing(key: str, room: str | None, to: str | None, text: str) -> Outgoing:
    return Outgoing(key, "web", room, to, text)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(AT)


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
def inlet() -> Inlet:
    return Inlet()


@pytest.fixture
async def channel(clock: ManualClock, keeper: Keeper, inlet: Inlet) -> WebChannel:
    channel = WebChannel(clock, "哨子", history=keeper, forgets=lambda went: went == "forget")
    await channel.start(inlet)
    return channel


async def test_nobody_sees_what_is_not_on_disk(channel: WebChannel, inlet: Inlet) -> None:
    inlet.open.clear()
    hearing = asyncio.create_task(channel.hear(WANG, spoken("电梯坏了")))
    await asyncio.sleep(0)
    assert channel.hub.last(GRID) == []
    inlet.open.set()
    message_id = await hearing
    assert [(one.id, one.text, one.name) for one in channel.hub.last(GRID)] == [
        (message_id, "电梯坏了", "王姐")
    ]
    assert inlet.taken[0].at == AT


async def test_a_message_sent_twice_is_one(channel: WebChannel, inlet: Inlet) -> None:
    first = await channel.hear(WANG, spoken("电梯坏了"))
    inlet.went = "duplicate"
    assert await channel.hear(WANG, spoken("电梯坏了")) == first
    assert len(channel.hub.last(GRID)) == 1


async def test_what_was_stored_but_not_shown_is_shown_when_it_comes_again(
    channel: WebChannel, inlet: Inlet
) -> None:
    inlet.went = "duplicate"  # stored by a bot that died before anybody saw it
    await channel.hear(WANG, spoken("电梯坏了"))
    assert len(channel.hub.last(GRID)) == 1


async def test_two_pages_may_give_the_same_number(channel: WebChannel) -> None:
    assert await channel.hear(WANG, spoken("一")) != await channel.hear(LI, spoken("二"))


async def test_what_is_said_is_fit_for_every_store(channel: WebChannel, inlet: Inlet) -> None:
    await channel.hear(Speaker("wang", "王\u202e姐"), spoken("电\u200b梯\x00坏了\ud800"))
    assert (inlet.taken[0].text, inlet.taken[0].name) == ("电梯坏了", "王姐")
    assert channel.hub.last(GRID)[0].text == "电梯坏了"


async def test_the_bot_says_the_same_row_once(channel: WebChannel) -> None:
    row = outgoing("ack:1", "grid1", None, "记为 #1")
    assert await channel.send(row) == await channel.send(row)
    [one] = channel.hub.last(GRID)
    assert (one.by_bot, one.name, one.text) == (True, "哨子", "记为 #1")


async def test_what_is_said_alone_stays_there(channel: WebChannel) -> None:
    await channel.send(outgoing("a", None, "wang", "只给你"))
    await channel.hear(WANG, spoken("收到", room=None))
    assert [one.text for one in channel.hub.last(ChatSpot(None, "wang"))] == ["只给你", "收到"]
    assert channel.hub.last(GRID) == []


async def test_an_answer_shows_what_it_answers(channel: WebChannel) -> None:
    message_id = await channel.hear(WANG, spoken("电梯坏了"))
    answer = Outgoing("b", "web", "grid1", None, "记为 #1", reply_to=message_id, mentions=("wang",))
    await channel.send(answer)
    shown = channel.hub.last(GRID)[-1].shown()
    assert shown["quote"] == {"id": message_id, "sender": "wang", "name": "王姐", "text": "电梯坏了"}
    assert shown["mentions"] == ("wang",)


async def test_who_does_not_listen_takes_nothing_in(channel: WebChannel) -> None:
    await channel.stop()
    with pytest.raises(NotListeningError):
        await channel.hear(WANG, spoken("有人吗"))


async def test_one_takes_back_only_ones_own_fresh_words(
    channel: WebChannel, clock: ManualClock, inlet: Inlet
) -> None:
    message_id = await channel.hear(WANG, spoken("发错了"))
    assert not await channel.recall(LI, "recall-1", "grid1", message_id)
    assert not await channel.recall(WANG, "recall-2", "grid1", "unknown")
    assert await channel.recall(WANG, "recall-3", "grid1", message_id)
    assert (inlet.taken[-1].kind, inlet.taken[-1].quote) == (MessageKind.RECALL, message_id)
    assert channel.hub.last(GRID) == []
    late = await channel.hear(WANG, spoken("又发错了", "client-0002"))
    clock.set(AT + timedelta(minutes=3))
    assert not await channel.recall(WANG, "recall-4", "grid1", late)


async def test_words_said_alone_are_taken_back_alone(channel: WebChannel) -> None:
    message_id = await channel.hear(WANG, spoken("发错了", room=None))
    assert await channel.recall(WANG, "recall-1", None, message_id)
    assert channel.hub.last(ChatSpot(None, "wang")) == []


async def test_somebody_comes_in(channel: WebChannel, inlet: Inlet) -> None:
    await channel.enter(WANG, "grid1")
    assert (inlet.taken[0].kind, inlet.taken[0].room) == (MessageKind.JOIN, "grid1")
    assert channel.hub.last(GRID)[0].kind == "join"


async def test_talk_that_is_kept_is_there_after_a_restart(clock: ManualClock, inlet: Inlet) -> None:
    keeper = Keeper(
        KeptMessage("m1", AT, "grid1", "wang", "王姐", "电梯坏了"),
        KeptMessage("m2", AT, "grid1", "wang", "王姐", "[图片]", media="media/x.jpg"),
        KeptMessage("b1", AT, "grid1", None, "", "记为 #1", mentions=("wang",), reply_to="m1", by_bot=True),
        KeptMessage("b2", AT, None, "limin", "", "新诉求", by_bot=True),
    )
    channel = WebChannel(clock, "哨子", history=keeper)
    await channel.start(inlet)
    first, second, third = channel.hub.last(GRID)
    assert (first.sender, second.kind, third.name) == ("wang", "image", "哨子")
    assert third.quote is not None
    assert third.quote.text == "电梯坏了"
    assert [one.text for one in channel.hub.last(ChatSpot(None, "limin"))] == ["新诉求"]


async def test_who_deletes_their_data_is_forgotten_here_too(
    channel: WebChannel, inlet: Inlet, keeper: Keeper
) -> None:
    await channel.hear(WANG, spoken("我家漏水"))
    answer = await channel.send(Outgoing("a", "web", "grid1", None, "@王姐 记为 #1", mentions=("wang",)))
    keeper.kept = (KeptMessage(answer, AT, "grid1", None, "", "@已注销 记为 #1", by_bot=True),)
    inlet.went = "forget"
    await channel.hear(WANG, spoken("删除我的数据", "client-0002", None))
    assert [one.text for one in channel.hub.last(GRID)] == ["@已注销 记为 #1"]
    assert channel.hub.last(ChatSpot(None, "wang")) == []
