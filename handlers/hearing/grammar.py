"""From text to command: who is spoken to, which verb, which number, which words."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from data.domain import references
from data.domain.errors import UserError
from handlers.context import SPACES
from handlers.hearing.verbs import FORM_OF, FORMS, Form, Needs, Verb

if TYPE_CHECKING:
    from data.domain.references import Reference


class Command(NamedTuple):
    """What somebody tells the bot to do. `words` are what follows the verb and the number, as said."""

    verb: Verb
    ref: Reference | None
    words: str

    @property
    def form(self) -> Form:
        """How the command is said."""
        return FORM_OF[self.verb]


def _pattern(word: str) -> str:
    """Let a verb of two parts be said with a gap between them: 议事改期, 议事 改期, 查看:通知."""
    return rf"{re.escape(word[:2])}[\s\u2005:：]*{re.escape(word[2:])}" if len(word) == 4 else re.escape(word)


_WORDS: list[tuple[str, Form]] = sorted(
    ((word, form) for form in FORMS for word in (form.verb.value, *form.also)),
    key=lambda pair: -len(pair[0]),
)
_VERB = re.compile("|".join(f"({_pattern(word)})" for word, _ in _WORDS), re.IGNORECASE)
_BINDING = re.compile(rf"{Verb.BIND}{SPACES}[:：]?{SPACES}[0-9A-Za-z]{{4}}(?:[ -]?[0-9A-Za-z]{{4}}){{2}}")
_BOUNDARY = re.compile(r"[\s\u2005#＃0-9０-９:：,，。.、!！?？]|$")
_NUMBER_ALONE = re.compile(r"[#＃]?\s*\d{1,9}\s*(?:未回复|没回复|未回|未读|没读)?")
_WORD_BEFORE = re.compile(r"^(?:议事会|议题|表决|公示|通知)[\s\u2005]*(?=[#＃]?\d)")  # 投票 表决2 同意
_FILLER = re.compile(r"^(?:给|到|为|成)?[\s\u2005:：,，、]+|^(?:给|到|为|成(?!功))(?=\S)")


def read(text: str, *, loose: bool) -> Command | None:
    """Return the command a text is, None if it begins with no verb.

    After the verb stands a space, a number or a mark, or nothing. `loose` (the bot was spoken to, or a
    message quoted) also takes words glued to it, where the verb wants words: 派单万邦物业.
    """
    found = _VERB.match(text)
    if not found or found.lastindex is None:
        return None
    form = _WORDS[found.lastindex - 1][1]
    rest = text[found.end() :]
    if not _BOUNDARY.match(rest) and not (loose and form.words):
        return None
    rest = rest.lstrip(" \t\u2005\u3000:：,，。")
    narrow = _narrow_digits(rest)
    if form.numbered is not None and _NUMBER_ALONE.fullmatch(narrow.strip()):
        form = FORM_OF[form.numbered]
    ref: Reference | None = None
    if form.needs is not Needs.NOTHING:
        ref, rest = references.read(_WORD_BEFORE.sub("", narrow))
        rest = rest if form.needs is Needs.BALLOT else _FILLER.sub("", rest)  # a title may begin with 为
    return Command(form.verb, ref, rest.strip())


def begins_like_command(text: str) -> Command | None:
    """Return the command of a text that names a verb and a number: bare, that is one in staff rooms."""
    command = read(text, loose=False)
    return command if command is not None and command.ref is not None else None


def bare_binding(text: str) -> Command | None:
    """Return the command of a text that is 绑定 and a code and nothing else: in a group nobody says that."""
    return read(text, loose=True) if _BINDING.fullmatch(text) else None


def require_words(command: Command) -> None:
    """Raise a keyed error if the words that the verb wants are missing."""
    if command.form.words and not command.words:
        raise UserError("command.words_missing", verb=command.verb.value, example=command.form.example)


def nearest(text: str) -> Form | None:
    """Return the command that somebody may have meant with an unknown word."""
    head = re.split(r"[\s\u2005#＃\d]", unicodedata.normalize("NFKC", text), maxsplit=1)[0][:6]
    if len(head) < 2:
        return None
    likely = ((_likeness(head, word), form) for word, form in _WORDS if len(word) > 1)
    score, form = max(likely, key=lambda pair: pair[0])
    return form if score >= 0.5 else None


def _likeness(head: str, word: str) -> float:
    """Return how like a verb the beginning of a text is (0 to 1); the first character counts more."""
    head = head[: len(word)]
    return (SequenceMatcher(None, head, word).ratio() * 9 + (head[0] == word[0])) / 10


def _narrow_digits(text: str) -> str:
    """Return the text with full-width digits narrowed where a number may stand: at its beginning."""
    head, tail = text[:40], text[40:]
    return (
        "".join(unicodedata.normalize("NFKC", c) if c in "０１２３４５６７８９＃" else c for c in head) + tail
    )
