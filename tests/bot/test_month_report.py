"""The page, 统计 in the chat, the month's report and the export show the same numbers."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.export import export
from bot.month_report import report_of, write
from bot.web.cockpit.tables import Where, line_of
from data.domain.figures import Scope
from handlers.context import Context
from handlers.reports.overview import overview
from handlers.reports.periods import read_period

if TYPE_CHECKING:
    from pathlib import Path

    from tests.town import Town


@pytest.fixture
def month(town: Town) -> Town:
    town.report("wang", "3栋2单元电梯坏了,没人修")
    town.passes(minutes=10)
    town.says("grid1", "limin", "@哨子 派单 1 万邦物业")
    town.passes(minutes=50)
    town.says("wuye", "chen", "办结 1 主板换了")
    town.passes(minutes=5)
    town.says("grid1", "wang", "@哨子 评价 1 满意")
    town.report("zhou2", "5栋路灯不亮了")
    town.passes(minutes=5)
    town.says("grid2", "liu", "8栋门口垃圾没人清")
    town.passes(minutes=3 * 60)  # nobody takes these in
    return town


def test_page_chat_report_and_export_agree(month: Town, tmp_path: Path) -> None:
    chat = "".join(one.text for one in month.says("staff", "zhao", "@哨子 统计 本月"))
    said = re.search(r"上报 (\d+) 件,受理 (\d+),办结 (\d+),在办 (\d+),重办 (\d+)。", chat)
    rates = re.search(r"评价 (\d+) 人:响应率 (\S+),解决率 (\S+),满意率 (\S+),综合 ([\d.]+%)", chat)
    times = re.search(r"受理 ([^,]+),办结 ([^,]+),反馈 ([^,]+),确认 ([^;]+);", chat)
    late = re.search(r"超时:([^。]+)。", chat)
    assert said is not None
    assert rates is not None
    assert times is not None
    assert late is not None
    with month.store.read() as uow:
        ctx = Context(month.house, uow, month.clock.now())
        period = read_period(month.house.policy.work, ctx.now, "2026-03")
        assert period is not None
        scope = Scope(uow.areas.communities()[0])
        seen = overview(ctx, scope, period)
        report = report_of(ctx, scope, period)
        page = line_of(month.house.texts, lambda *_a, **_k: "", Where("", ""), seen.whole)
    on_page = [cell.shown for cell in page.cells]
    reported, _accepted, resolved, still_open, reopened = said.groups()
    assert on_page[:5] == [reported, resolved, still_open, reopened, str(late[1].count("#"))]
    assert on_page[5:10] == [*rates.groups()[1:], rates[1]]
    assert on_page[10:] == list(times.groups())
    assert report.sheets[0].rows == [[page.name, *on_page]]
    parts = report.sheets[1].rows
    assert [sum(int(row[n]) for row in parts) for n in (1, 2, 3)] == [int(x) for x in on_page[:3]]
    write(report, tmp_path / "m.xlsx")
    book = load_workbook(tmp_path / "m.xlsx")
    assert [str(cell.value) for cell in book.worksheets[0][3]][1:6] == on_page[:5]
    export(month.store, month.house.policy, month.house.texts, tmp_path / "cases.xlsx")
    sheet = load_workbook(tmp_path / "cases.xlsx").worksheets[0]
    assert sheet.max_row - 1 == int(reported)
    write(report, tmp_path / "m.docx")
    document = Document(str(tmp_path / "m.docx"))
    assert [cell.text for cell in document.tables[0].rows[1].cells][1:6] == on_page[:5]
    assert len(document.inline_shapes) == 2


def test_a_chart_goes_into_the_room_as_words_where_nobody_draws(month: Town) -> None:
    said = month.says("staff", "zhao", "@哨子 统计 图 本月")
    assert [one.media for one in said] == [None]
    assert "百安坝社区 到本月的逐月图:本月上报 3 件" in said[0].text


def test_whoever_sends_a_chart_draws_it(tmp_path: Path) -> None:
    from bot.channels.album import Album
    from bot.charts import Drawer
    from data.domain.messages import Outgoing
    from handlers.saying.charts import as_media, titled

    spec = titled(
        {"data": {"values": [{"a": 1}]}, "mark": "bar", "height": 80, "encoding": {"x": {"field": "a"}}}, "图"
    )
    outgoing = Outgoing("k", "web", "staff", None, "图", media=as_media(spec))
    path = asyncio.run(asyncio.to_thread(Drawer(Album(tmp_path)).draw, outgoing))
    assert (tmp_path / path).read_bytes().startswith(b"\x89PNG")


def test_the_report_holds_the_figures_of_community_life(month: Town) -> None:
    month.says("staff", "limin", "@哨子 代报 王奶奶 3栋501 停水两天了没人管")
    month.says("grid1", "liu", "大家早")
    month.says("grid1", "wang", "@哨子 好人 刘婶 照顾独居老人")
    month.says("staff", "zhao", "@哨子 好人 发布 1")
    month.says("staff", "limin", "@哨子 必到 3栋501 红白 王奶奶的老伴走了")
    month.says(None, "limin", "到了 1 去看过了")
    with month.store.read() as uow:
        ctx = Context(month.house, uow, month.clock.now())
        area = next(a for a in uow.areas.communities() if a.name == "百安坝社区")
        period = read_period(month.house.policy.work, ctx.now, "2026-03")
        assert period is not None
        report = report_of(ctx, Scope(area), period)
    (life,) = [sheet for sheet in report.sheets if sheet.name == "社区生活"]
    shown = {row[0]: row[1] for row in life.rows}
    assert (shown["好人(人)"], shown["代报(件)"], shown["红白(按时到/共)"]) == ("1", "1", "1/1")
