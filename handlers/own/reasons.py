"""Why a rule cannot be used, for people: what nlp says in English, in the place's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nlp.categories import resolve

if TYPE_CHECKING:
    from handlers.texts.wording import Texts

_REASONS = (
    (re.compile(r"unknown target '(?P<said>.*)'"), "target"),
    (re.compile(r"not YAML: (?P<said>.*)"), "yaml"),
    (re.compile(r"(?P<said>.*): a list of rules was expected"), "rules"),
    (re.compile(r"a rule is a mapping with weight and words"), "rule"),
    (re.compile(r"unknown key '(?P<said>.*)'"), "key"),
    (re.compile(r"(?P<said>\w+) is missing"), "missing"),
    (re.compile(r"a list of words was expected|a word was expected"), "words"),
    (re.compile(r"no list is named '(?P<said>.*)'"), "no_list"),
    (re.compile(r"no shape is named '(?P<said>.*?)'.*"), "no_shape"),
    (re.compile(r"a word has 1 to (?P<said>\d+) characters"), "word"),
    (re.compile(r"(?P<said>\w+): a number between -(?P<most>[\d.]+) and .*"), "number"),
    (re.compile(r"(?P<said>\w+): a number was expected"), "no_number"),
    (re.compile(r"(?P<said>\w+): a number of characters from 1 to (?P<most>\d+) was expected"), "count"),
    (re.compile(r"at: one of (?P<said>.*) was expected"), "place"),
    (re.compile(r"a mapping of targets to rules was expected|lists: .*"), "mapping"),
)


def worded(texts: Texts, reason: str) -> str:
    """Return a reason in words; of a category that is not named in full, its whole name."""
    for pattern, key in _REASONS:
        found = pattern.fullmatch(reason)
        if found is not None:
            values: dict[str, Any] = {
                "most": "",
                **{name: value or "" for name, value in found.groupdict().items()},
            }
            whole = resolve(values.get("said", "")).category if key == "target" else None
            if whole is not None:
                return texts("own.reason.in_full", whole=whole, **values)
            return texts(f"own.reason.{key}", **values)
    return reason
