"""The audit: what was refused, by ids and keys, never words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from data.repositories.base import Repository
from data.tables.audit import audit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.engine import Row


class Audit(Repository):
    """Refused commands, for officers to read."""

    def refused(
        self, at: datetime, person_id: int | None, room_id: int | None, command: str, why: str
    ) -> None:
        """Write a refused command into the audit: ids and keys, never words."""
        row = {"at": at, "person_id": person_id, "room_id": room_id, "command": command, "outcome": why}
        self.add(audit, row)

    def refusals(self) -> Sequence[Row[Any]]:
        """Return the refused commands: rows of at, person_id, room_id, command, outcome."""
        return self.all(select(audit).order_by(audit.c.id))
