"""Acknowledgements: held for a moment, so that what waits in a room is said in one message."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from data.domain.purpose import Purpose
from handlers.cases.new_case_news import Addressed, news_of, to_appellant
from handlers.context import Heard
from handlers.hearing.outcome import is_spoken_to
from handlers.saying.say import Saying, answer_about, rewrite, say, wording

if TYPE_CHECKING:
    from data.domain.case import Appeal
    from data.domain.events import AppealGrew, AppealJoined, CaseReported, CaseSeconded
    from handlers.context import Context

SECONDED_EVERY = timedelta(hours=1)
NOT_WORTH = timedelta(seconds=1)


def case_reported(ctx: Context, event: CaseReported) -> None:
    """Acknowledge a new case where it was said, and tell those in charge alone, after the same wait."""
    hold_and_say(ctx, event.appeal, news_of(ctx, event.case, event.appeal))


def appeal_grew(ctx: Context, event: AppealGrew) -> None:
    """Let what waits wait on, with what is known now; what was said already stays as it is."""
    if event.appeal.joined:
        ctx.uow.outbox.prolong(_hold_name(event.appeal), ctx.now + ctx.policy.hold)
        return
    if not ctx.uow.outbox.is_waiting(f"ack:{event.appeal.id}"):
        _added(ctx, event)
        return
    now = news_of(ctx, event.case, event.appeal)
    ctx.uow.outbox.silence_others(f"new:{event.case.id}:", {notice.saying.dedupe for notice in now})
    hold_and_say(ctx, event.appeal, now)
    for notice in now:
        rewrite(ctx, notice.to, notice.saying)


def _added(ctx: Context, event: AppealGrew) -> None:
    """Say to who speaks to the bot, once an appeal, that what they add is noted; others join silently."""
    if not isinstance(ctx, Heard) or not is_spoken_to(ctx):
        return
    name = f"ack:{event.appeal.id}:added:"
    if ctx.uow.outbox.silence_all(name):
        return
    addressed = to_appellant(ctx, event.appeal, "ack.added", event.case, {})
    saying = replace(addressed.saying, dedupe=f"{name}{ctx.inbound.message_id}")
    hold_and_say(ctx, event.appeal, [Addressed(addressed.to, saying)])


def appeal_joined(ctx: Context, event: AppealJoined) -> None:
    """Say once to whoever raised the same matter where it went."""
    hold_and_say(ctx, event.appeal, [to_appellant(ctx, event.appeal, "ack.joined", event.case, {})])


def case_seconded(ctx: Context, event: CaseSeconded) -> None:
    """Count a seconding: a command is answered, the group hears of it at most once an hour."""
    case = event.case
    values: dict[str, Any] = {"count": len(ctx.uow.appeals.seconded_by(case.id)), "kind": case.kind_name}
    if not isinstance(ctx, Heard):
        return
    if event.asked:
        ctx.private_answer = True
        answer_about(ctx, "second.counted", (case,), **values)
    elif ctx.room is not None and not case.discreet:
        saying = Saying(
            "second.so_far",
            dedupe=f"second:{case.id}:{ctx.inbound.message_id}",
            values=values,
            cases=(case,),
            send_at=ctx.now + SECONDED_EVERY,
            purpose=Purpose.SECONDED.of(case.id),
        )
        waiting = ctx.uow.outbox.waiting_for(f"second:{case.id}", ctx.room.id)
        if waiting is None:
            say(ctx, ctx.room, saying)
        else:
            ctx.uow.outbox.rewrite(waiting, text=wording(ctx, ctx.room, saying))


def hold_and_say(ctx: Context, appeal: Appeal, said: list[Addressed]) -> None:
    """Put rows into the wait of the place where an appeal was said: all there waits for the last line.

    Where many speak at once a wait is not prolonged by less than `NOT_WORTH`: that writes all of its rows.
    """
    hold, outbox = _hold_name(appeal), ctx.uow.outbox
    held = outbox.held(hold)
    until = held[0] if held else ctx.now + ctx.policy.hold_limit
    send_at = min(ctx.now + ctx.policy.hold, until)
    if held and timedelta() <= send_at - held[1] < NOT_WORTH:
        send_at = held[1]
    elif held:
        outbox.prolong(hold, send_at)
    for notice in said:
        say(ctx, notice.to, replace(notice.saying, hold=hold, send_at=send_at, hold_until=until))


def _hold_name(appeal: Appeal) -> str:
    return f"r{appeal.room_id}" if appeal.room_id is not None else f"a{appeal.account_id}"
