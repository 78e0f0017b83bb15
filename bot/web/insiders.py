"""Who may look at the machinery: health, metrics, the channels and their codes."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from aiohttp import web

from bot.web.addresses import is_loopback
from bot.web.visitors import visitor
from data.domain.people import Role

if TYPE_CHECKING:
    from datetime import datetime

    from bot.web.site import Site
    from data.uow import UnitOfWork


async def only_insiders(site: Site, request: web.Request) -> None:
    """Refuse (403) whoever has neither the token nor the operator's duty, nor sits at this machine.

    Once there is a public address, sitting here proves nothing: whoever comes through a proxy does, too.
    """
    if _has_token(site, request) or _sits_here(site, request):
        return
    claimed = await site.gate.claims(request)
    if claimed is None or not await site.read(_is_operator, claimed, site.clock.now()):
        raise web.HTTPForbidden(text=site.texts("web.refused.insiders"))


def _has_token(site: Site, request: web.Request) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = site.metrics_token
    return token is not None and hmac.compare_digest(given.encode(), token.encode())


def _sits_here(site: Site, request: web.Request) -> bool:
    proxied = any(name in request.headers for name in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"))
    return not site.whereabouts.public and is_loopback(request.remote) and not proxied


def _is_operator(uow: UnitOfWork, claimed: str, now: datetime) -> bool:
    found = visitor(uow, claimed or None, now)
    duties = uow.people.duties(found.account.person_id) if found else []
    return any(duty.role is Role.OPERATOR for duty in duties)
