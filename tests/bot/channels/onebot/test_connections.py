"""Gateways of OneBot that connect to us: who is let in, and by which connection what goes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from bot.channels.base import ChannelState, NotYetError
from tests.bot.channels.counterparts.base import until
from tests.bot.channels.counterparts.onebot.gateway import ACCOUNT, LI, ROOM, TOKEN, WANG, Gateway
from tests.bot.channels.counterparts.onebot.network import QQ
from tests.bot.channels.onebot.frames import row, taken, text

if TYPE_CHECKING:
    from pathlib import Path


def test_a_token_may_be_any_nonsense(tmp_path: Path) -> None:
    channel = QQ(tmp_path).channel
    assert [channel.admits(token) for token in (TOKEN, "", "\udcff", "好", TOKEN + " ")] == [
        True,
        *[False] * 4,
    ]


@pytest.mark.parametrize(("token", "status"), [("", 401), ("wrong", 403)])
@pytest.mark.parametrize("query", [True, False])
async def test_who_has_no_token_is_not_let_in(qq: QQ, token: str, status: int, *, query: bool) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        await Gateway("10002").connect(qq.url, token=token, query=query)
    assert refused.value.status == status


async def test_the_token_may_stand_in_the_address(qq: QQ) -> None:
    other = Gateway("10002", groups=["70002"])
    await other.connect(qq.url.replace("/ws", "/"), query=True)
    await until(lambda: len(qq.channel.accounts.speaking()) == 2)
    await other.close()


async def test_what_is_no_gateway_is_told_so(qq: QQ) -> None:
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    async with ClientSession() as session:
        async with session.get(qq.url, headers=bearer) as nobody:
            assert nobody.status == 400
        async with session.get(qq.url, headers={**bearer, "X-Self-ID": "1"}) as plain:
            assert plain.status == 426
        async with session.get(qq.url, headers={**bearer, "X-Self-ID": "1", "X-Client-Role": "King"}) as odd:
            assert odd.status == 400


async def test_a_channel_that_another_worker_has_lets_nobody_in(qq: QQ) -> None:
    await qq.channel.stop()
    qq.channel.health.becomes(ChannelState.ELSEWHERE, qq.clock.now())
    with pytest.raises(WSServerHandshakeError) as refused:
        await Gateway("10002").connect(qq.url)
    assert refused.value.status == 503
    await qq.gateway.close()
    await qq.channel.start(qq.book)
    await qq.come_back()


async def test_calls_and_events_may_have_a_connection_each(tmp_path: Path) -> None:
    qq = QQ(tmp_path)
    await qq.channel.start(qq.book)
    url = await qq.door.open()
    events, calls = Gateway(), Gateway()
    await events.connect(f"{url}/event", role="Event")
    await until(lambda: qq.channel.health.state is ChannelState.LOGGED_OUT)  # nothing can be said yet
    await calls.connect(f"{url}/api", role="API")
    await until(lambda: qq.channel.health.ready)
    await events.says(WANG, "早")
    assert (await taken(qq, 1))[0].text == "早"
    await qq.channel.send(row("k1"))
    assert [one["to"] for one in calls.messages] == [ROOM]
    assert events.messages == []
    for one in (events, calls):
        await one.close()
    await qq.door.close()
    await qq.channel.stop()


async def test_a_gateway_that_connects_anew_takes_the_place_of_its_dead_self(qq: QQ) -> None:
    again = Gateway()
    await again.connect(qq.url)
    await until(lambda: qq.gateway.socket is not None and qq.gateway.socket.closed)
    await qq.channel.send(row("k1"))
    assert len(again.messages) == 1
    await again.close()


async def test_a_gateway_need_not_know_more_than_to_speak(qq: QQ) -> None:
    qq.gateway.silent = True  # it answers nothing but what it is told to say
    bare = {"post_type": "message", "message_type": "group", "group_id": int(ROOM), "user_id": int(WANG)}
    await qq.gateway.event(**bare, message_id=1, message="早")
    await qq.gateway.event(**bare, message_id=2, message=f"[CQ:at,qq={LI}] 你好")
    first, second = await taken(qq, 2)
    assert (first.name, second.text) == ("邻居", "@邻居  你好")
    await qq.channel.send(row("k1", "@邻居 记为 #1", mentions=(WANG,)))
    assert qq.arrived()[0].calls == (WANG,)


async def test_two_accounts_in_one_group_hear_once_and_speak_by_one(qq: QQ) -> None:
    other = Gateway("10002", groups=[ROOM, "70002"])
    await other.connect(qq.url)
    await until(lambda: ("get_group_list", {}) in other.calls)
    for gateway, number in ((qq.gateway, 11), (other, 12)):
        await gateway.says(WANG, "电梯坏了", number=number)
    await other.says(WANG, "路灯坏了", room="70002", number=13)
    await other.says(ACCOUNT, "我是另一个哨子", number=14)
    await qq.gateway.says(LI, "完", number=15)
    heard = {one.message_id for one in await taken(qq, 3)}
    assert heard == {f"{ACCOUNT}/11", "10002/13", f"{ACCOUNT}/15"}
    await qq.channel.send(row("k1"))
    await qq.channel.send(row("k2", room="70002", reply_to=f"{ACCOUNT}/11"))
    assert [one["to"] for one in qq.gateway.messages] == [ROOM]
    assert [one["message"] for one in other.messages] == [
        [text("好")]
    ]  # it cannot quote what it does not know
    await other.close()
    await until(lambda: len(qq.channel.accounts.links()) == 1)
    with pytest.raises(NotYetError):
        await qq.channel.send(row("k3", room="70002"))
    assert qq.channel.health.ready


async def test_an_account_that_is_logged_out_says_nothing_and_the_operators_hear_of_it(qq: QQ) -> None:
    await qq.gateway.heartbeat(online=True)
    for _ in range(2):
        await qq.gateway.heartbeat(online=False)
    await until(lambda: qq.book.alerts)
    assert qq.channel.health.state is ChannelState.LOGGED_OUT
    assert qq.book.alerts == [("logged_out", {"account": ACCOUNT})]
    await qq.gateway.heartbeat(online=True)
    await until(lambda: qq.channel.health.ready)


async def test_the_operators_hear_of_gateways_that_are_away_for_long(tmp_path: Path) -> None:
    qq = QQ(tmp_path, restless=True)
    await qq.channel.start(qq.book)
    await until(lambda: qq.book.alerts)
    await asyncio.sleep(0.05)
    assert qq.book.alerts == [("away", {})]  # once
    await qq.channel.stop()
