"""The same matter: an open case that a new appeal is about, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.grading import is_dispute, private_matter
from nlp import similar
from nlp.understanding import Place as Where

if TYPE_CHECKING:
    from data.domain.areas import Area
    from data.domain.case import Case, Place
    from handlers.context import Context
    from nlp.understanding import Understanding


def already_open(ctx: Context, area: Area, said: Understanding, place: Place) -> Case | None:
    """Return the open case of the grid that is about the same matter: same kind and place, like words."""
    if said.category is None or is_dispute(said) or private_matter(ctx.policy, said) is not None:
        return None
    new = similar.matter(said.text, said.category, _near(place))
    best: tuple[float, Case] | None = None
    for case in ctx.uow.cases.open_here(area.id, said.category, place.building):
        score = similar.likeness(new, similar.matter(case.summary, case.category, _near(case.place)))
        if score >= similar.SAME and (best is None or score > best[0]):
            best = (score, case)
    return best[1] if best else None


def _near(place: Place) -> Where:
    return Where(place.building, place.unit, place.floor, place.door, place.spot)
