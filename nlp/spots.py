"""The place words that every neighbourhood knows."""

from __future__ import annotations

from importlib import resources


def spots() -> list[str]:
    """Each place word, one a line in `rules/spots.txt`."""
    text = (resources.files("nlp") / "rules" / "spots.txt").read_text(encoding="utf-8")
    return [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
