"""`shaozi export`: the cases as a table, and nothing in it that is private or a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import load_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.conftest import Run
    from tests.town import Town


def test_export(run: Run, here: Path, town: Town) -> None:
    town.report("wang", "=HYPERLINK(1) 3栋2单元501电梯坏了没人修,电话13812345678")
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    town.says("wuye", "chen", "办结 1 好了")
    town.says("grid1", "wang", "1")
    (here / "config.yaml").write_text(f"database: {{url: 'sqlite:///{here}/shaozi.db'}}\n", encoding="utf-8")
    assert run("export", "cases.xlsx")[0] == 0
    head, row = load_workbook("cases.xlsx").worksheets[0].iter_rows(values_only=True)
    shown = {str(name): str(value) for name, value in zip(head, row, strict=True)}
    assert shown["编号"] == "百安坝#1"
    assert shown["诉求"].startswith("'=HYPERLINK")
    assert "13812345678" not in shown["诉求"]
    assert "501" not in shown["诉求"]
    assert [shown[f"第一时间{x}"][11:] for x in ("发现", "受理", "办结", "反馈", "确认")] == [
        "08:00:01",
        "08:00:47",
        "08:00:48",
        "08:00:48",
        "08:00:49",
    ]
