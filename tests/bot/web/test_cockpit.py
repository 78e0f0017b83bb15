"""The cockpit: every figure leads to its cases, and there are as many; a case's page knows its neighbours."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from tests.bot.web.test_desk import CASE, LAMP, LIFT, act, opened, ticked

if TYPE_CHECKING:
    from tests.bot.web.conftest import Place

TILE = re.compile(r'<li[^>]*><a href="(/desk\?[^"]+)"><b>(\d+)</b><span>([^<]+)</span>')


async def test_every_tile_leads_to_as_many_cases(place: Place) -> None:
    await opened(place, LAMP, LIFT)
    leader, officer = await place.signed_in("李敏"), await place.signed_in("赵主任")
    await act(leader, "/desk", verb="受理", case=ticked(place, 1))
    await place.said("limin", "办结 1 换好了", None)
    await place.said("zhao", "吹哨 2 城管局 占道", None)
    page = await (await officer.get("/cockpit?period=今天")).text()
    tiles = {name: (html.unescape(href), int(count)) for href, count, name in TILE.findall(page)}
    assert {"今天上报", "今天受理", "今天办结", "在办", "吹哨未完"} <= set(tiles)
    for name, (href, count) in tiles.items():
        listed = await (await officer.get(href)).text()
        assert len(re.findall(r'class="number">#\d+', listed)) == count, name
    for register in ("visits", "meetings", "activities"):
        assert f'href="/desk/{register}?month=2026-03"' in page
    called = re.search(r'href="(/desk\?state=called[^"]+)"', page)
    assert called
    assert re.findall(
        r'class="number">#(\d+)', await (await officer.get(html.unescape(called[1]))).text()
    ) == ["2"]


async def test_a_case_knows_its_meeting_its_motion_and_what_else_is_at_its_place(place: Place) -> None:
    await opened(place, LAMP, "3栋单元门锁坏了关不上")
    leader = await place.signed_in("李敏")
    await place.said("wang", "@哨子 议题 楼道路灯换声控的")
    await place.said("limin", "议事 3月2日11:00 3栋院坝 路灯怎么换", None)
    await place.said("limin", "列入 1 #1", None)
    for _ in range(20):
        await place.said("zhou2", "今天天气不错")
    await place.said("limin", "议事 决议 1 换声控灯 #1", None)
    page = await (await leader.get(f"{CASE}/1")).text()
    assert "前后有关的" in page
    assert re.search(r'href="/desk/meetings\?q=[^"]+month=2026-03">议事会 #1', page)
    assert "这栋楼别的事" in page
    assert f'href="{CASE}/2"' in page


@pytest.mark.parametrize("query", ["area=%00", "period=13月&area=x", "screen=1&period=" + "长" * 200])
async def test_nonsense_gets_an_answer(place: Place, query: str) -> None:
    await opened(place, LAMP)
    officer = await place.signed_in("赵主任")
    assert (await officer.get(f"/cockpit?{query}")).status in (200, 404)


async def test_from_the_street_to_a_building_and_back(place: Place) -> None:
    await opened(place, LAMP, LIFT)
    street = await place.signed_in("周书记")
    top = await (await street.get("/cockpit?period=今天")).text()
    assert "<h1>高笋塘街道" in top.replace("\n", "")
    for code, name in (("1.1.1", "百安坝社区"), ("g1", "第一网格"), ("g1b3", "3栋")):
        inner = re.search(rf'href="(/cockpit\?area={code}[^"]*)"', top)
        assert inner, code
        top = await (await street.get(html.unescape(inner[1]))).text()
        assert re.search(rf"<h1>{name}", top), name
        assert 'href="/cockpit?area=1.1' in top  # the way back


async def test_the_heat_table_and_the_ranking_lead_to_their_cases(place: Place) -> None:
    await opened(place, LAMP, LIFT)
    await place.said("limin", "@哨子 派单 2 物业")
    await place.said("limin", "@哨子 派单 1 城管局")
    await place.said("chen", "办结 2 修好了", "wuye")
    page = await (await (officer := await place.signed_in("赵主任")).get("/cockpit?period=今天")).text()
    units = page.partition("单位排名")[2]
    assert units.index("万邦物业") < units.index("区城管局")  # what is done comes first
    heat = re.findall(r'class="[^"]*shade-\d[^"]*"><a href="([^"]+)">(\d+)</a>', page)
    assert len(heat) == 2
    for href, count in heat:
        listed = await (await officer.get(html.unescape(href))).text()
        assert len(re.findall(r'class="number">#\d+', listed)) == int(count)


async def test_the_whole_screen_renews_itself(place: Place) -> None:
    await opened(place, LAMP)
    officer = await place.signed_in("赵主任")
    assert (await officer.get("/cockpit?screen=1")).headers["Refresh"] == "60"
    assert "Refresh" not in (await officer.get("/cockpit")).headers
