"""议事公开: what was decided, for anybody; never who chose what in a secret ballot."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.channels.hub import ChatSpot
from bot.channels.web import PageMessage, Speaker
from data.domain.messages import MessageKind
from data.roster.load import import_roster
from tests.bot.channels.test_pictures import png
from tests.handlers.deliberation.town import NEIGHBOURS
from tests.town import entries

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


@pytest.mark.parametrize(("how", "shows"), [("记名", True), ("不记名", False)])
async def test_who_chose_what_stands_on_the_pages_of_a_named_ballot_only(
    place: Place, how: str, shows: bool
) -> None:
    await place.open(bot=True, board=True)
    with place.store.write() as uow:
        work = place.site.house.policy.work
        import_roster(uow, entries(NEIGHBOURS), "roster.yaml", work=work, now=place.clock.now())
        uow.commit()
    await place.said("zhao", f"@哨子 表决 第一网格 加装电梯 至 3月10日18:00 {how}")
    await place.said("wang", "投票 1 同意", None)
    await place.said("sun", "投票 1 反对", None)
    leader, anybody = await place.signed_in("李敏"), await place.browser()
    while_open = await (await leader.get("/desk/meetings")).text()
    assert "501 同意" not in while_open
    place.clock.set(place.clock.now() + timedelta(days=9))
    place.parts.ticker.fire()
    public = await (await anybody.get("/board/decisions")).text()
    desk = await (await leader.get("/desk/meetings")).text()
    assert "同意 1 户、反对 1 户" in public
    assert ("<li>3栋2单元 同意</li><li>5栋 反对</li>" in public) is shows
    assert "501" not in public
    assert ("3栋2单元501 同意、5栋301 反对" in desk) is shows
    assert ("501 同意" in desk) is shows
