"""Stories with all that they write: each line of a story, and below it every row it made or changed.

What no answer shows is held here too: under which name a thing is said and so never twice, whom it
mentions, what it replies to, what waits for what and until when, what 撤销 will need, what falls due next.
When a change is meant, `STORIES=write python -m pytest tests/handlers/test_stories.py` writes the files
anew; the difference is to be read like code.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from data.domain.order import Order
from handlers.context import Context, Reach
from handlers.orders.taking_in import read, take_in
from handlers.reactions import react
from handlers.texts.wording import read_yaml
from tests.town import ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.town import Town

FOLDER = Path(__file__).parent / "stories"
TABLES = {  # and what of each says nothing, or is said elsewhere
    "cases": {"community_id", "version"},
    "appeals": {"room_id"},
    "steps": {"at"},
    "ratings": {"asked_at", "answered_at"},
    "orders": {"taken_in_at", "answered_at"},
    "whistles": {"blown_at"},
    "whistle_parts": {"called_at"},
    "reminders": {"id"},
    "outbox": {
        *("id", "channel", "room_id", "account_id", "kind", "lane", "created_at", "try_at", "lease_until"),
        *("holder", "attempts", "sent_at", "message_id"),
    },
}
NAMED_BY = {"outbox": "dedupe_key", "reminders": "key", "orders": "number"}
OF_CASES = {  # what falls due for a case; all else does so whatever happens
    *("accept", "resolve", "check_in", "close", "resume", "supervise", "supervise_half", "rate", "emergency"),
}
SPANS = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days"}
Rows = dict[tuple[str, Any], dict[str, Any]]


def rows(town: Town) -> Rows:
    """Return what is stored, by table and name; what the bot says of itself by the calendar is left out."""
    found: Rows = {}
    keys: dict[str, str] = {}  # by the beginning of what a reminder says
    with closing(sqlite3.connect(town.store.engines.path or "")) as connection:
        connection.row_factory = sqlite3.Row
        for table, left_out in TABLES.items():
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid"):
                kept = {name: row[name] for name in row.keys() if name not in left_out}  # noqa: SIM118  a Row's
                name = str(row[NAMED_BY.get(table, "id")])
                if table == "reminders":
                    keys[f"rem:{row['id']}:"] = f"rem:{name}:"
                if table == "outbox" and (begins := name[: name.find(":", 4) + 1]) in keys:
                    name = kept["dedupe_key"] = keys[begins] + name.removeprefix(begins)
                due = table == "reminders" or name.startswith(("rem:", "life:"))
                if not due or name.removeprefix("rem:").partition(":")[0] in OF_CASES:
                    found[table, name] = kept
    return found


def shown(value: Any) -> str:
    """Show a value in one line: a time as it is here, a list as JSON."""
    if not isinstance(value, str):
        return str(value)
    if len(value) >= 19 and value[4] == value[7] == "-" and value[10] in " T":
        at = datetime.fromisoformat(value)
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(ZONE).strftime("%m-%d %H:%M:%S")
    if value[:1] in "[{":
        return json.dumps(_without_nothing(json.loads(value)), ensure_ascii=False)
    return value.replace("\n", "⏎")


def _without_nothing(value: Any) -> Any:
    return {k: v for k, v in value.items() if v not in (None, 0)} if isinstance(value, dict) else value


def changes(before: Rows, after: Rows) -> Iterator[str]:
    """Yield a line for each row that is new or another."""
    for (table, name), row in after.items():
        was = before.get((table, name))
        if was is None:
            said = [f"{column}={shown(value)}" for column, value in row.items() if value not in _NOTHING]
            yield f"  + {table}: {' | '.join(said)}"
        elif was != row:
            said = [f"{c}={shown(was[c])} → {shown(row[c])}" for c in row if row[c] != was[c]]
            yield f"  ~ {table} {name}: {' | '.join(said)}"


_NOTHING = (None, 0, "", "[]", "{}")


def come_in(town: Town, order: Order) -> None:
    """Take an order of the hotline in."""
    with town.store.write() as uow:
        ctx = Context(town.house, uow, town.clock.now())
        take_in(ctx, [read(town.house.understander, order)], uow.areas.by_code("1.1.1"))
        react(ctx)
        uow.commit()


def told(town: Town, line: str) -> None:
    """Let a line happen.

    `> room who text` (`-`: alone; `^b3` quotes), `. 45s`, `. until 2026-03-03`, `! an order of the hotline`.
    """
    if line.startswith(". until "):
        town.until(line.removeprefix(". until "))
    elif line.startswith("! "):
        order = read_yaml(line.removeprefix("! "))
        come_in(town, Order(**order | {"deadline": datetime.fromisoformat(order["deadline"])}))
    elif line.startswith(". "):
        unit = line.lstrip(". 0123456789")
        town.passes(**{SPANS[unit]: float(line[2 : -len(unit)])})
    else:
        room, who, text = line.removeprefix("> ").split(" ", 2)
        quote = None
        if text.startswith("^"):
            quote, _, text = text[1:].partition(" ")
        town.says(None if room == "-" else room, who, text.replace("⏎", "\n"), quote=quote)


def played(make_town: Callable[..., Town], story: str) -> str:
    """Return a story with what it writes, played from its lines alone.

    It may begin with `at` an instant, with a `config`, with more of a roster to `learn`, with a channel that
    is `public` only: it can write to nobody alone.
    """
    head = [
        line for line in story.splitlines() if line.startswith(("# ", "at ", "config ", "learn ", "public"))
    ]
    given = dict(line.partition(" ")[::2] for line in head)
    reach = Reach(private="public" not in given)
    town = make_town(at=given.get("at", "2026-03-02 08:00"), config=given.get("config", ""), reach=reach)
    for line in head:
        if line.startswith("learn "):
            town.learn(line.removeprefix("learn "))
    out, before = [*head], rows(town)
    for line in story.splitlines():
        if line.startswith(("> ", ". ", "! ")):
            told(town, line)
            after = rows(town)
            out += [line, *changes(before, after)]
            before = after
    return "\n".join(out) + "\n"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_all_that_a_story_writes(make_town: Callable[..., Town], path: Path) -> None:
    story = path.read_text(encoding="utf-8")
    found = played(make_town, story)
    if os.environ.get("STORIES") == "write":
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")
