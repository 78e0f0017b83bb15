"""The public board: masked, off where it should be, and nothing free before a person has looked it over."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from bot.channels.hub import ChatSpot
from bot.channels.web import PageMessage, Speaker
from data.domain.messages import MessageKind
from tests.bot.channels.test_pictures import png
from tests.bot.web.test_desk import CASE, act, ticked

if TYPE_CHECKING:
    from tests.bot.web.conftest import Place

LEAK = "3栋2单元501王姐家楼上漏水,家里到处是水没人管,电话13812345678,车渝A12345也淋了"


async def test_it_is_off_unless_the_config_says_so(place: Place) -> None:
    await place.open(bot=True)
    browser = await place.browser()
    for path in ("/board", "/board/feed.atom", "/board/calendar.ics"):
        assert (await browser.get(path)).status == 404


async def test_a_stranger_sees_number_kind_building_and_state_and_no_words(place: Place) -> None:
    await place.open(bot=True, board=True)
    await place.said("wang", LEAK)
    page = await (await (await place.browser()).get("/board")).text()
    assert "百安坝#1" in page
    assert "3栋" in page
    for secret in ("501", "王姐", "13812345678", "渝A12345", "楼上漏水"):
        assert secret not in page


async def test_disputes_private_talk_and_emergencies_are_not_on_it(place: Place) -> None:
    await place.open(bot=True, board=True)
    await place.said("wang", "楼上的天天半夜打麻将吵死人,说了几次都不听还骂人")
    await place.said("wang", "3栋2单元路灯不亮", None)
    await place.said("zhou2", "5栋着火了,快来人")
    page = await (await (await place.browser()).get("/board")).text()
    assert re.findall(r"百安坝#\d+", page) == []


async def test_words_and_pictures_are_public_when_a_person_has_looked_them_over(place: Place) -> None:
    await place.open(bot=True, board=True)
    path = place.site.album.put(ChatSpot("grid1"), png())
    await place.said("wang", LEAK)
    spoken = PageMessage("picture-0001", "grid1", "", MessageKind.IMAGE, path)
    await place.channel.hear(Speaker("wang", "王姐"), spoken)
    browser, officer, leader = (
        await place.browser(),
        await place.signed_in("赵主任"),
        await place.signed_in("李敏"),
    )
    public = f"/board/1.1.1/1/{path}"
    assert (await browser.get(public)).status == 404
    assert "放上去会是这样" not in await (await leader.get(f"{CASE}/1")).text()
    page = await (await officer.get(f"{CASE}/1")).text()
    assert "放上去会是这样" in page
    await act(
        officer, f"{CASE}/1", verb="公开", words="", case=ticked(place, 1)
    )  # the preview makes nothing public
    assert "楼上漏水" not in await (await browser.get("/board")).text()
    await act(officer, f"{CASE}/1", verb="公开", words="确认", case=ticked(place, 1))
    page = await (await browser.get("/board")).text()
    assert "楼上漏水" in page
    for secret in ("501", "王姐", "13812345678", "A12345"):
        assert secret not in page
    assert (await browser.get(public)).status == 200
    await act(officer, f"{CASE}/1", verb="公开", words="撤下", case=ticked(place, 1))
    assert (await browser.get(public)).status == 404
    assert "楼上漏水" not in await (await browser.get("/board")).text()


async def test_its_feed_and_calendar_are_what_other_programs_read(place: Place) -> None:
    await place.open(bot=True, board=True)
    await place.said("wang", LEAK)
    await place.said("limin", "@哨子 议事 周六晚上7点半 党群服务中心 加装电梯,费用分摊;先听大家的", "grid1")
    browser = await place.browser()
    feed = ET.fromstring(await (await browser.get("/board/feed.atom")).read())  # noqa: S314  our own
    assert [e.findtext("{*}title", "")[:5] for e in feed.findall("{*}entry")] == ["百安坝#1"[:5]]
    calendar = await (await browser.get("/board/calendar.ics")).text()
    assert "\r\nDTSTART:20260307T113000Z\r\n" in calendar
    assert "加装电梯\\,费用分摊\\;先听大家的" in calendar
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))


async def test_filters_and_nonsense(place: Place) -> None:
    await place.open(bot=True, board=True)
    await place.said("wang", LEAK)
    browser = await place.browser()
    assert "百安坝#1" in await (await browser.get("/board?area=g1&state=open&month=2026-03")).text()
    assert "百安坝#1" not in await (await browser.get("/board?area=g2")).text()
    for query in ("area=x&kind=%00&state=y&month=13月&page=-1", "page=99999999999", "kind=" + "长" * 300):
        assert (await browser.get(f"/board?{query}")).status == 200


async def test_its_front_holds_publicity_honours_and_answers_and_names_nobody(place: Place) -> None:
    await place.open(bot=True, board=True)
    await place.said("zhao", "公示 7天 加装电梯方案:2单元东侧加装", None)
    await place.said("wang", "好人 王姐 帮3栋501的刘师傅取药,电话13812345678")
    await place.said("zhao", "好人 发布 1", None)
    await place.said("zhao", "问答 加 停车费,月租 | 每月 200 元,到物业办", None)
    with place.store.write() as uow:
        community = uow.areas.communities()[0].id
        made = uow.good_people.praise(
            community_id=community,
            name="刘小二",
            words="帮501取药,13812345678",
            by_id=1,
            at=place.clock.now(),
        )
        uow.good_people.publish(made.id, place.clock.now())
        uow.commit()
    place.clock.set(place.clock.now() + timedelta(minutes=1))
    page = await (await (await place.browser()).get("/board")).text()
    for part in ("加装电梯方案", "公示到", "停车费、月租", "每月 200 元", "红榜", "刘某", "台账"):
        assert part in page
    for secret in ("13812345678", "刘小二", "501"):
        assert secret not in page
