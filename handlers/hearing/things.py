"""Which thing with a number is meant besides cases (心愿 6, 求助 7): by number, by quoting, the only one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from data.domain.errors import UserError
from data.domain.references import Reference
from handlers.hearing.lookup import communities_meant, quoted_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handlers.context import Heard
    from handlers.hearing.grammar import Command

NO_NUMBER = Reference(0)  # whatever its number


class Counted(Protocol):
    """What has a row and a number within a community."""

    @property
    def id(self) -> int:
        """The id of its row."""
        ...

    @property
    def number(self) -> int:
        """Its number within the community."""
        ...


T = TypeVar("T", bound=Counted)


def meant(
    heard: Heard,
    command: Command,
    word: str,
    *,
    numbered: Callable[[int, int], T | None],
    open_in: Callable[[int], Sequence[T]],
) -> T:
    """Return the thing of a kind (`wish`) that a command means.

    `numbered` finds it by community and number; `open_in` are those of a community that may be meant.
    """
    name = heard.house.texts(f"thing.{word}")
    if command.ref is not None:
        for community in communities_meant(heard, command.ref):
            found = numbered(community.id, command.ref.number)
            if found is not None:
                return found
        raise UserError("thing.unknown", name=name, number=command.ref.number)
    open_ones = [one for area in communities_meant(heard, NO_NUMBER) for one in open_in(area.id)]
    quoted = quoted_id(heard, word)
    mine = [one for one in open_ones if one.id == quoted] if quoted is not None else open_ones
    if len(mine) == 1:
        return mine[0]
    if not mine:
        raise UserError("thing.none", name=name)
    numbers = "、".join(str(one.number) for one in mine[:8])
    raise UserError("thing.which", name=name, numbers=numbers, example=command.form.example)
