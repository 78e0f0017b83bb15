"""What people write by hand: weighted words, and what must or must not stand with them, read from YAML.

A file maps targets (a kind, a category, `emergency/fire`, `urgent`, `calm`, `dispute`, `shape/notice`,
`necessary/mood`, `despair`, `beaten`) to lists of rules; under `lists` it may name lists of words, used as
`$name`.
Nothing in it is a regular expression, so nothing can hang.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

from nlp.categories import CATEGORIES
from nlp.file_faults import FileFaultError
from nlp.normalise import normalise
from nlp.shapes import SHAPES
from nlp.understanding import Necessary, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

KINDS = ("appeal", "endorsement", "question", "thanks", "answer")
HAZARDS = ("fire", "gas", "lift", "electricity", "danger", "medical", "missing")
EVERYDAY = "everyday"  # the target of words that say which category it would be, not that anything is wrong
NOTHING = "nothing"  # the target of words that only hide their parts: 偷偷, 重新打的
OF_SHAPE = "shape/"
OF_NECESSARY = "necessary/"
DESPAIR = "despair"
BEATEN = "beaten"
URGENT, CALM, DISPUTE = "urgent", "calm", "dispute"
_OTHER_TARGETS = (URGENT, CALM, DISPUTE, NOTHING, "petition", EVERYDAY)
_OF_NEED = (DESPAIR, BEATEN, *(OF_NECESSARY + kind for kind in Necessary))
_OF_FORM = (*_OF_NEED, *(OF_SHAPE + shape for shape in Shape))
_OF_ALARM = tuple(f"emergency/{hazard}" for hazard in HAZARDS)
TARGETS = frozenset((*KINDS, *CATEGORIES, *_OF_ALARM, *_OF_FORM, *_OTHER_TARGETS))


class SpokenPart(StrEnum):
    """The part of an understanding that a target belongs to: what no rule speaks of is not looked at."""

    KIND = "kind"  # or how much a text sounds like a petition
    CATEGORY = "category"  # or nothing, the category of words that mislead
    ALARM = "alarm"
    FORM = "form"  # a shape, a reason for a visit, despair, blows at home
    DISPUTE = "dispute"


_PARTS = {
    **dict.fromkeys((*CATEGORIES, NOTHING), SpokenPart.CATEGORY),
    **dict.fromkeys((*_OF_ALARM, URGENT, CALM), SpokenPart.ALARM),
    **dict.fromkeys(_OF_FORM, SpokenPart.FORM),
    DISPUTE: SpokenPart.DISPUTE,
}
PLACES = ("start", "end", "whole")
LONGEST_WORD = 40
NEAR = 8
SPEAKS_FOR_NEED = 0.5  # the weight from which a rule speaks for a need by itself
LISTS = "lists"  # under which a file names lists of words
OWN = "own"  # what rules are called that come from no file

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class RuleError(FileFaultError):
    """A rule file that cannot be used, with the place and the reason."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason to think of a target: any of `words` brings `weight`, once, if the conditions hold.

    `with_`: a hit of each list within `near` characters. `without`: nowhere in the text; `not_near`: not
    within 8; `not_after`: not right before the word; `not_in`: the word is no part of these. `at`: where the
    word must stand.
    """

    target: str
    weight: float
    words: tuple[str, ...]
    with_: tuple[tuple[str, ...], ...] = ()
    near: int = NEAR
    without: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    at: str | None = None
    at_most: int = 0  # the text has at most so many characters; 0: no matter
    at_least: int = 0
    appeal: float = 0.0  # what the rule of a category says for this being an appeal at all
    is_of_need: bool = False  # the target is a reason for a visit, despair, blows: a part of a sum
    part: SpokenPart = SpokenPart.KIND
    sign: str = ""  # what learned weights call the rule: its target, for a kind of talk with its first word

    @property
    def is_of_category(self) -> bool:
        """Whether the target is a category (or nothing, the category of words that mislead)."""
        return self.part is SpokenPart.CATEGORY

    @property
    def is_beside(self) -> bool:
        """Whether it only adds a little to a need, or speaks against it."""
        return self.is_of_need and self.weight < SPEAKS_FOR_NEED

    @property
    def is_plain(self) -> bool:
        """Whether a hit of a word is all it takes."""
        return not (self.with_ or self.without or self.not_near or self.not_after or self.not_in) and not (
            self.at or self.at_most or self.at_least
        )


@dataclass(frozen=True, slots=True)
class _Source:
    """One file, parsed: its name, and the nodes of its targets and lists."""

    name: str
    targets: tuple[tuple[Any, Any], ...]
    lists: tuple[tuple[Any, Any], ...]

    def error(self, node: Any, reason: str) -> RuleError:
        return RuleError(self.name, node.start_mark.line + 1, reason)


def load_rules(extra: Path | None = None, own: str = "") -> list[Rule]:
    """The rules that ship, those of the operator's file or folder, and `own` ones as a text of YAML.

    Raises RuleError for a file that cannot be used.
    """
    return parse_rules([*_shipped(), *_extra(extra), (OWN, own)])


def parse_rules(files: list[tuple[str, str]]) -> list[Rule]:
    """The rules in (name, text) pairs; their lists are known to all of them. Raises RuleError."""
    lists: dict[str, tuple[str, ...]] = {}
    for name, text in files:
        if LISTS in text:
            source = _parse(name, text)
            for key, node in source.lists:
                lists[key.value] = _words(source, node, lists)
    # One file after the other: the nodes of all of them at once are 10 MiB.
    return [rule for name, text in files for rule in _rules_in(_parse(name, text), lists)]


def _shipped() -> list[tuple[str, str]]:
    folder = resources.files("nlp") / "rules"
    files = sorted(_yaml_files(folder), key=lambda f: (f.name != "lists.yaml", f.name))
    return [(f.name, f.read_text(encoding="utf-8")) for f in files]


def _yaml_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _yaml_files(entry)
        elif entry.name.endswith(".yaml"):
            yield entry


def _extra(extra: Path | None) -> list[tuple[str, str]]:
    if extra is None:
        return []
    paths = sorted(extra.glob("*.yaml")) if extra.is_dir() else [extra]
    found = []
    for path in paths:
        try:
            found.append((str(path), path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise RuleError(str(path), 1, f"cannot be read: {error}") from None
    return found


def _parse(name: str, text: str) -> _Source:
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise RuleError(
            name, mark.line + 1 if mark else 1, f"not YAML: {getattr(error, 'problem', error)}"
        ) from None
    if root is None:
        return _Source(name, (), ())
    source = _Source(name, (), ())
    if not isinstance(root, yaml.MappingNode):
        raise source.error(root, "a mapping of targets to rules was expected")
    lists: list[tuple[Any, Any]] = []
    targets: list[tuple[Any, Any]] = []
    for key, node in root.value:
        if key.value == LISTS:
            if not isinstance(node, yaml.MappingNode):
                raise source.error(node, "lists: a mapping of names to lists of words was expected")
            lists.extend(node.value)
        elif key.value in TARGETS:
            targets.append((key, node))
        else:
            raise source.error(key, f"unknown target {key.value!r}")
    return _Source(name, tuple(targets), tuple(lists))


def _rules_in(source: _Source, lists: dict[str, tuple[str, ...]]) -> Iterator[Rule]:
    for key, node in source.targets:
        if not isinstance(node, yaml.SequenceNode):
            raise source.error(node, f"{key.value}: a list of rules was expected")
        for item in node.value:
            yield _rule(source, key.value, item, lists)


_WORDS = {"words", "without", "not_near", "not_after", "not_in"}
_NUMBERS = {"weight": 30.0, "appeal": 30.0}
_COUNTS = {"near": 4000, "at_most": 4000, "at_least": 4000}


def _rule(source: _Source, target: str, item: Any, lists: dict[str, tuple[str, ...]]) -> Rule:
    if not isinstance(item, yaml.MappingNode):
        raise source.error(item, "a rule is a mapping with weight and words")
    parts: dict[str, Any] = {}
    for key, node in item.value:
        name = key.value
        if name in _WORDS:
            parts[name] = _words(source, node, lists)
        elif name == "with":
            parts["with_"] = _groups(source, node, lists)
        elif name in _NUMBERS:
            parts[name] = _number(source, node, name)
        elif name in _COUNTS:
            parts[name] = _count(source, node, name)
        elif name == "at":
            parts["at"] = _place(source, node)
        else:
            raise source.error(key, f"unknown key {name!r}")
    for name in ("weight", "words"):
        if name not in parts:
            raise source.error(item, f"{name} is missing")
    sign = f"<{target}:{parts['words'][0].replace(' ', '_')}>" if target in KINDS else f"<{target}>"
    return Rule(
        target, **parts, sign=sign, is_of_need=target in _OF_NEED, part=_PARTS.get(target, SpokenPart.KIND)
    )


def _words(source: _Source, node: Any, lists: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise source.error(node, "a list of words was expected")
    found: dict[str, None] = {}
    for entry in node.value:
        if not isinstance(entry, yaml.ScalarNode):
            raise source.error(entry, "a word was expected")
        if entry.value.startswith("$"):
            if entry.value[1:] not in lists:
                raise source.error(entry, f"no list is named {entry.value!r}")
            found.update(dict.fromkeys(lists[entry.value[1:]]))
        else:
            found[_word(source, entry)] = None
    return tuple(found)


def _word(source: _Source, entry: Any) -> str:
    if entry.value.startswith("<"):
        if entry.value not in SHAPES:
            raise source.error(entry, f"no shape is named {entry.value!r}; there are {', '.join(SHAPES)}")
        return str(entry.value)
    word = normalise(entry.value).lower()
    if not word or len(word) > LONGEST_WORD:
        raise source.error(entry, f"a word has 1 to {LONGEST_WORD} characters")
    return word


def _groups(source: _Source, node: Any, lists: dict[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """`with` is a list of words, or a list of such lists of which each must have a hit."""
    if isinstance(node, yaml.SequenceNode) and node.value and isinstance(node.value[0], yaml.SequenceNode):
        return tuple(_words(source, group, lists) for group in node.value)
    return (_words(source, node, lists),)


def _number(source: _Source, node: Any, name: str) -> float:
    try:
        number = float(node.value)
    except (TypeError, ValueError):
        raise source.error(node, f"{name}: a number was expected") from None
    if not -_NUMBERS[name] <= number <= _NUMBERS[name]:
        raise source.error(
            node, f"{name}: a number between -{_NUMBERS[name]:g} and {_NUMBERS[name]:g} was expected"
        )
    return number


def _count(source: _Source, node: Any, name: str) -> int:
    text = str(node.value)
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 0 < int(text) <= _COUNTS[name]):
        raise source.error(node, f"{name}: a number of characters from 1 to {_COUNTS[name]} was expected")
    return int(text)


def _place(source: _Source, node: Any) -> str:
    if node.value not in PLACES:
        raise source.error(node, f"at: one of {', '.join(PLACES)} was expected")
    return str(node.value)
