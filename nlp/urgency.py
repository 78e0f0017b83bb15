"""How soon somebody must act, and what sort of danger it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.rules import HAZARDS
from nlp.understanding import Evidence, Urgency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.rules import Rule

ENOUGH = 2.0
_PREFIX = "emergency/"


@dataclass(frozen=True, slots=True)
class Urgent:
    """The urgency of a text, the hazard of an emergency, and the words that say so."""

    urgency: Urgency
    hazard: str | None
    evidence: tuple[Evidence, ...]


def urgency_of(fired: Sequence[tuple[Rule, str]]) -> Urgent:
    """The urgency that the fired rules of `emergency/…`, `calm` and `urgent` add up to."""
    hazards: dict[str, float] = {}
    calm = urgent = 0.0
    evidence: list[Evidence] = []
    for rule, word in fired:
        if rule.target.startswith(_PREFIX):
            hazard = rule.target[len(_PREFIX) :]
            hazards[hazard] = hazards.get(hazard, 0.0) + rule.weight
        elif rule.target == "calm":
            calm += rule.weight
        elif rule.target == "urgent":
            urgent += rule.weight
        else:
            continue
        evidence.append(Evidence("urgency", word, rule.weight))
    if hazards:
        worst = max(hazards, key=lambda h: (hazards[h], -HAZARDS.index(h)))
        if hazards[worst] + calm >= ENOUGH:
            return Urgent(Urgency.EMERGENCY, worst, tuple(evidence))
    if urgent >= ENOUGH:
        return Urgent(Urgency.URGENT, None, tuple(evidence))
    return Urgent(Urgency.NORMAL, None, ())
