"""The audit: what was refused, and whose words were read unmasked; by ids and keys, never words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from data.domain.audit import VIEW
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

    def did(self, at: datetime, person_id: int, room_id: int | None, command: str, what: str) -> None:
        """Write down a privileged act that was done: ids and keys, never words."""
        row = {"at": at, "person_id": person_id, "room_id": room_id, "command": command, "outcome": what}
        self.add(audit, row)

    def viewed(self, at: datetime, person_id: int, case_id: int) -> None:
        """Write down that somebody read the words of a case as they were said."""
        row = {
            "at": at,
            "person_id": person_id,
            "room_id": None,
            "command": VIEW,
            "outcome": f"case:{case_id}",
        }
        self.add(audit, row)

    def refusals(self) -> Sequence[Row[Any]]:
        """Return the refused commands: rows of at, person_id, room_id, command, outcome."""
        return self.all(select(audit).where(audit.c.command != VIEW).order_by(audit.c.id))

    def since(self, at: datetime) -> Sequence[Row[Any]]:
        """Return everything since then, the oldest first."""
        return self.all(select(audit).where(audit.c.at >= at).order_by(audit.c.id))

    def views(self) -> Sequence[Row[Any]]:
        """Return whose words were read unmasked by whom: rows of at, person_id, outcome (`case:12`)."""
        return self.all(select(audit).where(audit.c.command == VIEW).order_by(audit.c.id))
