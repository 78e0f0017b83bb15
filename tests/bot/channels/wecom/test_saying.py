"""What is said on WeCom: where it goes, and how it looks there."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from bot.channels.base import DeliveryError
from bot.channels.fitted_pictures import CannotFitError, fitted
from data.domain.messages import MessageKind
from tests.bot.channels.counterparts.base import AGAIN, drawn, until
from tests.bot.channels.counterparts.wecom.members import Wecom, robot_frame
from tests.bot.channels.counterparts.wecom.office import LI, OTHER_ROOM, ROOM, WANG
from tests.bot.channels.wecom.rows import row

if TYPE_CHECKING:
    from collections.abc import Callable


async def test_an_answer_goes_where_it_was_asked_for_once_and_in_time(opened: Callable[..., Any]) -> None:
    wecom = await opened(agent=None, application=None, robots={})
    await until(lambda: wecom.channel.health.ready)
    for number in ("1", "2"):
        message = {"msgtype": "text", "text": {"content": "@网格助手 进度"}}
        assert await wecom.to_robot(robot_frame(number, WANG, ROOM, message)) == 200
    await wecom.channel.send(row("#1 办理中", reply_to="1"))
    one = row("# 2", media="chart.png")
    (wecom.folder / "chart.png").write_bytes(drawn())
    await wecom.channel.send(one)
    assert wecom.office.answered == {f"{ROOM}.1", f"{ROOM}.2"}
    with pytest.raises(DeliveryError) as none_left:
        await wecom.channel.send(row())
    assert none_left.value.permanent
    alone = {"msgtype": "text", "text": {"content": "帮助"}}
    assert await wecom.to_robot(robot_frame("3", WANG, None, alone)) == 200
    wecom.clock.set(wecom.clock.now() + timedelta(hours=1))
    with pytest.raises(DeliveryError):
        await wecom.channel.send(row(room=None, to=WANG))
    assert await wecom.to_robot(robot_frame("4", WANG, None, alone)) == 200
    wecom.office.lost = 1
    answer = row("发“受理 1”…", room=None, to=WANG)
    with pytest.raises(DeliveryError):
        await wecom.channel.send(answer)
    await wecom.channel.send(answer)  # the address was used up: it arrived
    assert [one.text for one in wecom.office.messages] == ["#1 办理中", "# 2", "发“受理 1”…"]
    assert wecom.channel.health.counts["not_shown"] == 1


async def test_a_group_of_the_applications_own_is_spoken_to_by_it(wecom: Wecom) -> None:
    (wecom.folder / "chart.png").write_bytes(drawn())
    await wecom.channel.send(row("统计", room=OTHER_ROOM, media="chart.png"))
    assert [(one.chat, one.text, one.picture) for one in wecom.office.messages] == [
        (OTHER_ROOM, "统计", None),
        (OTHER_ROOM, "", drawn()),
    ]


@pytest.mark.parametrize("alone", [True, False])
async def test_a_picture_in_doubt_is_not_doubled_to_a_person(wecom: Wecom, *, alone: bool) -> None:
    (wecom.folder / "chart.png").write_bytes(drawn())
    wecom.office.lost = 1
    one = row("", room=None if alone else ROOM, to=LI if alone else None, media="chart.png")
    with pytest.raises(DeliveryError):
        await wecom.channel.send(one)
    await wecom.channel.send(one)
    assert len(wecom.office.messages) == (1 if alone else 2)


async def test_what_is_said_again_is_marked_where_nobody_can_tell(wecom: Wecom) -> None:
    wecom.office.lost = 1
    one = row("#1 已办结", room=OTHER_ROOM)
    with pytest.raises(DeliveryError):
        await wecom.channel.send(one)
    await wecom.channel.send(one)
    assert [arrived.text for arrived in wecom.office.messages] == ["#1 已办结", f"{AGAIN}#1 已办结"]
    assert wecom.channel.health.counts["said_again"] == 1


async def test_peoples_words_call_nobody_and_link_nowhere(wecom: Wecom) -> None:
    await wecom.channel.send(row("有人说:<@all> 开会", mentions=(WANG,)))
    await wecom.channel.send(row('<a href="http://x">奖</a> <b>', room=None, to=LI))
    aloud, alone = wecom.office.messages
    assert (aloud.text, aloud.calls) == ("有人说:＜@all> 开会", (WANG,))
    assert alone.text == '＜a href="http://x">奖＜/a> <b>'


async def test_an_answer_in_markdown_links_nowhere_either(opened: Callable[..., Any]) -> None:
    wecom = await opened(agent=None, application=None, robots={})
    await until(lambda: wecom.channel.health.ready)
    message = {"msgtype": "text", "text": {"content": "@网格助手 进度 1"}}
    assert await wecom.to_robot(robot_frame("1", WANG, ROOM, message)) == 200
    await wecom.channel.send(row("王姐说:[领奖](http://x) <@all> [图片]", reply_to="1"))
    assert wecom.office.messages[0].text == "王姐说:[领奖］(http://x) ＜@all> [图片]"


async def test_long_ids_do_not_make_a_text_too_long(wecom: Wecom) -> None:
    await wecom.channel.send(row("@王姐 " + "好" * 680, mentions=(WANG,)))
    assert wecom.office.messages[0].calls == (WANG,)


async def test_files_go_by_each_door(wecom: Wecom) -> None:
    (wecom.folder / "list.xlsx").write_bytes(b"PK1")
    await wecom.channel.send(row("", kind=MessageKind.FILE, media="list.xlsx"))
    await wecom.channel.send(row("我的数据\n第一行", room=None, to=LI, kind=MessageKind.FILE))
    assert [one.picture for one in wecom.office.messages] == [b"PK1", "第一行".encode()]


async def test_large_pictures_are_made_to_fit(wecom: Wecom) -> None:
    noise = io.BytesIO()
    Image.frombytes("RGB", (1_400, 1_000), os.urandom(1_400 * 1_000 * 3)).save(noise, "PNG")
    assert noise.tell() > 2 * 2**20
    (wecom.folder / "noise.png").write_bytes(noise.getvalue())
    (wecom.folder / "x.webp").write_bytes(drawn(kind="WEBP"))
    await wecom.channel.send(row("", media="noise.png"))
    await wecom.channel.send(row("", media="x.webp"))
    await wecom.channel.send(row("", room=None, to=LI, media="x.webp"))
    assert all((one.picture or b"").startswith(b"\xff\xd8") for one in wecom.office.messages)
    (wecom.folder / "broken.png").write_bytes(b"broken")
    with pytest.raises(DeliveryError) as broken:
        await wecom.channel.send(row("", media="broken.png"))
    assert broken.value.permanent


def test_what_cannot_fit_is_said_so() -> None:
    assert fitted(drawn(), 10_000) == drawn()
    with pytest.raises(CannotFitError):
        fitted(drawn(kind="GIF"), 10)
