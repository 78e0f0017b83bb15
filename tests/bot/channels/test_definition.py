"""What a channel is: every one passes these, whatever network it speaks to."""

from __future__ import annotations

import asyncio
from itertools import count
from typing import TYPE_CHECKING

import pytest

from bot.channels.base import DeliveryError, NotYetError, split
from data.domain.messages import Inbound, MessageKind, Outgoing
from handlers.context import address
from tests.bot.channels.counterparts.base import AGAIN, Can, drawn, until
from tests.bot.channels.counterparts.onebot.network import QQ
from tests.bot.channels.counterparts.web import Pages
from tests.bot.channels.counterparts.wechaty import WechatGateway
from tests.bot.channels.counterparts.wecom.members import Wecom

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.bot.channels.counterparts.base import Counterpart

KINDS: dict[str, type[Counterpart]] = {
    "web": Pages,
    "wechaty": WechatGateway,
    "onebot": QQ,
    "wecom": Wecom,
}
_NUMBERS = count(1)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make each test for the channels whose network can do what it needs."""
    needed = {one for mark in metafunc.definition.iter_markers("needs") for one in mark.args}
    able = [name for name, kind in KINDS.items() if needed <= kind.can]
    metafunc.parametrize("there", able, indirect=True)


@pytest.fixture
async def there(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Counterpart]:
    """The other side of each channel in turn, in touch with it."""
    made = KINDS[request.param](tmp_path)
    await made.start()
    yield made
    await made.stop()


async def heard(there: Counterpart, number: int) -> list[Inbound]:
    """Wait until so many messages were handed in."""
    await until(lambda: len(there.book.taken) >= number)
    return there.book.taken


def says(there: Counterpart, text: str, *, alone: bool = False, **more: object) -> Outgoing:
    """Return something the bot is to say, in the room or to 李 alone."""
    room, to = (None, there.li) if alone else (there.room, None)
    return Outgoing(f"k{next(_NUMBERS)}", there.name, room, to, text, **more)  # type: ignore[arg-type]  # by name


@pytest.mark.needs(Can.HEAR_ROOMS)
async def test_text_is_handed_in_whole(there: Counterpart) -> None:
    said = await there.say(there.wang, "3栋2单元电梯坏了 [CQ:at,qq=1] &amp; <b>\n没人修😀", room=there.room)
    (one,) = await heard(there, 1)
    assert (one.channel, one.room, one.sender) == (there.name, there.room, there.wang)
    assert one.text == "3栋2单元电梯坏了 [CQ:at,qq=1] &amp; <b>\n没人修😀"
    assert (one.kind, one.mentions, one.quote, one.quoted) == (MessageKind.TEXT, (), None, None)
    assert one.message_id == said
    if Can.NAMES in there.can:
        assert one.name not in ("", "邻居", there.wang)


async def test_what_is_said_alone_has_no_room(there: Counterpart) -> None:
    await there.say(there.li, "进度 1", room=None)
    (one,) = await heard(there, 1)
    assert (one.room, one.sender, one.text) == (None, there.li, "进度 1")


async def test_a_call_of_the_bot_is_told_by_who_it_is(there: Counterpart) -> None:
    await there.say(there.li, "受理 1", room=there.room, calls=True)
    (one,) = await heard(there, 1)
    assert one.mentions == ("bot",)
    spoken = address(one.text, "哨子", mentioned=True)
    assert (spoken.spoken_to, spoken.command) == (True, "受理 1")


async def test_a_quotation_is_told(there: Counterpart) -> None:
    calls = Can.HEAR_ROOMS not in there.can
    first = await there.say(there.wang, "3栋电梯坏了", room=there.room, calls=calls)
    await heard(there, 1)
    await there.say(there.li, "好了", room=there.room, calls=True, quotes=first)
    one = (await heard(there, 2))[1]
    assert one.quote == first or (one.quoted or "").endswith("3栋电梯坏了")
    assert address(one.text, "哨子", mentioned=True).command == "好了"


async def test_a_picture_is_kept_without_what_it_says_of_its_maker(there: Counterpart) -> None:
    room = there.room if Can.SHOW_ALONE in there.can else None
    await there.show(there.wang, drawn() + b"GPS 30.8 N", room=room)
    await there.show(there.wang, b"no picture at all", room=room)
    first, second = await heard(there, 2)
    assert (first.kind, first.text, first.room) == (MessageKind.IMAGE, "", room)
    assert first.media is not None
    kept = (there.folder / first.media).read_bytes()
    assert kept.startswith(b"\x89PNG")
    assert b"GPS" not in kept
    assert (second.kind, second.media) == (MessageKind.IMAGE, None)


@pytest.mark.needs(Can.RECALL)
async def test_a_recall_names_what_is_taken_back(there: Counterpart) -> None:
    said = await there.say(there.wang, "发错了", room=there.room)
    await heard(there, 1)
    await there.recall(there.wang, said, room=there.room)
    one = (await heard(there, 2))[1]
    assert (one.kind, one.quote, one.sender, one.room) == (MessageKind.RECALL, said, there.wang, there.room)


async def test_a_room_is_heard_in_the_order_spoken(there: Counterpart) -> None:
    calls = Can.HEAR_ROOMS not in there.can
    for number in range(30):
        await there.say(there.wang, f"第{number}条", room=there.room, calls=calls)
        await there.say(there.li, f"私下第{number}条", room=None)
    taken = await heard(there, 60)
    aloud = [one.text.rpartition(" ")[2] for one in taken if one.room is not None]
    alone = [one.text for one in taken if one.room is None]
    assert aloud == [f"第{n}条" for n in range(30)]
    assert alone == [f"私下第{n}条" for n in range(30)]


async def test_a_message_that_comes_twice_is_one(there: Counterpart) -> None:
    await there.say_twice(there.li, "进度", room=None)
    await there.say(there.li, "完", room=None)
    assert [one.text for one in await heard(there, 2)] == ["进度", "完"]


async def test_what_the_bot_says_itself_is_not_heard(there: Counterpart) -> None:
    await there.channel.send(says(there, "记为 #1"))
    await there.channel.send(says(there, "只告诉你", alone=True))
    await there.echo()
    await there.say(there.li, "完", room=None)
    assert [one.text for one in await heard(there, 1)] == ["完"]


async def test_a_text_arrives_as_it_is(there: Counterpart) -> None:
    text = "#12 已受理 [CQ:at,qq=all] &amp; *星* <b>\n明天 18:00 前😀"
    assert await there.channel.send(says(there, text))
    await there.channel.send(says(there, "只告诉你", alone=True))
    aloud, alone = there.arrived()
    assert (aloud.chat, aloud.text, aloud.calls) == (there.room, text, ())
    assert (alone.chat, alone.text) == (there.li, "只告诉你")


@pytest.mark.needs(Can.CALL)
async def test_whom_the_bot_calls_is_called(there: Counterpart) -> None:
    calls = Can.HEAR_ROOMS not in there.can
    await there.say(there.wang, "早", room=there.room, calls=calls)
    name = (await heard(there, 1))[0].name
    await there.channel.send(says(there, f"@{name} 记为 #1。谢谢", mentions=(there.wang,)))
    (one,) = there.arrived()
    assert one.calls == (there.wang,)
    assert one.text.count("@") == 1
    assert one.text.endswith("记为 #1。谢谢")


@pytest.mark.needs(Can.QUOTE)
async def test_the_bot_quotes_what_it_answers(there: Counterpart) -> None:
    said = await there.say(there.wang, "电梯坏了", room=there.room)
    await heard(there, 1)
    await there.channel.send(says(there, "记为 #1", reply_to=said))
    assert [one.quotes for one in there.arrived()] == [said]


async def test_a_picture_arrives_as_it_is(there: Counterpart) -> None:
    (there.folder / "chart.png").write_bytes(drawn("blue"))
    await there.channel.send(says(there, "统计图", media="chart.png"))
    await there.channel.send(says(there, "只给你看", alone=True, media="chart.png"))
    arrived = there.arrived()
    assert [one.picture for one in arrived if one.picture] == [drawn("blue")] * 2
    assert [one.text for one in arrived if one.text] == ["统计图", "只给你看"]


async def test_the_same_row_is_said_once(there: Counterpart) -> None:
    row = says(there, "只说一遍")
    assert await there.channel.send(row) == await there.channel.send(row)
    assert [one.text for one in there.arrived()] == ["只说一遍"]


async def test_two_rows_of_the_same_words_are_both_said(there: Counterpart) -> None:
    for _ in range(2):
        await there.channel.send(says(there, "#1 办理中", alone=True))
    assert [one.text for one in there.arrived()] == ["#1 办理中"] * 2


@pytest.mark.needs(Can.LOSE_ANSWERS)
@pytest.mark.parametrize("alone", [True, False])
async def test_what_was_in_doubt_is_not_doubled_where_one_knows(there: Counterpart, *, alone: bool) -> None:
    before = says(there, "同样的话", alone=alone)
    await there.channel.send(before)  # said for certain: no proof that the next one was
    there.lose_answers(1)
    row = says(there, "同样的话", alone=alone)
    with pytest.raises(DeliveryError) as doubt:
        await there.channel.send(row)
    assert not doubt.value.permanent
    await asyncio.sleep(0.01)
    await there.channel.send(row)
    texts = [one.text for one in there.arrived()]
    if Can.TELL_IN_DOUBT in there.can or alone:
        assert texts == ["同样的话", "同样的话"]
    else:
        assert texts == ["同样的话", "同样的话", f"{AGAIN}同样的话"]


async def test_a_long_text_goes_in_parts_that_fit(there: Counterpart) -> None:
    long = "很长的一行字,里面有😀。\n" * 300 + "没有换行" * 600
    limits = there.channel.limits
    for part in split(long, limits.text, octets=limits.octets):
        await there.channel.send(says(there, part, alone=True))
    texts = [one.text for one in there.arrived()]
    assert all(len(text.encode() if there.octets else text) <= there.most for text in texts)
    assert "".join(texts).replace("\n", "") == long.replace("\n", "")


@pytest.mark.needs(Can.GO_AWAY)
async def test_while_it_is_away_nothing_is_sent_and_no_try_is_used_up(there: Counterpart) -> None:
    await there.go_away()
    assert not there.channel.health.ready
    with pytest.raises((DeliveryError, NotYetError)):
        await there.channel.send(says(there, "等你回来"))
    await there.come_back()
    await there.channel.send(says(there, "你回来了"))
    assert [one.text for one in there.arrived()] == ["你回来了"]
    await there.say(there.li, "在吗", room=None)
    assert (await heard(there, 1))[-1].text == "在吗"


async def test_a_burst_is_taken_in_whole_and_in_order(there: Counterpart) -> None:
    there.book.open.clear()
    sent = asyncio.create_task(_burst(there, 1_000))
    await asyncio.sleep(0.05)
    assert there.book.taken == []
    there.book.open.set()
    await sent
    await until(lambda: len(there.book.taken) == 1_000, within=20)
    assert [one.text for one in there.book.taken] == [f"第{n}条" for n in range(1_000)]


async def _burst(there: Counterpart, number: int) -> None:
    for n in range(number):
        await there.say(there.li, f"第{n}条", room=None)
