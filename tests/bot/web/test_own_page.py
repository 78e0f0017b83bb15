"""规则 and 用语 on pages: tried out, changed by command, bad ones refused, for officers only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.bot.web.test_desk import form_of, opened

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from tests.bot.web.conftest import Place

RULE = "政法/养犬:\n- {weight: 30, words: [坐板脱落]}"
LINE = "望江亭的坐板脱落了"


async def post(browser: ClientSession, path: str, **fields: str) -> str:
    answer = await browser.post(path, data={**await form_of(browser, path), **fields})
    assert answer.status == 200
    return await answer.text()


async def test_rules_are_tried_on_a_line_and_on_kept_ones_without_being_in_force(place: Place) -> None:
    await opened(place, "3栋2单元的坐板脱落,电话13812345678,没人修")
    officer = await place.signed_in("赵主任")
    page = await post(officer, "/desk/rules", verb="试", words=RULE, line=LINE)
    assert page.count("养犬") > 2
    assert "最近留下的 1 句里,有 1 句会听成别的" in page
    assert "13812345678" not in page
    assert RULE.splitlines()[1] in page.replace("&#39;", "'")
    assert "没有改过" in page
    assert "改了对每个社区都算数:百安坝社区、电报路社区" in page
    assert place.site.house.understander.own_count == 0


async def test_rules_are_kept_shown_and_gone_back_from(place: Place) -> None:
    await place.open(bot=True)
    officer = await place.signed_in("赵主任")
    page = await post(officer, "/desk/rules", verb="全文", words=RULE.replace("\n", "\r\n"), line="")
    assert "自己的规则共 1 条" in page
    assert re.search(r"<b>赵主任</b> 全文", page)
    page = await post(officer, "/desk/rules", verb="加", key="电梯", words="轿厢抖")
    assert "自己的规则共 2 条" in page
    page = await post(officer, "/desk/rules", verb="全文", words="坏了: [", line="")
    assert "原来的照用" in page
    assert "坏了: [" in page  # what was typed stays
    assert place.site.house.understander.own_count == 2
    await post(officer, "/desk/rules", verb="退回", words="")
    page = await (await officer.get("/desk/rules")).text()
    assert "退回" in page
    assert place.site.house.understander.own_count == 1


async def test_wordings_are_found_looked_at_and_changed(place: Place) -> None:
    await place.open(bot=True, board=True)
    officer = await place.signed_in("赵主任")
    path = "/desk/words?q=board.about"
    page = await post(officer, path, verb="试", key="board.about", words="我们的公开栏 {phone}")
    assert "用语没有改" in page
    await post(officer, path, verb="改用语", key="board.about", words="我们的<b>公开栏")
    board = await (await officer.get("/board")).text()
    assert "我们的&lt;b&gt;公开栏" in board
    await post(officer, path, verb="恢复", key="board.about", words="")
    assert "我们的" not in await (await officer.get("/board")).text()


async def test_they_are_for_officers_only(place: Place) -> None:
    await opened(place, "3栋2单元路灯不亮")
    leader, resident = await place.signed_in("李敏"), await place.signed_in("王姐")
    for path in ("/desk/rules", "/desk/words"):
        assert (await leader.get(path)).status == 403
        assert (await resident.get(path)).status == 403
    mark = await form_of(leader, "/desk")
    given = {**mark, "verb": "试", "words": RULE, "line": LINE}
    assert (await leader.post("/desk/rules", data=given)).status == 403
