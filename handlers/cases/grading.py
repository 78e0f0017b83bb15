"""The first grade of a matter, proposed by rules and with the reason: its kind, how many, how urgent.

A matter is private only if it concerns nobody else: what harms a third party never is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from data.domain.case import Grade
from nlp.understanding import Urgency

if TYPE_CHECKING:
    from data.domain.paths import PrivateMatter
    from data.domain.policy import Policy
    from handlers.texts.wording import Texts
    from nlp.understanding import Understanding

QUARREL = "政法/邻里纠纷"  # by its very meaning one household against another
MANY, VERY_MANY = 10, 100  # households or people
HARD_KINDS = frozenset({"城乡建设/征收拆迁"})
MAJOR_KINDS = frozenset({"城乡建设/老旧改造", "城乡建设/违建", "国土资源/土地"})
DANGEROUS = frozenset(
    {"城乡建设/房屋质量", "城乡建设/消防隐患", "城乡建设/燃气", "城乡建设/供电", "政法/社会治安"}
)
_WHOLE = re.compile(
    r"整(?:个|片)?(?:小区|栋|幢|楼|单元|条街)|全(?:小区|栋|楼|单元)|家家户户|[几两三四五六]栋楼都?"
)
_WEIGHT = [Grade.PRIVATE, Grade.MINOR, Grade.MAJOR, Grade.HARD]


class Proposal(NamedTuple):
    """A grade, and what speaks for it: a key under `grading` with its values (None: nothing special)."""

    grade: Grade
    why: str | None = None
    values: dict[str, Any] = {}  # noqa: RUF012  never changed

    def reason(self, policy: Policy, texts: Texts) -> str:
        """Return the one clause that says why: `建议大事:整栋供水。`; nothing for what is as usual."""
        if self.why is None:
            return ""
        why = texts(f"grading.{self.why}", **self.values)
        return texts("grading.proposed", grade=policy.grade_name(self.grade), why=why)


def propose(policy: Policy, said: Understanding) -> Proposal:
    """Return the grade that the rules propose; people change it with 转级."""
    if private_matter(policy, said) is not None:
        return Proposal(Grade.PRIVATE, "private")
    own = _own(policy, said)
    found = max((rule for rule in _rules(said) if rule), key=lambda p: _WEIGHT.index(p.grade), default=None)
    if own is not None and said.urgency is not Urgency.EMERGENCY:
        return own
    return found or Proposal(Grade.MINOR)


def _own(policy: Policy, said: Understanding) -> Proposal | None:
    """Return the grade that a place's own kinds give: by a word, the heaviest first, else by the category."""
    kind = (said.category or "").rpartition("/")[2]
    ordered = [(grade, policy.paths[grade]) for grade in reversed(_WEIGHT) if grade in policy.paths]
    for grade, path in ordered:
        if any(word in said.text for word in path.words):
            return Proposal(grade, "own", {"kind": kind})
    for grade, path in ordered:
        if said.category in path.categories:
            return Proposal(grade, None if grade is Grade.MINOR else "own", {"kind": kind})
    return None


def is_dispute(said: Understanding) -> bool:
    """Whether one household is set against another."""
    return said.dispute or said.category == QUARREL


def private_matter(policy: Policy, said: Understanding) -> PrivateMatter | None:
    """Return the row of the place's table that a matter of one's own falls under."""
    if said.category is None or concerns_others(said):
        return None
    return next((m for m in policy.private_matters if said.category in m.categories), None)


def concerns_others(said: Understanding) -> bool:
    """Whether others are concerned, endangered or accused."""
    several = said.concerned is not None and said.concerned > 1
    return is_dispute(said) or said.hazard is not None or several or bool(_WHOLE.search(said.text))


def _rules(said: Understanding) -> list[Proposal | None]:
    kind = (said.category or "").rpartition("/")[2]
    many = said.concerned or 0
    whole = _WHOLE.search(said.text)
    return [
        Proposal(Grade.HARD, "many", {"count": many}) if many >= VERY_MANY else None,
        Proposal(Grade.HARD, "kind", {"kind": kind}) if said.category in HARD_KINDS else None,
        Proposal(Grade.MAJOR, "emergency") if said.urgency is Urgency.EMERGENCY else None,
        Proposal(Grade.MAJOR, "many", {"count": many}) if many >= MANY else None,
        Proposal(Grade.MAJOR, "whole", {"word": whole[0], "kind": kind}) if whole else None,
        Proposal(Grade.MAJOR, "danger", {"kind": kind})
        if said.urgency is Urgency.URGENT and said.category in DANGEROUS
        else None,
        Proposal(Grade.MAJOR, "kind", {"kind": kind}) if said.category in MAJOR_KINDS else None,
    ]
