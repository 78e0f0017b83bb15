"""Gates: who a browser is. Accounts are identity; a name never is."""

from __future__ import annotations

import asyncio
import re
import secrets
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, Protocol

from aiohttp_session import get_session, new_session

from bot.channels.web import NAME
from data.domain.session import SEEN_EVERY

if TYPE_CHECKING:
    from datetime import datetime

    from aiohttp import web

    from bot.writer import Writer
    from data.domain.clock import Clock
    from data.domain.people import Account
    from data.domain.session import Session
    from data.repositories.chats import ShownPerson
    from data.store import Store
    from data.uow import UnitOfWork

TOKEN = "token"  # noqa: S105  the key in the cookie
DEVICES = {
    "tablet": re.compile(r"iPad|Tablet|PlayBook|Android(?!.*Mobile)"),
    "mobile": re.compile(r"Mobile|iPhone|Android|MicroMessenger"),
    "desktop": re.compile(r"Windows|Macintosh|X11|CrOS"),
}


class Visitor(NamedTuple):
    """Who looks at a page, as it is shown to others."""

    account: Account
    shown: ShownPerson


class Gate(Protocol):
    """Knows who a request comes from."""

    async def claims(self, request: web.Request) -> str | None:
        """Return the account that a request may speak as, None if it may speak as nobody."""
        ...

    async def session(self, request: web.Request) -> Session | None:
        """Return the session a browser is signed in by, if it is."""
        ...

    async def sign_in(self, request: web.Request, account: Account) -> None:
        """Let a browser speak as an account from now on."""
        ...

    async def sign_out(self, request: web.Request) -> None:
        """Let a browser be nobody's from now on."""
        ...


class SessionGate:
    """Who signed in is known by a cookie that names a session of the store: what ends there ends here."""

    def __init__(self, store: Store, writer: Writer, clock: Clock) -> None:
        self._store = store
        self._writer = writer
        self._clock = clock

    async def claims(self, request: web.Request) -> str | None:
        """Return the account of the session, as long as it stands."""
        found = await self.session(request)
        return found.account if found else None

    async def session(self, request: web.Request) -> Session | None:
        """Return the session of a browser; None if it has none, or it was ended."""
        token = (await get_session(request)).get(TOKEN)
        if not isinstance(token, str):
            return None
        now = self._clock.now()
        found = await asyncio.to_thread(self._look, token, now)
        if found is not None and now - found.seen_at >= SEEN_EVERY:
            await self._writer.run(self._seen, found.id, now)
        return found

    async def sign_in(self, request: web.Request, account: Account) -> None:
        """Let a browser speak as an account from now on."""
        token = secrets.token_urlsafe(32)
        device = device_of(request.headers.get("User-Agent", ""))
        await self._writer.run(self._begin, account.id, hash_of(token), device)
        (await new_session(request))[TOKEN] = token

    async def sign_out(self, request: web.Request) -> None:
        """End the session of a browser, here and in the store: a copy of its cookie opens nothing."""
        found = await self.session(request)
        if found is not None:
            await self._writer.run(self._end, found.id)
        (await get_session(request)).invalidate()

    def _begin(self, account_id: int, token_hash: str, device: str) -> None:
        with self._store.write() as uow:
            uow.sessions.begin(account_id, token_hash, device, self._clock.now())
            uow.commit()

    def _end(self, session_id: int) -> None:
        with self._store.write() as uow:
            uow.sessions.end([session_id], self._clock.now())
            uow.commit()

    def _look(self, token: str, now: datetime) -> Session | None:
        with self._store.read() as uow:
            return uow.sessions.standing(hash_of(token), now)

    def _seen(self, session_id: int, now: datetime) -> None:
        with self._store.write() as uow:
            uow.sessions.seen(session_id, now)
            uow.commit()


class DemoGate:
    """In the demo anybody may speak as anybody: `?as=` says who, in each tab another."""

    async def claims(self, request: web.Request) -> str | None:
        """Return the account that is asked for; an empty one stands for any resident."""
        return request.query.get("as", "")

    async def session(self, _request: web.Request) -> Session | None:
        """In the demo nobody is signed in."""
        return None

    async def sign_in(self, request: web.Request, account: Account) -> None:
        """In the demo the address says who speaks."""

    async def sign_out(self, request: web.Request) -> None:
        """In the demo nobody is signed in."""


def visitor(uow: UnitOfWork, claimed: str | None, now: datetime) -> Visitor | None:
    """Return who an account belongs to; None if it is gone or banned, or claimed by nobody."""
    if claimed is None:
        return None
    if not claimed:
        claimed = _any_resident(uow)
    found = uow.people.speaker(NAME, claimed)
    if found is not None and None in uow.sessions.banned_from(found[1].id, now):
        return None
    shown = uow.chats.shown(found[0]) if found else None
    return Visitor(found[0], shown) if found and shown else None


def hash_of(token: str) -> str:
    """Return what is kept of a token: who reads the store can sign in as nobody."""
    return sha256(token.encode()).hexdigest()


def device_of(agent: str) -> str:
    """Return what kind of device a browser says it is: `mobile`, `tablet`, `desktop`, or `other`."""
    for kind, sign in DEVICES.items():
        if sign.search(agent):
            return kind
    return "other"


def _any_resident(uow: UnitOfWork) -> str:
    """Return a resident to begin a demo with: somebody who lives there, if the roster says of anybody."""
    everybody = uow.chats.people_on(NAME)
    residents = [one for one in everybody if not one.duties and one.organisation is None]
    at_home = (one for one in residents if _lives_here(uow, one.account))
    return next((one.account for one in (*at_home, *residents, *everybody)), "")


def _lives_here(uow: UnitOfWork, account: str) -> bool:
    found = uow.people.speaker(NAME, account)
    return found is not None and uow.households.home(found[1].id) is not None
