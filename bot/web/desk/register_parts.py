"""What a register is made of: tables with ways and buttons, forms, and what is on the days of a month."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from data.domain.people import STAFF

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handlers.context import Heard

MOST = 60  # rows of a table that are shown: the rest is searched for


class Way(NamedTuple):
    """A cell that leads to another page."""

    shown: str
    href: str


class Do(NamedTuple):
    """A button of a row: the command it says, and what is written on it."""

    verb: str
    words: str
    label: str


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row: its cells, and its buttons."""

    cells: list[str | Way]
    acts: list[Do] = field(default_factory=list)

    def says(self, words: str) -> bool:
        """Whether a cell has all the words that are looked for."""
        whole = " ".join(cell if isinstance(cell, str) else cell.shown for cell in self.cells)
        return all(word in whole for word in words.split())


class RegisterTable(NamedTuple):
    """A table: its name, its head, the rows that are shown, and how many there are."""

    name: str
    head: list[str]
    rows: list[RegisterRow]
    total: int
    none: str  # said where there is no row: what brings one

    @property
    def acting(self) -> bool:
        """Whether a row has a button."""
        return any(row.acts for row in self.rows)


class Field(NamedTuple):
    """A field of a form: `kind` is text, long, time, number, or one or many of the `choices`.

    `before` and `after` are said around what is filled in: 至 3月10日, 7天.
    """

    name: str
    kind: str = "text"
    must: bool = True
    before: str = ""
    after: str = ""
    example: str = ""
    choices: tuple[tuple[str, str], ...] = ()


class Make(NamedTuple):
    """A form that says a command: the verb and what is filled in, one after the other."""

    key: str  # of its name
    verb: str
    fields: tuple[Field, ...]

    @property
    def possible(self) -> bool:
        """Whether there is something to choose wherever one must: a meeting to move, a motion to list."""
        return all(field.choices for field in self.fields if field.must and field.kind in ("one", "many"))


class CalendarEntry(NamedTuple):
    """Something on a day of the month."""

    day: date
    shown: str


class Register(NamedTuple):
    """What a register shows: its tables, its forms, what is on the days of the month."""

    tables: list[RegisterTable]
    makes: list[Make] = []  # noqa: RUF012  never changed
    entries: list[CalendarEntry] | None = None  # of the month shown, where the register has a calendar


def table(
    heard: Heard, name: str, head: Sequence[str], rows: Sequence[RegisterRow], looked_for: str = ""
) -> RegisterTable:
    """Return a table of the rows that have what is looked for."""
    texts = heard.house.texts
    found = [row for row in rows if row.says(looked_for)] if looked_for else list(rows)
    named = [texts(f"desk.register.{column}") for column in head]
    none = "desk.not_found" if looked_for else f"desk.no_rows.{name}"
    return RegisterTable(texts(f"desk.register.{name}"), named, found[:MOST], len(found), texts(none))


def tops_of(heard: Heard) -> list[int]:
    """Return the areas of one's duties, without what lies in them."""
    return heard.areas_as(STAFF)


def areas_of(heard: Heard) -> list[int]:
    """Return the areas of one's duties, with all that lie in them."""
    found: dict[int, None] = {}
    for duty in heard.duties:
        if duty.role in STAFF:
            found[duty.area_id] = None
            found.update((area.id, None) for area in heard.uow.areas.below(duty.area_id))
    return list(found)


def communities_of(heard: Heard) -> list[int]:
    """Return the communities that one's duties lie in or take in."""
    found: dict[int, None] = {}
    for area_id in areas_of(heard):
        community = heard.uow.areas.community_of(area_id)
        if community is not None:
            found[community.id] = None
    return list(found)
