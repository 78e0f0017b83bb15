"""The third sample: from a line in the group to a published result, as the handbook tells it."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Callable

HANDBOOK = Path(__file__).parents[2] / "docs" / "手册.md"
UNTIL = "2026-04-02T12:00:00+08:00"
NAMES = {"grid1": "居民群", "staff": "工作群", "wuye": "物业群"}
STORY = re.compile(r"### 一次表决和四议两公开,从头到尾\n.*?```\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    samples = files("data") / "samples"
    roster = ["--roster", str(samples / "deliberation-roster.yaml"), "--until", UNTIL]

    def play() -> str:
        out = tmp_path_factory.mktemp("replay") / "out"
        assert main(["replay", str(samples / "deliberation.jsonl"), *roster, "--out", str(out)]) == 0
        return out.read_text("utf-8")

    return play


@pytest.fixture(scope="module")
def said(replay: Callable[[], str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in replay().splitlines()]


def of(said: list[dict[str, Any]], kind: str, name: str, room: str | None = None) -> list[dict[str, Any]]:
    found = [m for m in said if m["about"].get(kind) == name]
    return [m for m in found if room is None or m["room"] == room]


def test_replayed_again_it_is_equal_to_the_letter(
    replay: Callable[[], str], said: list[dict[str, Any]]
) -> None:
    assert [json.loads(line) for line in replay().splitlines()] == said


def test_three_messages_for_the_ballot_and_four_for_the_meeting(said: list[dict[str, Any]]) -> None:
    assert len(of(said, "ballot", "百安坝#1", "grid1")) == 3
    assert len(of(said, "meeting", "百安坝#1", "grid1")) == 4


def test_the_chain_is_one_story(said: list[dict[str, Any]]) -> None:
    chain = "来自议事会 #1。前后:议题 1 → 议事会 #1 → 表决 1 → 公示 1 → 公示 2"
    assert [m["text"] for m in said if m["room"] == "grid1" and m["text"].endswith(chain)]
    assert of(said, "motion", "百安坝#1")[0]["text"].startswith("议题 1:3栋2单元加装电梯")
    assert [m["text"] for m in said if m["text"] == "前后:#1"]


def test_the_result_as_the_law_counts_it(said: list[dict[str, Any]]) -> None:
    """六户同意: three of them of 96.40 m², two of 88.75 m², one by proxy; a share of 7/8 takes part."""
    (result,) = [m["text"] for m in said if "」结果:" in m["text"]]
    assert result.split("\n")[1:] == [
        "参与 7/8 户,面积 659.5/748.25 ㎡。",
        "按重大事项(民法典第278条):通过。",
    ]


def test_nobody_s_choice_is_said(said: list[dict[str, Any]]) -> None:
    answers = [m["text"] for m in said if m["to"] and m["text"].startswith("记下了你家对表决")]
    assert len(answers) == 6
    assert not [text for text in answers if re.search("同意|反对|弃权", text)]


def test_the_story_in_the_handbook_is_what_the_sample_gives(said: list[dict[str, Any]]) -> None:
    samples = files("data") / "samples"
    lines = (samples / "deliberation.jsonl").read_text("utf-8").splitlines()
    talk = [json.loads(line) for line in lines]
    told = [(m["at"], 0, m["name"], m.get("room"), None, m["text"]) for m in talk]
    told += [(m["at"], 1, "哨子", m["room"], m["to"], m["text"]) for m in said]
    people = {m["sender"]: m["name"] for m in talk}
    in_order = [
        f"{at[5:16].replace('T', ' ')} {who}({_where(room, to, people)})  {line}"
        for at, _, who, room, to, text in sorted(told, key=lambda one: one[:2])
        for line in text.split("\n")[:1]
    ]
    block = STORY.search(HANDBOOK.read_text(encoding="utf-8"))
    assert block is not None
    rest = iter(in_order)
    for line in block[1].splitlines():
        if re.match(r"\d\d-\d\d ", line):
            assert line in rest, line  # there, and in this order


def _where(room: str | None, to: str | None, people: dict[str, str]) -> str:
    if room is not None:
        return NAMES[room]
    return f"单独对{people.get(to, to)}" if to is not None else "私聊"
