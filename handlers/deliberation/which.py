"""Which motion, ballot or publicity is meant: by number, by quoting, or the only open one around here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from data.domain.errors import UserError
from handlers.hearing.lookup import communities_meant, quoted_id
from handlers.saying.things import Numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from data.domain.ballot import Ballot
    from data.domain.references import Reference
    from handlers.context import Heard


class Placed(Numbered, Protocol):
    """A numbered thing that is for some areas."""

    @property
    def areas(self) -> tuple[int, ...]:
        """The ids of the areas it is for."""
        ...

    @property
    def title(self) -> str:
        """Its title, as people read it."""
        ...


T = TypeVar("T", bound=Placed)
Given_co = TypeVar("Given_co", bound=Placed, covariant=True)


class NumberedThings(Protocol[Given_co]):
    """A repository of things that have a number in their community."""

    def get(self, thing_id: int, /) -> Given_co:
        """Return the thing of an id that exists."""
        ...

    def numbered(self, community_id: int, number: int, /) -> Given_co | None:
        """Return the one with a number in a community."""
        ...


def thing_for(
    heard: Heard,
    kept: NumberedThings[T],
    kind: str,
    ref: Reference | None,
    open_ones: Callable[[], Iterable[T]],
) -> T:
    """Return the thing of a kind (`ballot`) that is meant, or raise: there is none, or which of several."""
    if ref is not None:
        for community in communities_meant(heard, ref):
            found = kept.numbered(community.id, ref.number)
            if found is not None:
                return found
        raise UserError(f"{kind}.unknown", number=ref.number)
    quoted = quoted_id(heard, kind)
    if quoted is not None:
        return kept.get(quoted)
    return only(kind, around_here(heard, open_ones()))


def only(kind: str, found: Sequence[T]) -> T:
    """Return the one thing there is, or raise: none, or which of several."""
    if not found:
        raise UserError(f"{kind}.none_open")
    if len(found) > 1:
        raise UserError(f"{kind}.which", names="、".join(f"{one.number} {one.title}" for one in found))
    return found[0]


def around_here(heard: Heard, things: Iterable[T]) -> list[T]:
    """Return the things for the area of this room; in private for where one lives, spoke last, or serves."""
    near = here(heard)
    covers = heard.uow.areas.covers
    return [one for one in things if any(covers(a, b) or covers(b, a) for a in one.areas for b in near)]


def here(heard: Heard) -> list[int]:
    """Return the areas that are meant where nothing is said: the room's, else the speaker's own."""
    if heard.room is not None and heard.room.area_id is not None:
        return [heard.room.area_id]
    home = heard.home
    if home is not None:
        return [home.building_id, *(duty.area_id for duty in heard.duties)]
    last = heard.account.last_room_id
    spoke = heard.uow.rooms.get(last).area_id if last is not None else None
    return [*([spoke] if spoke is not None else []), *(duty.area_id for duty in heard.duties)]


def ballot_for(heard: Heard, ref: Reference | None) -> Ballot:
    """Return the ballot that is meant; in private a number is first of those the speaker may vote in."""
    if ref is not None and heard.room is None and ref.where is None:
        mine = [one for one in may_vote_in(heard) if one.number == ref.number]
        if len(mine) == 1:
            return mine[0]
    return thing_for(heard, heard.uow.ballots, "ballot", ref, heard.uow.ballots.open_ones)


def latest_ballot(heard: Heard) -> Ballot | None:
    """Return the ballot around here that ended last; None if none has, or one is open."""
    ballots = heard.uow.ballots
    if around_here(heard, ballots.open_ones()):
        return None
    ids = {area.id for near in here(heard) if (area := heard.uow.areas.community_of(near)) is not None}
    over = [one for community in ids for one in ballots.of_community(community)]
    return max(around_here(heard, over), key=lambda one: one.ends_at, default=None)


def may_vote_in(heard: Heard) -> list[Ballot]:
    """Return the open ballots on whose roll the speaker's household is; all around for who has none."""
    ballots = heard.uow.ballots
    home = heard.home
    if home is None:
        return around_here(heard, ballots.open_ones())
    return [one for one in ballots.open_ones() if ballots.enrols(one.id, home.id)]
