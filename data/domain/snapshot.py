"""What 撤销 needs of a case: its fields before a step, as plain values, and the way back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from data.domain.case import Case, Grade, Source, State, Urgency

RESTORED = (
    "state",
    "category",
    "grade",
    "urgency",
    "dispute",
    "accept_by",
    "resolve_by",
    "resolve_from",
    "accepted_at",
    "resolved_at",
    "closed_at",
    "handler_id",
    "assignee_id",
    "assignee_org_id",
    "result",
    "reopened",
    "merged_into_id",
    "deferred_until",
    "resume_state",
    "time_left",
    "supervised_by_id",
    "supervised_until",
    "awaits_meeting",
    "meeting_id",
)
ENUMS: dict[str, Any] = {
    "state": State,
    "grade": Grade,
    "urgency": Urgency,
    "source": Source,
    "resume_state": State,
}


def snapshot(case: Case) -> dict[str, Any]:
    """Return what 撤销 restores of a case, as JSON."""
    return {name: plain(getattr(case, name)) for name in RESTORED}


def restore(case: Case, before: dict[str, Any]) -> None:
    """Put a snapshot back into a case."""
    times = {
        "accept_by",
        "resolve_by",
        "resolve_from",
        "accepted_at",
        "resolved_at",
        "closed_at",
        "deferred_until",
        "supervised_until",
    }
    for name in RESTORED:
        value = before[name]
        if value is not None and name in times:
            value = datetime.fromisoformat(value)
        elif value is not None and name in ENUMS:
            value = ENUMS[name](value)
        elif value is not None and name == "time_left":
            value = timedelta(seconds=value)
        setattr(case, name, value)


def plain(value: Any) -> Any:
    """Return a field of a case as JSON holds it: dates as ISO text, spans as seconds, enums as values."""
    if isinstance(value, datetime):
        return value.isoformat()
    return int(value.total_seconds()) if isinstance(value, timedelta) else value
