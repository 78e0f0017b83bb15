"""Retention: at night what is too old loses its words, names and pictures; the operators hear of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.people import Role
from data.domain.retention import OF_PEOPLE, Sweep
from data.recurring import arm_retention
from handlers.saying.say import Saying, say_to_person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.domain.reminder import Reminder
    from handlers.context import Context

AGAIN = timedelta(seconds=1)  # the rest, a little at a time: the writer has other things to do


def fire(ctx: Context, reminder: Reminder) -> None:
    """Do a little of it, and the rest a second later; at the end tell the operators, then tomorrow night."""
    come = ctx.uow.retained.sweep(ctx.policy.retention, ctx.now, Sweep.of(reminder.details))
    if not come.is_through:
        arm_retention(ctx.uow, ctx.policy.work, ctx.now, at=ctx.now + AGAIN, details=come.kept())
        return
    arm_retention(ctx.uow, ctx.policy.work, ctx.now)
    if any(come.done.get(kind) for kind in OF_PEOPLE):
        for person in ctx.uow.people.all_holding(Role.OPERATOR):
            dedupe = f"retention:{ctx.now:%Y%m%d%H%M}:{person.id}"
            values = {"what": shown(ctx, come.done)}
            say_to_person(ctx, person.id, Saying("retention.done", dedupe, values, quiet=True))


def shown(ctx: Context, counts: Mapping[str, int]) -> str:
    """Return counts in words: 办完的件 12 件,图片 3 张."""
    shares = [(kind, count) for kind, count in counts.items() if count and kind in OF_PEOPLE]
    return ",".join(ctx.house.texts(f"retention.kind.{kind}", count=count) for kind, count in shares)
