"""Who hears of the orders of a sheet: those in charge of each case, alone; of many at once in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handlers.cases.in_charge import in_charge, responsible
from handlers.cases.new_case_news import to_supervisors
from handlers.saying.days import when
from handlers.saying.say import Saying, private_account, say
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


class Told(NamedTuple):
    """One thing to say to somebody, kept until the whole sheet is taken in."""

    to: Room | Account
    saying: Saying


News = dict[int, list[Told]]  # by account


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


def tell(ctx: Context, news: News) -> None:
    """Say what was noted."""
    for account_id, told in news.items():
        if len(told) <= ONE_BY_ONE:
            for one in told:
                say(ctx, one.to, one.saying)
            continue
        first = told[0]
        values = {"count": len(told), "first": first.saying.cases[0]}
        say(ctx, first.to, Saying("orders.many", f"{first.saying.dedupe}:a{account_id}", values, quiet=True))


def _note(ctx: Context, person: Person, saying: Saying, news: News) -> None:
    account = private_account(ctx, person.id)
    if account is not None:
        quiet = Saying(saying.key, saying.dedupe, saying.values, saying.cases, bundle="new", quiet=True)
        news[account.id].append(Told(account, quiet))
