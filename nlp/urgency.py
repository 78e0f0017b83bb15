"""How soon somebody must act, and what sort of danger it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nlp.rules import CALM, HAZARDS, URGENT, SpokenPart
from nlp.understanding import Evidence, Urgency

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nlp.class_sums import ClassSums
    from nlp.rules import Rule

ENOUGH = 2.0  # what the rules must add up to, where nothing was learned
UNNAMED = 0.5  # where nothing was learned, more is needed if no rule names the hazard
OF_RULES = 0.3  # what the rules' sum counts for beside what was learned, which knows the rules as signs, too
MOST_RULED, MOST_RULED_OUT = 4.0, 3.0
OF_HEARD = 0.15  # what its being heard as an appeal counts for
MOST_HEARD, MOST_UNHEARD = 3.0, 6.0
LIKELY_ALARM = 0.03  # what is less likely calls nobody: it is asked about
LIKELY_UNNAMED = 0.07  # the same where no rule names the danger: a false alarm costs 20, a missed one 200
OF_SHORT, SHORT = 0.12, 10  # of what is likely in so few letters without a rule so much is believed
EMERGENCY = "emergency"
_HAZARD = {f"emergency/{hazard}": hazard for hazard in HAZARDS}
_LEARNED_HAZARDS = ("fire", "gas", "lift", "electricity", "danger")


class UrgencySigns(NamedTuple):
    """What the rules say: for an emergency and an urgent matter (above 0: it is one), by hazard, and why."""

    emergency: float
    urgent: float
    hazards: Mapping[str, float]
    evidence: tuple[Evidence, ...]


class Urgent(NamedTuple):
    """The urgency of a text, the hazard of an emergency, and the words that say so."""

    urgency: Urgency
    hazard: str | None
    evidence: tuple[Evidence, ...]


NOT_URGENT = Urgent(Urgency.NORMAL, None, ())
NO_ALARM = UrgencySigns(-ENOUGH, -ENOUGH, {}, ())


def alarm_of(fired: Sequence[tuple[Rule, str]]) -> UrgencySigns:
    """What the fired rules of `emergency/…`, `calm` and `urgent` add up to."""
    hazards: dict[str, float] = {}
    calm = urgent = 0.0
    evidence: list[Evidence] = []
    for rule, word in fired:
        if rule.part is not SpokenPart.ALARM:
            continue
        target = rule.target
        if target == CALM:
            calm += rule.weight
        elif target == URGENT:
            urgent += rule.weight
        else:
            hazards[_HAZARD[target]] = hazards.get(_HAZARD[target], 0.0) + rule.weight
        evidence.append(Evidence("urgency", word, rule.weight))
    worst = max(hazards.values(), default=0.0)
    return UrgencySigns(worst + calm - ENOUGH, urgent - ENOUGH, hazards, tuple(evidence))


def emergency_of(alarm: UrgencySigns, learned: ClassSums) -> Urgent:
    """An emergency with its hazard, by rules and what was learned."""
    return Urgent(Urgency.EMERGENCY, _hazard(alarm, learned), alarm.evidence)


def urgent_of(alarm: UrgencySigns, learned: ClassSums) -> Urgent:
    """Whether what is no emergency is urgent."""
    if alarm.urgent + learned[URGENT] > 0:
        return Urgent(Urgency.URGENT, None, alarm.evidence)
    return NOT_URGENT


def alarm_score(alarm: UrgencySigns, mean: float | None, heard: float) -> float:
    """How much there is for an emergency; above 0 it is one.

    By the rules, by what its signs say in the mean (None: nothing was learned) and by how likely it is heard
    as an appeal at all.
    """
    if mean is None:
        return alarm.emergency - (0.0 if alarm.hazards else UNNAMED)
    ruled = max(-MOST_RULED_OUT, min(alarm.emergency, MOST_RULED))
    return mean + OF_RULES * ruled + OF_HEARD * max(-MOST_UNHEARD, min(heard, MOST_HEARD))


def believed(alarm: UrgencySigns, letters: int, likely: float) -> float:
    """How likely an emergency is: the signs of a few letters say little where no rule names the danger."""
    return likely if alarm.hazards or letters > SHORT else likely * OF_SHORT


def calls_from(alarm: UrgencySigns) -> float:
    """How likely an emergency must be to call people."""
    return LIKELY_ALARM if alarm.hazards else LIKELY_UNNAMED


def _hazard(alarm: UrgencySigns, learned: ClassSums) -> str:
    """The sort of danger: what was learned knows the five sorts, the rules also tell 120 from 110."""
    total = {hazard: learned[hazard] + alarm.hazards.get(hazard, 0.0) for hazard in _LEARNED_HAZARDS}
    finer = [hazard for hazard in alarm.hazards if hazard not in total]
    worst = max(total, key=lambda hazard: (total[hazard], -HAZARDS.index(hazard)))
    if finer and (worst == "danger" or max(alarm.hazards.values()) == alarm.hazards[finer[0]]):
        return max(finer, key=lambda hazard: alarm.hazards[hazard])
    return worst
