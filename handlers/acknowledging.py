"""Acknowledgements: held for a moment, so that what waits in a room is said in one message."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from handlers.announce import Saying, answer_about, private_account, say, wording
from handlers.charge import in_charge
from handlers.context import Heard
from handlers.showing import case_label, when
from handlers.wording import Said

if TYPE_CHECKING:
    from data.domain.areas import Room
    from data.domain.case import Appeal, Case
    from data.domain.events import AppealGrew, AppealJoined, CaseReported, CaseSeconded
    from data.domain.people import Account
    from handlers.context import Context

SECONDED_EVERY = timedelta(hours=1)


class Notice(NamedTuple):
    """One row that waits: to whom, and what."""

    to: Room | Account
    saying: Saying


def case_reported(ctx: Context, event: CaseReported) -> None:
    """Acknowledge a new case where it was said, and tell those in charge alone, after the same wait."""
    hold_and_say(ctx, event.appeal, notices(ctx, event.case, event.appeal))


def appeal_grew(ctx: Context, event: AppealGrew) -> None:
    """Let what waits wait on, with what is known now; what was said already stays as it is."""
    for notice in notices(ctx, event.case, event.appeal):
        text = wording(ctx, notice.to, notice.saying)
        ctx.uow.outbox.rewrite(notice.saying.dedupe, text=text)
    ctx.uow.outbox.prolong(_hold_name(event.appeal), ctx.now + ctx.policy.hold)


def appeal_joined(ctx: Context, event: AppealJoined) -> None:
    """Say once to whoever raised the same matter where it went."""
    hold_and_say(ctx, event.appeal, [_to_appellant(ctx, event.appeal, "ack.joined", event.case, {})])


def case_seconded(ctx: Context, event: CaseSeconded) -> None:
    """Count a seconding: a command is answered, the group hears of it at most once an hour."""
    case = event.case
    values: dict[str, Any] = {"count": len(ctx.uow.appeals.seconded_by(case.id)), "kind": case.kind_name}
    if not isinstance(ctx, Heard):
        return
    if event.asked:
        ctx.private_answer = True
        answer_about(ctx, "second.counted", (case,), **values)
    elif ctx.room is not None and not case.dispute:
        saying = Saying(
            "second.so_far",
            dedupe=f"second:{case.id}:{ctx.inbound.message_id}",
            values=values,
            cases=(case,),
            send_at=ctx.now + SECONDED_EVERY,
            purpose=f"second:{case.id}",
        )
        waiting = ctx.uow.outbox.waiting_for(f"second:{case.id}", ctx.room.id)
        if waiting is None:
            say(ctx, ctx.room, saying)
        else:
            ctx.uow.outbox.rewrite(waiting, text=wording(ctx, ctx.room, saying))


def notices(ctx: Context, case: Case, appeal: Appeal) -> list[Notice]:
    """Return what is said of a new case: to its appellant, and to those in charge alone."""
    told = in_charge(ctx, case)
    texts = ctx.house.texts
    who = "、".join(f"{texts(f'role.{role.value}')}{person.name}" for role, person in told)
    by = when(ctx, case.accept_by) if case.accept_by else ""
    key = "ack.dispute" if case.dispute else "ack.new" if told else "ack.nobody"
    public = appeal.room_id is not None
    values = {"label": case_label(ctx.policy, case, public=public), "who": who, "by": by}
    found = [_to_appellant(ctx, appeal, key, case, values)]
    for _, person in told:
        account = private_account(ctx, person.id)
        if account is not None and person.id != appeal.person_id:
            saying = Saying(
                "in_charge.new",
                dedupe=f"new:{case.id}:{person.id}",
                values={
                    "label": case_label(ctx.policy, case, public=False),
                    "name": account_of(ctx, appeal).name,
                    "summary": Said(appeal.words),
                    "by": by,
                    "number": case.number,
                },
                cases=(case,),
                bundle="new",
                quiet=True,
            )
            found.append(Notice(account, saying))
    return found


def _to_appellant(ctx: Context, appeal: Appeal, key: str, case: Case, values: dict[str, Any]) -> Notice:
    """Answer the one who appealed where it was said; a dispute alone, if the channel can."""
    account = account_of(ctx, appeal)
    saying = Saying(
        key,
        dedupe=f"ack:{appeal.id}",
        values=values,
        cases=(case,),
        reply_to=appeal.message_id,
        bundle="ack",
    )
    if appeal.room_id is None or (case.dispute and ctx.house.reach(account.channel).private):
        return Notice(account, saying)
    return Notice(ctx.uow.rooms.get(appeal.room_id), replace(saying, mentions=(account,)))


def account_of(ctx: Context, appeal: Appeal) -> Account:
    """Return the account an appeal was said from."""
    if isinstance(ctx, Heard) and ctx.account.id == appeal.account_id:
        return ctx.account
    return ctx.uow.people.account(appeal.account_id)


def hold_and_say(ctx: Context, appeal: Appeal, said: list[Notice]) -> None:
    """Put rows into the wait of the place where an appeal was said: all there waits for the last line."""
    hold, outbox = _hold_name(appeal), ctx.uow.outbox
    waiting = outbox.waits_until(hold)
    until = waiting or ctx.now + ctx.policy.hold_limit
    send_at = min(ctx.now + ctx.policy.hold, until)
    for notice in said:
        say(ctx, notice.to, replace(notice.saying, hold=hold, send_at=send_at, hold_until=until))
    if waiting is not None:
        outbox.prolong(hold, send_at)


def _hold_name(appeal: Appeal) -> str:
    return f"r{appeal.room_id}" if appeal.room_id is not None else f"a{appeal.account_id}"
