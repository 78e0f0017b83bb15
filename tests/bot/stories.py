"""What a replayed sample tells: each case's first and last words, and how much the bot says."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from data.store import Store

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

HUMAN = ("text", "image", "file")


def stories_in(url: str) -> dict[str, tuple[str, str]]:
    """Return the words that opened each case of a store (`百安坝#1`), and its result."""
    with closing(Store(url)) as store, store.read() as uow:
        return {
            f"{uow.areas.get(case.community_id).short}#{case.number}": (case.summary, case.result or "")
            for case in uow.cases.everything()
        }


def words_per_line(
    heard: Iterable[dict[str, Any]], said: Iterable[dict[str, Any]], groups: Container[str]
) -> float:
    """Return how many messages the bot sent into residents' groups for each line that people wrote there."""
    lines = sum(m.get("room") in groups and m.get("kind", "text") in HUMAN for m in heard)
    return sum(m["room"] in groups for m in said) / lines
