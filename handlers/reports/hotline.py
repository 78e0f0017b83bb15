"""The three rates of those who called the city's hotline: counted apart, and with all others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from data.domain.rating import counted_rates
from handlers.reports.figures import shown_rates

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.figures import Scope
    from handlers.context import Context


def callers(ctx: Context, scope: Scope, start: datetime, end: datetime) -> str:
    """Return the line of the callers' rates in a period; nothing where none of them answered."""
    theirs = Counter(ctx.uow.orders.answers(scope, start, end))
    if not theirs:
        return ""
    together = theirs + Counter(ctx.uow.sums.answers(scope, start, end))
    apart, both = (shown_rates(counted_rates(digits, ctx.policy.rates)) for digits in (theirs, together))
    return ctx.house.texts("orders.rates", **apart) + ctx.house.texts("orders.rates_together", **both)
