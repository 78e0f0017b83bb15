"""Alerts: the operators hear what is wrong with a channel, on the channels that are well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.people import Role
from handlers.saying.say import Saying, say

if TYPE_CHECKING:
    from handlers.context import Context


def alert(ctx: Context, channel: str, key: str, once: str, **values: str) -> int:
    """Tell all operators, each on one account off that channel; return how many could be told.

    Who has an account on that channel only hears of it there, as soon as it is well again. A channel may have
    words of its own for what is wrong.
    """
    told = 0
    own = f"alert.{channel}.{key}"
    wording = own if own in ctx.house.texts else f"alert.{key}"
    for person_id in ctx.uow.people.holding(Role.OPERATOR):
        accounts = [a for a in ctx.uow.people.accounts(person_id) if ctx.house.reach(a.channel).private]
        accounts.sort(key=lambda account: account.channel == channel)
        if accounts:
            saying = Saying(wording, dedupe=f"alert:{once}:{person_id}", values=dict(values))
            say(ctx, accounts[0], saying)
            told += 1
    return told
