"""Ballots (表决): one household, one vote; the three rules, counted exactly (民法典 articles 278 and 1259).

Areas are whole hundredths of a square metre and shares are compared as fractions: nothing is rounded.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

FOR, AGAINST, ABSTAIN = "同意", "反对", "弃权"
USUAL = (FOR, AGAINST, ABSTAIN)
MOST_OPTIONS = 20


class BallotRule(StrEnum):
    """What a decision needs."""

    SIMPLE = "simple"  # 简单多数: the option with most votes
    GENERAL = "general"  # 一般事项, article 278
    MAJOR = "major"  # 重大事项, article 278


class Threshold(NamedTuple):
    """What article 278 asks for, of the heads and of the area alike."""

    turnout: Fraction  # at least, of all (“以上” includes the number itself)
    consent: Fraction  # of those taking part
    strictly: bool  # more than that (“过半数” does not include it)


LAW = {
    BallotRule.GENERAL: Threshold(Fraction(2, 3), Fraction(1, 2), strictly=True),
    BallotRule.MAJOR: Threshold(Fraction(2, 3), Fraction(3, 4), strictly=False),
}


class BallotState(StrEnum):
    """Where a ballot stands."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class BallotVerdict(StrEnum):
    """What came of a ballot."""

    PASSED = "passed"
    REJECTED = "rejected"
    CHOSEN = "chosen"  # an option of its own got most votes
    TIED = "tied"  # decides nothing
    NOBODY = "nobody"  # nobody voted for anything
    TURNOUT = "turnout"  # too few took part

    @property
    def decides(self) -> bool:
        """Whether something may be built on it."""
        return self in (BallotVerdict.PASSED, BallotVerdict.CHOSEN)


class Weight(NamedTuple):
    """Households, and their area in 0.01 m² (None: of some household on the roll nobody knows it)."""

    heads: int
    area: int | None


@dataclass(frozen=True, slots=True)
class Ballot:
    """One ballot. `number` counts within the community; `areas` are whose households are on the roll."""

    id: int
    community_id: int
    number: int
    areas: tuple[int, ...]
    title: str
    options: tuple[str, ...]
    rule: BallotRule
    named: bool
    by_id: int
    opened_at: datetime
    ends_at: datetime
    extended: bool = False
    state: BallotState = BallotState.OPEN
    totals: tuple[Weight, ...] = ()  # by option, once it is closed; of a secret ballot the heads only
    whole: Weight | None = None  # all that are on the roll, once it is closed
    outcome: BallotOutcome | None = None
    motion_id: int | None = None
    case_id: int | None = None
    said_in: str | None = None

    def takes_votes(self, now: datetime) -> bool:
        """Whether one may still vote: the second of the end is late."""
        return self.state is BallotState.OPEN and now.replace(microsecond=0) < self.ends_at

    def option(self, said: str) -> int | None:
        """Return the option that goes by its words, or by its letter: A, B, C."""
        plain = folded(said)
        for place, option in enumerate(self.options):
            if folded(option) == plain:
                return place
        place = ord(plain) - ord("A") if len(plain) == 1 else -1
        return place if 0 <= place < len(self.options) else None


def folded(words: str) -> str:
    """Return an option without what does not tell it from others: width, case, marks around it."""
    return unicodedata.normalize("NFKC", words).upper().strip(" \u2005「」“”\"'。.!,")


class Proxy(NamedTuple):
    """A household's vote given to a person of another; it counts once they agreed."""

    household_id: int
    giver_id: int
    holder_id: int
    agreed: bool


class Enrolled(NamedTuple):
    """A household on the roll; `choice` is kept of a named ballot only."""

    household_id: int
    area: int | None
    took_part: bool
    choice: int | None


class BallotOutcome(NamedTuple):
    """What a count says: the verdict, the options that lead (several where they tie), and the turnout."""

    verdict: BallotVerdict
    leading: tuple[int, ...]
    took_part: Weight


def count(
    options: Sequence[str], roll: Mapping[int, int | None], choices: Mapping[int, int]
) -> tuple[Weight, tuple[Weight, ...]]:
    """Return the whole roll and what each option got; both maps go by household, areas in 0.01 m²."""
    known = all(area is not None for area in roll.values())
    heads = [0] * len(options)
    areas = [0] * len(options)
    for household, choice in choices.items():
        heads[choice] += 1
        areas[choice] += roll[household] or 0
    whole = Weight(len(roll), sum(area or 0 for area in roll.values()) if known else None)
    return whole, tuple(Weight(h, a if known else None) for h, a in zip(heads, areas, strict=True))


def decide(
    rule: BallotRule, options: Sequence[str], whole: Weight, totals: Sequence[Weight]
) -> BallotOutcome:
    """Return what a ballot decides by its rule."""
    area = None if whole.area is None else sum(total.area or 0 for total in totals)
    took_part = Weight(sum(total.heads for total in totals), area)
    if rule is not BallotRule.SIMPLE:
        return BallotOutcome(_by_law(LAW[rule], whole, took_part, totals[options.index(FOR)]), (), took_part)
    standing = {i: t.heads for i, t in enumerate(totals) if options[i] != ABSTAIN}
    most = max(standing.values(), default=0)
    leading = tuple(i for i, heads in standing.items() if heads == most and most)
    return BallotOutcome(_most_votes(options, leading), leading, took_part)


def _most_votes(options: Sequence[str], leading: tuple[int, ...]) -> BallotVerdict:
    if not leading:
        return BallotVerdict.NOBODY
    if len(leading) > 1:
        return BallotVerdict.TIED
    winner = options[leading[0]]
    return {FOR: BallotVerdict.PASSED, AGAINST: BallotVerdict.REJECTED}.get(winner, BallotVerdict.CHOSEN)


def _by_law(needs: Threshold, whole: Weight, took_part: Weight, consent: Weight) -> BallotVerdict:
    """Return what article 278 says: heads and, where it is known, area must both do."""
    measures = [
        (all_of, part or 0, yes or 0)
        for all_of, part, yes in zip(whole, took_part, consent, strict=True)
        if all_of is not None
    ]
    if any(part < needs.turnout * all_of for all_of, part, _ in measures):
        return BallotVerdict.TURNOUT
    enough = all(_enough(needs, part, yes) for _, part, yes in measures)
    return BallotVerdict.PASSED if enough else BallotVerdict.REJECTED


def _enough(needs: Threshold, part: int, yes: int) -> bool:
    wanted = needs.consent * part
    return yes > wanted if needs.strictly else yes >= wanted


def still_needed(rule: BallotRule, whole: Weight, took_part: Weight) -> Weight | None:
    """Return what households and area are missing for a rule's turnout; None if it asks for none."""
    if rule is BallotRule.SIMPLE:
        return None
    share = LAW[rule].turnout

    def missing(all_of: int, part: int) -> int:
        return max(-(-share.numerator * all_of // share.denominator) - part, 0)

    area = None
    if whole.area is not None and took_part.area is not None:
        area = missing(whole.area, took_part.area)
    return Weight(missing(whole.heads, took_part.heads), area)
