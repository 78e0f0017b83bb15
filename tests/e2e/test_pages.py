"""The pages in a real browser: for each role, nothing serious for axe, by mouse, keyboard and phone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.test_chat import last_words, say

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

    from tests.e2e.conftest import Tabs

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
FOUND = """async () => {
  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const found = await axe.run(document, { runOnly: rules });
  return found.violations.filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => one.id + ": " + one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", "));
}"""
CASE = "/desk/cases/500101002001/2"
SEEN = [
    ("limin", "/desk"),
    ("limin", CASE),
    ("xiaochen", "/desk?state=all"),
    ("zhao", CASE),
    ("zhao", "/cockpit"),
    ("zhoushuji", "/cockpit?screen=1"),
    ("limin", "/desk/meetings"),
    ("limin", "/desk/activities"),
    ("limin", "/desk/visits"),
    ("zhao", "/desk/notices"),
    ("zhao", "/desk/people"),
    ("zhao", "/desk/rules"),
    ("zhao", "/desk/words?q=已告知"),
    ("zhao", "/desk/audit"),
    ("", "/board/decisions"),
    ("wangjie", "/desk"),
    ("", "/board"),
    ("wangjie", "/read"),
    ("", "/nowhere"),
]


def number_of(page: Page, kind: str) -> str:
    """Return the number of the case of a kind that was announced last."""
    found: list[str] = re.findall(rf"#(\d+)【{kind}", last_words(page, f"【{kind}"))
    return found[-1]


def listen(page: Page, wrong: list[str]) -> None:
    def noted(line: ConsoleMessage) -> None:
        if line.type == "error" and not any(status in line.text for status in ("403", "404")):
            wrong.append(line.text)

    page.on("console", noted)
    page.on("pageerror", lambda error: wrong.append(str(error)))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_e13_axe_finds_nothing_serious_and_nothing_overflows(
    chromium: Browser, site: str, theme: str
) -> None:
    wrong: list[str] = []
    width = 390 if theme == "dark" else 1280
    with chromium.new_context(viewport={"width": width, "height": 844}, bypass_csp=True) as context:
        context.set_default_timeout(90_000)  # the first cockpit waits for the script of its charts
        context.add_cookies([{"name": "look", "value": f"{theme}.plain", "url": site}])
        page = context.new_page()
        listen(page, wrong)
        for account, path in SEEN:
            mark = "&" if "?" in path else "?"
            page.goto(f"{site}{path}{mark}as={account}" if account else f"{site}{path}")
            page.evaluate(AXE)
            assert (account, path, page.evaluate(FOUND)) == (account, path, [])
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width, path
            assert page.evaluate("() => scrollY") == 0, path  # it begins at its beginning
    assert wrong == []


def test_a_leader_works_a_list_by_mouse_and_keys_without_leaving_it(tabs: Tabs) -> None:
    resident = tabs.open("wangjie")
    say(resident, "3栋2单元的路灯不亮了,晚上看不见路")
    number = number_of(resident, "路灯")
    page = tabs.page("/desk?as=limin&state=reported")
    row = page.locator(".row", has_text=f"#{number}")
    row.wait_for()
    page.keyboard.press("j")
    while f"#{number}" not in page.evaluate("() => document.activeElement.innerText"):
        page.keyboard.press("j")
    page.keyboard.press("1")  # 受理
    page.locator(".answer", has_text=f"#{number} 已受理").wait_for()
    assert "/desk" in page.url
    page.goto(page.url.replace("state=reported", "state=open"))
    row = page.locator(".row", has_text=f"#{number}")
    row.get_by_role("button", name="派单").click()
    page.locator("#suggest .chip", has_text="万邦物业").click()
    page.locator(".answer", has_text="万邦物业").wait_for()


READ = [
    ("limin", "/desk", "在办"),
    ("limin", CASE, "经过"),
    ("zhao", "/cockpit", "今天上报"),
    ("limin", "/desk/meetings", "议事会"),
    ("", "/board", "公开栏"),
    ("wangjie", "/read?room=grid1", "哨子"),
]


def test_pages_are_read_without_scripts(chromium: Browser, site: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for account, path, words in READ:
            page.goto(f"{site}{path}{'&' if '?' in path else '?'}as={account}")
            assert words in page.inner_text("main"), path
        page.goto(f"{site}/?as=wangjie")
        page.locator("noscript a, .noscript a").first.click()
        assert page.locator(".timeline li").count() > 10
        page.goto(f"{site}/desk?as=limin")
        assert page.locator(".row").count() > 0


@pytest.mark.parametrize("width", [1280, 390])
def test_letters_of_twice_the_size_stay_on_the_page(chromium: Browser, site: str, width: int) -> None:
    with chromium.new_context(viewport={"width": width, "height": 844}) as context:
        page = context.new_page()
        for account, path, _ in (*READ, ("wangjie", "/", "")):
            page.goto(f"{site}{path}{'&' if '?' in path else '?'}as={account}")
            page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width, path


def test_a_case_is_printed_as_its_story_without_buttons(tabs: Tabs) -> None:
    page = tabs.page(f"{CASE}?as=limin")
    page.emulate_media(media="print")
    assert page.locator("#time-head").is_visible()
    assert not page.locator("nav.tabs").first.is_visible()
    assert page.locator("button:visible").count() == 0


DOUBT = """() => {
  document.querySelector("main").insertAdjacentHTML("beforeend", `<ul><li class="doubt" tabindex="-1">
    <button type="button" value="是">是</button> <button type="button" value="不是">不是</button></li></ul>`);
  const clicked = (event) => { document.body.dataset.said = event.target.value; };
  for (const one of document.querySelectorAll(".doubt button")) one.addEventListener("click", clicked);
}"""


@pytest.mark.parametrize(("key", "said"), [("y", "是"), ("n", "不是")])
def test_a_doubtful_line_is_answered_with_one_key(tabs: Tabs, key: str, said: str) -> None:
    page = tabs.page("/desk?as=fengyi")
    page.evaluate(DOUBT)  # as the desk shows one
    page.keyboard.press("d")
    page.keyboard.press(key)
    assert page.evaluate("() => document.body.dataset.said") == said


def test_two_people_on_one_case(tabs: Tabs) -> None:
    resident = tabs.open("laozhou")
    say(resident, "5栋1单元水管爆了,到处是水")
    number = number_of(resident, "供水·小事】5栋1单元")
    path = f"/desk/cases/500101002001/{number}"
    leader, officer = tabs.page(f"{path}?as=limin"), tabs.page(f"{path}?as=zhao")
    leader.get_by_role("button", name="受理", exact=True).click()
    leader.locator(".answer", has_text="已受理").wait_for()
    officer.locator("summary", has_text="派单").click()
    officer.get_by_label("给谁").fill("万邦物业")
    officer.locator("details[open] button.main").click()
    told = officer.locator(".answer.wrong")
    told.wait_for()
    assert "李敏已受理" in told.inner_text()
    assert officer.get_by_label("给谁").input_value() == "万邦物业"
    officer.locator("details[open] button.main").click()
    officer.locator(".answer:not(.wrong)", has_text="万邦物业").wait_for()


def test_what_was_not_taken_in_is_said_and_what_was_typed_stays(tabs: Tabs) -> None:
    page = tabs.page(f"{CASE}?as=limin")
    page.locator("summary", has_text="重办").click()
    form = page.locator("details[open] form")
    form.locator("textarea").fill("还是臭,<b>再</b>去看看")
    tabs.context.set_offline(offline=True)
    form.locator("button.main").click()
    page.locator(".answer.wrong", has_text="没有收到").wait_for()
    tabs.context.set_offline(offline=False)
    form.locator("[name=mark]").evaluate("(mark) => { mark.value = 'no mark of ours'; }")
    form.locator("button.main").click()
    page.locator(".answer.wrong", has_text="不能看").wait_for()
    assert form.locator("textarea").input_value() == "还是臭,<b>再</b>去看看"
    told = ("403", "DISCONNECTED", "htmx:")  # by the browser, and by htmx of a request that got nowhere
    tabs.wrong[:] = [one for one in tabs.wrong if not any(word in one for word in told)]


def test_after_an_act_by_keys_one_goes_on_at_the_next_row(tabs: Tabs) -> None:
    resident = tabs.open("xiaowu")
    say(resident, "2栋1单元的路灯不亮了,天黑看不见")
    number_of(resident, "路灯·小事】2栋1单元")
    page = tabs.page("/desk?as=limin")
    rows = page.locator(".row").count()
    page.keyboard.press("j")
    while "受理" not in page.evaluate("() => document.activeElement.innerText"):
        page.keyboard.press("j")
    at = page.evaluate("() => [...document.querySelectorAll('.row')].indexOf(document.activeElement)")
    page.keyboard.press("1")
    page.locator(".answer", has_text="已受理").wait_for()
    now = "() => [...document.querySelectorAll('.row')].indexOf(document.activeElement)"
    page.wait_for_function(f"() => ({now})() === {min(at, rows - 1)}")


def test_e13_the_demo_opens_as_a_resident_who_sees_her_own_rooms_only(tabs: Tabs) -> None:
    page = tabs.page("/")
    page.locator("#me strong", has_text="王姐").wait_for()
    assert page.locator(".room").count() == 2  # the grid's group, and the bot
    assert tabs.page("/desk?as=wangjie").locator("h1").inner_text() == "不能看"


def test_charts_are_drawn_without_exceptions_from_the_policy(tabs: Tabs) -> None:
    page = tabs.page("/cockpit?as=zhao")
    page.locator(".chart canvas").nth(1).wait_for()
    page.locator(".tiles a").first.click()
    page.locator("h1", has_text="工作台").wait_for()


NOT_THEIRS = {
    "wangjie": ("/desk", CASE, "/cockpit", "/desk/people", "/desk/rules"),
    "xiaochen": ("/cockpit", "/desk/meetings", "/desk/people", "/desk/rules", "/desk/audit"),
    "limin": ("/cockpit", "/desk/rules", "/desk/words", "/desk/audit", "/desk/people/import"),
    "zhao": ("/desk/people/import", "/desk/people/links/1.svg"),
}


@pytest.mark.parametrize("account", NOT_THEIRS)
def test_what_is_not_theirs_is_a_page_in_chinese_with_a_way_back(tabs: Tabs, account: str) -> None:
    page = tabs.page(f"/?as={account}")
    tabs.wrong.clear()
    for path in NOT_THEIRS[account]:
        answer = page.goto(f"{tabs.site}{path}?as={account}")
        assert answer is not None
        assert answer.status in (403, 404), path
        assert page.locator("h1").inner_text() in ("不能看", "没有这一页"), path
        assert page.locator("a", has_text="回到首页").is_visible()
    tabs.wrong[:] = [one for one in tabs.wrong if "404" not in one]


def test_a_meeting_is_made_by_a_form_and_a_rule_is_tried_kept_and_taken_back(tabs: Tabs) -> None:
    page = tabs.page("/desk/meetings?as=limin")
    page.locator("summary", has_text="开议事会").click()
    form = page.locator("details.make[open] form")
    form.get_by_label("时间").fill("2027-03-06T19:30")
    form.get_by_label("地点").fill("3栋院坝")
    form.get_by_label("内容").fill("楼道<b>充电</b>放哪里")
    form.locator("button.main").click()
    page.locator(".answer", has_text="议事会 #").wait_for()
    rules = tabs.page("/desk/rules?as=zhao")
    rules.get_by_label("一句话").fill("望江亭的坐板脱落了")
    rules.locator("textarea").fill("政法/养犬:\n- {weight: 30, words: [坐板脱落]}")
    rules.locator("button", has_text="试一下").click()
    rules.locator("#trial", has_text="养犬").wait_for()
    rules.locator("button", has_text="存下").click()
    rules.locator(".answer", has_text="自己的规则共 1 条").wait_for()
    rules.locator("button", has_text="退回一步").click()
    rules.locator(".answer", has_text="退回了一步").wait_for()


def test_back_and_a_double_click_do_nothing_twice(tabs: Tabs) -> None:
    resident = tabs.open("liushen")
    say(resident, "6栋3单元的楼道灯不亮了,黑漆漆的")
    number = number_of(resident, "路灯·小事】6栋3单元")
    page = tabs.page(f"/desk/cases/500101002001/{number}?as=limin")
    page.get_by_role("button", name="受理", exact=True).dblclick()
    page.locator(".answer", has_text="已受理").wait_for()
    page.goto(f"{tabs.site}/desk?as=limin")
    page.go_back()
    page.locator("h1", has_text=f"#{number}").wait_for()
    assert page.locator(".timeline li.accept").count() == 1
    assert page.locator(".timeline li", has_text="受理").count() == 1
