"""The sides of a dispute: who raised it, whom it is with, and what mediation puts on the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain.lifecycle import Action
from data.domain.steps import StepNote
from handlers.cases.steps import SILENTLY, take_step

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.domain.people import Person
    from handlers.context import Context, Heard


class Sides(NamedTuple):
    """Who is asked to confirm a record: the other side as far as named, and who else raised the case.

    Both may have raised it: two appeals of one dispute, merged.
    """

    appellants: list[Person]
    others: list[Person]

    @property
    def everybody(self) -> list[Person]:
        """Both sides together."""
        return [*self.appellants, *self.others]


def sides_of(ctx: Context, case: Case) -> Sides:
    """Return both sides of a case that is mediated."""
    ids = dict.fromkeys(appeal.person_id for appeal in ctx.uow.appeals.of_case(case.id))
    named = dict.fromkeys(
        step.note.side
        for step in ctx.uow.timeline.of_case(case.id)
        if step.note.side is not None and not step.undone
    )
    get = ctx.uow.people.get
    return Sides([get(one) for one in ids if one not in named], [get(one) for one in named])


def other_side_of_both(ctx: Context, case: Case, into: Case) -> list[Person]:
    """Return who has yet to be named as the other side once a case goes into another.

    Where either names the other's appellants, they are two sides of one dispute; else both are of one side.
    """
    ours, theirs = sides_of(ctx, case), sides_of(ctx, into)
    opposed = _meet(ours.appellants, theirs.others) or _meet(ours.others, theirs.appellants)
    return [one for one in (ours.appellants if opposed else ours.others) if one not in theirs.others]


def _meet(some: list[Person], others: list[Person]) -> bool:
    return any(one in others for one in some)


def note_other_side(heard: Heard, case: Case, side: Person) -> None:
    """Put on the timeline whom a dispute is with."""
    on_timeline(heard, case, heard.house.texts("mediation.other", name=side.name), StepNote(side=side.id))


def on_timeline(heard: Heard, case: Case, words: str, note: StepNote) -> int:
    """Put mediation on the timeline; whoever is mediated is a party to a dispute, told alone from now on."""
    step = take_step(
        heard,
        case,
        Action.MEDIATE,
        by=heard.person,
        words=words,
        told=SILENTLY,
        note=note,
        dispute=True,
    )
    return step.step_id
