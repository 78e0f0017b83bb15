"""The door of the interfaces: whose token a request has, and whether it comes too fast."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.limiter import Limiter
from bot.web.visitors import hash_of
from data.domain.session import SEEN_EVERY

if TYPE_CHECKING:
    from datetime import datetime

    from aiohttp import web

    from bot.web.site import Site
    from data.domain.token import Token
    from data.uow import UnitOfWork

MINUTE = timedelta(minutes=1)
RETRY_AFTER = 60  # seconds
PREFIX = "shz_"  # so that scanners for lost secrets know one


class TooFastError(Exception):
    """So many requests are not answered within a minute."""


class TokenDoor:
    """Knows tokens. A request is counted before anything is looked up."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._limiter = Limiter(site.clock, site.config.web.requests_per_minute, MINUTE)

    def count(self, secret: str) -> None:
        """Count a request by what it calls itself; raise `TooFastError`."""
        if not self._limiter.allow(hash_of(secret)):
            raise TooFastError

    def admit(self, uow: UnitOfWork, secret: str) -> Token | None:
        """Return the token of a secret; None if there is none, or it stands no more."""
        found = uow.tokens.of_hash(hash_of(secret)) if secret else None
        now = self._site.clock.now()
        if found is None or not found.stands(now):
            return None
        return None if None in uow.sessions.banned_from(found.person_id, now) else found

    async def note(self, token: Token) -> None:
        """Note that a token was used, now and then."""
        now = self._site.clock.now()
        if token.used_at is None or now - token.used_at >= SEEN_EVERY:
            await self._site.write(_used, token.id, now)


def bearer(request: web.Request) -> str:
    """Return the secret a request bears; empty if it bears none."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""


def _used(uow: UnitOfWork, token_id: int, now: datetime) -> None:
    uow.tokens.used(token_id, now)
