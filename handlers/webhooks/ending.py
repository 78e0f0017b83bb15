"""A webhook that cannot be reached: the operator hears of it; one that is gone (410) is switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.webhook import CHANNEL
from handlers.saying.alerts import alert

if TYPE_CHECKING:
    from data.domain.messages import Claimed
    from handlers.context import Context

GONE = "gone"


def given_up(ctx: Context, claimed: Claimed, *, gone: bool) -> None:
    """Tell the operators of an event that reached nobody; end a webhook whose other side is gone."""
    hook = ctx.uow.webhooks.find(int(claimed.outgoing.to or 0))
    if hook is None:
        return
    host = hook.url.split("/")[2].rpartition("@")[2]
    if gone:
        if ctx.uow.webhooks.end(hook.id, ctx.now, GONE):
            alert(ctx, CHANNEL, "webhook_gone", f"webhook:{hook.id}:gone", number=str(hook.id), host=host)
        return
    day = ctx.policy.work.local(ctx.now).date()  # once a day: a server that is down fails with every event
    alert(ctx, CHANNEL, "webhook_dead", f"webhook:{hook.id}:{day}", number=str(hook.id), host=host)
