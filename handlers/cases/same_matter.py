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
    from data.domain.areas import Area
    from data.domain.case import Case, Place
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
    new = similar.matter(said.text, said.category, _near(place))
    alike = [
        (similar.likeness(new, similar.matter(gist.summary, said.category, _near(gist.place))), gist.case_id)
        for gist in ctx.uow.cases.open_here(area.id, said.category, place.building)
        if similar.shares_words(new, gist.summary)
    ]
    score, case_id = max(alike, key=lambda pair: pair[0], default=(0.0, 0))
    return ctx.uow.cases.get(case_id) if score >= similar.SAME else _own(ctx, area, said, place)


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


def same_matter(one: Case, other: Case) -> bool:
    """Whether two cases are about the same matter."""
    first = similar.matter(one.summary, one.category, _near(one.place))
    second = similar.matter(other.summary, other.category, _near(other.place))
    return similar.likeness(first, second) >= similar.SAME


def _near(place: Place) -> Where:
    return Where(place.building, place.unit, place.floor, place.door, place.spot, place.compound)
