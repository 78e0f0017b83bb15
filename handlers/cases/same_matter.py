"""Whether two cases are about the same matter, and the open case that a new appeal is about, too."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.cases.grading import is_dispute, private_matter
from handlers.context import Heard
from nlp import similar
from nlp.understanding import Place as Where
from nlp.understanding import Urgency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.domain.areas import Area
    from data.domain.case import Case, Gist, Place
    from handlers.context import Context
    from nlp.understanding import Understanding


_STILL = re.compile(r"还是|还没|还不|仍|依旧|依然|一直[没不]|老样子|照样")
SAME_ALARM = timedelta(hours=2)  # later it has come again, and calls again


def already_open(ctx: Context, area: Area, said: Understanding, place: Place) -> Case | None:
    """Return the open case of the grid that is about the same matter: same kind and place, like words.

    An emergency is one with the same hazard at the same place only, however it is worded. Who says no place
    goes on with what they raised themselves.
    """
    if said.category is None or is_dispute(said) or private_matter(ctx.policy, said) is not None:
        return None
    if said.urgency is Urgency.EMERGENCY:
        return same_alarm(ctx, area, said, place)
    gists = ctx.uow.cases.open_here(area.id, said.category, place.building)
    best = most_alike(said.text, said.category, place, gists)
    return ctx.uow.cases.get(best.case_id) if best is not None else _own(ctx, area, said, place)


def most_alike(words: str, category: str, place: Place, gists: Sequence[Gist]) -> Gist | None:
    """Return the matter of the same kind that some words are about, too; of several the most alike."""
    if not gists:
        return None
    new = similar.matter(words, category, _near(place))
    alike = [
        (similar.likeness(new, similar.matter(gist.summary, category, _near(gist.place))), gist)
        for gist in gists
        if similar.shares_words(new, gist.summary)
    ]
    score, best = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= similar.SAME else None


def _own(ctx: Context, area: Area, said: Understanding, place: Place) -> Case | None:
    """Return the speaker's own open case of the kind, if they name no place now.

    The words are alike, or say that it is still so: 灯还是不亮.
    """
    if not isinstance(ctx, Heard) or place.building or place.compound or place.spot:
        return None
    for case in ctx.uow.cases.of_person(ctx.person.id):
        if not case.is_open or case.category != said.category or case.area_id != area.id or case.discreet:
            continue
        here = _near(case.place)
        old = similar.matter(case.summary, case.category, here)
        new = similar.matter(said.text, said.category, here)
        if _STILL.search(said.text) or similar.likeness(new, old) >= similar.SAME:
            return case
    return None


def same_alarm(ctx: Context, area: Area, said: Understanding, place: Place) -> Case | None:
    """Return the open emergency that is the same hazard at the same place; any other is a case of its own."""
    return next(
        (
            case
            for case in ctx.uow.cases.emergencies()
            if case.area_id == area.id
            and case.hazard == said.hazard
            and (case.place.building, case.place.spot) == (place.building, place.spot)
            and (case.place.unit == place.unit or None in (case.place.unit, place.unit))
            and ctx.now - case.reported_at <= SAME_ALARM
        ),
        None,
    )


def same_matter(case: Case, gists: Sequence[Gist]) -> list[int]:
    """Return which of some cases are about the same matter as another one, by their ids."""
    others = [gist for gist in gists if gist.case_id != case.id]
    if not others:
        return []
    mine = similar.matter(case.summary, case.category, _near(case.place))
    return [
        gist.case_id
        for gist in others
        if similar.likeness(mine, similar.matter(gist.summary, case.category, _near(gist.place)))
        >= similar.SAME
    ]


def _near(place: Place) -> Where:
    return Where(place.building, place.unit, place.floor, place.door, place.spot, place.compound)
