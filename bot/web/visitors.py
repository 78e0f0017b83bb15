"""Gates: who a browser is. Accounts are identity; a name never is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from aiohttp_session import get_session, new_session

from bot.channels.web import NAME

if TYPE_CHECKING:
    from aiohttp import web

    from data.domain.people import Account
    from data.repositories.chats import Shown
    from data.uow import UnitOfWork

ACCOUNT = "account"  # the session's key


class Visitor(NamedTuple):
    """Who looks at a page, as it is shown to others."""

    account: Account
    shown: Shown


class Gate(Protocol):
    """Knows who a request comes from."""

    async def claims(self, request: web.Request) -> str | None:
        """Return the account that a request may speak as, None if it may speak as nobody."""
        ...


class SessionGate:
    """Who signed in is known by an encrypted cookie."""

    async def claims(self, request: web.Request) -> str | None:
        """Return the account of the session."""
        session = await get_session(request)
        claimed = session.get(ACCOUNT)
        return claimed if isinstance(claimed, str) else None


class DemoGate:
    """In the demo anybody may speak as anybody: `?as=` says who, in each tab another."""

    async def claims(self, request: web.Request) -> str | None:
        """Return the account that is asked for; an empty one stands for any resident."""
        return request.query.get("as", "")


def visitor(uow: UnitOfWork, claimed: str | None) -> Visitor | None:
    """Return who an account belongs to; None if it is gone, or claimed by nobody."""
    if claimed is None:
        return None
    if not claimed:
        claimed = _any_resident(uow)
    found = uow.people.speaker(NAME, claimed)
    shown = uow.chats.shown(found[0]) if found else None
    return Visitor(found[0], shown) if found and shown else None


async def sign_in(request: web.Request, account: str) -> None:
    """Let a browser speak as an account from now on."""
    session = await new_session(request)
    session[ACCOUNT] = account


async def sign_out(request: web.Request) -> None:
    """Let a browser speak as nobody."""
    (await get_session(request)).invalidate()


def _any_resident(uow: UnitOfWork) -> str:
    """Return somebody without duties, to begin a demo with."""
    everybody = uow.chats.people_on(NAME)
    residents = [one for one in everybody if not one.duties and one.organisation is None]
    return next((one.account for one in residents or everybody), "")
