"""`shaozi understand`: lines given, in a file, or coming in."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.bot.cli.conftest import Run


def test_understand(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, _ = run("understand", "3栋2单元电梯坏了没人修", "早上好", "--json")
    first, second = map(json.loads, out.splitlines())
    assert code == 0
    assert (first["kind"], first["category"], first["place"]["building"]) == ("appeal", "城乡建设/电梯", "3")
    assert second["kind"] == "chat"
    texts = ["整栋楼都停水了没人管", "5栋那边冒烟了", "养老金三个月没到账", "楼上天天半夜打麻将,说了还骂人"]
    out = run("understand", *texts, "--json")[1]
    assert [json.loads(line)["grade"] for line in out.splitlines()] == ["major", "major", "private", "minor"]
    assert (first["grade"], second["grade"]) == ("minor", None)
    (here / "lines.txt").write_text("早上好\n3栋电梯坏了没人修\n", encoding="utf-8")
    code, out, _ = run("understand", "--file", "lines.txt")
    assert "城乡建设/电梯" in out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("路灯不亮好几天了\n".encode())))
    assert "城乡建设/路灯" in run("understand", "--file", "-", "--json")[1]
    assert " · 3栋2单元501门口 (" in run("understand", "3栋2单元501门口楼道灯坏了没人修")[1]
    assert run("understand")[0] == 2
    assert "没有这个文件" in run("understand", "--file", "nowhere.txt")[2]
