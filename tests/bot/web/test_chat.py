from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from aiohttp import WSServerHandshakeError

from bot.channels.hub import QUEUE, ChatSpot
from data.domain.messages import MessageKind, Outgoing
from tests.bot.channels.test_pictures import png

if TYPE_CHECKING:
    from tests.bot.web.conftest import Place


async def test_a_page_is_told_everything_at_first(place: Place) -> None:
    await place.open()
    await place.channel.send(Outgoing("a", "web", "grid1", None, "你们好"))
    await place.channel.send(Outgoing("b", "web", None, "limin", "只给李敏"))
    page = await place.page(await place.signed_in("李敏"))
    hello = await page.hears("hello")
    assert hello["me"] == {"id": "limin", "name": "李敏", "about": "网格长 · 第一网格", "side": "staff"}
    assert [(room["id"], room["kind"]) for room in hello["rooms"]] == [
        ("grid1", "residents"),
        ("staff", "staff"),
        (None, "private"),
    ]
    assert [m["text"] for m in hello["rooms"][0]["messages"]] == ["你们好"]
    assert [m["text"] for m in hello["rooms"][2]["messages"]] == ["只给李敏"]
    assert "people" not in hello  # to speak as somebody else is for the demo


async def test_what_one_says_the_others_hear_when_it_is_on_disk(place: Place) -> None:
    await place.open(demo=True)
    wang, li = await place.persona("wang"), await place.persona("limin")
    place.book.open.clear()
    await wang.says("grid1", "电梯坏了", mentions=["bot"])
    assert await li.quiet()
    place.book.open.set()
    ack = await wang.hears("ack")
    assert (ack["client"], ack["room"]) == ("client-0001", "grid1")
    message = (await li.hears("message"))["message"]
    assert (message["id"], message["sender"], message["name"]) == (ack["id"], "wang", "王姐")
    assert (message["room"], message["text"], message["bot"]) == ("grid1", "电梯坏了", False)
    assert place.book.taken[0].mentions == ("bot",)


async def test_a_message_sent_again_is_acknowledged_and_shown_once(place: Place) -> None:
    await place.open(demo=True)
    wang, li = await place.persona("wang"), await place.persona("limin")
    await wang.says("grid1", "电梯坏了")
    first = await wang.hears("ack")
    await wang.says("grid1", "电梯坏了")
    assert await wang.hears("ack") == first
    await li.hears("message")
    assert await li.quiet()


async def test_nobody_speaks_in_a_room_that_is_not_theirs(place: Place) -> None:
    await place.open()
    page = await place.page(await place.signed_in("王姐"))
    await page.says("staff", "让我进来")
    assert (await page.hears("refused"))["words"] == "你不在这个群里。"
    await page.sends(type="history", room="staff")
    await page.sends(type="members", room="staff")
    assert await page.quiet()
    assert place.book.taken == []


async def test_a_message_over_64_kib_is_refused_and_the_next_one_is_not(place: Place) -> None:
    await place.open(demo=True)
    page = await place.persona("wang")
    await page.says("grid1", "长" * 30_000)
    assert "64 KB" in (await page.hears("notice"))["words"]
    await page.socket.send_str("x" * 1_000_000)
    await page.hears("notice")
    await page.says("grid1", "短")
    await page.hears("ack")
    assert [one.text for one in place.book.taken] == ["短"]


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "nonsense",
        "[]",
        "[" * 20_000,
        '{"type": "dance"}',
        '{"type": "say", "client": "short", "room": null, "text": "x"}',
        '{"type": "say", "client": "client-0001", "room": 7, "text": "x"}',
        '{"type": "say", "client": "client-0001", "room": null, "text": "x", "sender": "limin"}',
        '{"type": "recall", "client": "client-0001", "room": null}',
    ],
)
async def test_what_no_page_of_ours_sends_is_refused(place: Place, frame: str) -> None:
    await place.open(demo=True)
    page = await place.persona("wang")
    await page.socket.send_str(frame)
    assert "刷新" in (await page.hears("notice"))["words"]
    await page.socket.send_bytes(b"\x00\x01")
    await page.hears("notice")
    assert place.book.taken == []


async def test_a_message_beyond_all_measure_ends_the_connection_only(place: Place) -> None:
    await place.open(demo=True)
    page, other = await place.persona("wang"), await place.persona("limin")
    with suppress(ConnectionError):
        await page.socket.send_bytes(b"x" * (9 * 2**20))
    while not await page.ends():
        pass
    await other.says("grid1", "还在")
    await other.hears("ack")


async def test_who_asks_without_end_is_told(place: Place) -> None:
    await place.open(demo=True)
    page = await place.persona("wang")
    for _ in range(121):
        await page.sends(type="history", room="grid1")
    await page.hears("notice")


async def test_an_account_has_so_many_pages_and_no_more(place: Place) -> None:
    await place.open(demo=True)
    for _ in range(20):
        await place.persona("wang")
    with pytest.raises(WSServerHandshakeError) as refused:
        await place.persona("wang")
    assert refused.value.status == 429
    await place.persona("limin")


