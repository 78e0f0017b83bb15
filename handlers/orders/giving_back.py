"""Giving the hotline its orders back: what became of each, when, and what its caller said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import OPEN
from data.domain.five_times import five_times
from data.domain.rating import ANSWERS
from handlers.cases.in_charge import holder_name
from handlers.cases.marks import marked_state
from handlers.saying.showing import full_number
from handlers.texts.masking import mask

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from data.domain.case import Case
    from data.domain.order import KeptOrder
    from handlers.context import Context

COLUMNS = (
    *("number", "case", "joined", "state", "who", "result"),
    *("taken_in", "accepted", "resolved", "fed_back", "deadline", "late"),
    *("contacted", "solved", "satisfied"),
)


def head(ctx: Context) -> list[str]:
    """Return the headings of what is given back."""
    return [ctx.house.texts(f"orders.head.{name}") for name in COLUMNS]


def rows(ctx: Context, since: datetime | None) -> Iterator[list[object]]:
    """Yield a row for each order that came in, was resolved or answered since then; results are masked."""
    for order in list(ctx.uow.orders.since(since)):
        yield _row(ctx, order, _final(ctx, ctx.uow.cases.get(order.case_id)))


def _row(ctx: Context, order: KeptOrder, case: Case) -> list[object]:
    texts, times = ctx.house.texts, five_times(ctx.uow.timeline.of_case(case.id))
    ended = times.resolved or (ctx.now if case.state in OPEN else None)
    late = order.deadline is not None and ended is not None and ended > order.deadline
    return [
        order.number,
        full_number(ctx, case),
        texts(f"orders.{'so' if order.joined else 'not_so'}"),
        marked_state(texts, ctx.policy, ctx.uow, case),
        holder_name(ctx, case),
        mask(case.result or ""),
        *(
            _local(ctx, at)
            for at in (order.taken_in_at, times.accepted, times.resolved, times.fed_back, order.deadline)
        ),
        texts(f"orders.{'so' if late else 'not_so'}") if order.deadline else "",
        *_answer(ctx, order),
    ]


def _answer(ctx: Context, order: KeptOrder) -> list[str]:
    """Return whether a caller was contacted, holds it solved, and is content; nothing if nobody knows."""
    if order.digit is None:
        return ["", "", ""]
    answer, texts = ANSWERS[order.digit], ctx.house.texts
    content = "fairly" if answer.fairly else "satisfied" if answer.satisfied else "dissatisfied"
    return [
        texts(f"orders.{'so' if answer.contacted else 'not_so'}"),
        texts(f"orders.{'so' if answer.solved else 'not_so'}"),
        texts(f"orders.{content}"),
    ]


def _final(ctx: Context, case: Case) -> Case:
    """Return the case that another went into by 并案, or itself."""
    while case.merged_into_id is not None:
        case = ctx.uow.cases.get(case.merged_into_id)
    return case


def _local(ctx: Context, at: datetime | None) -> datetime | None:
    """Return a time as the place's clocks show it: a spreadsheet knows no zones."""
    return at and ctx.policy.work.local(at).replace(tzinfo=None, microsecond=0)
