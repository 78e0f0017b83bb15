"""`shaozi evaluate --talk` and `--rooms`: what the bot would say in a group, and what rooms have taught."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.cli.app import DONE, store_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.config import Config
    from bot.talk import TalkFigures
    from data.domain.areas import Room
    from data.domain.hearing import Experience

NAMES = {
    "group": "群里说的消息",
    "private": "私下说的消息",
    "cases": "立件",
    "doubts": "拿不准的话",
    "endorsements": "附议",
    "emergencies": "紧急情况",
}
BECAME = {"heard": "当场听到", "asked": "问了负责人", "missed": "漏掉"}


def of_talk(settings: Config, talk: Path, roster: Path | None) -> int:
    """Play a chat history through the whole bot and print how much it would have said."""
    from bot.talk import measure
    from bot.transcript import read_marked
    from data.roster import read as read_roster

    messages, marks = read_marked(talk)
    entries = read_roster(roster) if roster is not None else []
    for row in talk_rows(measure(settings, messages, entries, marks)):
        sys.stdout.write(f"{row}\n")
    return DONE


def of_rooms(settings: Config) -> int:
    """Print what each room has taught."""

    with store_at(settings.database.url) as store, store.read() as uow:
        for room_id, known in uow.doubts.experiences().items():
            sys.stdout.write(f"{room_row(uow.rooms.get(room_id), known)}\n")
    return DONE


def talk_rows(figures: TalkFigures) -> Iterator[str]:
    """Yield the lines of the table."""
    apart = ",其中不是诉求引起的(每千句)" if figures.marked else ""
    yield f"居民群里 {figures.lines} 句;每千句(总数){apart}"
    for name, label in NAMES.items():
        said = figures.said[name]
        row = f"  {label}\t{figures.per_thousand(said.all):.2f} ({said.all})"
        yield row + (f"\t{figures.per_thousand(said.falsely):.2f} ({said.falsely})" if figures.marked else "")
    total = figures.appeals.total()
    if total:
        yield f"真诉求 {total} 句"
        for name, label in BECAME.items():
            count = figures.appeals[name]
            yield f"  {label}\t{count / total:.1%} ({count})"


def room_row(room: Room, known: Experience) -> str:
    """Return what a room taught: answers, how many were to be expected, what is shifted by it."""
    asked = known.yes + known.no
    return (
        f"{room.channel}:{room.external_id} {room.topic}\t问了 {asked} 句,是 {known.yes} 句"
        f"(估计 {known.expected:.1f} 句),把握调 {known.shift:+.2f}"
    )
