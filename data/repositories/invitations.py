"""Invitations: one-time codes, known by their hashes only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from data.repositories.base import Repository
from data.tables.invitations import invitations

if TYPE_CHECKING:
    from datetime import datetime


_INVITATION = select(invitations).where(invitations.c.code_hash == bindparam("code_hash"))


class Invitations(Repository):
    """Who may sign in with which code, until when."""

    def invite(self, **values: Any) -> int:
        """Write an invitation, known by the hash of its code only."""
        return self.add(invitations, values)

    def coded(self, code_hash: str) -> Any | None:
        """Return the invitation whose code has that hash."""
        return self.first(_INVITATION, code_hash=code_hash)

    def use(self, invitation_id: int, at: datetime) -> bool:
        """Use an invitation up, and forget whom it was for; return False if it was used before."""
        statement = update(invitations).where(
            invitations.c.id == invitation_id, invitations.c.used_at.is_(None)
        )
        return self.run(statement.values(used_at=at, name=None)) == 1

    def forget(self, before: datetime) -> int:
        """Forget invitations that ended before then; return how many."""
        return self.run(delete(invitations).where(invitations.c.expires_at < before))
