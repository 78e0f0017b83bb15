"""`shaozi evaluate --talk`: a group's history before the bot goes live in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.cli.app import main
from data.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ROSTER = "data/samples/roster.yaml"


def line(minute: int, text: str, sender: str = "u1", *, appeal: bool | None = None) -> str:
    """Return a line of a transcript."""
    known = {"at": f"2026-03-02T10:{minute:02}:00+08:00", "room": "grid1", "sender": sender, "text": text}
    return json.dumps(known | ({"appeal": appeal} if appeal is not None else {}), ensure_ascii=False) + "\n"


def test_it_counts_what_would_be_said_and_what_became_of_true_appeals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "talk.jsonl"
    talk = [line(n, "今天天气不错", appeal=False) for n in range(8)]
    talk.append(line(10, "3栋2单元电梯坏了好几天没人修,老人下不了楼", "u2", appeal=True))
    talk.append(line(11, "早上好", appeal=True))
    file.write_text("".join(talk), encoding="utf-8")
    assert main(["evaluate", "--talk", str(file), "--roster", ROSTER]) == 0
    shown = [row.split("\t") for row in capsys.readouterr().out.splitlines()]
    assert shown[0][0].startswith("居民群里 10 句")
    figures = {row[0].strip(): row[1:] for row in shown[1:]}
    assert figures["群里说的消息"] == ["100.00 (1)", "0.00 (0)"]
    assert figures["立件"] == ["100.00 (1)", "0.00 (0)"]
    assert figures["当场听到"] == ["50.0% (1)"]
    assert figures["漏掉"] == ["50.0% (1)"]


def test_a_visit_for_what_an_appeal_tells_is_no_false_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "我爸昨晚走了,灵堂搭在楼下,打扰各位"
    for appeal, falsely in ((True, "0.00 (0)"), (False, "1000.00 (1)")):
        file = tmp_path / "talk.jsonl"
        file.write_text(line(1, words, appeal=appeal), encoding="utf-8")
        assert main(["evaluate", "--talk", str(file)]) == 0
        rows = [row.split("\t") for row in capsys.readouterr().out.splitlines()]
        private = next(row for row in rows if row[0].strip() == "私下说的消息")
        assert private[1:] == ["1000.00 (1)", falsely]


def test_without_marks_or_roster_it_counts_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "talk.jsonl"
    file.write_text(line(1, "3栋2单元电梯坏了好几天没人修,老人下不了楼"), encoding="utf-8")
    assert main(["evaluate", "--talk", str(file)]) == 0
    out = capsys.readouterr().out
    assert "群里说的消息\t1000.00 (1)\n" in out
    assert "真诉求" not in out


def test_a_broken_line_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "talk.jsonl"
    file.write_text(line(1, "早") + '{"at": "x"}\n', encoding="utf-8")
    assert main(["evaluate", "--talk", str(file)]) == 2
    assert "第 2 行" in capsys.readouterr().err


def test_what_rooms_have_taught_can_be_read(
    tmp_path: Path, store_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(f"database: {{url: '{store_url}'}}\n", encoding="utf-8")
    assert main(["roster", "import", ROSTER, "--config", str(config)]) == 0
    store = Store(store_url)
    with store.write() as uow:
        room = uow.rooms.of("web", "grid1")
        assert room is not None
        for yes in (True, False, False):
            uow.doubts.learn(room.id, 0.4, yes=yes)
        uow.commit()
    store.close()
    capsys.readouterr()
    assert main(["evaluate", "--rooms", "--config", str(config)]) == 0
    assert capsys.readouterr().out == (
        "web:grid1 百安坝第一网格居民群\t问了 3 句,是 1 句(估计 1.2 句),把握调 -0.08\n"
    )
