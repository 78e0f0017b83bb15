"""Invitations: one-time codes, known by their hashes only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from sqlalchemy import bindparam, delete, select, update

from data.repositories.base import Repository
from data.tables.invitations import invitations

if TYPE_CHECKING:
    from datetime import datetime

    from typing_extensions import Unpack


_INVITATION = select(invitations).where(invitations.c.code_hash == bindparam("code_hash"))


class NewInvitation(TypedDict):
    """The fields of an invitation: a code for somebody known, a newcomer, or a room; `expires_at` is UTC."""

    code_hash: str
    person_id: int | None
    room_id: int | None
    name: str | None
    purpose: str
    expires_at: datetime


class Invitations(Repository):
    """Who may sign in with which code, until when."""

    def invite(self, **values: Unpack[NewInvitation]) -> int:
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