async def test_halves_of_characters_do_no_harm(place: Place) -> None:
    await place.open(demo=True)
    page = await place.persona("wang")
    head = '{"type": "say", "client": "client-0001", "room": "grid1", "text": "电\\ud800梯\\u0000"'
    await page.socket.send_str(head + ', "mentions": ["\\udfff"]}')
    await page.hears("notice")  # a mention of nobody
    await page.socket.send_str(head + "}")
    await page.hears("ack")
    assert [one.text for one in place.book.taken] == ["电梯"]


async def test_nothing_is_not_said(place: Place) -> None:
    await place.open(demo=True)
    page = await place.persona("wang")
    await page.says("grid1", " \u200b\n")
    assert (await page.hears("refused"))["words"] == "空的消息没有发。"


async def test_one_quotes_only_what_was_said_here(place: Place) -> None:
    await place.open(demo=True)
    page = await place.persona("wang")
    here = await place.channel.send(Outgoing("a", "web", "grid1", None, "记为 #1"))
    elsewhere = await place.channel.send(Outgoing("b", "web", "staff", None, "记为 #2"))
    await page.says("grid1", "进度", quote=elsewhere)
    assert "引用" in (await page.hears("refused"))["words"]
    await page.says("grid1", "进度", quote=here)
    await page.hears("ack")
    assert [one.quote for one in place.book.taken] == [here]


async def test_who_speaks_too_fast_is_told(place: Place) -> None:
    await place.open(demo=True)
    page = await place.persona("wang")
    for number in range(60):
        await page.says("grid1", "哈", client=f"client-{number:04}")
    await page.says("grid1", "哈", client="client-9999")
    assert "太快" in (await page.hears("refused"))["words"]
    place.clock.set(place.clock.now() + timedelta(minutes=1))
    await page.says("grid1", "哈", client="client-9999")
    await page.hears("ack")
    assert len(place.book.taken) == 61


async def test_a_picture_is_of_the_room_it_is_shown_in(place: Place) -> None:
    await place.open(demo=True)
    page = await place.persona("wang")
    mine = place.site.album.put(ChatSpot("grid1"), png())
    elsewhere = place.site.album.put(ChatSpot("staff"), png())
    for media in (elsewhere, "media/../../etc/passwd", "https://example.org/x.png"):
        await page.says("grid1", "[图片]", media=media)
        assert "图片" in (await page.hears("refused"))["words"]
    await page.says("grid1", "[图片]", media=mine)
    await page.hears("ack")
    assert (place.book.taken[0].kind, place.book.taken[0].media) == (MessageKind.IMAGE, mine)


async def test_all_of_a_room_and_who_is_in_it(place: Place) -> None:
    await place.open()
    for number in range(60):
        await place.channel.send(Outgoing(f"a{number}", "web", "grid1", None, f"{number}"))
    page = await place.page(await place.signed_in("王姐"))
    room = (await page.hears("hello"))["rooms"][0]
    assert (len(room["messages"]), room["more"]) == (40, True)
    await page.sends(type="history", room="grid1")
    assert len((await page.hears("history"))["messages"]) == 60
    await page.sends(type="members", room="grid1")
    people = (await page.hears("members"))["people"]
    assert [one["name"] for one in people] == ["李敏", "吴大爷", "赵主任", "周书记", "冯姨", "王姐"]


async def test_a_message_taken_back_goes_everywhere(place: Place) -> None:
    await place.open(demo=True)
    wang, li = await place.persona("wang"), await place.persona("limin")
    await wang.says("grid1", "发错了")
    message_id = (await wang.hears("ack"))["id"]
    await li.sends(type="recall", client="client-0002", room="grid1", id=message_id)
    assert "撤回" in (await li.hears("refused"))["words"]
    await wang.sends(type="recall", client="client-0003", room="grid1", id=message_id)
    assert (await wang.hears("ack"))["client"] == "client-0003"
    assert (await li.hears("recalled"))["id"] == message_id


async def test_while_the_bot_stops_nothing_is_acknowledged(place: Place) -> None:
    await place.open(demo=True)
    page = await place.persona("wang")
    await page.says("grid1", "电梯坏了")
    message_id = (await page.hears("ack"))["id"]
    await place.channel.stop()
    await page.says("grid1", "还有人吗", client="client-0002")
    await page.sends(type="recall", client="client-0003", room="grid1", id=message_id)
    await page.sends(type="history", room="grid1")
    assert [m["text"] for m in (await page.hears("history"))["messages"]] == ["电梯坏了"]


