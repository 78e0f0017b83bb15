"""Browsers that are signed in, and who may not come in or speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, or_, select, update

from data.domain.session import SIGNED_IN_FOR, Session
from data.repositories.base import Repository
from data.tables.people import accounts, members
from data.tables.sessions import bans, sessions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Row

_STANDING = (
    sessions.c.ended_at.is_(None),
    sessions.c.expires_at > bindparam("now", type_=sessions.c.seen_at.type),
)
_WHOSE = select(sessions, accounts.c.external_id, accounts.c.name).join(
    accounts, accounts.c.id == sessions.c.account_id
)
_BY_TOKEN = _WHOSE.where(*_STANDING, sessions.c.token_hash == bindparam("token"))
_ALL = _WHOSE.where(*_STANDING).order_by(sessions.c.id)
_ANYBODY = select(bans.c.person_id).where(bans.c.ended_at.is_(None))
_BANNED = select(bans.c.room_id).where(
    bans.c.person_id == bindparam("person"),
    bans.c.ended_at.is_(None),
    or_(bans.c.until.is_(None), bans.c.until > bindparam("now", type_=bans.c.at.type)),
)


class Sessions(Repository):
    """Sessions by the hashes of their tokens, and bans."""

    _anybody: set[int] | None = None

    def begin(self, account_id: int, token_hash: str, device: str, now: datetime) -> int:
        """Let a browser in, for ninety days."""
        row = {
            "token_hash": token_hash,
            "account_id": account_id,
            "device": device,
            "began_at": now,
            "seen_at": now,
            "expires_at": now + SIGNED_IN_FOR,
        }
        return self.add(sessions, row)

    def standing(self, token_hash: str, now: datetime) -> Session | None:
        """Return the session of a token; None if it was ended, or has run out."""
        row = self.first(_BY_TOKEN, token=token_hash, now=now)
        return _session(row) if row else None

    def all_standing(self, now: datetime) -> list[Session]:
        """Return all that are signed in."""
        return [_session(row) for row in self.all(_ALL, now=now)]

    def of_person(self, person_id: int, now: datetime) -> list[Session]:
        """Return somebody's browsers, the oldest first."""
        return [_session(row) for row in self.all(_ALL.where(accounts.c.person_id == person_id), now=now)]

    def seen(self, session_id: int, now: datetime) -> None:
        """Note when a browser was there last."""
        self.run(update(sessions).where(sessions.c.id == session_id).values(seen_at=now))

    def end(self, ids: Iterable[int], now: datetime) -> int:
        """End sessions; return how many stood."""
        mine = sessions.c.id.in_(tuple(ids)), sessions.c.ended_at.is_(None)
        return self.run(update(sessions).where(*mine).values(ended_at=now))

    def forget(self, before: datetime) -> None:
        """Forget sessions that ended before then."""
        self.run(delete(sessions).where(or_(sessions.c.ended_at < before, sessions.c.expires_at < before)))

    def ban(
        self, person_id: int, by_id: int, now: datetime, *, room_id: int | None, until: datetime | None
    ) -> None:
        """Put somebody out of a room, or of everything (no room), until then or until it is lifted."""
        self.lift(person_id, now, room_id=room_id)
        row = {"person_id": person_id, "room_id": room_id, "by_id": by_id, "at": now, "until": until}
        self.add(bans, row)
        self._anybody = None
        if room_id is not None:
            theirs = select(accounts.c.id).where(accounts.c.person_id == person_id)
            self.run(delete(members).where(members.c.room_id == room_id, members.c.account_id.in_(theirs)))
            there = accounts.c.person_id == person_id, accounts.c.last_room_id == room_id
            self.run(update(accounts).where(*there).values(last_room_id=None))

    def lift(self, person_id: int, now: datetime, *, room_id: int | None = None) -> int:
        """Let somebody into a room again, or (no room) be heard again; return how many bans stood."""
        where: ColumnElement[bool] = (
            bans.c.room_id.is_(None) if room_id is None else bans.c.room_id == room_id
        )
        mine = bans.c.person_id == person_id, bans.c.ended_at.is_(None), where
        self._anybody = None
        return self.run(update(bans).where(*mine).values(ended_at=now))

    def banned_from(self, person_id: int, now: datetime) -> set[int | None]:
        """Return the rooms somebody was put out of; None among them: they are not heard at all."""
        if person_id not in self._banned():
            return set()
        rows: Sequence[Row[Any]] = self.all(_BANNED, person=person_id, now=now)
        return {row.room_id for row in rows}

    def _banned(self) -> set[int]:
        """Return everybody who is banned from anything: looked up once a batch, for they are few."""
        if self._anybody is None:
            rows = self.all(_ANYBODY)
            self._anybody = {row.person_id for row in rows}
        return self._anybody


def _session(row: Row[Any]) -> Session:
    return Session(
        row.id,
        row.account_id,
        row.external_id,
        row.name,
        row.device,
        row.began_at,
        row.seen_at,
        row.expires_at,
    )
