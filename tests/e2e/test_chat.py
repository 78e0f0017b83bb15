"""The chat in a real browser: a resident's word becomes a case that is handled, and everybody sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.bot.channels.test_pictures import png

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect, Page

    from tests.e2e.conftest import Tabs

pytestmark = pytest.mark.browser
GRID = "百安坝第一网格居民群"
EVIL_NAME = "<img src=x onerror=alert(1)>"
DRAW_EVIL = """async (name) => {
  const main = document.querySelector("script[type=module]").src;
  const { bubble } = await import(main.replace("main.js", "bubbles.js"));
  const quote = { id: "q", name, text: name, sender: "evil" };
  const message = { id: "m", room: "grid1", at: 0, sender: "evil", name, text: `@${name}`, kind: "text" };
  const view = { me: { id: "me", name }, grouped: false, quote, asked: true, act: {} };
  document.body.append(bubble({ ...message, mentions: [] }, view));
}"""
DESK_CASE = "/desk/cases/500101002001/2"
STOPS = """() => [...document.querySelectorAll("a[href], button, input, textarea, summary, [tabindex]")]
  .filter((one) => one.tabIndex >= 0 && !one.disabled && one.getClientRects().length).length"""
SWIPE = """() => {
  const message = [...document.querySelectorAll(".message:not(.own)")].at(-1);
  const touch = (x) => [new Touch({ identifier: 1, target: message, clientX: x, clientY: 300 })];
  for (const [type, x] of [["touchstart", 100], ["touchmove", 140], ["touchmove", 190], ["touchend", 190]]) {
    const touches = type === "touchend" ? [] : touch(x);
    message.dispatchEvent(new TouchEvent(type, { touches, changedTouches: touch(x), bubbles: true }));
  }
}"""
NAMELESS = """() => [...document.querySelectorAll("button, input:not([type=hidden]), textarea, a, img")]
  .filter((one) => !one.closest("[hidden]"))
  .filter((one) => !one.getAttribute("aria-label") && !one.textContent.trim() && !one.hasAttribute("alt"))
  .map((one) => one.outerHTML)"""


def say(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.press("#text", "Enter")


def call(page: Page, part: str, text: str) -> None:
    """Call somebody by the picker, and say something to them."""
    page.fill("#text", "")
    page.type("#text", f"@{part}")
    page.locator("#picker li").first.wait_for()
    page.press("#text", "Enter")
    page.type("#text", text)
    page.press("#text", "Enter")


def last_words(page: Page, part: str | re.Pattern[str]) -> str:
    """Wait until somebody says something, and return the whole message."""
    found = page.locator(".message:not(.pending)", has_text=part).last
    found.wait_for()
    return found.locator(".words").inner_text()


def box(page: Page, selector: str) -> FloatRect:
    one = page.locator(selector).last
    one.wait_for()
    found = one.bounding_box()
    assert found is not None
    return found


def test_from_a_residents_word_to_a_closed_case(tabs: Tabs) -> None:
    resident, leader, worker = tabs.open("wangjie"), tabs.open("limin"), tabs.open("xiaochen", "wuye")
    say(resident, "3栋2单元楼道的水管爆了,到处是水")
    acknowledged = last_words(resident, re.compile("【供水.*3栋2单元"))
    assert "@王姐 记为 #" in acknowledged
    assert "已告知网格长李敏" in acknowledged
    number = acknowledged.partition("记为 #")[2].partition("【")[0]

    call(leader, "哨", f"派单 {number} 万邦物业")
    assert "万邦物业" in last_words(resident, f"#{number} 已派给")

    assert "水管爆了" in last_words(worker, f"#{number}【")
    order = worker.locator(".message.bot", has_text=f"#{number}【").last
    order.hover()
    order.get_by_label("引用").click()
    assert "派给你们" in worker.inner_text("#quoting")
    say(worker, "办结 水管换好了")
    assert "水管换好了" in last_words(resident, f"#{number} 已办结")

    assert leader.locator(".choice").count() == 0  # it is not asked of the leader
    question = resident.locator(".message.bot", has_text=f"#{number} 已办结")
    question.locator(".choice").first.click()
    question.locator(".choice").first.wait_for(state="hidden")  # the group hears no thanks
    rated = resident.locator(".message.own").last
    assert rated.locator(".words").inner_text() == "1"
    assert f"#{number} 已办结" in rated.locator(".quoted").inner_text()
    assert resident.locator(".choice").count() == 0  # answered


def test_history_is_there_after_a_reload(tabs: Tabs) -> None:
    page = tabs.open("laozhou")
    say(page, "今天晚上广场舞改到七点半")
    last_words(page, "改到七点半")
    before = page.locator(".words").all_inner_texts()
    assert len(before) > 40  # more than come at once
    page.reload()
    page.locator(".words").nth(len(before) - 1).wait_for()
    assert page.locator(".words").all_inner_texts() == before
    assert page.locator(".pause").count() >= 1


def test_two_personas_in_two_tabs(tabs: Tabs) -> None:
    one, other = tabs.open("wangjie"), tabs.open("laozhou")
    assert one.inner_text("#me strong") == "王姐"
    assert other.inner_text("#me strong") == "老周"
    say(other, "哪个捡到一串钥匙")
    other.locator(".message.own", has_text="一串钥匙").wait_for()
    theirs = one.locator(".message:not(.own)", has_text="一串钥匙")
    theirs.wait_for()
    assert theirs.locator(".name").inner_text() == "老周"
    one.click("#swap")
    one.click("[data-account=liushen]")
    one.locator("#me strong", has_text="刘婶").wait_for()
    assert "as=liushen" in one.url
    one.reload()
    one.locator("#me strong", has_text="刘婶").wait_for()
    assert other.inner_text("#me strong") == "老周"


def test_unread_messages_are_counted_and_callings_are_marked(tabs: Tabs) -> None:
    leader, resident = tabs.open("limin", "staff"), tabs.open("wangjie")
    call(resident, "李", "在不在")
    row = leader.locator(".room", has_text=GRID)
    row.locator(".unread").wait_for()
    assert "有人@我" in row.inner_text()
    assert leader.title().startswith("(")
    row.click()
    leader.locator(".called.myself").last.wait_for()
    assert row.locator(".unread").count() == 0


NOTICES = """() => {
  globalThis.shown = [];
  globalThis.Notification = class {
    static permission = "default";
    static async requestPermission() { return (Notification.permission = "granted"); }
    constructor(title, more) { shown.push(`${title}: ${more.body}`); }
  };
  Object.defineProperty(document, "hidden", { get: () => globalThis.away === true });
}"""


def test_who_looks_elsewhere_is_notified_of_what_is_for_them_if_they_allowed_it(tabs: Tabs) -> None:
    tabs.context.add_init_script(f"({NOTICES})()")
    leader, resident = tabs.open("limin"), tabs.open("wangjie")
    leader.evaluate("() => { globalThis.away = true; }")
    call(resident, "李", "先叫一声")  # not allowed yet
    leader.locator(".message", has_text="先叫一声").wait_for()
    leader.locator("summary", has_text="显示").click()
    leader.locator("#notify").click()
    leader.wait_for_function("() => Notification.permission === 'granted'")
    say(resident, "今天天气不错")  # for nobody
    call(resident, "李", "再叫一声")
    leader.wait_for_function("() => shown.length > 0")
    shown = leader.evaluate("() => shown")
    assert len(shown) == 1
    assert "再叫一声" in shown[0]


def test_markup_is_shown_as_text(tabs: Tabs) -> None:
    page = tabs.open("yangjie")
    evil = '<img src=x onerror=alert(1)><script>alert(2)</script> javascript:alert(3) https://a.example/"onclick=x'
    say(page, evil)
    assert last_words(page, "onerror") == evil
    link = page.locator(".words a").last
    assert link.get_attribute("href") == "https://a.example/"
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    page.evaluate(DRAW_EVIL, EVIL_NAME)
    assert page.locator("body > .message .name").inner_text() == EVIL_NAME
    assert page.locator("img[src=x]").count() == 0


def test_a_picture_goes_into_the_chat_and_can_be_enlarged(tabs: Tabs) -> None:
    sender, reader = tabs.open("xiaowu"), tabs.open("yangjie")
    sender.set_input_files("#file", {"name": "wet.png", "mimeType": "image/png", "buffer": png()})
    sender.locator("#tray img").wait_for()
    sender.click("#send")
    picture = reader.locator(".message", has_text="小吴").locator(".thumbnail[src*='png']").last
    picture.wait_for()
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 1
    reader.locator(".thumb").last.click()
    reader.locator(".lightbox img").wait_for()
    reader.keyboard.press("Escape")
    reader.locator(".lightbox").wait_for(state="detached")


def test_what_was_said_without_a_connection_is_sent_later(tabs: Tabs) -> None:
    page, other = tabs.open("wangjie"), tabs.open("laozhou")
    page.evaluate(
        "() => { WebSocket.prototype.lost = WebSocket.prototype.send; WebSocket.prototype.send = () => {}; }"
    )
    say(page, "断网时说的话")
    page.locator(".message.pending", has_text="断网时说的话").wait_for()
    page.reload()
    other.locator(".message:not(.own)", has_text="断网时说的话").wait_for()
    page.locator(".message.own:not(.pending)", has_text="断网时说的话").wait_for()
    assert other.locator(".message", has_text="断网时说的话").count() == 1


def test_a_message_that_is_too_long_stays_in_the_field(tabs: Tabs) -> None:
    page = tabs.open("wangjie")
    page.evaluate("() => document.getElementById('text').removeAttribute('maxlength')")
    page.fill("#text", "长" * 30_000)
    page.press("#text", "Enter")
    assert "太长" in page.inner_text("#toast")
    assert len(page.input_value("#text")) == 30_000


def test_a_message_can_be_taken_back(tabs: Tabs) -> None:
    page, other = tabs.open("wangjie"), tabs.open("laozhou")
    say(page, "这句发错群了")
    mine = page.locator(".message.own:not(.pending)", has_text="这句发错群了")
    mine.hover()
    mine.get_by_label("撤回").click()
    other.locator(".event", has_text="王姐撤回了一条消息").wait_for()
    assert other.locator(".words", has_text="这句发错群了").count() == 0


def test_a_phone_shows_the_list_or_the_chat(chromium: Browser, site: str) -> None:
    with chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True) as context:
        page = context.new_page()
        page.goto(f"{site}/?as=wangjie")
        page.locator(".room").first.wait_for()
        assert not page.locator("#chat").is_visible()
        page.locator(".room", has_text=GRID).tap()
        page.locator(".message").first.wait_for()
        assert not page.locator("#rooms").is_visible()
        assert page.evaluate("() => document.documentElement.scrollWidth") == 360
        assert box(page, "#send")["x"] + box(page, "#send")["width"] <= 360
        assert box(page, "#text")["width"] > 150
        page.fill("#text", "手机上说的")
        page.tap("#send")
        page.locator(".message.own:not(.pending)", has_text="手机上说的").wait_for()
        page.tap("#back")
        page.locator(".room").first.wait_for()
        assert not page.locator("#chat").is_visible()
        page.go_back()
        page.locator(".message").first.wait_for()


def test_everything_can_be_done_from_the_keyboard(tabs: Tabs) -> None:
    page = tabs.open("limin", "staff")
    page.locator(".room", has_text=GRID).focus()
    page.keyboard.press("Enter")
    page.locator("h1", has_text=GRID).wait_for()
    page.locator("#text:focus").wait_for()
    page.keyboard.type("键盘说的")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("第二行")
    page.keyboard.press("Enter")
    assert last_words(page, "键盘说的") == "键盘说的\n第二行"
    page.locator(".message.own:not(.pending)", has_text="键盘说的").get_by_label("引用").focus()
    page.keyboard.press("Enter")
    page.locator("#quoting").wait_for()
    page.keyboard.press("Escape")
    page.locator("#quoting").wait_for(state="hidden")


def test_every_control_has_a_name(tabs: Tabs) -> None:
    assert tabs.open("wangjie").evaluate(NAMELESS) == []


def test_commands_are_completed_by_keyboard_and_touch(tabs: Tabs) -> None:
    page = tabs.open("limin")
    page.fill("#text", "")
    page.type("#text", "/受")
    page.locator("#picker li", has_text="受理").first.wait_for()
    page.press("#text", "Enter")
    assert page.input_value("#text") == "/受理 "
    assert "受理 12" in page.inner_text("#hint")
    page.fill("#text", "")
    page.type("#text", "@哨子 吹")
    page.locator("#picker").wait_for(state="hidden")  # no leader's command
    page.fill("#text", "")
    page.click("#command")
    page.locator("#picker li", has_text="派单").first.dispatch_event("pointerdown")
    assert page.input_value("#text") == "/派单 "


def test_a_cases_number_shows_its_card_and_words_are_found(tabs: Tabs) -> None:
    page = tabs.open("limin")
    page.locator(".case-number", has_text="#2").last.click()
    card = page.locator("dialog.case-card")
    card.wait_for()
    assert card.locator("a", has_text="打开这件的页面").get_attribute("href") == f"{DESK_CASE}?as=limin"
    page.keyboard.press("Escape")
    card.wait_for(state="detached")
    page.click("#look")
    page.fill("#search-words", "广告")
    page.locator("#search-found button").first.wait_for()
    page.locator("#search-found button").first.click()
    page.locator(".message.found").wait_for()
    assert not page.locator("#search").is_visible()


RING = """async () => {
  const main = document.querySelector('script[type="module"]').src;
  const { ring } = await import(main.replace("main.js", "alarm.js"));
  const rate = 44100, context = new OfflineAudioContext(1, 2 * rate, rate);
  ring(context, 0.25);
  const samples = (await context.startRendering()).getChannelData(0);
  return Array.from({ length: 100 }, (_, part) => {
    const heard = samples.subarray(part * rate / 50, (part + 1) * rate / 50);
    let loud = 0, turns = 0;
    heard.forEach((one, at) => {
      loud = Math.max(loud, Math.abs(one));
      if (at && (one > 0) !== (heard[at - 1] > 0)) turns += 1;
    });
    return [loud, turns * 25];
  });
}"""  # two seconds in fiftieths: how loud, how high


def test_an_alarm_is_two_tones_in_turn_for_a_second_and_a_third(tabs: Tabs) -> None:
    heard = tabs.open("wangjie").evaluate(RING)
    loud = [place / 50 for place, (loudness, _) in enumerate(heard) if loudness > 0.05]
    assert min(loud) == pytest.approx(0.25, abs=0.03)
    assert max(loud) == pytest.approx(1.55, abs=0.04)
    tones = [round(heard[int((0.25 + 0.22 * nth + 0.1) * 50)][1], -2) for nth in range(6)]
    assert tones == [900, 700] * 3


def test_an_alarm_looks_and_sounds_like_one_with_numbers_to_call(tabs: Tabs) -> None:
    resident, leader = tabs.open("xiaowu"), tabs.open("limin")
    leader.click("#text")  # a page may sound once it was touched
    say(resident, "5栋3楼着火了,冒黑烟,快来人")
    alarm = leader.locator(".message.alarm", has_text="119").last
    alarm.wait_for()
    assert alarm.locator(".tel").first.get_attribute("href") == "tel:119"
    leader.wait_for_function("() => document.body.dataset.sounded")


def test_there_are_few_stops_for_the_tabulator(tabs: Tabs) -> None:
    page = tabs.open("wangjie")
    assert page.locator(".message").count() > 30
    assert page.evaluate(STOPS) < 30
    page.locator("#log").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("() => document.activeElement.classList.contains('message')")
    page.keyboard.press("Enter")
    page.locator("#quoting").wait_for()


def test_a_message_drawn_aside_is_quoted(chromium: Browser, site: str) -> None:
    with chromium.new_context(viewport={"width": 390, "height": 800}, has_touch=True) as context:
        page = context.new_page()
        page.goto(f"{site}/?as=wangjie#/grid1")
        page.locator(".message").last.wait_for()
        page.evaluate(SWIPE)
        page.locator("#quoting").wait_for()


def test_how_to_speak_instead_of_writing_is_told(tabs: Tabs) -> None:
    page = tabs.open("wangjie")
    page.click("#voice")
    page.locator(".toast", has_text="语音").wait_for()


def test_large_letters_are_switched_on_in_the_chat(tabs: Tabs) -> None:
    page = tabs.open("wangjie")
    before = box(page, ".message .words:visible")["height"]
    page.click(".looks summary")
    page.click(".looks button[name=size]")
    page.locator(".message").last.wait_for()
    assert page.evaluate("() => document.documentElement.dataset.size") == "large"
    assert "#/grid1" in page.url
    assert box(page, ".message .words:visible")["height"] > before
