"""Two weeks of community life: it replays to the letter, and a residents' group hears little of it."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from bot.cli.app import main

HANDBOOK = Path(__file__).parents[2] / "docs" / "手册.md"
MOST_A_DAY = 2


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    samples = files("data") / "samples"
    runs = []
    for run in ("first", "second"):
        out = tmp_path_factory.mktemp("community") / run
        story, roster = str(samples / "community.jsonl"), str(samples / "roster.yaml")
        assert main(["replay", story, "--roster", roster, "--out", str(out)]) == 0
        runs.append(out.read_bytes())
    assert runs[0] == runs[1]
    return [json.loads(line) for line in runs[0].decode("utf-8").splitlines()]


def there(said: list[dict[str, Any]], where: str, text: str) -> dict[str, Any]:
    """Return the one message in a room, or to somebody alone, that begins so."""
    (found,) = [m for m in said if (m["room"] or m["to"]) == where and m["text"].startswith(text)]
    return found


def test_the_group_hears_at_most_two_messages_a_day_of_all_this(said: list[dict[str, Any]]) -> None:
    life = [
        m for m in said if m["room"] == "grid1" and ("activity" in m["about"] or "case" not in m["about"])
    ]
    days = Counter(m["at"][:10] for m in life if "一周通报" not in m["text"])
    assert days
    assert max(days.values()) <= MOST_A_DAY


def test_what_messages_are_about(said: list[dict[str, Any]]) -> None:
    assert there(said, "grid1", "活动 1:3栋楼栋工作日")["about"] == {"activity": "百安坝#1"}
    assert there(said, "grid1", "【心愿 1】")["about"] == {"wish": "百安坝#1"}
    assert there(said, "liushen", "求助 1:")["about"] == {"help": "百安坝#1"}
    assert there(said, "limin", "【必到 1】")["about"] == {"duty_call": "百安坝#1"}
    assert there(said, "wangjie", "好人 2")["about"] == {"good_person": "百安坝#2"}
    assert there(said, "staff", "问答 1")["about"] == {"answer": "百安坝#1"}


def test_each_mechanism_leaves_its_mark(said: list[dict[str, Any]]) -> None:
    assert "到场单位:万邦物业" in there(said, "grid1", "活动 1「3栋楼栋工作日」结束")["text"]
    assert there(said, "grid1", "【双亮】活动 1")["at"].startswith("2026-03-11T18:00")
    assert there(said, "laozhou", "有人退出,轮到你了")
    assert there(said, "grid1", "每月 200 元,到物业前台交")
    assert there(said, "grid1", "李敏答「老年卡在哪里办」")
    assert there(said, "staff", "本月 百安坝社区五个必到:红白 1 次(按时到 100%)")
    assert there(said, "staff", "本月 百安坝社区五全:走访 1/5 户")
    digest = [m["text"] for m in said if m["room"] == "grid1" and "一周通报" in m["text"]][-1]
    assert digest.endswith("好事:心愿实现 1 个,好人 刘婶。")
    assert [m for m in said if m["room"] == "grid1" and ("必到" in m["text"] or "王奶奶" in m["text"])] == []


def test_the_handbook_shows_what_the_sample_gives(said: list[dict[str, Any]]) -> None:
    block = re.search(r"## 两周的社区生活.*?```\n(.*?)```", HANDBOOK.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    lines = [line for line in block[1].splitlines() if line.strip()]
    assert lines
    texts = "\n".join(m["text"] for m in said)
    for line in lines:
        assert line.split(" ", 1)[1].strip() in texts, line
