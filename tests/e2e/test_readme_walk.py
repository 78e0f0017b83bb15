"""The README's walk, to the letter, in a browser: on a desk and on a phone, each from a fresh demo."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.conftest import Tabs, demo
from tests.e2e.test_chat import last_words, say

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
README = Path(__file__).parents[2] / "README.md"
WALK = re.compile(
    r"as 王姐, then as the grid\s+leader 李敏 send `(?P<assign>[^`]+)`.*?`(?P<resolve>[^`]+)`", re.DOTALL
)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_e1_the_readme_s_walk_ends_as_it_says(
    chromium: Browser, tmp_path: Path, width: int, height: int
) -> None:
    found = WALK.search(README.read_text(encoding="utf-8"))
    assert found is not None
    with (
        demo(tmp_path) as site,
        chromium.new_context(viewport={"width": width, "height": height}) as context,
    ):
        context.set_default_timeout(20_000)
        tabs = Tabs(context, site)
        resident, leader, worker = tabs.open("wangjie"), tabs.open("limin"), tabs.open("xiaochen", "wuye")
        say(resident, "6栋1单元的门禁坏了,关不上")
        acknowledged = last_words(resident, "】6栋1单元")
        number = re.search(r"记为 #(\d+)", acknowledged)
        assert number is not None, acknowledged
        assign, resolve = found.groups()
        assert number[1] in assign  # the README's own number
        say(leader, assign)
        assert "万邦物业" in last_words(resident, f"#{number[1]} 已派给")
        last_words(worker, f"#{number[1]}【")
        worker.wait_for_timeout(1500)  # nobody reads it sooner: a step within the same second is refused
        say(worker, resolve)
        asked = last_words(resident, f"#{number[1]} 已办结")
        assert "修好了" in asked
        assert "1 满意" in asked
        question = resident.locator(".message.bot", has_text=f"#{number[1]} 已办结")
        question.locator(".choice").first.click()
        question.locator(".choice").first.wait_for(state="hidden")
        for page in (resident, leader, worker):
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        assert tabs.wrong == []
