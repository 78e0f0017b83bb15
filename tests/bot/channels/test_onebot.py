"""OneBot v11, as gateways speak it: what only this channel has."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession, WSServerHandshakeError, web
from aiohttp.test_utils import TestServer

from bot.channels.base import ChannelState, DeliveryError, NotYetError
from bot.channels.downloads import DownloadError, Downloads
from bot.channels.onebot.segments import calling, segments_of
from bot.middleware import UNKNOWN_ROOM
from data.domain.messages import MessageKind, Outgoing
from tests.bot.channels.counterparts.base import AGAIN, INVITED, drawn, until
from tests.bot.channels.counterparts.onebot import ACCOUNT, AT, LI, QQ, ROOM, TOKEN, WANG, Gateway

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def qq(tmp_path: Path) -> AsyncIterator[QQ]:
    """A network whose gateway is connected."""
    made = QQ(tmp_path)
    await made.start()
    yield made
    await made.stop()


def row(key: str, text: str = "好", room: str | None = ROOM, **more: Any) -> Outgoing:
    return Outgoing(key, "onebot", room, None if room else LI, text, **more)


def text(said: str) -> dict[str, Any]:
    return {"type": "text", "data": {"text": said}}


def at(who: str, **more: str) -> dict[str, Any]:
    return {"type": "at", "data": {"qq": who, **more}}


async def taken(qq: QQ, number: int) -> Any:
    await until(lambda: len(qq.book.taken) >= number)
    return qq.book.taken


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


async def test_ids_may_be_words_as_on_wechat(qq: QQ) -> None:
    other = Gateway("wxid_bot-1")
    await other.connect(qq.url)
    said = {"post_type": "message", "message_type": "group", "group_id": "7@chatroom", "user_id": "wxid_w"}
    await other.event(
        **said, message_id="m-1", message=[at("wxid_bot-1"), text("进度")], sender={"nickname": "王"}
    )
    await other.event(
        **said, message_id="m-2", message=[at(ACCOUNT), text("进度")], sender={"nickname": "王"}
    )
    first, second = await taken(qq, 2)
    assert (first.room, first.sender, first.message_id) == ("7@chatroom", "wxid_w", "wxid_bot-1/m-1")
    assert first.mentions == second.mentions == ("bot",)  # whichever of the bot's accounts is called
    await qq.channel.send(
        row("k1", "@王 好", room="7@chatroom", mentions=("wxid_w",), reply_to=first.message_id)
    )
    (sent,) = [params for action, params in other.calls if action == "send_group_msg"]
    assert sent["group_id"] == "7@chatroom"
    assert [one["type"] for one in sent["message"]] == ["reply", "at", "text"]
    await other.close()


async def test_messages_come_as_texts_with_codes_too(qq: QQ) -> None:
    picture = base64.b64encode(drawn()).decode()
    await qq.gateway.says(
        WANG, f"[CQ:reply,id=-7][CQ:at,qq={ACCOUNT}] 办结 1 修好了&#91;真的&#93;&amp;谢谢,再见"
    )
    await qq.gateway.says(WANG, f"看[CQ:image,file=base64://{picture},sub_type=0]这里[CQ:face,id=14]")
    first, shown, second = await taken(qq, 3)
    assert first.text == "@哨子  办结 1 修好了[真的]&谢谢,再见"
    assert (first.quote, first.mentions) == (f"{ACCOUNT}/-7", ("bot",))
    assert (shown.kind, second.text) == (MessageKind.IMAGE, "看这里")
    assert shown.media is not None
    assert second.message_id + "#1" == shown.message_id


async def test_who_is_called_is_decided_by_number_not_by_name(qq: QQ) -> None:
    await qq.gateway.says(WANG, [at("30009", name="哨子"), text(" 受理 1")])
    await qq.gateway.says(WANG, [at(LI), text(" 你家呢")])
    await qq.gateway.says(WANG, [at("all"), text(" 开会")])
    called, other, everybody = await taken(qq, 3)
    assert called.mentions == ("30009",)
    assert (other.text, other.mentions) == ("@李敏  你家呢", (LI,))
    assert (everybody.text, everybody.mentions) == ("@全体成员  开会", ())


async def test_names_of_the_group_and_times_are_the_networks(qq: QQ) -> None:
    said = qq.gateway.message(WANG, "早", room=ROOM, number=5)
    said["sender"]["card"] = "3栋 王姐"
    await qq.gateway.event(**said)
    (one,) = await taken(qq, 1)
    assert (one.name, one.at.timestamp()) == ("3栋 王姐", AT)


async def test_voice_and_video_are_told_and_cards_are_not(qq: QQ) -> None:
    await qq.gateway.says(WANG, [{"type": "json", "data": {"data": "{}"}}])
    await qq.gateway.says(WANG, [{"type": "record", "data": {"file": "a.amr"}}])
    await qq.gateway.says(WANG, [{"type": "video", "data": {"file": "a.mp4"}}])
    assert [one.kind for one in await taken(qq, 2)] == [MessageKind.VOICE, MessageKind.VIDEO]


class Shop:
    """A server of pictures, beside the gateway."""

    def __init__(self) -> None:
        app = web.Application()
        app.add_routes([web.get("/{what}", self._show)])
        self.server = TestServer(app)

    async def _show(self, request: web.Request) -> web.Response:
        if request.match_info["what"] == "moved":
            raise web.HTTPFound("/picture")
        if request.match_info["what"] == "large":
            return web.Response(body=bytes(21 * 2**20))
        return web.Response(body=drawn())


async def test_pictures_are_fetched_where_they_lie(qq: QQ) -> None:
    shop = Shop()
    await shop.server.start_server()
    lies = str(shop.server.make_url("/picture"))
    qq.gateway.pictures = {
        "kept.png": {"base64": base64.b64encode(drawn()).decode(), "file": "/root/kept.png"},
        "there.png": {"url": lies},
        "secret.png": {"file": "/etc/passwd"},
    }
    shown = [
        {"file": "x.png", "url": lies},
        {"file": "kept.png"},
        {"file": "there.png"},
        {"file": "secret.png"},
    ]
    shown += [{"file": str(shop.server.make_url(f"/{one}"))} for one in ("moved", "large")]
    shown.append({"file": "http://192.168.0.1/private.png"})
    for data in shown:
        await qq.gateway.says(WANG, [{"type": "image", "data": data}])
    kept = [one.media is not None for one in await taken(qq, len(shown))]
    assert kept == [True, True, True, False, False, False, False]
    await shop.server.close()


async def test_pictures_of_groups_that_nobody_set_up_are_not_fetched(qq: QQ) -> None:
    qq.book.went = UNKNOWN_ROOM
    await qq.say(WANG, "早", room=ROOM)
    await qq.show(WANG, drawn(), room=ROOM)
    assert (await taken(qq, 2))[1].media is None
    qq.book.went = "left_alone"
    await qq.say(WANG, "绑定 ABCD", room=ROOM)
    await qq.show(WANG, drawn(), room=ROOM)
    assert (await taken(qq, 4))[3].media is not None


async def test_nothing_inside_is_asked() -> None:
    addresses = ["http://[::1/x", "ftp://x/y", "http://169.254.169.254/x", "http://[::ffff:10.0.0.7]/x"]
    addresses += ["http://127.0.0.1/x", "http://localhost:1/x", "http://u:p@8.8.8.8/x"]
    for address in addresses:
        with pytest.raises(DownloadError):
            await Downloads().get(address, beside="10.0.0.7")


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


async def test_people_come_and_go_and_so_does_the_bot(qq: QQ) -> None:
    notice = {"post_type": "notice", "group_id": int(ROOM)}
    increase = {**notice, "notice_type": "group_increase", "sub_type": "approve", "operator_id": 1}
    decrease = {**notice, "notice_type": "group_decrease", "sub_type": "leave", "operator_id": 1}
    await qq.gateway.event(**increase, user_id=int(WANG))
    await qq.gateway.event(**decrease, user_id=int(WANG))
    await qq.gateway.event(**increase, user_id=int(ACCOUNT))
    await qq.gateway.event(**{**decrease, "sub_type": "kick_me"}, user_id=int(ACCOUNT))
    await qq.gateway.event(
        **notice, notice_type="group_recall", user_id=int(WANG), operator_id=1, message_id=4
    )
    await qq.gateway.event(**notice, notice_type="notify", sub_type="poke", user_id=int(WANG))
    await qq.gateway.event(post_type="notice", notice_type="friend_recall", user_id=int(WANG), message_id=5)
    moved = {one.kind: one for one in await taken(qq, 3)}
    assert {kind: one.name for kind, one in moved.items()} == dict.fromkeys(moved, "王姐")
    assert set(moved) == {MessageKind.JOIN, MessageKind.LEAVE, MessageKind.RECALL}
    recall = moved[MessageKind.RECALL]
    assert (recall.quote, recall.room) == (f"{ACCOUNT}/5", None)
    await until(lambda: len(qq.book.alerts) == 2)
    assert qq.book.alerts[0] == ("new_room", {"room": ROOM, "topic": f"群{ROOM}"})
    assert qq.book.alerts[1][0] == "thrown_out"


async def test_the_bot_goes_where_it_is_called_by_those_who_may(qq: QQ) -> None:
    request = {"post_type": "request", "user_id": int(WANG)}
    await qq.gateway.event(**request, request_type="friend", comment="你好", flag="f1")
    await qq.gateway.event(**request, request_type="friend", comment="我是百安坝3栋的", flag="f2")
    await qq.gateway.event(**request, request_type="group", sub_type="invite", group_id=9, flag="g1")
    (invitation,) = await taken(qq, 1)
    assert (invitation.kind, invitation.text, invitation.room) == (MessageKind.INVITATION, "群9", None)
    qq.book.went = INVITED
    await qq.gateway.event(**request, request_type="group", sub_type="invite", group_id=9, flag="g2")
    await qq.gateway.event(**request, request_type="group", sub_type="add", group_id=9, flag="g3")
    followed = ("set_group_add_request", {"flag": "g2", "sub_type": "invite", "approve": True})
    await until(lambda: followed in qq.gateway.calls)
    agreed = [params["flag"] for action, params in qq.gateway.calls if action.startswith("set_")]
    assert agreed == ["f2", "g2"]


async def test_an_answer_that_comes_late_ends_the_doubt(qq: QQ) -> None:
    link = qq.channel.accounts.speaking()[0]
    qq.gateway.lost, qq.gateway.unknown = 1, {"get_group_msg_history"}
    with pytest.raises(DeliveryError):
        await qq.channel.send(row("k1"))
    echo = next(iter(link._late))  # noqa: SLF001  what the gateway answers to
    qq.channel.heard(
        link, json.dumps({"status": "ok", "retcode": 0, "data": {"message_id": 99}, "echo": echo})
    )
    assert await qq.channel.send(row("k1")) == f"{ACCOUNT}/99"
    assert len(qq.gateway.messages) == 1


async def test_what_the_gateway_tells_of_the_bots_own_words_ends_the_doubt(qq: QQ) -> None:
    qq.gateway.lost, qq.gateway.tells_own = 1, True
    qq.gateway.unknown = {"get_friend_msg_history"}
    with pytest.raises(DeliveryError):
        await qq.channel.send(row("k1", room=None))
    await qq.channel.send(row("k1", room=None))
    assert len(qq.gateway.messages) == 1


async def test_where_nobody_can_tell_it_is_said_again_and_marked(qq: QQ) -> None:
    qq.gateway.lost, qq.gateway.unknown = 1, {"get_group_msg_history"}
    with pytest.raises(DeliveryError):
        await qq.channel.send(row("k1", "#1 已办结"))
    await qq.channel.send(row("k1", "#1 已办结"))
    assert [one.text for one in qq.arrived()] == ["#1 已办结", f"{AGAIN}#1 已办结"]
    assert qq.channel.health.counts["said_again"] == 1


async def test_a_connection_that_breaks_in_a_call_leaves_a_doubt(qq: QQ) -> None:
    qq.gateway.lost = 1
    sending = asyncio.create_task(qq.channel.send(row("k1")))
    await until(lambda: qq.gateway.messages)
    said = qq.gateway.messages
    await qq.go_away()
    with pytest.raises(DeliveryError):
        await sending
    qq.gateway = Gateway()
    qq.gateway.messages = said
    await qq.come_back()
    await qq.channel.send(row("k1"))
    assert len(said) == 1


async def test_a_refusal_is_no_doubt(qq: QQ) -> None:
    qq.gateway.refusing = 1
    with pytest.raises(DeliveryError, match="1200"):
        await qq.channel.send(row("k1"))
    await qq.channel.send(row("k1"))
    assert [one.text for one in qq.arrived()] == ["好"]


async def test_files_are_uploaded(qq: QQ) -> None:
    (qq.folder / "list.xlsx").write_bytes(b"PK1")
    await qq.channel.send(row("k1", "", kind=MessageKind.FILE, media="list.xlsx"))
    await qq.channel.send(row("k2", "我的数据\n第一行", room=None, kind=MessageKind.FILE))
    with pytest.raises(DeliveryError) as absent:
        await qq.channel.send(row("k3", media="absent.png"))
    assert absent.value.permanent
    uploads = [call for call in qq.gateway.calls if call[0].startswith("upload")]
    assert [(action, one["name"], base64.b64decode(one["file"][9:]).decode()) for action, one in uploads] == [
        ("upload_group_file", "list.xlsx", "PK1"),
        ("upload_private_file", "我的数据.txt", "第一行"),
    ]


async def test_people_are_called_where_their_names_stand() -> None:
    def flat(text: str, names: dict[str, str]) -> list[str]:
        return [one["text"] or f"<{one['qq']}>" for one in calling(text, names)]

    assert flat("@王姐 好", {"1": "王姐"}) == ["<1>", " 好"]
    assert flat("谢谢@王姐,@李敏", {"1": "王姐", "2": "李敏"}) == ["谢谢", "<1>", " ,", "<2>"]
    assert flat("好", {"1": "王姐", "2": "李敏"}) == ["<1>", "<2>", " ", "好"]
    assert flat("", {"1": "王姐"}) == ["<1>"]
    assert flat("@王姐 好", {}) == ["@王姐 好"]


@pytest.mark.parametrize(
    "frame",
    [
        "nonsense",
        "[]",
        "null",
        '"x"',
        "[" * 100_000,
        "{}",
        '{"echo": []}',
        '{"post_type": 7}',
        '{"post_type": "message"}',
        '{"post_type": "message", "message": 5, "user_id": {}, "group_id": [1]}',
        '{"post_type": "message", "message": [5, {"type": 7, "data": 8}], "user_id": 1, "time": "x"}',
        '{"post_type": "message", "user_id": 1, "message": [{"type": "image", "data": {"file": "base64://%"}}]}',
        '{"post_type": "notice", "notice_type": "group_recall", "user_id": null}',
        '{"post_type": "meta_event", "meta_event_type": "heartbeat", "status": []}',
        '{"post_type": "message", "user_id": 1, "message": "x", "time": 99999999999999999999999}',
    ],
)
async def test_what_nobody_can_read_harms_nobody(qq: QQ, frame: str) -> None:
    assert qq.gateway.socket is not None
    await qq.gateway.socket.send_str(frame)
    await qq.gateway.says(LI, "完")
    await until(lambda: any(one.text == "完" for one in qq.book.taken))


async def test_what_is_said_and_heard_is_what_nonebot_reads(qq: QQ) -> None:
    """NoneBot's own adapter reads our counterpart's events, and the messages we send, as we mean them."""
    v11 = pytest.importorskip("nonebot.adapters.onebot.v11", reason="nonebot-adapter-onebot is not installed")
    event = qq.gateway.message(WANG, [at(ACCOUNT), text(" 进度")], room=ROOM, number=3)
    read = v11.Adapter.json_to_event({"time": AT, "self_id": int(ACCOUNT), **event})
    assert isinstance(read, v11.GroupMessageEvent)
    await qq.gateway.event(**event)
    await taken(qq, 1)
    (qq.folder / "chart.png").write_bytes(drawn())
    tricky = "@王姐 [CQ:at,qq=all] &#91;好&#93;"
    await qq.channel.send(row("k1", tricky, mentions=(WANG,), media="chart.png", reply_to=f"{ACCOUNT}/3"))
    message = v11.Message([v11.MessageSegment(**one) for one in qq.gateway.messages[0]["message"]])
    assert [one.type for one in message] == ["reply", "at", "text", "image"]
    assert message.extract_plain_text() == " [CQ:at,qq=all] &#91;好&#93;"
    coded = [(one.kind, dict(one.data)) for one in segments_of(str(message))]
    assert coded == [
        (one.type, one.data) for one in message
    ]  # our reading of codes is NoneBot's writing of them
