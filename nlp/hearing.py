"""Whether a line is an appeal in a group that says a hundred lines for each: a second opinion, by letters.

`kind` is decided by rules and weights that add up, so a long text collects many. This opinion is what its
letters, pairs of letters and words say in the mean (their sum over the root of their number), learned from talk
as it is in life; the kind must agree with it.
"""

from __future__ import annotations

from math import sqrt

HEARD = "heard"
AGREE = 0.5  # what the margin of the kind counts for
MOST_AGAINST = -6.0  # no margin counts for more
MOST_FOR = 1.5  # that it is an appeal by its rules and weights helps only so much


def heard_score(said: float, signs: int, margin: float) -> float:
    """The score that is calibrated: what `signs` many signs say together, and whether the kind agrees."""
    return said / sqrt(max(signs, 1)) + AGREE * min(max(margin, MOST_AGAINST), MOST_FOR)