async def test_a_page_that_was_too_slow_asks_for_everything_anew(place: Place) -> None:
    await place.open(demo=True)
    page = await place.persona("wang")
    for listener in place.channel.hub.listeners():
        listener.put('{"type": "waits"}')  # behind what waits all else waits, too
    for number in range(QUEUE + 1):  # within one turn of the loop nothing is sent
        await place.channel.send(Outgoing(f"a{number}", "web", "grid1", None, f"{number}"))
    await page.hears("reload")
    await page.sends(type="hello")
    hello = await page.hears("hello")
    assert hello["rooms"][0]["messages"][-1]["text"] == str(QUEUE)


async def test_a_new_room_appears_by_itself_and_a_lost_one_goes(place: Place) -> None:
    await place.open()
    page = await place.page(await place.signed_in("王姐"))
    await page.hears("hello")
    with place.store.write() as uow:
        account, room = uow.people.speaker("web", "wang"), uow.rooms.of("web", "grid2")
        assert account is not None
        assert room is not None
        uow.people.join(room.id, account[0].id)
        uow.commit()
    [connection] = place.chat.connections
    await connection.look_again()
    assert [r["id"] for r in (await page.hears("hello"))["rooms"]] == ["grid1", "grid2", None]
    await connection.look_again()
    assert await page.quiet()  # nothing has changed


async def test_who_is_no_more_is_led_out(place: Place) -> None:
    await place.open()
    browser = await place.signed_in("王姐")
    page = await place.page(browser)
    await page.hears("hello")
    with place.store.write() as uow:
        found = uow.people.speaker("web", "wang")
        assert found is not None
        uow.personal.forget(found[1].id, [found[0]], keep_account=False, masked=str)
        uow.commit()
    await page.sends(type="hello")
    await page.hears("gone")
    assert await page.ends()
    again = await place.page(browser)
    await again.hears("gone")
    assert await again.ends()


async def test_a_stranger_hears_nothing(place: Place) -> None:
    await place.open()
    page = await place.page(await place.browser())
    await page.hears("gone")
    assert await page.ends()


async def test_in_the_demo_one_may_be_anybody(place: Place) -> None:
    await place.open(demo=True)
    page = await place.page(await place.browser(), "/chat")
    hello = await page.hears("hello")
    assert hello["me"]["id"] == "wang"  # the first resident, if one does not say who
    assert {one["id"] for one in hello["people"]} >= {"limin", "zhao", "chen", "wang"}
    assert [room["id"] for room in hello["rooms"]] == ["grid1", None]  # her own
    nobody = await place.page(await place.browser(), "/chat?as=nobody")
    await nobody.hears("gone")


async def test_when_the_server_stops_pages_come_back_by_themselves(place: Place) -> None:
    await place.open(demo=True)
    page = await place.persona("wang")
    assert len(place.chat.connections) == 1
    closing = asyncio.create_task(place.chat.close())
    assert await page.ends()
    await closing
    assert page.socket.close_code == 1001


async def test_a_page_that_goes_away_is_forgotten(place: Place) -> None:
    await place.open(demo=True)
    page = await place.persona("wang")
    assert len(place.channel.hub.listeners()) == 1
    await page.socket.close()
    for _ in range(100):
        if not place.channel.hub.listeners():
            break
        await asyncio.sleep(0.01)
    assert place.channel.hub.listeners() == set()


async def test_a_page_is_told_the_commands_that_ones_duties_allow(place: Place) -> None:
    await place.open()
    resident = await (await place.page(await place.signed_in("王姐"))).hears("hello")
    leader = await (await place.page(await place.signed_in("李敏"))).hears("hello")
    officer = await (await place.page(await place.signed_in("赵主任"))).hears("hello")
    words = [{one["word"] for one in hello["commands"]} for hello in (resident, leader, officer)]
    assert "进度" in words[0] & words[1] & words[2]
    assert "派单" not in words[0]
    assert "派单" in words[1]
    assert "吹哨" not in words[1]
    assert "吹哨" in words[2]
    assert all(one["example"] and one["about"] for one in officer["commands"])


async def test_a_cases_number_opens_its_card_for_whom_it_may_be_spoken_of(place: Place) -> None:
    await place.open(bot=True)
    await place.said("wang", "3栋2单元路灯不亮")
    await place.said("wang", "楼上天天半夜打麻将吵架,说了也不听,还骂人,2单元501的")
    resident = await place.page(await place.signed_in("王姐"))
    leader = await place.page(await place.signed_in("李敏"))
    other = await place.page(await place.signed_in("孙丽"))
    await resident.sends(type="card", room="grid1", ref="已派给百安坝#1")
    card = await resident.hears("card")
    assert "路灯" in card["label"]
    assert card["path"] is None
    await leader.sends(type="card", room="grid1", ref="#1")
    assert (await leader.hears("card"))["path"] == "/desk/cases/1.1.1/1"
    await other.sends(type="card", room="grid9", ref="#1")
    assert "没有" in (await other.hears("card"))["words"]
    await other.sends(type="card", room="grid1", ref="#1")  # not a room of hers: no answer at all
    assert await other.quiet()
    await resident.sends(type="card", room="grid1", ref="#99999999999999999999")
    assert "words" in await resident.hears("card")
