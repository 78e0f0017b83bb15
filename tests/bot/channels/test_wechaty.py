"""The WeChat channel over a gateway that is a class: what needs no node."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from bot.channels.base import ChannelState, DeliveryError
from bot.channels.habits import Habits
from bot.channels.wechaty.channel import AWAY, WechatyChannel
from bot.channels.wechaty.ear import Happening
from bot.channels.wechaty.gateway import Payload
from bot.channels.wechaty.wire import GatewayError, GatewayGoneError, TokenRefusedError
from data.domain.clock import ManualClock
from data.domain.messages import Inbound, MessageKind, Outgoing
from tests.bot.channels.counterparts.base import MORNING, Book
from tests.bot.channels.counterparts.wechaty import ROOM, Wire

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

AUDIO, VIDEO, STICKER, GROUP_NOTE = 2, 15, 5, 10


class Stage:
    """A channel, its gateway, and whoever takes in what it hears."""

    def __init__(self, tmp: Callable[[str], bytes], rest: Callable[[float], Any]) -> None:
        self.wire, self.book, self.clock = Wire(), Book(), ManualClock(MORNING)
        self.codes: list[str] = []
        habits = Habits("哨子", "百安坝", lambda _spot, _data: None, lambda w: w == "follow")
        self.channel = WechatyChannel(
            self.wire, habits, self.clock, Random(0), read=tmp, show_code=self.codes.append, rest=rest
        )

    async def until(self, holds: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not holds():  # noqa: ASYNC110  nothing to wait for
                await asyncio.sleep(0)

    async def online(self) -> None:
        await self.until(lambda: self.channel.health.ready)

    async def heard(self, count: int) -> list[Inbound]:
        await self.until(lambda: len(self.book.taken) >= count)
        return self.book.taken


@asynccontextmanager
async def playing(rest: Callable[[float], Any] | None = None) -> AsyncIterator[Stage]:
    async def short(_seconds: float) -> None:
        await asyncio.sleep(0)

    def read(media: str) -> bytes:
        if media == "absent.png":
            raise FileNotFoundError(media)
        return b"data"

    stage = Stage(read, rest or short)
    await stage.channel.start(stage.book)
    await stage.online()
    yield stage
    await stage.channel.stop()


async def test_what_is_heard() -> None:
    async with playing() as stage:
        stage.wire.speaks("@小哨\u2005进度 1", mentions=["me", "li"])
        stage.wire.speaks("私下说", room="", who="li")
        stage.wire.speaks("", kind=6)
        stage.wire.speaks("表情", kind=STICKER)
        stage.wire.speaks("自己说的", who="me")
        stage.wire.speaks("没有名字", who="nameless", at=0)
        stage.wire.speaks("几秒的时钟", at=1_772_413_200)
        said = await stage.heard(5)
        assert (said[0].text, said[0].mentions) == ("@哨子\u2005进度 1", ("bot", "li"))
        assert said[0].name == "wang在群里"
        assert (said[1].room, said[1].sender, said[1].name) == (None, "li", "li")
        assert (said[2].kind, said[2].media) == (MessageKind.IMAGE, None)
        assert (said[3].name, said[3].at) == ("nameless", MORNING)
        assert said[4].at == datetime.fromtimestamp(1_772_413_200, UTC)
        assert stage.channel.health.counts["heard"] == 5


async def test_voice_and_video_are_handed_in_without_a_word_of_what_they_say() -> None:
    async with playing() as stage:
        stage.wire.speaks("<msg>", kind=AUDIO)
        stage.wire.speaks("<msg>", kind=VIDEO, room="", who="li")
        said = await stage.heard(2)
        assert [(one.kind, one.text, one.room) for one in said] == [
            (MessageKind.VOICE, "", ROOM),
            (MessageKind.VIDEO, "", None),
        ]


async def test_a_message_that_cannot_be_read_at_first_is_asked_for_again() -> None:
    async with playing() as stage:
        stage.wire.unreadable = {"m1": 2, "m2": 3}
        stage.wire.speaks("早")
        stage.wire.speaks("没了")
        stage.wire.speaks("晚")
        assert [one.text for one in await stage.heard(2)] == ["早", "晚"]
        assert stage.channel.health.counts["lost"] == 1


async def test_a_connection_that_breaks_while_messages_wait_loses_none() -> None:
    async with playing() as stage:
        stage.wire.broken = GatewayGoneError("gone")
        for number in range(100):
            stage.wire.speaks(f"第{number}条")
        await stage.until(lambda: stage.wire.connections > 3)
        stage.wire.broken = None
        assert [one.text for one in await stage.heard(100)] == [f"第{n}条" for n in range(100)]


async def test_a_bug_in_what_reads_events_is_waited_out() -> None:
    async with playing() as stage:
        stage.wire.told.put_nowait(ZeroDivisionError())
        await stage.until(lambda: stage.wire.connections == 2)
        await stage.online()


async def test_the_operators_hear_of_a_gateway_that_is_away_for_long() -> None:
    stage: Stage

    async def rest(_seconds: float) -> None:
        stage.clock.set(stage.clock.now() + timedelta(seconds=30))
        await asyncio.sleep(0)

    async with playing(rest) as stage:
        stage.wire.absent = True
        stage.wire.told.put_nowait(GatewayGoneError("gone"))
        await stage.until(lambda: stage.book.alerts)
        assert stage.book.alerts[0][0] == "away"
        assert stage.clock.now() - MORNING > AWAY


async def test_a_wrong_token_is_not_tried_again() -> None:
    async with playing() as stage:
        stage.wire.broken = TokenRefusedError("UNAUTHENTICATED")
        stage.wire.told.put_nowait(GatewayGoneError("gone"))
        assert await stage.channel.health.refused() == "token"
        assert stage.wire.connections == 2
        assert [key for key, _ in stage.book.alerts] == ["refused"]


async def test_codes_are_shown_once_each() -> None:
    async with playing() as stage:
        stage.wire.happens(Happening.LOGOUT, contactId="me")
        for code in ("a", "a", "b"):
            stage.wire.happens(Happening.SCAN, qrcode=code, status=2)
        stage.wire.happens(Happening.SCAN, qrcode="b", status=3)
        await stage.until(lambda: stage.codes == ["a", "b"] and stage.channel.health.code is None)
        assert stage.channel.health.state == ChannelState.SCAN
        stage.wire.happens(Happening.DIRTY, payloadId="wang")
        stage.wire.happens(Happening.LOGIN, contactId="me")
        await stage.online()
        assert [key for key, _ in stage.book.alerts] == ["logged_out"]


async def test_doors() -> None:
    async with playing() as stage:
        stage.wire.happens(Happening.FRIENDSHIP, friendshipId="f1")
        stage.wire.happens(Happening.FRIENDSHIP, friendshipId="f2")
        stage.wire.happens(Happening.ROOM_INVITE, roomInvitationId="i1")
        await stage.heard(1)
        stage.book.went = "follow"
        stage.wire.happens(Happening.ROOM_INVITE, roomInvitationId="i2")
        await stage.until(lambda: stage.wire.accepted == ["i2"])
        stage.wire.happens(Happening.ROOM_TOPIC, roomId=ROOM, newTopic="新名字", timestamp=1)
        stage.wire.happens(Happening.ROOM_JOIN, roomId=ROOM, inviteeIdList="nonsense")
        stage.wire.happens(Happening.ROOM_JOIN, roomId=ROOM, inviteeIdList=["me", "li"], timestamp=2)
        said = await stage.heard(4)
        assert [(one.kind, one.text, one.sender) for one in said[2:]] == [
            (MessageKind.TOPIC, "新名字", "-"),
            (MessageKind.JOIN, "", "li"),
        ]
        assert stage.book.alerts == [("new_room", {"room": ROOM, "topic": "新群"})]


async def test_what_is_said() -> None:
    async with playing() as stage:
        send = stage.channel.send
        assert await send(Outgoing("k1", "wechaty", ROOM, None, "@li在群里 好", mentions=("li",))) == "b1"
        assert await send(Outgoing("k1", "wechaty", ROOM, None, "@li在群里 好", mentions=("li",))) == "b1"
        assert await send(Outgoing("k2", "wechaty", ROOM, None, "谢谢@li在群里", mentions=("li",))) == "b2"
        assert await send(Outgoing("k3", "wechaty", ROOM, None, "好", mentions=("li",))) == "b3"
        assert await send(Outgoing("k4", "wechaty", None, "li", "好", media="a/b.png")) == "b4"
        assert [text for _, text, _ in stage.wire.said] == [
            "@li在群里\u2005好",
            "谢谢@li在群里\u2005",
            "@li在群里\u2005好",
            "好",
            "b.png",
        ]
        with pytest.raises(DeliveryError) as absent:
            await send(Outgoing("k5", "wechaty", ROOM, None, "", media="absent.png"))
        assert absent.value.permanent
        stage.wire.broken = GatewayError("INTERNAL")
        with pytest.raises(DeliveryError) as failed:
            await send(Outgoing("k6", "wechaty", None, "li", "好"))
        assert not failed.value.permanent
        stage.wire.friends = False
        stage.channel._line.forget("li")  # noqa: SLF001  as an event would
        with pytest.raises(DeliveryError) as stranger:
            await send(Outgoing("k7", "wechaty", None, "li", "好"))
        assert stranger.value.permanent
    with pytest.raises(DeliveryError):
        await stage.channel.send(Outgoing("k8", "wechaty", ROOM, None, "好"))


async def test_events_nobody_understands_are_left_alone() -> None:
    async with playing() as stage:
        for number in (0, 3, 16, 23, 99):
            stage.wire.happens(number, anything=[1, {"x": None}])
        stage.wire.happens(Happening.MESSAGE)
        stage.wire.messages[""] = Payload("", 99, "wang", ROOM, "", "", 0, ())
        stage.wire.speaks("好")
        assert [one.text for one in await stage.heard(1)] == ["好"]


@pytest.mark.parametrize(
    ("told", "handed_in"),
    [
        ("#接龙\n加装电梯议事会\n1. 王姐\n2. 老周", "#接龙\n加装电梯议事会\n1. 王姐\n2. 老周"),
        ("加装电梯议事会\n1. 王姐", "#接龙\n加装电梯议事会\n1. 王姐"),
        (
            "<msg><appmsg><title>#接龙&#x0A;加装电梯&#x0A;1. 王姐 &amp; 老周</title></appmsg></msg>",
            "#接龙\n加装电梯\n1. 王姐 & 老周",
        ),
        (
            "<msg><appmsg><title><![CDATA[加装电梯\n1. 王姐]]></title></appmsg></msg>",
            "#接龙\n加装电梯\n1. 王姐",
        ),
    ],
)
async def test_b11_wechats_own_list_is_handed_in(told: str, handed_in: str) -> None:
    async with playing() as stage:
        stage.wire.speaks(told, kind=GROUP_NOTE)
        (said,) = await stage.heard(1)
        assert (said.kind, said.text) == (MessageKind.TEXT, handed_in)
