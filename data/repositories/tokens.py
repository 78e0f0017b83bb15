"""Tokens of other software by the hashes of their secrets, what was posted by them, secret calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from data.domain.token import Token, TokenScope
from data.repositories.base import Repository, Upsert
from data.tables.interfaces import calendars, posted, tokens
from data.tables.people import accounts, people

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.engine import Row

_BY_HASH = select(tokens).where(tokens.c.hash == bindparam("hashed"))
_POSTED = select(posted).where(posted.c.token_id == bindparam("token"), posted.c.key == bindparam("named"))
_CALENDAR = Upsert(calendars, key=("person_id",), replace=("hash", "made_at"))


class Tokens(Repository):
    """Tokens of other software, the keys of what was posted by them, and secret calendars."""

    def issue(
        self,
        name: str,
        hashed: str,
        external_id: str,
        scopes: Iterable[TokenScope],
        *,
        area_id: int | None,
        person_id: int | None,
        now: datetime,
        expires_at: datetime | None,
    ) -> Token:
        """Write a token down, with the account it speaks by: `external_id`, on the channel `web`.

        Without a person it acts as one of its own, who has no duty.
        """
        if person_id is None:
            person_id = self.add(people, {"name": name, "on_roster": 0})
        account = {"person_id": person_id, "channel": "web", "external_id": external_id, "name": name}
        account_id = self.add(accounts, account)
        row = {
            "name": name,
            "hash": hashed,
            "scopes": sorted(scopes),
            "area_id": area_id,
            "person_id": person_id,
            "account_id": account_id,
            "created_at": now,
            "expires_at": expires_at,
        }
        return self.get(self.add(tokens, row))

    def get(self, token_id: int) -> Token:
        """Return a token that exists."""
        return _token(self.one(select(tokens).where(tokens.c.id == token_id)))

    def of_hash(self, hashed: str) -> Token | None:
        """Return the token with a secret's hash, whether it stands or not."""
        row = self.first(_BY_HASH, hashed=hashed)
        return _token(row) if row else None

    def everyone(self) -> list[Token]:
        """Return all tokens, the oldest first."""
        return [_token(row) for row in self.all(select(tokens).order_by(tokens.c.id))]

    def named(self, name: str) -> list[Token]:
        """Return the tokens of that name that were not revoked."""
        mine = tokens.c.name == name, tokens.c.revoked_at.is_(None)
        return [_token(row) for row in self.all(select(tokens).where(*mine).order_by(tokens.c.id))]

    def revoke(self, ids: Iterable[int], now: datetime) -> int:
        """Let tokens open nothing from now on; return how many did."""
        mine = tokens.c.id.in_(tuple(ids)), tokens.c.revoked_at.is_(None)
        return self.run(update(tokens).where(*mine).values(revoked_at=now))

    def used(self, token_id: int, now: datetime) -> None:
        """Note when a token was used last."""
        self.run(update(tokens).where(tokens.c.id == token_id).values(used_at=now))

    def open_account(self, token: Token, channel: str, external_id: str) -> None:
        """Give a token's person an account on one more channel, unless there is one."""
        known = select(accounts.c.id).where(
            accounts.c.channel == channel, accounts.c.external_id == external_id
        )
        if self.first(known) is None:
            values = {"person_id": token.person_id, "channel": channel, "external_id": external_id}
            self.add(accounts, {**values, "name": token.name})

    # what was posted under a key

    def post(
        self, token_id: int, key: str, body_hash: str, message_id: str, *, now: datetime, since: datetime
    ) -> tuple[str, str]:
        """Keep a posting under its key unless one is kept `since` then; return the hash and id of what is."""
        row = self.first(_POSTED, token=token_id, named=key)
        if row is not None and row.at > since:
            return row.body_hash, row.message_id
        self.run(delete(posted).where(posted.c.token_id == token_id, posted.c.key == key))
        values = {
            "token_id": token_id,
            "key": key,
            "body_hash": body_hash,
            "message_id": message_id,
            "at": now,
        }
        self.connection.execute(insert(posted), values)
        return body_hash, message_id

    def forget_posted(self, before: datetime) -> None:
        """Forget the keys of what was posted before a moment."""
        self.run(delete(posted).where(posted.c.at < before))

    # secret addresses of calendars

    def set_calendar(self, person_id: int, hashed: str, now: datetime) -> None:
        """Give somebody's calendar an address; the one it had leads nowhere any more."""
        self.upsert(_CALENDAR, {"person_id": person_id, "hash": hashed, "made_at": now})

    def end_calendar(self, person_id: int) -> bool:
        """Let somebody's calendar have no address; return whether it had one."""
        return self.run(delete(calendars).where(calendars.c.person_id == person_id)) > 0

    def calendar_of(self, hashed: str) -> int | None:
        """Return whose calendar lies at an address."""
        row = self.first(select(calendars.c.person_id).where(calendars.c.hash == hashed))
        return row.person_id if row else None

    def count_calendars(self) -> int:
        """Return how many people have a calendar."""
        return int(self.connection.execute(select(func.count()).select_from(calendars)).scalar_one())


def _token(row: Row[Any]) -> Token:
    return Token(
        row.id,
        row.name,
        frozenset(TokenScope(one) for one in row.scopes),
        row.area_id,
        row.person_id,
        row.account_id,
        row.created_at,
        row.expires_at,
        row.revoked_at,
        row.used_at,
    )
