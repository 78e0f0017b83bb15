"""议事公开: what was decided, for anybody; never who chose what in a secret ballot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.hub import ChatSpot
from bot.channels.web import PageMessage, Speaker
from data.domain.messages import MessageKind
from tests.bot.channels.test_pictures import png

if TYPE_CHECKING:
    from tests.bot.web.conftest import Place


async def test_it_is_off_unless_the_config_says_so(place: Place) -> None:
    await place.open(bot=True)
    assert (await (await place.browser()).get("/board/decisions")).status == 404


async def test_publicity_and_ledgers_with_their_pictures_stand_there(place: Place) -> None:
    await place.open(bot=True, board=True)
    await place.said("zhao", "@哨子 公示 7天 加装电梯方案:2单元东侧加装,每户出资 35000 元")
    path = place.site.album.put(ChatSpot("staff"), png())
    words = "公开 本月资金:物业费收支"
    spoken = PageMessage("picture-0001", "staff", words, MessageKind.IMAGE, path)
    await place.channel.hear(Speaker("zhao", "赵主任"), spoken)
    browser = await place.browser()
    page = await (await browser.get("/board/decisions")).text()
    for part in ("加装电梯方案", "35000 元", "公示到", "本月资金"):
        assert part in page
    assert (await browser.get(f"/board/decisions/1.1.1/2/{path}")).status == 200
    assert (await browser.get(f"/board/decisions/1.1.1/1/{path}")).status == 404
