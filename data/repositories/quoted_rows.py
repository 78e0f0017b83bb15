"""Rows that quote somebody: what one person said, wherever it was written down again, is taken out of it.

Two kinds of secrets. What is long enough to be one person's alone (a whole line, a telephone number) is
looked for in every text of every table. What others may have said, too (a name, half a sentence),
only in rows that belong to the person's own cases or were said to them.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import JSON, Column, String, Table, Text, and_, cast, false, or_, select, update

from data.repositories.base import Repository
from data.tables import metadata
from data.tables.appeals import appeals, lines
from data.tables.cases import cases
from data.tables.inbox import inbox
from data.tables.mediations import mediations
from data.tables.outbox import outbox
from data.tables.publications import publications
from data.tables.ratings import ratings
from data.tables.timeline import steps
from data.tables.visits import visits
from data.tables.whistles import parts, whistles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Row

GONE = "已注销"
LONG = 12  # characters; what is as long was said by nobody else
SHORT, DOOR, GRAM = 4, 3, 8
MOST = 200  # secrets in one statement
NUMBER = re.compile(r"(?<!\d)(?!20\d\d[ \-]?[01]\d)\d(?:[ \-]?\d){6,17}[\dXx]?(?!\d)")  # telephones, cards
_CLAUSE = re.compile(r"[\s,，。.;；!！?？:：、]+")
# Others' own words: a whole line of theirs that happens to be the same stays theirs.
OWN_WORDS = {(appeals, "words"), (lines, "text"), (inbox, "text"), (ratings, "words")}
# The rows about a case that hold words of people.
ABOUT_CASES: tuple[tuple[Table, tuple[str, ...], Callable[[Sequence[int]], ColumnElement[bool]]], ...] = (
    (cases, ("summary", "result"), cases.c.id.in_),
    (steps, ("words", "before"), steps.c.case_id.in_),
    (whistles, ("reason",), whistles.c.case_id.in_),
    (
        parts,
        ("words",),
        lambda ids: parts.c.whistle_id.in_(select(whistles.c.id).where(whistles.c.case_id.in_(ids))),
    ),
    (mediations, ("words",), mediations.c.case_id.in_),
    (publications, ("words", "result"), publications.c.case_id.in_),
    (visits, ("words", "whom"), visits.c.case_id.in_),
)


class Secrets(NamedTuple):
    """What is to go: `own` wherever it stands, `common` in the person's own cases."""

    own: tuple[str, ...]
    common: tuple[str, ...]
    grams: frozenset[str] = frozenset()  # every few signs in a row of what was said, for who quotes in part

    @classmethod
    def of(cls, said: Iterable[str], names: Iterable[str], masked: Callable[[str], str]) -> Secrets:
        """Return the secrets in what somebody said, as they said it and as it was shown to others."""
        own: set[str] = set()
        common = {shown for name in names if name != GONE for shown in (f"@{name}", name) if len(shown) > 1}
        for words in said:
            for line in {words, *words.splitlines()}:
                whole = line.strip()
                shown = {whole, masked(whole), " ".join(whole.split())}
                (own if len(whole) >= LONG else common).update(one for one in shown if len(one) >= SHORT)
                own.update(NUMBER.findall(whole))
                for clause in _CLAUSE.split(whole):
                    common.update(one for one in (clause, masked(clause)) if len(one) >= SHORT)
        longest = [tuple(sorted(some, key=len, reverse=True)) for some in (own, common | own)]
        grams = {words[at : at + GRAM] for words in own | common for at in range(len(words) - GRAM + 1)}
        return cls(longest[0], longest[1], frozenset(grams))

    def also(self, more: Iterable[str]) -> Secrets:
        """Return the secrets with more of the common ones."""
        return self._replace(common=(*self.common, *(one for one in more if len(one) >= DOOR)))


