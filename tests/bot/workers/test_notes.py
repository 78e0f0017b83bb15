"""What workers tell each other, and who should do what."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.workers import process
from bot.workers.notes import (
    Cutter,
    Gatherer,
    inbound_of,
    of_inbound,
    of_outgoing,
    outgoing_of,
)
from bot.workers.shares import ROOMS, best, share_of
from data.domain.messages import Inbound, MessageKind, Outgoing

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
HEARD = Inbound(
    "web",
    "w1",
    AT,
    "grid1",
    "wang",
    "王姐",
    "电梯坏了😀" * 900,
    MessageKind.IMAGE,
    ("bot", "limin"),
    "b1",
    "media/a.jpg",
    None,
    ((3, 4),),
)
SAID = Outgoing("k1", "web", None, "wang", "好的\n第二行", MessageKind.TEXT, None, ("wang",), "w1")


def test_what_is_heard_and_said_comes_through_whole() -> None:
    cutter, gatherer = Cutter("a"), Gatherer()
    parts = list(cutter.cut({"inbound": of_inbound(HEARD)}))
    assert len(parts) > 2
    assert max(len(part.encode()) for part in parts) < 8_000
    *first, last = [gatherer.add(part) for part in parts]
    assert first == [None] * len(first)
    assert last is not None
    assert inbound_of(last["inbound"]) == HEARD
    (part,) = Cutter("b").cut({"outgoing": of_outgoing(SAID)})
    found = gatherer.add(part)
    assert found is not None
    assert outgoing_of(found["outgoing"]) == SAID


def test_parts_of_several_workers_do_not_mix() -> None:
    gatherer = Gatherer()
    one, other = list(Cutter("a").cut({"text": "一" * 3000})), list(Cutter("b").cut({"text": "二" * 3000}))
    found = [gatherer.add(part) for pair in zip(one, other, strict=True) for part in pair]
    assert [note["text"][0] for note in found if note] == ["一", "二"]


@given(st.text(max_size=200))
def test_what_is_no_note_is_left_alone(text: str) -> None:
    Gatherer().add(text)


def test_each_share_has_one_worker_and_few_move_when_one_goes() -> None:
    crew = ["a1", "b2", "c3"]
    before = {name: best(name, crew) for name in ROOMS}
    counts = Counter(before.values())
    assert set(counts) == set(crew)
    assert min(counts.values()) > len(ROOMS) / 6
    after = {name: best(name, crew[:2]) for name in ROOMS}
    assert all(after[name] == before[name] for name in ROOMS if before[name] != "c3")
    assert best("ticker", []) is None


def test_a_room_is_in_one_share_whoever_speaks_there() -> None:
    assert share_of("web", "grid1", "wang") == share_of("web", "grid1", "limin")
    assert len({share_of("web", f"grid{number}", "") for number in range(500)}) == len(ROOMS)
    assert len({share_of("web", None, f"r{number}") for number in range(500)}) == len(ROOMS)


def test_a_process_of_this_machine_is_known_to_be_gone() -> None:
    where = process.place()
    assert where is not None
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        which = process.process(other.pid)
        assert which is not None
        assert not process.is_gone(where, which)
        other.kill()
    assert process.is_gone(where, which)
    assert process.is_gone(where, f"{os.getpid()}.1")  # another process had our number
    assert not process.is_gone("elsewhere", which)
    assert not process.is_gone(where, "nonsense")
