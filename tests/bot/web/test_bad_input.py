"""Bad input: nonsense in addresses and forms, markup in every field that is shown, sessions that are over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from tests.bot.web.test_desk import CASE, LAMP, form_of, opened

if TYPE_CHECKING:
    from tests.bot.web.conftest import Place

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"
OF_STAFF = (
    *("/desk", "/desk/meetings", "/desk/activities", "/desk/visits", "/desk/notices", "/desk/people"),
    *("/desk/rules", "/desk/words", "/desk/audit", "/cockpit"),
)
PUBLIC = ("/board", "/board/decisions")
NONSENSE = (
    "q=" + "长" * 800,
    "page=99999&month=2026-99&state=%00&said=..%2F_'_&area=" + "9" * 400,
    "month=0000-00&q=%27%22%3Cscript%3E&period=昨天的明天&screen=",
    "q=%25_%5C%00&said=" + "a_" * 500,
)


@pytest.mark.parametrize("query", NONSENSE, ids=range(len(NONSENSE)))
async def test_nonsense_in_any_address_asks_for_nothing(place: Place, query: str) -> None:
    await opened(place, LAMP)
    officer = await place.signed_in("赵主任")
    for path in (*OF_STAFF, *PUBLIC):
        answer = await officer.get(f"{path}?{query}")
        assert answer.status in (200, 404), path  # 404: no such area, or no board
        assert "<script>alert" not in await answer.text()


async def test_markup_is_text_wherever_it_is_shown(place: Place) -> None:
    await place.open(bot=True, board=True)
    await place.said("wang", f"3栋2单元电梯又坏了,老人上不去{EVIL}")
    for said in (f"议事 3月7日19:30 院坝{EVIL[:20]} 加装{EVIL}", f"公示 7天 方案{EVIL[:30]}:内容{EVIL}"):
        await place.said("zhao", said, None)
    await place.said("zhao", f"通知 全部 停水{EVIL}", None)
    await place.said("limin", f"活动 3月8日9:00 广场 大扫除{EVIL}", None)
    await place.said("limin", f"走访 记录 3栋2单元501 王奶奶 都好{EVIL}", None)
    await place.said("zhao", f"问答 加 停车费{EVIL[:8]} | 每月{EVIL}", None)
    with place.store.write() as uow:
        for table in ("people", "areas", "organisations"):
            uow.connection.execute(text(f"UPDATE {table} SET name = name || :evil"), {"evil": EVIL})
        uow.connection.execute(text("UPDATE rooms SET topic = topic || :evil"), {"evil": EVIL})
        uow.roster_changed()
        uow.commit()
    name = f"赵主任{EVIL}"
    officer = await place.signed_in(name)
    for path in (*OF_STAFF, *PUBLIC, f"{CASE}/1", "/desk/words?q=" + EVIL):
        answer = await officer.get(path)
        page = await answer.text()
        assert answer.status == 200, path
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path
        assert "49" not in page.partition("alert(2)&gt;")[2][:20], path


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/desk/meetings", {"make": "call", "f0": "周六晚上7点半", "f1": "院坝", "f2": "<b>充电桩放哪里"}),
        ("/desk/rules", {"verb": "全文", "words": "<b>充电桩放哪里", "line": ""}),
        ("/desk/words", {"verb": "改用语", "key": "board.about", "words": "<b>充电桩放哪里"}),
    ],
)
async def test_what_was_typed_is_kept_when_the_session_is_over(
    place: Place, path: str, fields: dict[str, str]
) -> None:
    await place.open(bot=True)
    officer = await place.signed_in("赵主任")
    given = {**await form_of(officer, path), **fields} if path != "/desk/words" else fields
    officer.cookie_jar.clear()
    answer = await officer.post(path, data=given)
    page = await answer.text()
    assert (answer.status, "&lt;b&gt;充电桩放哪里" in page, "/sign-in?next=" in page) == (401, True, True)


@pytest.mark.parametrize("path", ["/desk/filters", "/desk/people/import"])
async def test_who_is_signed_in_no_more_is_led_to_the_door(place: Place, path: str) -> None:
    await place.open(bot=True)
    answer = await (await place.browser()).post(path, data={"words": "我的筛选"})
    assert (answer.status, "/sign-in?next=" in await answer.text()) == (401, True)


async def test_forms_of_others_or_without_our_mark_do_nothing(place: Place) -> None:
    await opened(place, LAMP)
    officer, leader = await place.signed_in("赵主任"), await place.signed_in("李敏")
    fields = await form_of(officer, "/desk/meetings")
    given = {"make": "call", "f0": "3月7日19:30", "f1": "院坝", "f2": "充电桩"}
    for mark in ("", "x", fields["mark"]):
        assert (await leader.post("/desk/meetings", data={**fields, **given, "mark": mark})).status == 403
    foreign = {"Origin": "https://evil.example"}
    assert (await officer.post("/desk/meetings", data={**fields, **given}, headers=foreign)).status == 403
    with place.store.read() as uow:
        assert uow.activities.ahead(uow.areas.communities()[0].id, place.clock.now()) == []


async def test_a_form_sent_twice_is_one_act(place: Place) -> None:
    await opened(place, LAMP)
    leader = await place.signed_in("李敏")
    fields = await form_of(leader, "/desk/meetings")
    given = {**fields, "make": "call", "f0": "3月7日19:30", "f1": "院坝", "f2": "充电桩"}
    for _ in range(2):
        assert (await leader.post("/desk/meetings", data=given)).status == 200
    with place.store.read() as uow:
        assert len(uow.activities.ahead(uow.areas.communities()[0].id, place.clock.now())) == 1
