"""Every step of a case, told to those who asked for its kind: rows of the outbox, written with the step.

A row holds ids, kinds and times, never what people said: who wants more asks the API, where scopes and
masking hold. Standard Webhooks: `type`, `timestamp`, `data`.
"""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

from data.domain.messages import MessageKind
from data.domain.webhook import CHANNEL, EVENT_OF, EventType

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case, State
    from data.domain.lifecycle import Action
    from data.domain.webhook import Webhook
    from handlers.context import Context


def tell(ctx: Context, case: Case, action: Action, step_id: int, was: State | None) -> None:
    """Write what happened to a case for every webhook that wants to hear of it."""
    event = EVENT_OF.get(action, EventType.UPDATED)
    hooks = [hook for hook in ctx.uow.webhooks.live() if event in hook.events and _sees(ctx, hook, case)]
    if not hooks:
        return
    step = {"action": action.value, "step": step_id, "from": was.value if was is not None else None}
    text = json.dumps(_payload(ctx, case, event, step), ensure_ascii=False)
    for hook in hooks:
        ctx.uow.outbox.put(
            {
                "dedupe_key": f"{CHANNEL}:{hook.id}:step:{step_id}",
                "lane": f"{CHANNEL}:{hook.id}",
                "channel": CHANNEL,
                "to": str(hook.id),
                "kind": MessageKind.TEXT.value,
                "text": text,
                "mentions": [],
                "cases": [],
                "about": [],
                "quiet": False,
                "created_at": ctx.now,
                "send_at": ctx.now,
            }
        )


def _sees(ctx: Context, hook: Webhook, case: Case) -> bool:
    return hook.area_id is None or ctx.uow.areas.covers(hook.area_id, case.building_id or case.area_id)


def _payload(ctx: Context, case: Case, event: EventType, step: dict[str, Any]) -> dict[str, Any]:
    areas = ctx.uow.areas
    community = areas.get(case.community_id)
    return {
        "type": event.value,
        "timestamp": _utc(ctx.now),
        "data": {
            "id": f"{community.code}/{case.number}",
            "number": case.number,
            "community": community.code,
            "area": areas.get(case.area_id).code,
            "building": areas.get(case.building_id).code if case.building_id else None,
            "category": case.category,
            "grade": case.grade.value,
            "urgency": case.urgency.value,
            "source": case.source.value,
            "state": case.state.value,
            **step,
            "reported_at": _utc(case.reported_at),
            "due_at": _utc(case.due) if case.due is not None and case.is_open else None,
            "resolved_at": _utc(case.resolved_at) if case.resolved_at is not None else None,
        },
    }


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
