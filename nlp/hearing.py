"""Whether a line is an appeal in a group that says a hundred lines for each: a second opinion, by letters.

`kind` is decided by rules and weights that add up, so a long text collects many. This opinion is what its
letters, pairs of letters and words say in the mean, learned from talk as it is in life: their sum over the
root of their number and of `FEW` more that say nothing, for a few letters say little. Each has a say in the
other: the kind must agree with the opinion, and the opinion counts for the kind.
"""

from __future__ import annotations

from math import sqrt

HEARD = "heard"
FEW = 8  # signs that say nothing
FOR_KIND = 3.0  # the opinion moves the kind by no more
AGREE = 0.5  # what the margin of the kind counts for
MOST_AGAINST = -6.0  # no margin counts for more
MOST_FOR = 1.5  # that it is an appeal by its rules and weights helps only so much


def opinion(said: float, bias: float, signs: int) -> float:
    """What `signs` many signs and the bias of all lines say together, above 0 for an appeal."""
    return (said - bias) / sqrt(signs + FEW) + bias


def for_kind(mean: float) -> float:
    """What the opinion says for the kind."""
    if mean > 0:
        return min(FOR_KIND, mean)
    return max(-FOR_KIND, mean)


def heard_score(mean: float, margin: float) -> float:
    """The score that is calibrated: the opinion, and whether the kind agrees."""
    if margin > MOST_FOR:
        margin = MOST_FOR
    elif margin < MOST_AGAINST:
        margin = MOST_AGAINST
    return mean + AGREE * margin
