"""Calendars, as `icalendar` reads them, and the board's feed, as `feedparser` does."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import feedparser
from icalendar import Calendar

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from tests.bot.web.conftest import Place

SECRET = re.compile(r"/calendar/[\w-]{32}\.ics")


async def events(browser: ClientSession, path: str) -> list[tuple[str, date, date, str]]:
    answer = await browser.get(path)
    assert answer.status == 200
    assert (answer.content_type, answer.charset) == ("text/calendar", "utf-8")
    calendar = Calendar.from_ical(await answer.read())
    assert calendar["VERSION"] == "2.0"
    return [(str(e["SUMMARY"]), e.start, e.end, str(e["LOCATION"])) for e in calendar.events]


async def address(place: Place, who: str = "limin", text: str = "日历") -> str:
    message_id = await place.said(who, text, room=None)
    with place.store.read() as uow:
        found = uow.people.speaker("web", who)
        assert found is not None
        said = " ".join(uow.outbox.answers(found[0].id, message_id))
    found_in = SECRET.search(said)
    return found_in[0] if found_in else said


async def test_the_meetings_and_activities_of_an_area(place: Place) -> None:
    await place.open(bot=True, board=True)
    await place.said("limin", "@哨子 议事 周六19:30-21:00 党群服务中心 加装电梯,谁出钱;听听大家的")
    await place.said("wangqiang", "@哨子 活动 周六上午9点 广场 大扫除 招10人", "grid2")
    browser = await place.browser()
    all_of_them = await events(browser, "/board/calendar.ics")
    assert [one[0] for one in all_of_them] == ["大扫除", "加装电梯,谁出钱;听听大家的"]
    start = datetime(2026, 3, 7, 11, 30, tzinfo=UTC)
    here = await events(browser, "/board/calendar.ics?area=g1")
    assert here == [("加装电梯,谁出钱;听听大家的", start, start + timedelta(minutes=90), "党群服务中心")]
    assert len(await events(browser, "/board/calendar.ics?area=1.1.1")) == 2
    assert await events(browser, "/board/calendar.ics?area=1.1.2") == []
    assert (await browser.get("/board/calendar.ics?area=x")).status == 404


async def test_ones_own_due_dates_at_a_secret_address(place: Place) -> None:
    await place.open(bot=True)
    browser = await place.browser()
    path = await address(place)
    assert await events(browser, path) == []
    await place.said("wang", "3栋2单元电梯坏了,我是501的,电话13812345678")
    await place.said("limin", "走访 计划 3栋2单元501 王姐 每月", room=None)
    found = await events(browser, path)
    assert [(one[0], one[3]) for one in found] == [
        ("百安坝#1 电梯 该受理", "3栋2单元"),
        ("走访 3栋2单元", "第一网格"),
    ]
    assert found[0][2] == place.case(1).accept_by
    assert "501" not in str(found)
    await place.said("limin", "@哨子 受理 1")
    assert (await events(browser, path))[0][0] == "百安坝#1 电梯 该办结"


async def test_an_address_can_be_taken_back(place: Place) -> None:
    await place.open(bot=True)
    browser = await place.browser()
    first = await address(place)
    second = await address(place)
    assert first != second
    assert (await browser.get(first)).status == 404
    assert (await browser.get(second)).status == 200
    assert "停用" in await address(place, text="日历 停用")
    assert (await browser.get(second)).status == 404
    assert (await browser.get("/calendar/" + "x" * 32 + ".ics")).status == 404
    with place.store.read() as uow:
        assert uow.tokens.count_calendars() == 0


async def test_a_resident_has_nothing_due(place: Place) -> None:
    await place.open(bot=True)
    assert not SECRET.search(await address(place, who="wang"))


async def test_the_feed_of_the_board(place: Place) -> None:
    await place.open(bot=True, board=True)
    await place.said("wang", "3栋2单元电梯坏了")
    browser = await place.browser()
    feed = feedparser.parse(await (await browser.get("/board/feed.atom")).read())
    assert (feed.version, feed.bozo) == ("atom10", False)
    assert "百安坝#1" in feed.entries[0].title
    assert feed.entries[0].published_parsed[:5] == (2026, 3, 2, 1, 5)