class Quoting(Repository):
    """Takes secrets out of the rows that quote them."""

    def redact(self, secrets: Secrets, case_ids: Sequence[int], *, numbers: bool = False) -> None:
        """Take secrets out of every table. In these cases also what is common, and `numbers` of any kind."""
        for table, names, about in ABOUT_CASES:
            for name in names:
                self._redact(table, table.c[name], about(case_ids), secrets, numbers=numbers)
        self.redact_said(secrets, self.said_about(case_ids), numbers=numbers)
        self._redact(inbox, inbox.c.text, _took_steps(case_ids), secrets, numbers=numbers)
        for table in metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, (Text, JSON)):
                    self._everywhere(table, column, secrets.own)
        self.touched.cases.update(case_ids)  # what was made of these words to find them is made anew

    def redact_said(self, secrets: Secrets, said: ColumnElement[bool], *, numbers: bool = False) -> None:
        """Take secrets out of some of the bot's own messages."""
        self._redact(outbox, outbox.c.text, said, secrets, numbers=numbers)

    def redact_commands(self, secrets: Secrets, since: datetime) -> None:
        """Take secrets out of what others told the bot to do, or tried to, since then."""
        told = inbox.c.at >= since, inbox.c.route.like("command%") | inbox.c.route.in_(("refused", "mistake"))
        self._redact(inbox, inbox.c.text, and_(*told), secrets, numbers=False)

    def said_about(self, case_ids: Sequence[int]) -> ColumnElement[bool]:
        """Return the condition for the bot's messages about some cases."""
        return or_(false(), *(cast(outbox.c.cases, String).contains(f'[{number}, "') for number in case_ids))

    def _everywhere(self, table: Table, column: Column[Any], secrets: Sequence[str]) -> None:
        for at in range(0, len(secrets), MOST):
            some = secrets[at : at + MOST]
            if (table, column.name) in OWN_WORDS:
                found = or_(*(and_(_has(column, one), column != one) for one in some))
            else:
                found = or_(*(_has(column, one) for one in some))
            self._redact(table, column, found, Secrets((), tuple(secrets)), numbers=False)

    def _redact(
        self,
        table: Table,
        column: Column[Any],
        where: ColumnElement[bool],
        secrets: Secrets,
        *,
        numbers: bool,
    ) -> None:
        keys = list(table.primary_key.columns)
        for row in self.all(select(*keys, column.label("held")).where(where, column.is_not(None))):
            clean = _without(row.held, secrets, numbers=numbers)
            if clean != row.held:
                self.run(update(table).where(_is(keys, row)).values({column.name: clean}))


def _took_steps(case_ids: Sequence[int]) -> ColumnElement[bool]:
    """Whether a message took a step of one of these cases."""
    said_in = select(steps.c.said_in).where(steps.c.case_id.in_(case_ids), steps.c.said_in.is_not(None))
    return (inbox.c.channel + ":" + inbox.c.message_id).in_(said_in)


def _is(keys: list[Column[Any]], row: Row[Any]) -> ColumnElement[bool]:
    return and_(*(column == row[at] for at, column in enumerate(keys)))


def _has(column: Column[Any], secret: str) -> ColumnElement[bool]:
    """Whether a column holds a secret; JSON writes it with escapes."""
    if isinstance(column.type, JSON):
        return cast(column, String).contains(json.dumps(secret)[1:-1], autoescape=True)
    return column.contains(secret, autoescape=True)


def _without(held: Any, secrets: Secrets, *, numbers: bool = False) -> Any:
    """Return a value without the secrets in its texts, whatever it is built of."""
    if isinstance(held, str):
        for secret in secrets.common:
            held = held.replace(secret, GONE)
        held = _without_parts(held, secrets.grams)
        return NUMBER.sub(GONE, held) if numbers else held
    if isinstance(held, list):
        return [_without(one, secrets) for one in held]
    if isinstance(held, dict):
        return {name: _without(one, secrets) for name, one in held.items()}
    return held


def _without_parts(text: str, grams: frozenset[str]) -> str:
    """Return a text without the parts that are so many signs in a row of what was said."""
    hidden = {
        at + n for at in range(len(text) - GRAM + 1) if text[at : at + GRAM] in grams for n in range(GRAM)
    }
    signs = [GONE if at in hidden and at - 1 not in hidden else sign for at, sign in enumerate(text)]
    return "".join(sign for at, sign in enumerate(signs) if at not in hidden or sign == GONE)
