"""Several commands in one message, each about a case of its own: 派单 3 物业,尽快;办结 2 通了."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain import references
from handlers.hearing import grammar
from handlers.hearing.verbs import Needs, Verb

if TYPE_CHECKING:
    from handlers.hearing.grammar import Command

_BETWEEN = ",，;；。\n \t"
_CLAUSES = re.compile(r"(?<=[,，;；。\n])")


def read_each(text: str) -> tuple[Command, ...]:
    """Return the commands of a text that has several, each with its own number; none where it is one.

    A clause that is no such command goes on with the one before it.
    """
    texts: list[str] = []
    for clause in _CLAUSES.split(text):
        if _is_told(clause):
            texts.append(clause)
        elif texts:
            texts[-1] += clause
        elif clause.strip():
            return ()
    if not 1 < len(texts) <= references.MOST_AT_ONCE:
        return ()
    found = [grammar.read(one.rstrip(_BETWEEN), loose=False) for one in texts]
    return tuple(command for command in found if command is not None)


def _is_told(clause: str) -> bool:
    command = grammar.read(clause, loose=False)
    if command is None or command.ref is None:
        return False
    return command.form.needs is Needs.CASE and command.verb is not Verb.PROGRESS
