"""Invitations: a code, valid once and for a few minutes, by which a browser becomes somebody's."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from data.domain.messages import clean_name

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

    from data.domain.areas import Room
    from data.domain.people import Account
    from data.uow import UnitOfWork


PURPOSE = "sign_in"
ROOM = "room"  # a group becomes one of the roster's
VALID = timedelta(minutes=15)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is taken for something else
LENGTH = 12  # 59 bits: with a few tries a minute nobody guesses one that lives for minutes


class Redeemed(NamedTuple):
    """Whose a browser is now, and the room a new resident was invited to."""

    account: Account
    room: Room | None


def invite(
    uow: UnitOfWork,
    now: datetime,
    *,
    valid: timedelta = VALID,
    person_id: int | None = None,
    name: str | None = None,
    room_id: int | None = None,
    purpose: str = PURPOSE,
) -> str:
    """Write an invitation, for somebody known or for a new resident of a room; return its code.

    With the purpose `ROOM` it is for a group that becomes what that room is.

    Only the code's hash is kept: who reads the store can sign in as nobody.
    """
    code = new_code(secrets.SystemRandom())
    uow.invitations.invite(
        code_hash=hash_of(code),
        person_id=person_id,
        name=clean_name(name) if name else None,
        room_id=room_id,
        purpose=purpose,
        expires_at=now + valid,
    )
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def new_code(chance: Random) -> str:
    """Return a code that nobody guesses, given chance that nobody foresees."""
    return "".join(chance.choice(ALPHABET) for _ in range(LENGTH))


def redeem(uow: UnitOfWork, channel: str, code: str, now: datetime) -> Redeemed | None:
    """Use a code up and return whose account it opens; None if it is wrong, used or too old."""
    found = valid(uow, code, now)
    if found is None or found.purpose != PURPOSE:
        return None
    if not uow.invitations.use(found.id, now):
        return None
    room = uow.rooms.get(found.room_id) if found.room_id is not None else None
    if found.person_id is None:
        account = new_account(uow, channel, found.name or "")
    else:
        account = _account_of(uow, channel, found.person_id)
    if None in uow.sessions.banned_from(account.person_id, now):
        return None
    if room is not None:  # whoever invites somebody who was put out lets them in again
        uow.sessions.lift(account.person_id, now, room_id=room.id)
    if room is not None and account.last_room_id is None:
        uow.people.seen(account, account.name, room.id)
    return Redeemed(account, room)


def new_account(uow: UnitOfWork, channel: str, name: str) -> Account:
    """Return the account of somebody nobody knows yet."""
    account, _ = uow.people.meet(channel, _new_id(), name)
    return account


def valid(uow: UnitOfWork, code: str, now: datetime) -> Any | None:
    """Return the invitation that a code opens now; None if it is wrong, used or too old."""
    found = uow.invitations.coded(hash_of(code))
    return found if found is not None and found.used_at is None and found.expires_at > now else None


def hash_of(code: str) -> str:
    """Return the hash of a code, however it was typed."""
    return sha256(plain(code).encode()).hexdigest()


def plain(code: str) -> str:
    """Return a code without what people write between its letters."""
    return "".join(sign for sign in code.upper() if sign in ALPHABET)


def _account_of(uow: UnitOfWork, channel: str, person_id: int) -> Account:
    """Return somebody's account on a channel; who has none there gets one."""
    theirs = [a for a in uow.people.accounts(person_id) if a.channel == channel]
    return theirs[0] if theirs else uow.people.open_account(person_id, channel, _new_id())


def _new_id() -> str:
    return f"r{secrets.token_hex(8)}"
