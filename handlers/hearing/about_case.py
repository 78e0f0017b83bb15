"""A command that is said about one case without its number (派单 物业), as it is said in full."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from data.domain import references
from data.domain.errors import UserError
from handlers.hearing import grammar
from handlers.hearing.verbs import Needs, Verb

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.hearing.forms import Form

_BETWEEN = (
    " ",
    ":",
)  # number and words; the second where those begin with a number
_ALONE = re.compile(r"[#＃]?\d{1,9}(?:[\s,，]|$)")  # a number that stands by itself
_AROUND = " \t\n:：,，"


class InFull(NamedTuple):
    """A command as it is said, and its form."""

    text: str
    form: Form


def in_full(text: str, case: Case, community: str) -> InFull:
    """Return a command with the case's number in it, or raise: it is none, or about something else.

    `community` is what stands before the number (百安坝).
    """
    said = text.strip().lstrip("/／").strip()
    found = next(((word, form) for word, form in grammar.WORDS if said.startswith(word)), None)
    if found is None:
        raise UserError("about_case.no_command", said=said[:20])
    word, form = found
    if form.needs not in (Needs.CASE, Needs.CASE_OR_NOTHING):
        raise UserError("about_case.other_thing", verb=form.verb.value)
    rest = said[len(word) :].strip(_AROUND)
    named, after = references.read(rest)
    into = form.verb is Verb.MERGE  # 并案 1: this case goes into #1
    if named is not None and not into and named.number == case.number:
        rest = after.strip(_AROUND)
    if not into and _ALONE.match(rest):
        raise UserError("about_case.other_case", number=case.number)
    for between in _BETWEEN:
        whole = f"{word} {community}#{case.number}{between}{rest}".rstrip(_AROUND)
        read = grammar.read(whole, loose=True)
        if read is None or read.ref is None or (read.others and not into):
            continue
        if (read.ref.number, read.ref.where) == (case.number, community):
            return InFull(whole, read.form)
    raise UserError("about_case.other_case", number=case.number)
