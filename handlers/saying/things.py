"""What a message is about besides cases, as a replay's answers and a quotation know it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from data.domain.about import About

if TYPE_CHECKING:
    from handlers.context import Context


class Numbered(Protocol):
    """A thing that has a number in its community: a meeting, a motion, a ballot …"""

    @property
    def id(self) -> int:
        """The id of its row."""
        ...

    @property
    def number(self) -> int:
        """Its number within the community."""
        ...

    @property
    def community_id(self) -> int:
        """The area in which the number counts."""
        ...


def about(ctx: Context, kind: str, thing: Numbered) -> About:
    """Return a thing as a message names it that speaks of it: `("meeting", 5, "百安坝#1")`."""
    return About(kind, thing.id, f"{ctx.uow.areas.get(thing.community_id).short}#{thing.number}")
