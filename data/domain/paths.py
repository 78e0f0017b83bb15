"""Grades and their paths: who handles a matter of a grade, whether a meeting decides, who supervises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.domain.people import Role

if TYPE_CHECKING:
    from data.domain.worktime import Span


STREET = "street"  # handled by the officers of the street
RESIDENT = "resident"  # handled by the one it concerns: answered, no case unless they ask


@dataclass(frozen=True, slots=True)
class Path:
    """The path of one grade. `handler` is a role, the kind of an organisation, or the resident.

    `categories` and `words` are the kinds that belong to it here, `within` the first-level classes that an
    organisation handles directly (empty: all). `closes` is who says 办结: `officer`, `street`; None: staff.
    `proposes` is what the officer is asked for when such a case opens: `whistle`, `meeting`, `four`.

    `accept` and `resolve` are deadlines of its own; None: the place's.
    """

    names: tuple[str, ...]  # the short one first: 小事, 自治小事
    handler: str
    meeting: bool = False
    supervised: bool = False
    four_discussions: bool = False  # 四议两公开 must have decided and published
    accept: Span | None = None
    resolve: Span | None = None
    closes: str | None = None
    proposes: str | None = None
    categories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    within: tuple[str, ...] = ()

    @property
    def role(self) -> Role | None:
        """The role that handles it, None if an organisation does."""
        return Role(self.handler) if self.handler in set(Role) else None

    @property
    def organisation(self) -> str | None:
        """The kind of organisation that handles it directly, None if somebody with a duty does."""
        return None if self.role is not None or self.handler in (RESIDENT, STREET) else self.handler

    def takes(self, category: str) -> bool:
        """Whether a category is of the classes that the organisation of this path handles directly."""
        return not self.within or category.partition("/")[0] in self.within


@dataclass(frozen=True, slots=True)
class PrivateMatter:
    """A matter of one's own affairs: which kinds it takes in, where one turns to, the words one asks with."""

    categories: frozenset[str]
    answer: str
    words: tuple[str, ...] = ()
