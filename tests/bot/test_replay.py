"""`shaozi replay`, as outsiders use it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

ROSTER = """
areas:
  - {code: "1", name: 百安坝社区, kind: community}
  - {code: "2", name: 第一网格, kind: grid, parent: "1"}
rooms: [{channel: web, id: grid1, topic: 居民群, kind: residents, area: "2"}]
people: [{name: 李敏, accounts: [{channel: web, id: limin}], duties: [{role: grid_leader, area: "2"}]}]
"""
DAY = "2026-03-02T"


def line(at: str, sender: str, text: str, **more: Any) -> str:
    value = {
        "at": f"{DAY}{at}+08:00",
        "room": "grid1",
        "sender": sender,
        "name": sender,
        "text": text,
        **more,
    }
    return json.dumps({k: v for k, v in value.items() if v is not None}, ensure_ascii=False)


STORY = [
    line("08:01:00", "u1", "3栋2单元电梯又坏了,没人修", id="m1"),
    line("08:05:00", "limin", "@哨子 受理 1", mentions=["bot"], id="m2"),
    line("08:06:00", "u1", "进度", room=None, id="m3"),
]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    roster, transcript = tmp_path / "roster.yaml", tmp_path / "chat.jsonl"
    roster.write_text(ROSTER, encoding="utf-8")
    transcript.write_text("\n".join(STORY) + "\n", encoding="utf-8")
    return roster, transcript


def play(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, Any]]:
    roster, transcript = files
    assert main(["replay", str(transcript), "--roster", str(roster), *more]) == 0
    return [json.loads(text) for text in capsys.readouterr().out.splitlines()]


def test_the_design_s_example(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    said = play(files, capsys)
    assert said[0] == {
        "at": "2026-03-02T08:01:10+08:00",
        "room": "grid1",
        "to": None,
        "mentions": ["u1"],
        "text": "@u1 记为 #1【电梯·小事】3栋2单元。已告知网格长李敏,11:00 前受理。",
        "kind": "text",
        "id": "b1",
        "reply_to": "m1",
        "about": {"case": "百安坝#1"},
    }
    assert [m["id"] for m in said] == [f"b{i}" for i in range(1, len(said) + 1)]
    assert (said[-1]["room"], said[-1]["to"], said[-1]["reply_to"]) == (None, "u1", "m3")


def test_two_replays_are_equal_to_the_letter(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    first = play(files, capsys, "--until", "2026-03-20T10:00:00+08:00")
    out = tmp_path / "out.jsonl"
    assert play(files, capsys, "--until", "2026-03-20 10:00", "--out", str(out)) == []
    assert [json.loads(text) for text in out.read_text(encoding="utf-8").splitlines()] == first


def test_until_is_inclusive(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert play(files, capsys, "--until", f"{DAY}08:01:09+08:00") == []
    assert len(play(files, capsys, "--until", f"{DAY}08:01:10+08:00")) == 2
    texts = [m["text"] for m in play(files, capsys, "--until", f"{DAY}08:05:00+08:00")]
    assert texts[-1].startswith("#1 已受理")


def test_what_is_due_comes_before_a_line_of_the_same_second(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [STORY[0], line("11:00:00", "limin", "@哨子 受理 1", mentions=["bot"], id="m2")]
    files[1].write_text("\n".join(lines), encoding="utf-8")
    texts = [m["text"] for m in play(files, capsys)]
    assert "时限已到" in texts[3]
    assert texts[4].startswith("#1 已受理")


def test_an_older_line_is_taken_in_at_the_clock_s_time(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [STORY[1], STORY[0], line("08:00:00", "limin", "@哨子 受理 1", mentions=["bot"], id="m9")]
    files[1].write_text("\n".join(lines), encoding="utf-8")
    said = play(files, capsys)
    assert [m["at"][11:16] for m in said] == ["08:05"] * len(said)


def test_it_goes_on_with_a_database_and_sends_what_was_missed(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    db = f"sqlite:///{tmp_path}/go.db"
    files[1].write_text(STORY[0], encoding="utf-8")
    first = play(files, capsys, "--db", db)
    later = line("12:00:00", "limin", "@哨子 受理 1", mentions=["bot"], id="m2")
    files[1].write_text(later, encoding="utf-8")
    second = play(files, capsys, "--db", db)
    assert [m["id"] for m in first + second] == [f"b{i}" for i in range(1, len(first + second) + 1)]
    assert second[0]["text"].startswith("[补发] #1")
    files[1].write_text(STORY[0] + "\n" + later, encoding="utf-8")
    assert play(files, capsys, "--db", db) == []  # all of it was taken in before


def test_the_report(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    roster, transcript = files
    assert main(["replay", str(transcript), "--roster", str(roster), "--report"]) == 0
    table = capsys.readouterr().err
    assert "百安坝#1" in table
    assert "已受理" in table


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("{", "chat.jsonl:第 2 行: 不是正确的 JSON"),
        ("[]", "chat.jsonl:第 2 行: 应该是「键: 值」的形式"),
        ('{"sender": "u"}', "chat.jsonl:第 2 行: at:应为 Field required"),
        ('{"at": "gestern", "sender": "u"}', "at:应为 2026-03-02T08:01:00+08:00"),
        ('{"at": "2026-03-02T08:01:00", "sender": "u"}', "at:应为 2026-03-02T08:01:00+08:00"),
        ('{"at": "2026-03-02T08:01:00+08:00", "sender": ""}', "sender:应为"),
        ('{"at": "2026-03-02T08:01:00+08:00", "sender": "u", "kind": "dance"}', "kind:应为 'text', 'image'"),
        ('{"at": "2026-03-02T08:01:00+08:00", "sender": "u", "colour": "red"}', "colour:应为"),
        ('{"at": "2026-03-02T08:01:00+08:00", "sender": 7}', "sender:应为"),
    ],
)
def test_a_broken_line_is_named(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], broken: str, says: str
) -> None:
    files[1].write_text(STORY[0] + "\n" + broken + "\n", encoding="utf-8")
    assert main(["replay", str(files[1]), "--roster", str(files[0])]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""  # nothing half done
    assert says in captured.err
    assert captured.err.count("\n") == 1


def test_not_a_transcript_at_all(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    roster, transcript = files
    assert main(["replay", "nowhere.jsonl", "--roster", str(roster)]) == 2
    assert "nowhere.jsonl: 没有这个文件" in capsys.readouterr().err
    transcript.write_bytes(b"\xff\xfe\x00")
    assert main(["replay", str(transcript), "--roster", str(roster)]) == 2
    assert "不是 UTF-8" in capsys.readouterr().err
    transcript.write_text("\n\n", encoding="utf-8")
    assert main(["replay", str(transcript), "--roster", str(roster)]) == 2
    assert "是空的" in capsys.readouterr().err
    assert main(["replay", str(transcript), "--roster", str(roster), "--until", "bald"]) == 2
    transcript.write_text(STORY[0], encoding="utf-8")
    assert main(["replay", str(transcript), "--roster", str(roster), "--until", "bald"]) == 2
    assert "--until" in capsys.readouterr().err
    assert main(["replay"]) == 2


def test_the_shipped_sample_tells_its_story(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from importlib.resources import files as resources

    samples = resources("data") / "samples"
    arguments = [str(samples / "two-days.jsonl"), "--roster", str(samples / "roster.yaml")]
    assert main(["replay", *arguments, "--out", str(tmp_path / "out")]) == 0
    said = [json.loads(text) for text in (tmp_path / "out").read_text(encoding="utf-8").splitlines()]
    texts = [m["text"] for m in said if m["room"] == "grid1"]
    assert texts[0] == "@王姐 记为 #1【电梯·小事】3栋2单元。已告知网格长李敏,11:00 前受理。"
    assert any("119" in text for text in texts)
    assert not any("没找到" in text or "这里没有" in text for text in texts)
    capsys.readouterr()
