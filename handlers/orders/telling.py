"""Who hears of the orders of a sheet: those in charge of each case, alone; of many at once in one line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from handlers.cases.in_charge import in_charge, responsible
from handlers.cases.new_case_news import to_supervisors
from handlers.saying.days import when
from handlers.saying.say import Saying, private_account, rewrite, say
from handlers.saying.showing import case_label
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.areas import Room
    from data.domain.case import Case
    from data.domain.order import Order
    from data.domain.people import Account, Person
    from handlers.context import Context

ONE_BY_ONE = 20  # of more, somebody hears how many there are, and where to read them


WAIT = timedelta(minutes=1)  # after the last part of a sheet that comes in parts


class OrderNews(NamedTuple):
    """What somebody is told of the orders of a sheet: a wording and its values."""

    to: Room | Account
    saying: Saying


@dataclass(slots=True)
class Heap:
    """What somebody is to hear of a sheet: how many things, and the first of them."""

    count: int = 0
    first: list[OrderNews] = field(default_factory=list)
    fresh: bool = False  # something was added that is not said yet

    def add(self, told: OrderNews) -> None:
        """Count one more thing; the first few are kept as they are."""
        self.count += 1
        self.fresh = True
        if len(self.first) <= ONE_BY_ONE:
            self.first.append(told)


News = dict[int, Heap]  # by account


def note_new(ctx: Context, case: Case, order: Order, due: datetime | None, news: News) -> None:
    """Note whom a new case is told: those in charge, and who supervises its path."""
    values = {
        "order": order.number,
        "label": case_label(ctx.policy, case, public=False),
        "name": Said(order.name or ctx.house.texts("orders.caller")),
        "phone": order.phone,
        "summary": Said(order.text),
        "by": when(ctx, case.accept_by) if case.accept_by else "",
        "due": ctx.house.texts("orders.due", due=when(ctx, due)) if due else "",
        "number": case.number,
    }
    for _, person in in_charge(ctx, case):
        _note(ctx, person, Saying("orders.new", f"new:{case.id}:{person.id}", values, (case,)), news)
    for notice in to_supervisors(ctx, case, f"new:{case.id}"):
        say(ctx, notice.to, notice.saying)


def note_joined(ctx: Context, case: Case, order: Order, news: News) -> None:
    """Note who has to do with a case that the hotline was called about, too."""
    values = {"order": order.number, "label": case_label(ctx.policy, case, public=False)}
    values["due"] = ctx.house.texts("orders.due", due=when(ctx, case.due)) if case.due else ""
    for person in responsible(ctx, case):
        dedupe = f"order:{order.number}:{person.id}"
        _note(ctx, person, Saying("orders.joined", dedupe, values, (case,)), news)


def tell(ctx: Context, news: News, *, more: bool = False) -> None:
    """Say what was noted: each thing by itself, or (of many) how many there are.

    Where `more` of the sheet may come, it waits a moment, and is said anew with what comes then.
    """
    at = ctx.now + WAIT if more else ctx.now
    for account_id, heap in news.items():
        if not heap.fresh and more:
            continue
        heap.fresh = False
        if heap.count <= ONE_BY_ONE:
            for one in heap.first:
                _say(ctx, one, at)
            continue
        for one in heap.first:
            ctx.uow.outbox.silence(one.saying.dedupe)
        first = heap.first[0]
        values = {"count": heap.count, "first": first.saying.cases[0]}
        dedupe = f"{first.saying.dedupe}:a{account_id}"
        _say(ctx, OrderNews(first.to, Saying("orders.many", dedupe, values, quiet=True)), at)


def _say(ctx: Context, told: OrderNews, at: datetime) -> None:
    """Say something at a time; where it waits already, in these words and at that time."""
    if not say(ctx, told.to, replace(told.saying, send_at=at)) and rewrite(ctx, told.to, told.saying):
        ctx.uow.outbox.rewrite(told.saying.dedupe, send_at=at, try_at=at)


def _note(ctx: Context, person: Person, saying: Saying, news: News) -> None:
    account = private_account(ctx, person.id)
    if account is not None:
        quiet = Saying(saying.key, saying.dedupe, saying.values, saying.cases, bundle="new", quiet=True)
        news[account.id].add(OrderNews(account, quiet))
