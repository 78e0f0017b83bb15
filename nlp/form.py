"""Sums of rules about a whole text: what it is by its form, what it says somebody must be visited for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nlp.rules import BEATEN, DESPAIR, OF_NECESSARY, OF_SHAPE, SpokenPart
from nlp.understanding import Evidence, Necessary, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.rules import Rule

ENOUGH = 2.0
_SHAPE = {f"{OF_SHAPE}{shape}": shape for shape in Shape}
_NECESSARY = {f"{OF_NECESSARY}{kind}": kind for kind in Necessary}
# What is heard too easily in everyday talk needs more: so .7 of a thousand real lines are taken for needs
# wrongly, .5 for despair, and nine of ten of our own lines that no rule was made from are heard.
_MORE = {
    f"{OF_NECESSARY}{Necessary.MOOD}": 2.4,
    f"{OF_NECESSARY}{Necessary.FAMILY}": 2.5,
    f"{OF_NECESSARY}{Necessary.DISPUTE}": 2.2,
    DESPAIR: 2.9,
}
PLAIN_DESPAIR = 3.5  # from here on it is one; a faint sound of it is a mood that somebody must look after


class TextForm(NamedTuple):
    """What a whole text is: passed on, a reason for a visit, despair, blows at home; and why."""

    shape: Shape | None = None
    necessary: Necessary | None = None
    despair: bool = False
    beaten: bool = False
    evidence: tuple[Evidence, ...] = ()
    sums: frozenset[str] = frozenset()  # the targets that add up to enough

    def tells(self, rule: Rule) -> bool:
        """Whether a rule that holds says something by itself, or is part of a need that adds up."""
        return not rule.is_of_need or rule.target in self.sums

    @property
    def is_passed_on(self) -> bool:
        """Whether it is forwarded, posted or official; a plea for help is heard as any other."""
        return self.shape is not None and self.shape is not Shape.PLEA


PLAIN = TextForm()


def form_of(fired: Sequence[tuple[Rule, str]]) -> TextForm:
    """What the rules of `shape/…`, `necessary/…`, `despair` and `beaten` add up to, where that is enough."""
    telling = [pair for pair in fired if pair[0].part is SpokenPart.FORM]
    sums: dict[str, float] = {}
    for rule, _ in telling:
        sums[rule.target] = sums.get(rule.target, 0.0) + rule.weight
    enough = {target: total for target, total in sums.items() if total >= _MORE.get(target, ENOUGH)}
    shapes = {_SHAPE[target]: total for target, total in enough.items() if target in _SHAPE}
    needs = {_NECESSARY[target]: total for target, total in enough.items() if target in _NECESSARY}
    shape = Shape.PLEA if Shape.PLEA in shapes else max(shapes, key=lambda one: shapes[one], default=None)
    need = max(needs, key=lambda one: needs[one], default=None) if shape is None else None
    despair = DESPAIR in enough and shape is None
    if despair and enough[DESPAIR] < PLAIN_DESPAIR:
        need, despair = need or Necessary.MOOD, False
    beaten = BEATEN in enough and shape in (None, Shape.PLEA)
    evidence = [
        Evidence(_part(rule.target), word, rule.weight) for rule, word in telling if rule.target in enough
    ]
    return TextForm(shape, need, despair, beaten, tuple(evidence), frozenset(enough))


def _part(target: str) -> str:
    return "shape" if target in _SHAPE else "necessary"
