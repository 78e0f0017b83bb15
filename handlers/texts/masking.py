"""Masking of people's words where residents read them: how to reach somebody, which door is theirs.

It reads a text folded to plain signs, so that it does not matter how a number is written. What is counted in
`tests/handlers/texts/test_masking_table.py`: forms by kinds, what passes, what is hidden in vain.
"""

from __future__ import annotations

import re
from itertools import chain

from handlers.texts import doors, personal_numbers
from handlers.texts.folding import Folded

_EVERYBODY = re.compile(
    r"[@＠]\s*(?:所有人|全体成员|全体人员|全员|大家|all\b|everyone\b|channel\b|here\b)", re.IGNORECASE
)


def mask(words: str) -> str:
    """Return people's words fit for a residents' group; building and unit stay, the door goes."""
    folded = Folded(words)
    return folded.shown(chain(personal_numbers.spans(folded), doors.spans(folded)))


def harmless(words: str) -> str:
    """Return words that call nobody in particular: `@所有人` loses its @."""
    return _EVERYBODY.sub(lambda found: found.group(0).lstrip("@＠ "), words)
