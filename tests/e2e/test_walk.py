"""The walk of ten minutes in the handbook, followed to the letter in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.test_chat import say
from tests.e2e.test_pages import number_of

if TYPE_CHECKING:
    from tests.e2e.conftest import Tabs

pytestmark = pytest.mark.browser
HANDBOOK = Path(__file__).parents[2] / "docs" / "手册.md"
JUST_MOVED = 9_000  # milliseconds: who is quicker than a person is told that the case has just moved


def words_of_the_walk() -> list[str]:
    """Return what the walk tells to type, in its order."""
    walk = HANDBOOK.read_text(encoding="utf-8").partition("## 网页走一遍,十分钟")[2].partition("\n## ")[0]
    return re.findall(r"`([^`\n]+)`", walk.partition("1. ")[2])


def test_the_walk_of_the_handbook(tabs: Tabs) -> None:
    lamp, accept, six, done, place, topic, line, fire = words_of_the_walk()
    resident, leader = tabs.open("wangjie"), tabs.open("limin")
    say(resident, lamp)
    number = number_of(resident, "路灯·小事】5栋1单元楼道")
    leader.type("#text", accept)
    leader.locator("#picker li", has_text="受理").first.wait_for()
    leader.press("#text", "Enter")
    leader.type("#text", six.replace("6", number))
    leader.press("#text", "Enter")
    leader.locator(".message.bot", has_text=f"#{number} 已受理").last.wait_for()

    desk = tabs.page("/desk?as=limin")
    desk.locator(".row", has_text=f"#{number}").get_by_role("button", name="派单").click()
    desk.locator("#suggest .chip", has_text="万邦物业").click()
    desk.locator(".answer", has_text="万邦物业").wait_for()
    worker = tabs.open("xiaochen", "wuye")
    worker.wait_for_timeout(JUST_MOVED)
    say(worker, done.replace("6", number))
    resident.locator(".message.bot", has_text="换了声控开关和灯泡").locator(".choice").first.click()

    officer = tabs.page(f"/desk/cases/500101002001/{number}?as=zhao")
    officer.locator("details", has_text="公开栏").last.locator("summary").click()
    officer.get_by_role("button", name="公开", exact=True).click()
    officer.locator(".answer", has_text="已放上公开栏").wait_for()
    assert (
        tabs.page("/board?as=").locator(".notices > li", has_text=f"#{number}").locator("blockquote").count()
        == 1
    )

    meetings = tabs.page("/desk/meetings?as=limin")
    meetings.locator("summary", has_text="开议事会").click()
    form = meetings.locator("details.make[open] form")
    form.get_by_label("时间").fill("2027-05-08T19:30")
    form.get_by_label("地点").fill(place)
    form.get_by_label("内容").fill(topic)
    form.locator("button.main").click()
    meetings.locator(".answer", has_text="议事会 #").wait_for()

    people = tabs.page("/desk/people?as=zhao")
    people.locator("summary", has_text="邀请进群").click()
    people.locator("details.make[open] button.main").click()
    people.locator("a", has_text="二维码").first.wait_for()
    rules = tabs.page("/desk/rules?as=zhao")
    rules.get_by_label("一句话").fill(line)
    rules.locator("textarea").fill("政法/养犬:\n- {weight: 30, words: [坐板脱落]}")
    rules.locator("button", has_text="试一下").click()
    rules.locator("#trial", has_text="养犬").wait_for()

    say(tabs.open("xiaowu"), fire)
    leader.locator(".message.alarm .tel").last.wait_for()
