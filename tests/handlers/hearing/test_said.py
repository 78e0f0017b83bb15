"""What each of many sayings is as a command: the verb, the numbers, the word before them, the words left.

`said.txt` has a row for each; `SAID=write` before pytest writes what follows the sayings anew.
"""

from __future__ import annotations

import os
from pathlib import Path

from handlers.hearing.grammar import Command, read

PATH = Path(__file__).parent / "said.txt"
HEAD = "# saying | verb, numbers | words; ~ where it is one only because the bot was spoken to"


def shown(found: Command | None) -> str:
    """Show a command in a row: `ASSIGN 1 2 | 物业`, `SIGN_UP 活动5 | `; - for none."""
    if found is None:
        return "-"
    refs = [
        f"{ref.where or ''}{'#' if ref.where else ''}{ref.number}"
        for ref in (found.ref, *found.others)
        if ref
    ]
    refs[:1] = [f"{found.thing}{ref}" for ref in refs[:1]]
    return " ".join([found.verb.name, *refs]) + f" | {found.words}"


def row(said: str) -> str:
    """Return the row of a saying."""
    plain, loose = (shown(read(said, loose=loose)) for loose in (False, True))
    return f"{said} | {plain}" if plain == loose else f"{said} | {plain} ~ {loose}"


def test_what_each_saying_is() -> None:
    sayings = [line.partition(" | ")[0] for line in PATH.read_text(encoding="utf-8").splitlines()[1:]]
    found = [row(said).rstrip() for said in sayings]
    if os.environ.get("SAID") == "write":
        PATH.write_text("\n".join([HEAD, *found]) + "\n", encoding="utf-8")
    assert found == PATH.read_text(encoding="utf-8").splitlines()[1:]
    assert len(found) > 200
