"""Who looks: a token over a unit of work. What it does not see is not there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from data.domain.token import TokenScope
from handlers.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from data.domain.areas import Area
    from data.domain.case import Case
    from data.domain.token import Token
    from data.uow import UnitOfWork


@dataclass
class Looking(Context):
    """A request in the name of a token; `viewed` are the cases whose words were shown as they were said."""

    token: Token = field(kw_only=True)
    viewed: list[int] = field(default_factory=list)

    @property
    def personal(self) -> bool:
        """Whether words, names, phones and doors are shown as they were said."""
        return TokenScope.CASES_PERSONAL in self.token.scopes

    @cached_property
    def top(self) -> Area | None:
        """The area the token is limited to, None for all."""
        return self.uow.areas.get(self.token.area_id) if self.token.area_id is not None else None

    def sees(self, area_id: int | None) -> bool:
        """Whether an area lies in the token's."""
        return self.top is None or self.uow.areas.covers(self.top.id, area_id)

    def sees_case(self, case: Case) -> bool:
        """Whether a case lies in the token's area."""
        return self.sees(case.building_id or case.area_id)

    def area(self, code: str | None) -> Area | None:
        """Return the area of a code (None: the token's own), or raise `KeyError`: it sees none of that."""
        if code is None:
            return self.top
        found = self.uow.areas.by_code(code)
        if found is None or not self.sees(found.id):
            raise KeyError(code)
        return found


def note_views(uow: UnitOfWork, token: Token, case_ids: Iterable[int], now: datetime) -> None:
    """Write into the audit whose words were shown as they were said."""
    for case_id in dict.fromkeys(case_ids):
        uow.audit.viewed(now, token.person_id, case_id)
