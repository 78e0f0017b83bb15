"""The desk: what is listed, found and done there goes the way of the chat."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from bot.web.pages import STATIC
from data.domain.case import Line, State
from data.domain.hearing import Doubt
from handlers.texts.wording import Texts

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession

    from tests.bot.web.conftest import Place

LAMP, LIFT = "3栋2单元路灯不亮,电话13812345678", "5栋电梯坏了,按了没反应"
CASE = "/desk/cases/1.1.1"
TEMPLATES = STATIC.parent / "templates"


async def opened(place: Place, *said: str) -> Place:
    await place.open(bot=True)
    for text in said:
        await place.said("wang", text)
    return place


async def form_of(browser: ClientSession, path: str) -> dict[str, str]:
    page = await (await browser.get(path)).text()
    fields = dict(re.findall(r'name="(mark|client)" value="([^"]+)"', page)[:2])
    assert set(fields) == {"mark", "client"}
    return fields


async def act(browser: ClientSession, path: str, **fields: object) -> ClientResponse:
    return await browser.post(path, data={**await form_of(browser, path), **fields}, allow_redirects=False)


def ticked(place: Place, number: int) -> str:
    case = place.case(number)
    return f"{case.id}:{case.version}"


async def test_a_button_is_the_command_and_its_answer_is_shown_at_once(place: Place) -> None:
    await opened(place, LAMP)
    leader = await place.signed_in("李敏")
    answer = await act(leader, "/desk", verb="受理", case=ticked(place, 1))
    assert answer.status == 303
    assert place.case(1).state is State.ACCEPTED
    page = await (await leader.get(answer.headers["Location"])).text()
    assert re.search(r'class="answer">#1 已受理', page)
    with place.store.read() as uow:
        assert [s.action for s in uow.timeline.of_case(place.case(1).id)][-1] == "accept"


async def test_several_at_once_each_done_or_refused_for_itself(place: Place) -> None:
    await opened(place, LAMP, LIFT)
    leader = await place.signed_in("李敏")
    await place.said("limin", "受理 2", None)
    both = [ticked(place, 1), ticked(place, 2)]
    answer = await act(leader, "/desk", verb="受理", case=both)
    page = await answer.text()
    assert place.case(1).state is State.ACCEPTED
    assert "#1 已受理" in page
    assert "#2 已经受理了" in page


async def test_the_second_of_two_is_told_what_changed_and_what_was_typed_stays(place: Place) -> None:
    await opened(place, LAMP)
    leader, officer = await place.signed_in("李敏"), await place.signed_in("赵主任")
    await act(leader, f"{CASE}/1", verb="受理", case=ticked(place, 1))
    seen = ticked(place, 1)
    await act(
        officer, f"{CASE}/1", verb="派单", words="万邦物业", case=seen
    )  # he knows what he saw, however quick
    answer = await act(leader, f"{CASE}/1", verb="办理", words="我自己去看看", case=seen)
    page = await answer.text()
    assert answer.status == 200
    assert "赵主任已派单" in page
    assert "我自己去看看</textarea>" in page
    assert f'value="{ticked(place, 1)}"' in page  # the next press is meant for what is shown now
    assert place.case(1).state is State.ASSIGNED


async def test_a_double_click_is_one_act(place: Place) -> None:
    await opened(place, LAMP)
    leader = await place.signed_in("李敏")
    fields = {**await form_of(leader, "/desk"), "verb": "受理", "case": ticked(place, 1)}
    for _ in range(2):
        assert (await leader.post("/desk", data=fields, allow_redirects=False)).status == 303
    with place.store.read() as uow:
        assert [s.action for s in uow.timeline.of_case(place.case(1).id)].count("accept") == 1


async def test_a_form_without_our_mark_does_nothing(place: Place) -> None:
    await opened(place, LAMP)
    leader, officer = await place.signed_in("李敏"), await place.signed_in("赵主任")
    fields = await form_of(officer, "/desk")
    for mark in ("", "x", fields["mark"]):
        given = {**fields, "mark": mark, "verb": "受理", "case": ticked(place, 1)}
        assert (await leader.post("/desk", data=given)).status == 403
    assert place.case(1).state is State.REPORTED


async def test_what_was_typed_is_not_lost_when_the_session_is_over(place: Place) -> None:
    await opened(place, LAMP)
    leader = await place.signed_in("李敏")
    fields = {
        **await form_of(leader, "/desk"),
        "verb": "办理",
        "case": ticked(place, 1),
        "words": "<b>师傅下午到",
    }
    leader.cookie_jar.clear()
    answer = await leader.post("/desk", data=fields)
    page = await answer.text()
    assert answer.status == 401
    assert "&lt;b&gt;师傅下午到" in page
    assert "/sign-in?next=" in page


async def test_whoever_has_no_duty_there_sees_nothing_of_it(place: Place) -> None:
    await opened(place, LAMP)
    resident, other = await place.signed_in("王姐"), await place.signed_in("孙丽")
    assert (await resident.get("/desk")).status == 403
    assert (await resident.get(f"{CASE}/1")).status == 403
    assert "#1" not in await (await other.get("/desk?state=all&q=路灯")).text()
    assert (await other.get(f"{CASE}/1")).status == 404
    stolen = {**await form_of_other(other), "verb": "受理", "case": ticked(place, 1)}
    assert (await other.post("/desk", data=stolen)).status == 400
    assert place.case(1).state is State.REPORTED
    stranger = await (await place.browser()).get("/desk", allow_redirects=False)
    assert (stranger.status, stranger.headers["Location"]) == (303, "/sign-in?next=/desk")


async def form_of_other(browser: ClientSession) -> dict[str, str]:
    page = await (await browser.get("/desk")).text()
    return dict(re.findall(r'name="(mark)" value="([^"]+)"', page)[:1])


async def test_words_are_masked_in_lists_and_as_said_for_who_handles_them_each_view_audited(
    place: Place,
) -> None:
    await opened(place, LAMP)
    leader, supervisor = await place.signed_in("李敏"), await place.signed_in("周书记")
    assert "13812345678" not in await (await leader.get("/desk")).text()
    assert "13812345678" in await (await leader.get(f"{CASE}/1")).text()
    assert "13812345678" not in await (await supervisor.get(f"{CASE}/1")).text()
    assert views(place) == ["李敏"]
    assert "13812345678" in await (await supervisor.get(f"{CASE}/1?words=said")).text()
    assert views(place) == ["李敏", "周书记"]


def views(place: Place) -> list[str]:
    with place.store.read() as uow:
        return [uow.people.get(row.person_id).name for row in uow.audit.views()]


async def test_markup_is_shown_as_text_everywhere(place: Place) -> None:
    evil = "3栋2单元电梯又坏了,老人上不去<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    await opened(place, evil)
    leader = await place.signed_in("李敏")
    await act(leader, "/desk", verb="受理", case=ticked(place, 1))
    await act(leader, f"{CASE}/1", verb="办理", words=evil, case=ticked(place, 1))
    for path in ("/desk", f"{CASE}/1", f"/desk?q={evil}"):
        page = await (await leader.get(path)).text()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize(
    "query",
    [
        "state=x&grade=y&area=z&who=p9x&period=13月&page=-1",
        "page=99999",
        "page=" + "9" * 400,
        "q=" + "长" * 500,
        *[
            "q=%00%22%27*%20OR%20--",
            "kind=%25_",
            "said=a_b_'",
            "who=o999999999",
            "period=2026-03&state=missed",
        ],
    ],
)
async def test_nonsense_in_an_address_asks_for_nothing(place: Place, query: str) -> None:
    await opened(place, LAMP)
    leader = await place.signed_in("李敏")
    assert (await leader.get(f"/desk?{query}")).status == 200


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("路灯", [1]),
        ("灯", [1]),
        ("1", [1]),
        ("#2", [2]),
        ("百安坝#2", [2]),
        ("5栋", [2]),
        ("王姐", [1, 2]),
        ("王姐 电梯", [2]),
        ("第一网格 没反应", [2]),
        ("没有这样的话", []),
        ('"', []),
        ("13812345678", [1]),
    ],
)
async def test_cases_are_found_by_number_words_place_and_person(
    place: Place, words: str, found: list[int]
) -> None:
    await opened(place, LAMP, LIFT)
    leader = await place.signed_in("李敏")
    page = await (await leader.get("/desk", params={"q": words})).text()
    assert sorted(int(n) for n in re.findall(r'class="number">#(\d+)', page)) == found


async def test_a_filter_is_kept_and_comes_as_a_sheet(place: Place) -> None:
    await opened(place, LAMP, LIFT)
    leader = await place.signed_in("李敏")
    answer = await act(leader, "/desk", verb="受理", case=ticked(place, 2))
    kept = {**await form_of(leader, "/desk"), "words": "电梯的", "query": "kind=城乡建设%2F电梯&state=all"}
    answer = await leader.post("/desk/filters", data=kept)
    page = await answer.text()
    assert answer.status == 200
    assert "电梯的</a>" in page
    assert re.findall(r'class="number">#(\d+)', page) == ["2"]
    sheet = await leader.get("/desk/cases.xlsx?kind=城乡建设/电梯&state=all")
    rows = list(load_workbook(io.BytesIO(await sheet.read())).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert [row[0] for row in rows] == ["编号", "百安坝#2"]


def test_every_text_a_page_names_is_in_the_file_of_wordings() -> None:
    texts = Texts.load()
    named = {
        key
        for template in TEMPLATES.rglob("*.html")
        for key in re.findall(r'texts\("([\w.]+)"[,)]', template.read_text(encoding="utf-8"))
    }
    assert len(named) > 50
    assert {key for key in named if key not in texts} == set()


async def test_mistakes_are_pages_in_chinese_for_those_who_look_with_a_browser(place: Place) -> None:
    await place.open()
    browser = await place.browser()
    answer = await browser.get("/nowhere", headers={"Accept": "text/html"})
    page = await answer.text()
    assert (answer.status, "没有这一页" in page, 'href="/"' in page) == (404, True, True)
    assert "text/plain" in (await browser.get("/nowhere")).headers["Content-Type"]


async def test_a_look_is_kept_without_a_script(place: Place) -> None:
    await place.open()
    browser = await place.browser()
    answer = await browser.post("/look", data={"size": "large", "theme": "dark", "back": "//evil.example/"})
    assert answer.url.host == browser._base_url.host  # type: ignore[union-attr]  # noqa: SLF001
    assert 'data-theme="dark" data-size="large"' in await (await browser.get("/sign-in")).text()


async def test_a_doubtful_line_is_answered_with_one_button(place: Place) -> None:
    await place.open(bot=True)
    with place.store.write() as uow:
        room, found = uow.rooms.of("web", "grid1"), uow.people.speaker("web", "wang")
        leader = uow.people.speaker("web", "limin")
        assert room
        assert found
        assert leader
        account, person = found
        now = place.clock.now()
        lines = (Line("web", "d1", now, "楼道那个又那样了"),)
        for letter in ("A", "B"):
            said = Doubt(0, room.id, person.id, account.id, now, lines, 0.4, urgent=False, ask_at=now)
            kept = uow.doubts.keep(said, [leader[1].id])
            uow.doubts.send(kept.id, leader[1].id, letter, now.date(), now)
        uow.commit()
    browser = await place.signed_in("李敏")
    page = await (await browser.get("/desk")).text()
    assert page.count("楼道那个又那样了") == 2
    answer = await act(browser, "/desk", verb="不是", words="A")
    assert answer.status == 303
    answer = await act(browser, "/desk", verb="是", words="B")
    page = await (await browser.get(answer.headers["Location"])).text()
    assert "拿不准是不是诉求" not in page
    assert place.case(1).summary == "楼道那个又那样了"


async def test_registers_show_tables_and_say_their_commands(place: Place) -> None:
    await opened(place, LAMP)
    leader, officer = await place.signed_in("李敏"), await place.signed_in("赵主任")
    fields = await form_of(leader, "/desk/meetings")
    words = "周六晚上7点半 党群服务中心 加装电梯"
    answer = await leader.post("/desk/meetings", data={**fields, "verb": "议事", "words": words})
    assert "加装电梯" in await answer.text()
    wrong = await leader.post(
        "/desk/meetings", data={**fields, "client": "x" * 9, "verb": "通知", "words": "停水"}
    )
    assert wrong.status == 400
    for name in ("visits", "people", "notices"):
        assert (await leader.get(f"/desk/{name}")).status == 200
    assert (await leader.get("/desk/audit")).status == 403
    await leader.get(f"{CASE}/1")
    page = await (await officer.get("/desk/audit")).text()
    assert "看过没打码的原话" in page
    assert f'href="{CASE}/1">百安坝#1</a>' in page
    assert (await leader.get("/desk/nothing")).status == 404
    assert (await (await place.signed_in("小陈")).get("/desk/people")).status == 403
