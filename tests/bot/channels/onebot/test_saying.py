"""What is said over OneBot: in doubt, refused, with files and calls."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import TYPE_CHECKING

import pytest

from bot.channels.base import DeliveryError
from bot.channels.onebot.segments import calling
from data.domain.messages import MessageKind
from tests.bot.channels.counterparts.base import AGAIN, until
from tests.bot.channels.counterparts.onebot.gateway import ACCOUNT, Gateway
from tests.bot.channels.onebot.frames import row

if TYPE_CHECKING:
    from tests.bot.channels.counterparts.onebot.network import QQ


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
