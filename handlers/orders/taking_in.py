"""Taking a hotline's orders in: each a case of its own, or part of one that is open for the same matter."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from data.domain.areas import AreaKind
from data.domain.case import WORKABLE, Place, Source, State, Urgency
from data.domain.errors import UserError
from data.domain.events import EmergencyRaised
from data.domain.lifecycle import Action
from handlers.cases import deadlines, opening
from handlers.cases.same_matter import already_open
from handlers.cases.steps import record
from handlers.orders import telling
from nlp.categories import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from data.domain.areas import Area
    from data.domain.case import Case
    from data.domain.order import NewOrder, Order
    from data.uow import UnitOfWork
    from handlers.context import Context
    from nlp.understand import Understander
    from nlp.understanding import Understanding


@dataclass(slots=True)
class TakenOrders:
    """What came of a sheet of orders: how many opened a case, joined one, were known, brought an answer."""

    opened: int = 0
    joined: int = 0
    same: int = 0
    answered: int = 0
    news: telling.News = field(default_factory=lambda: defaultdict(telling.Heap))


class Read(NamedTuple):
    """An order, what its text says, and where it lies: all that needs no database."""

    order: Order
    said: Understanding
    place: Place


def read(understander: Understander, order: Order) -> Read:
    """Return what an order says, of the category its sheet names if there is one like it."""
    said = understander.understand(order.text)
    named = resolve(order.category).category if order.category else None
    said = said._replace(text=order.text, category=named or said.category)
    place = Place(*said.place)
    if order.address:
        place = Place(*understander.place(order.address)).filled_from(place)
    return Read(order, said, place)


def require_placed(uow: UnitOfWork, orders: Iterable[Order], home: Area | None) -> None:
    """Raise if it is not clear of one of some orders in which community it lies."""
    communities = uow.areas.communities()
    for order in orders:
        _community(order, communities, home)


def take_in(
    ctx: Context,
    orders: Sequence[Read],
    home: Area | None,
    taken: TakenOrders | None = None,
    *,
    more: bool = False,
) -> TakenOrders:
    """Take orders in and tell those in charge; `home` is where those lie that do not say.

    An order that is known changes nothing, but for the caller's answer where it brings one. Of a sheet that
    comes in parts, each in a unit of work of its own, `taken` is what came of those before, and `more` says
    that others follow: who is in charge hears of all parts together.
    """
    taken = taken if taken is not None else TakenOrders()
    communities = ctx.uow.areas.communities()
    known = ctx.uow.orders.known([one.order.number for one in orders])
    kept: list[NewOrder] = []
    for one in orders:
        if one.order.number in known:
            taken.same += 1
            taken.answered += _answered(ctx, one.order)
        else:
            kept.append(_take_one(ctx, one, _community(one.order, communities, home), taken))
    ctx.uow.orders.take_in(kept)
    telling.tell(ctx, taken.news, more=more)
    return taken


def _answered(ctx: Context, order: Order) -> bool:
    """Write down what the caller answered, if that is news; return whether it was."""
    known = ctx.uow.orders.get(order.number)
    if known is None or order.digit in (None, known.digit):
        return False
    ctx.uow.orders.answer(order.number, order.digit or 0, ctx.now)
    return True


def _take_one(ctx: Context, one: Read, community: Area, taken: TakenOrders) -> NewOrder:
    """Open a case for an order, or add it to the open one; return what is to be kept of it."""
    order, said, place = one
    area, building = _where(ctx, order, community, place)
    due = _utc(ctx, order.deadline)
    known = already_open(ctx, area, said, place)
    case = known or opening.open_case(
        ctx, area, said, building=building, place=place, source=Source.HOTLINE, due=due
    )
    taken.answered += order.digit is not None
    if known is not None:
        taken.joined += 1
        _join(ctx, case, due)
        telling.note_joined(ctx, case, order, taken.news)
    else:
        taken.opened += 1
        if case.urgency is Urgency.EMERGENCY:
            ctx.happened(EmergencyRaised(case, None))
        else:
            telling.note_new(ctx, case, order, due, taken.news)
    return {
        "number": order.number,
        "case_id": case.id,
        "joined": known is not None,
        "taken_in_at": ctx.now,
        "name": order.name,
        "phone": order.phone,
        "address": order.address,
        "text": order.text,
        "deadline": due,
        "digit": order.digit,
        "answered_at": ctx.now if order.digit is not None else None,
    }


def _join(ctx: Context, case: Case, due: datetime | None) -> None:
    """Add an order to an open case, which is due no later than the order is."""
    record(ctx, case, Action.JOIN, by=None)
    if due is None:
        return
    waits = case.state is State.REPORTED
    runs = case.accept_by if waits else case.resolve_by if case.state in WORKABLE else None
    if runs is None or due >= runs:
        return
    if waits:
        case.accept_by = max(ctx.now, due)
    else:
        case.resolve_by = due
    ctx.uow.cases.save(case)
    deadlines.schedule(ctx, case)


def _community(order: Order, communities: list[Area], home: Area | None) -> Area:
    """Return the one community that an order names, else `home`, or raise."""
    for words in (order.address, order.text):
        named = [area for area in communities if area.name in words]
        named = named or [area for area in communities if len(area.short) > 1 and area.short in words]
        if len(named) == 1:
            return named[0]
    if home is None:
        raise UserError("orders.where", order=order.number)
    return home


def _where(ctx: Context, order: Order, community: Area, place: Place) -> tuple[Area, Area | None]:
    """Return the grid of an order (the community if nobody knows), and the building if the roster has it."""
    area, building = opening.within(ctx, community, place)
    if building is None and area.kind is not AreaKind.GRID:
        named = [grid for grid in ctx.uow.areas.grids(community.id) if grid.name in order.address]
        area = named[0] if len(named) == 1 else area
    return area, building


def _utc(ctx: Context, local: datetime | None) -> datetime | None:
    return ctx.policy.work.at(local.date(), local.time()) if local is not None else None
