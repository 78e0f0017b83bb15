"""Registers: forms become commands, rows have buttons, a month is a calendar; a roster is previewed first."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from aiohttp import FormData

from bot.web.desk.making import command_of
from bot.web.desk.month_sheet import month_asked, month_of
from bot.web.desk.register_parts import CalendarEntry, Field, Make
from data.domain.people import Role
from tests.bot.web.test_desk import form_of, opened
from tests.town import ROSTER

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession

    from tests.bot.web.conftest import Place

EVIL = "<script>alert(1)</script>"


async def make(browser: ClientSession, page: str, key: str, *filled: str) -> ClientResponse:
    path = f"/desk/{page}"
    fields = {**await form_of(browser, path), "make": key} | {f"f{n}": v for n, v in enumerate(filled)}
    return await browser.post(path, data=fields)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"f0": "2026-03-07T19:30", "f1": " 广场 ", "f2": "10"}, "活动 3月7日19:30 广场 招10人"),
        ({"f0": "周六上午9点", "f1": "广场", "f2": ""}, "活动 周六上午9点 广场"),
        ({"f0": "", "f1": "广场"}, None),
        ({}, None),
    ],
)
def test_a_form_says_a_command(given: dict[str, str], said: str | None) -> None:
    fields = (Field("when", "time"), Field("place"), Field("places", must=False, before="招", after="人"))
    assert command_of(Make("x", "活动", fields), given) == said


def test_a_month_has_whole_weeks_and_nonsense_is_this_month() -> None:
    today = date(2026, 3, 2)
    assert month_asked("2026-13", today) == month_asked("", today) == date(2026, 3, 1)
    found = month_of(date(2026, 2, 1), today, [CalendarEntry(date(2026, 2, 28), "9:00 大扫除")])
    assert [len(week) for week in found.weeks] == [7] * 5
    assert (found.before, found.after) == ("2026-01", "2026-03")
    assert [day.date.day for week in found.weeks for day in week if day.entries] == [28]


async def test_a_meeting_is_called_moved_and_cancelled_by_forms_and_buttons(place: Place) -> None:
    await opened(place, "3栋2单元路灯不亮")
    leader = await place.signed_in("李敏")
    empty = await (await leader.get("/desk/meetings")).text()
    assert "上面“开议事会”可以叫一次" in empty
    assert "<summary>改期</summary>" not in empty  # there is none to move
    answer = await make(leader, "meetings", "call", "2026-03-07T19:30", "党群服务中心", f"加装电梯{EVIL}")
    page = await answer.text()
    assert "<summary>改期</summary>" in page
    assert "19:30 加装电梯" in page
    assert EVIL not in page
    moved = await (await make(leader, "meetings", "move", "百安坝#1", "2026-03-08T20:00")).text()
    assert "20:00 加装电梯" in moved
    fields = {**await form_of(leader, "/desk/meetings"), "verb": "议事取消", "words": "百安坝#1"}
    page = await (await leader.post("/desk/meetings", data=fields)).text()
    assert "20:00 加装电梯" not in page
    assert 'datetime="2026-04-01"' in await (await leader.get("/desk/meetings?month=2026-04")).text()


async def test_what_is_refused_stays_in_its_form(place: Place) -> None:
    await opened(place, "3栋2单元路灯不亮")
    leader = await place.signed_in("李敏")
    page = await (await make(leader, "meetings", "call", "没有这样的时间", "院坝", "充电桩放哪里")).text()
    assert 'value="充电桩放哪里"' in page
    assert '<details class="card make" open>' in page
    page = await (await make(leader, "meetings", "call", "", "院坝头", "")).text()
    assert "表里还有没填的" in page
    assert 'value="院坝头"' in page
    assert (await make(leader, "meetings", "nonsense", "1")).status == 400
    leader.cookie_jar.clear()


async def test_activities_visits_and_notices_are_made_by_forms(place: Place) -> None:
    await opened(place, "3栋2单元路灯不亮")
    officer, leader = await place.signed_in("赵主任"), await place.signed_in("李敏")
    page = await (
        await make(leader, "activities", "activity", "2026-03-07T09:00", "广场", "大扫除", "10", "")
    ).text()
    assert "09:00 大扫除" in page
    assert "0/10" in page
    page = await (await make(leader, "visits", "record", "3栋2单元501", "钱奶奶", "一切都好")).text()
    assert "钱奶奶" in page
    page = await (await make(officer, "notices", "notice", "第一网格居民群", "明天停水\n九点到十二点")).text()
    assert "九点到十二点" in page
    page = await (await leader.get("/desk/visits?q=没有这一家")).text()
    assert "钱奶奶" not in page


async def test_people_shows_links_with_codes_and_who_waits(place: Place) -> None:
    await opened(place, "3栋2单元路灯不亮")
    officer, leader = await place.signed_in("赵主任"), await place.signed_in("李敏")
    page = await (await make(officer, "people", "invite", "第一网格居民群", "7", "50")).text()
    found = re.search(r"/desk/people/links/(\d+)\.svg", page)
    assert found
    code = await officer.get(found[0])
    assert code.headers["Content-Type"] == "image/svg+xml"
    assert (await leader.get(found[0])).status == 404
    assert (await officer.get("/desk/people/links/999999.svg")).status == 404
    await place.said("zhou2", "登记 3栋1单元201", None)
    page = await (await leader.get("/desk/people")).text()
    assert "等确认的住户" in page
    said = re.search(r'name="words" value="(老周[^"]*)"', page)
    assert said
    fields = {**await form_of(leader, "/desk/people"), "verb": "确认住户", "words": said[1]}
    await leader.post("/desk/people", data=fields)
    page = await (await leader.get("/desk/people?q=老周")).text()
    assert re.search(r"3栋1单元201.*?老周", page, re.DOTALL)
    ended = {**await form_of(officer, "/desk/people"), "verb": "邀请取消", "words": "1"}
    assert found[0] not in await (await officer.post("/desk/people", data=ended)).text()


async def test_a_roster_is_looked_at_before_it_is_imported_and_by_the_operator_only(place: Place) -> None:
    await opened(place, "3栋2单元路灯不亮")
    officer = await place.signed_in("赵主任")
    assert (await officer.get("/desk/people/import")).status == 403
    with place.store.write() as uow:
        person = uow.people.on_roster("赵主任")[0]
        place.grant(uow, person.id, Role.OPERATOR)
        uow.commit()
    new = ROSTER.replace("name: 孙丽", "name: 孙小丽").replace(
        "households:", "  - {name: 新来的, accounts: [{channel: web, id: new}]}\nhouseholds:"
    )
    mark = re.findall(
        r'name="mark" value="([^"]+)"', await (await officer.get("/desk/people/import")).text()
    )[0]
    bad = FormData({"mark": mark})
    bad.add_field("file", b"people:\n- {name: 5, x: 1}", filename="roster.yaml")
    answer = await officer.post("/desk/people/import", data=bad)
    assert (answer.status, "第 2 行" in await answer.text()) == (422, True)
    sent = FormData({"mark": mark})
    sent.add_field("file", new.encode(), filename="roster.yaml")
    page = await (await officer.post("/desk/people/import", data=sent)).text()
    assert "会新增 2" in page
    assert "新来的" in page
    with place.store.read() as uow:
        assert not uow.people.on_roster("新来的")
    kept = re.findall(r'name="content" value="([^"]+)"', page)[0]
    again = {"mark": mark, "name": "roster.yaml", "content": kept, "import": "1"}
    assert "导入了" in await (await officer.post("/desk/people/import", data=again)).text()
    with place.store.read() as uow:
        assert uow.people.on_roster("新来的")


async def test_nobody_sees_the_registers_of_another_community(place: Place) -> None:
    await opened(place, "3栋2单元路灯不亮")
    leader, officer, other = (
        await place.signed_in("李敏"),
        await place.signed_in("赵主任"),
        await place.signed_in("孙丽"),
    )
    await make(leader, "meetings", "call", "2026-03-07T19:30", "党群服务中心", "加装电梯的事")
    await make(leader, "activities", "activity", "2026-03-08T09:00", "广场", "大扫除啊", "", "")
    await make(leader, "visits", "record", "3栋2单元501", "钱奶奶", "一切都好")
    await make(officer, "notices", "notice", "第一网格居民群", "明天停水一天")
    await make(officer, "people", "invite", "第一网格居民群", "7", "50")
    secrets = (
        "加装电梯的事",
        "大扫除啊",
        "钱奶奶",
        "明天停水一天",
        "第一网格居民群",
        "李敏",
        "501",
        "万邦物业",
        "王姐",
    )
    for name in ("meetings", "activities", "visits", "notices", "people"):
        page = await (await other.get(f"/desk/{name}?month=2026-03")).text()
        shown = "".join(
            re.findall(r'<tbody>.*?</tbody>|<ol class="month">.*?</ol>|<option.*?>', page, re.DOTALL)
        )
        assert [one for one in secrets if one in shown] == [], name
    responder = await place.signed_in("小陈")
    for name in ("meetings", "activities", "visits", "notices", "people", "rules", "words", "audit"):
        assert (await responder.get(f"/desk/{name}")).status == 403
