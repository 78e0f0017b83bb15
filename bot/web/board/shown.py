"""Cases as the public sees them: number, kind, building, state, times, and what a person has made public."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain.case import Place
from handlers.cases.marks import marked_state
from handlers.saying.days import date_name
from handlers.saying.showing import full_number, place_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from data.domain.case import Case
    from data.domain.publication import Publication
    from handlers.context import Context


class BoardCase(NamedTuple):
    """One case on the board. Nothing in it names or places a person."""

    key: str  # community's code and number: 500101002001/12
    number: str
    kind: str
    place: str
    state: str
    standing: str
    reported: str
    done: str
    reported_at: datetime
    changed_at: datetime
    words: str
    result: str
    pictures: tuple[str, ...]


def shown(ctx: Context, cases: Iterable[Case], public: dict[int, Publication]) -> list[BoardCase]:
    """Return cases as the board shows them."""
    return [_shown(ctx, case, public.get(case.id)) for case in cases]


def _shown(ctx: Context, case: Case, public: Publication | None) -> BoardCase:
    community = ctx.uow.areas.get(case.community_id)
    grid = ctx.uow.areas.get(case.area_id)
    building = place_name(Place(case.place.building), public=True)
    return BoardCase(
        key=f"{community.code}/{case.number}",
        number=full_number(ctx, case),
        kind=case.kind_name,
        place=f"{grid.name} {building}".strip(),
        state=marked_state(ctx.house.texts, ctx.policy, ctx.uow, case, public=True),
        standing=case.state.value,
        reported=date_name(ctx, case.reported_at),
        done=date_name(ctx, case.resolved_at) if case.resolved_at else "",
        reported_at=case.reported_at,
        changed_at=case.changed_at,
        words=public.words if public else "",
        result=public.result if public else "",
        pictures=public.pictures if public else (),
    )
