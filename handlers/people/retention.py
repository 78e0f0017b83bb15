"""Retention: at night what is too old loses its words, names and pictures; the operators hear of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.people import Role
from data.recurring import arm_retention
from handlers.saying.say import Saying, say_to_person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.domain.reminder import Reminder
    from handlers.context import Context

AGAIN = timedelta(minutes=1)  # the rest, where it was more than is done at a time


def fire(ctx: Context, _reminder: Reminder) -> None:
    """Do so much of it, and the rest a minute later; then tomorrow night."""
    done = ctx.uow.retained.apply(ctx.policy.retention, ctx.now)
    rest = any(ctx.uow.retained.due(ctx.policy.retention, ctx.now).values())
    arm_retention(ctx.uow, ctx.policy.work, ctx.now, at=ctx.now + AGAIN if rest else None)
    if any(done.values()):
        for person in ctx.uow.people.all_holding(Role.OPERATOR):
            dedupe = f"retention:{ctx.now:%Y%m%d%H%M}:{person.id}"
            values = {"what": shown(ctx, done)}
            say_to_person(ctx, person.id, Saying("retention.done", dedupe, values, quiet=True))


def shown(ctx: Context, counts: Mapping[str, int]) -> str:
    """Return counts in words: 办完的件 12 件,图片 3 张."""
    return ",".join(
        ctx.house.texts(f"retention.kind.{kind}", count=count) for kind, count in counts.items() if count
    )
