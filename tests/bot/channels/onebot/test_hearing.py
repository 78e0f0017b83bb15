"""What is heard over OneBot: segments and codes, names, calls, who comes and goes."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from bot.channels.onebot.segments import segments_of
from data.domain.messages import MessageKind
from tests.bot.channels.counterparts.base import INVITED, drawn, until
from tests.bot.channels.counterparts.onebot.gateway import ACCOUNT, AT, LI, ROOM, WANG, Gateway
from tests.bot.channels.onebot.frames import at, row, taken, text

if TYPE_CHECKING:
    from tests.bot.channels.counterparts.onebot.network import QQ


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
