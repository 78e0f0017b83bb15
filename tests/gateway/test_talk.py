"""What residents and staff do on WeChat, through Wechaty's own gateway."""

from __future__ import annotations

import base64
import struct
from typing import TYPE_CHECKING

import pytest

from data.domain.case import State
from handlers.people.invitations import ROOM, invite
from tests.gateway.conftest import GRID, STAFF

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.gateway.conftest import Bot
    from tests.gateway.world import World

    Running = Callable[..., AbstractAsyncContextManager[Bot]]

pytestmark = [pytest.mark.gateway, pytest.mark.timeout(90)]
APPEAL = "3栋2单元电梯坏了没人修"


def png(size: int) -> bytes:
    """Return something of the form of a PNG that is larger than what goes within a call."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
        (b"tEXt", b"GPS"),
        (b"IDAT", bytes(size)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I4s", len(d), n) + d + bytes(4) for n, d in chunks)


async def test_an_appeal_and_its_way(world: World, running: Running) -> None:
    await world.start("--ids")
    async with running(world) as bot:
        await bot.online()
        await world.say(GRID, "wang", APPEAL, name="王姐")
        seen = await world.said(2)
        ack = next(one for one in seen if one.chat == GRID)
        assert ack.text.startswith("@王姐\u2005记为 #1【电梯")
        assert ack.mentions == ("wang",)
        assert next(one for one in seen if one.chat == "wx_limin").text.startswith("新诉求 #1")
        await world.say(GRID, "wx_limin", "@哨子 受理 1", name="李敏", mentions=["bot"])
        assert "#1 已受理" in (await world.said(3))[2].text
        quoting = f"「哨子:{ack.text}」\n- - - - - - - - - - - - - - -\n好了"
        await world.say(GRID, "wx_limin", quoting, name="李敏")
        assert "#1 已办结" in (await world.said(4))[3].text
        await world.say(None, "wang", "进度 1", name="王姐")
        progress = (await world.said(5))[4]
        assert progress.chat == "wang"
        assert "已办结" in progress.text
        await bot.until(lambda: bot.states()["sent"] == 5)
        assert bot.sent_ids() == [one.id for one in seen]


async def test_pictures_are_kept_and_recalls_withdraw_without_a_word(world: World, running: Running) -> None:
    await world.start("--ids")
    async with running(world) as bot:
        await bot.online()
        said = await world.say(GRID, "wang", APPEAL, name="王姐")
        await world.said(2)
        picture = base64.b64encode(png(50_000)).decode()
        await world.act("picture", who="wang", room=GRID, base64=picture)
        await world.act("picture", who="wang", room=GRID, base64="bm8gcGljdHVyZQ==")
        await bot.until(lambda: len(bot.lines(1)) == 3)
        kept = bot.lines(1)[1].media
        assert kept is not None
        data = (bot.parts.config.storage.folder / kept).read_bytes()
        assert len(data) > 50_000
        assert b"GPS" not in data
        assert bot.lines(1)[2].media is None
        await world.say(STAFF, "zhao", "早上好")
        for message in [said, *(line.message_id for line in bot.lines(1)[1:])]:
            await world.act("recall", who="wang", room=GRID, message=message)
        await bot.until(lambda: bot.case(1).state is State.WITHDRAWN)
        assert [seen.chat for seen in world.seen].count("grid1@chatroom") == 1  # the group hears no more


async def test_an_accepted_appeal_is_not_withdrawn_by_a_recall(world: World, running: Running) -> None:
    await world.start("--ids")
    async with running(world) as bot:
        await bot.online()
        said = await world.say(GRID, "wang", APPEAL)
        await world.said(2)
        await world.say(GRID, "wx_limin", "@哨子 受理 1")
        await world.said(3)
        await world.act("recall", who="wang", room=GRID, message=said)
        await bot.until(lambda: bot.routes()[-1] == "recalled")
        assert bot.case(1).state is State.ACCEPTED


async def test_people_come_and_go_and_rooms_are_renamed(world: World, running: Running) -> None:
    await world.start("--ids")
    async with running(world) as bot:
        await bot.online()
        await world.act("name", who="sun", name="孙哥")
        for _ in range(2):
            await world.act("join", room=GRID, people=["sun"], by="wang")
            await world.act("leave", room=GRID, people=["sun"], by="wang")
        await world.act("topic", room=GRID, topic="一网格大家庭", by="wx_limin")
        await bot.until(lambda: bot.routes() == ["joined", "left", "joined", "left", "topic"])
        (welcome,) = await world.said(1)
        assert welcome.text.startswith("欢迎 @孙哥")
        assert "平常聊天不留" in welcome.text
        assert bot.topic("wechaty", GRID) == "一网格大家庭"
        await world.act("join", room="new@chatroom", people=["bot"], by="wang")
        await world.act("leave", room="new@chatroom", people=["bot"], by="wang")
        await bot.until(lambda: len(bot.web.said) == 2)
        assert "进了群" in bot.web.said[0].text
        assert "移出了群" in bot.web.said[1].text
        assert {one.to for one in bot.web.said} == {"op"}
        assert len(world.seen) == 1


async def test_the_bot_goes_where_it_is_called_by_those_who_may(world: World, running: Running) -> None:
    await world.start()
    async with running(world, "friend_word: 百安坝") as bot:
        await bot.online()
        await world.act("befriend", id="f0", who="spam", hello="加个好友")
        await world.act("befriend", id="f1", who="wang", hello="我是百安坝3栋的")
        assert await world.follows() == ("friendship", "f1")
        await world.act("invite", id="i0", who="stranger", topic="发财群")
        await world.act("invite", id="i1", who="wx_limin", topic="二网格群")
        await bot.until(lambda: len(world.accepted) == 2)
        assert world.accepted[1] == ("invitation", "i1")
        await bot.until(lambda: bot.web.said)
        assert "发财群" in bot.web.said[0].text


async def test_accounts_and_groups_are_bound_by_code(world: World, running: Running) -> None:
    await world.start("--ids")
    async with running(world) as bot:
        await bot.online()
        with bot.parts.store.write() as uow:
            officer = uow.people.on_roster("赵主任")[0].id
            for_officer = invite(uow, bot.parts.clock.now(), person_id=officer)
            room = uow.rooms.of("web", "grid2")
            assert room is not None
            for_room = invite(uow, bot.parts.clock.now(), room_id=room.id, purpose=ROOM)
            uow.commit()
        await world.say(None, "wx_zhao", f"绑定 {for_officer}", name="老赵")
        assert "这个账号是赵主任" in (await world.said(1))[0].text
        await world.say("other@chatroom", "wang", APPEAL)
        await world.say("other@chatroom", "wx_limin", f"绑定 {for_room}")
        assert "这个群就是花名册里的「网页上的居民群」" in (await world.said(2))[1].text
        await world.say("other@chatroom", "wang", APPEAL)
        await world.said(4)
        await world.say("other@chatroom", "wx_zhao", "@哨子 督办 1", name="老赵")
        await world.say("other@chatroom", "wx_zhao", "@哨子 受理 1", name="老赵")
        await bot.until(lambda: bot.case(1).state is State.ACCEPTED)
        await world.say(None, "thief", f"绑定 {for_officer}")
        await bot.until(lambda: any("已用过" in one.text for one in world.seen))


async def test_unstable_ids_give_no_commands(world: World, running: Running) -> None:
    await world.start("--ids")
    async with running(world, "stable_ids: false") as bot:
        await bot.online()
        await world.say(GRID, "wx_limin", "@哨子 待办")
        assert "认不准账号" in (await world.said(1))[0].text


async def test_official_accounts_are_not_answered(world: World, running: Running) -> None:
    await world.start()
    async with running(world) as bot:
        await bot.online()
        await world.say(None, "gh_news", "帮助")
        await world.say(None, "weixin", "帮助")
        await world.say(None, "wang", "帮助")
        assert {one.chat for one in await world.said(1)} == {"wang"}
