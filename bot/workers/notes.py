"""Notes between workers: JSON, cut into parts that fit into a NOTIFY."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from cachetools import LRUCache

from data.domain.messages import Inbound, MessageKind, Outgoing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PART = 1_900  # characters, of four bytes at most: a payload has less than 8,000 bytes
MOST_OPEN = 1_000  # notes of which parts are still to come
Note = dict[str, Any]


class Cutter:
    """Cuts notes into parts; each note has a number of its own."""

    def __init__(self, me: str) -> None:
        self._me = me
        self._numbers = count()

    def cut(self, note: Mapping[str, Any]) -> Iterator[str]:
        """Yield the parts of a note, the first first: whose, which note, how many are still to come, text."""
        text = json.dumps(note, ensure_ascii=False, separators=(",", ":"))
        number = next(self._numbers)
        starts = range(0, len(text), PART)
        for left, start in zip(reversed(range(len(starts))), starts, strict=True):
            yield f"{self._me}.{number}/{left}/{text[start : start + PART]}"


class Gatherer:
    """Puts notes together again; one whose parts do not all arrive is forgotten."""

    def __init__(self) -> None:
        self._open: LRUCache[str, list[str]] = LRUCache(MOST_OPEN)

    def add(self, part: str) -> Note | None:
        """Take a part in; return the note it completes. What is no part of ours is None, too."""
        name, _, rest = part.partition("/")
        left, _, text = rest.partition("/")
        texts = [*self._open.pop(name, []), text]
        if left != "0":
            self._open[name] = texts
            return None
        try:
            note = json.loads("".join(texts))
        except ValueError:
            return None
        return note if isinstance(note, dict) else None


def of_inbound(inbound: Inbound) -> Note:
    """Return what was heard, as JSON knows it."""
    return {**asdict(inbound), "at": inbound.at.isoformat()}


def inbound_of(note: Note) -> Inbound:
    """Return the message that a note holds."""
    return Inbound(
        **{
            **note,
            "at": datetime.fromisoformat(note["at"]),
            "kind": MessageKind(note["kind"]),
            "mentions": tuple(note["mentions"]),
            "seen": tuple((case, version) for case, version in note["seen"]),
        }
    )


def of_outgoing(outgoing: Outgoing) -> Note:
    """Return what is said, as far as it is shown, as JSON knows it."""
    return {**asdict(outgoing), "cases": [], "about": []}


def outgoing_of(note: Note) -> Outgoing:
    """Return what is said again, as far as it is shown."""
    kind, mentions = MessageKind(note["kind"]), tuple(note["mentions"])
    return Outgoing(**{**note, "kind": kind, "mentions": mentions, "cases": (), "about": ()})
