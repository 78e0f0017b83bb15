from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.web.pages import STATIC, Pages
from handlers.texts.wording import Texts

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.web.conftest import Place

SCRIPTS = sorted((STATIC / "js").glob("*.js"))
TEMPLATES = STATIC.parent / "templates"
SAID = re.compile(r"""\bsay\(\s*"(\w+)\"""")


def words() -> dict[str, str]:
    return Texts.load().names("web.page")


async def test_the_page_brings_its_words_and_nothing_inline(place: Place) -> None:
    await place.open(demo=True)
    answer = await (await place.browser()).get("/")
    page = await answer.text()
    found = re.search(r'<script type="application/json" id="setup">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    setup = json.loads(found[1])
    assert setup["words"] == words()
    assert (setup["bot"], setup["demo"], setup["zone"]) == ("哨子", True, "Asia/Shanghai")
    assert re.findall(r"<script(?! type=\"application/json\")[^>]*>[^<]", page) == []
    assert "<style" not in page
    assert not re.search(r"""\s(on\w+|style)=""", page)
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page


async def test_every_file_a_page_names_is_there_and_may_be_kept(place: Place) -> None:
    await place.open(demo=True)
    browser = await place.browser()
    pages = await (await browser.get("/")).text() + await (await browser.get("/sign-in")).text()
    named = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', pages))
    assert len(named) > 15
    for path in named:
        answer = await browser.get(path)
        assert answer.status == 200, path
        assert "immutable" in answer.headers["Cache-Control"]


async def test_a_wording_is_read_as_words(place: Place) -> None:
    await place.open(demo=True)
    markup = "</script><b>"
    shipped = Texts.load()
    own = Texts({**{key: shipped.raw(key) for key in shipped.looked_for("")}, "web.page.send": markup})
    pages = Pages(replace(place.site, house=replace(place.site.house, texts=own)))
    page = (await pages.chat(make_mocked_request("GET", "/"))).text
    assert page is not None
    assert markup not in page


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_read_nothing_as_markup_and_import_what_exists(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", text)
    for name in re.findall(r'from "\./([\w.]+)"', text):
        assert (STATIC / "js" / name).exists(), name


def test_every_word_a_script_or_template_says_is_in_the_file_of_wordings_and_the_other_way_round() -> None:
    known = set(words())
    used = {word for script in SCRIPTS for word in SAID.findall(script.read_text(encoding="utf-8"))}
    used |= {
        w
        for t in TEMPLATES.glob("*.html")
        for w in re.findall(r"words\.(\w+)", t.read_text(encoding="utf-8"))
    }
    used |= set(
        re.findall(r'"(speak_as|sign_out)"', (STATIC / "js" / "rooms.js").read_text(encoding="utf-8"))
    )
    used |= {"joined", "left", "recalled"}  # by kind of event
    used |= {"side_resident", "side_staff", "side_organisation"}
    assert used - known == set()
    assert known - used == set()
