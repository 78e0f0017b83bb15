"""兑换: points for goods; reserved at once, the last piece goes once, what is cancelled comes back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from data.domain.errors import RefusedError, UserError
from data.domain.people import STAFF
from data.domain.volunteering import ExchangeState
from handlers.hearing.homes import own_community, shown_name
from handlers.hearing.things import meant
from handlers.saying.say import Saying, answer, answer_about, say_to_person
from handlers.saying.things import about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.volunteering import Exchange
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

_GOOD = re.compile(r"(?P<name>.+?)(?:\s*[x×*]?\s*1\s*[个件瓶份]?)?")


def exchange(heard: Heard, command: Command) -> None:
    """Show what points buy, or reserve a good for them: 兑换, 兑换 洗衣液."""
    heard.private_answer = True
    community = own_community(heard)
    words = command.words.strip()
    goods = heard.policy.life.goods
    if not words:
        rows = "".join(
            "\n"
            + heard.house.texts(
                "goods.row", name=g.name, price=g.price, left=heard.uow.points.left(community.id, g)
            )
            for g in goods
        )
        balance = heard.uow.points.balance(community.id, heard.person.id)
        answer(heard, "goods.list" if goods else "goods.none", rows=rows, balance=balance)
        return
    found = _GOOD.fullmatch(words)
    name = found["name"] if found else words
    good = next((g for g in goods if g.name in (words, name)), None)
    if good is None:
        raise UserError("goods.unknown", said=words, names="、".join(g.name for g in goods) or "-")
    made = heard.uow.points.exchange(community.id, heard.person.id, good, heard.now)
    balance = heard.uow.points.balance(community.id, heard.person.id)
    if made is None and heard.uow.points.left(community.id, good) < 1:
        raise UserError("goods.gone", name=good.name)
    if made is None:
        raise UserError("goods.short", name=good.name, price=good.price, balance=balance)
    mark = (about(heard, "exchange", made),)
    answer_about(
        heard,
        "goods.reserved",
        (),
        about=mark,
        number=made.number,
        name=good.name,
        price=good.price,
        balance=balance,
    )


def hand_out(heard: Heard, command: Command) -> None:
    """Note that a reserved good was handed out: 兑换 发放 3."""
    _settle(heard, command, ExchangeState.HANDED, "handed")


def cancel(heard: Heard, command: Command) -> None:
    """Give back a reservation, by who asked or by staff: 兑换 取消 3."""
    _settle(heard, command, ExchangeState.CANCELLED, "cancelled")


def _settle(heard: Heard, command: Command, state: ExchangeState, key: str) -> None:
    heard.private_answer = True
    made = _meant(heard, command)
    mine = made.person_id == heard.person.id and state is ExchangeState.CANCELLED
    if not mine and not _is_staff(heard, made):
        raise RefusedError("refused.area", verb=command.verb.value, number=made.number)
    if not heard.uow.points.settle(made, state, at=heard.now):
        raise UserError("goods.settled", number=made.number)
    values: dict[str, Any] = {
        "number": made.number,
        "name": made.good,
        "price": made.price,
        "who": Said(shown_name(heard, made.person_id)),
        "balance": heard.uow.points.balance(made.community_id, made.person_id),
    }
    mark = (about(heard, "exchange", made),)
    answer_about(heard, f"goods.{key}", (), about=mark, **values)
    if made.person_id != heard.person.id:
        told = Saying(f"goods.{key}_told", f"exchange:{made.id}:{key}", values, about=mark)
        say_to_person(heard, made.person_id, told)


def _meant(heard: Heard, command: Command) -> Exchange:
    mine = None if heard.has_duty else heard.person.id
    return meant(
        heard,
        command,
        "exchange",
        numbered=heard.uow.points.exchange_numbered,
        open_in=lambda area: list(heard.uow.points.exchanges_of(area, mine)),
    )


def _is_staff(heard: Heard, made: Exchange) -> bool:
    covers = heard.uow.areas.covers
    return any(covers(i, made.community_id) or covers(made.community_id, i) for i in heard.areas_as(STAFF))
