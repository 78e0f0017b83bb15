"""进度 单号: a case by the number that the city's hotline gave it, and what staff read of its orders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.hearing.lookup import visible
from handlers.saying.days import when
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Heard

_NUMBER = re.compile(r"[A-Za-z0-9一-鿿〔〕()\[\]_/-]*\d[A-Za-z0-9号_/-]*")
SHORTEST = 6  # what is shorter is a case's own number


def case_of_order(heard: Heard) -> Case | None:
    """Return the case of the order whose number stands last in what is said, if it may be spoken of here."""
    last = heard.address.text.split()[-1:] or [""]
    number = last[0].strip("。.!！?？#＃")
    number = re.sub(r"^(?:进度|查询|工单|单号)+[:：]?", "", number)
    if len(number) < SHORTEST or not _NUMBER.fullmatch(number):
        return None
    order = heard.uow.orders.get(number)
    case = heard.uow.cases.get(order.case_id) if order is not None else None
    return case if case is not None and visible(heard, case) else None


def orders_of(heard: Heard, case: Case) -> str:
    """Return the orders about a case, a line each, as staff read them."""
    return "".join(
        "\n"
        + heard.house.texts(
            "orders.line",
            order=order.number,
            name=Said(order.name),
            phone=order.phone,
            due=heard.house.texts("orders.due", due=when(heard, order.deadline)) if order.deadline else "",
        )
        for order in heard.uow.orders.of_case(case.id)
    )
