"""The audit, corrections and invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from data.repositories.base import Repository
from data.tables.records import audit, corrections, invitations

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.engine import Row

_INVITATION = select(invitations).where(invitations.c.code_hash == bindparam("code_hash"))


class Records(Repository):
    """What the house keeps about itself."""

    def refused(
        self, at: datetime, person_id: int | None, room_id: int | None, command: str, why: str
    ) -> None:
        """Write a refused command into the audit: ids and keys, never words."""
        row = {"at": at, "person_id": person_id, "room_id": room_id, "command": command, "outcome": why}
        self.add(audit, row)

    def refusals(self) -> Sequence[Row[Any]]:
        """Return the refused commands: rows of at, person_id, room_id, command, outcome."""
        return self.all(select(audit).order_by(audit.c.id))

    def corrections(self) -> Sequence[Row[Any]]:
        """Return the corrections: rows of at, person_id, appeal_id, text, was, now."""
        return self.all(select(corrections).order_by(corrections.c.id))

    def correct(self, **values: Any) -> None:
        """Keep a correction that somebody made; `shaozi learn` learns from it."""
        self.add(corrections, values)

    def invite(self, **values: Any) -> int:
        """Write an invitation, known by the hash of its code only."""
        return self.add(invitations, values)

    def invitation(self, code_hash: str) -> Any | None:
        """Return the invitation whose code has that hash."""
        return self.first(_INVITATION, code_hash=code_hash)

    def use(self, invitation_id: int, at: datetime) -> bool:
        """Use an invitation up, and forget whom it was for; return False if it was used before."""
        statement = update(invitations).where(
            invitations.c.id == invitation_id, invitations.c.used_at.is_(None)
        )
        return self.run(statement.values(used_at=at, name=None)) == 1

    def forget_invitations(self, before: datetime) -> int:
        """Forget invitations that ended before then; return how many."""
        return self.run(delete(invitations).where(invitations.c.expires_at < before))
