"""Discovery and services: the kinds of matters, as services that can be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.web.open311 import forms
from bot.web.open311.mistakes import BASE, unknown
from nlp.categories import CATEGORIES, OTHER

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.open311.sight import Keys
    from bot.web.site import Site
    from data.uow import UnitOfWork

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGED = "2026-12-01T00:00:00Z"  # when this interface was last another


class ServiceList:
    """Answers the addresses of discovery and of services."""

    def __init__(self, site: Site, keys: Keys) -> None:
        self._site = site
        self._keys = keys

    async def discovery(self, request: web.Request) -> web.Response:
        """Say where and in which forms the interface is."""
        where = self._site.address(request)
        found = {
            "changeset": CHANGED,
            "contact": self._site.texts("api.open311.contact", where=where),
            "key_service": self._site.texts("api.open311.key_service"),
            "endpoints": [
                {
                    "specification": SPECIFICATION,
                    "url": f"{where}{BASE}",
                    "changeset": CHANGED,
                    "type": "production",
                    "formats": ["text/xml", "application/json"],
                }
            ],
        }
        return forms.one_of(request.match_info["form"], "discovery", found)

    async def services(self, request: web.Request) -> web.Response:
        """List the services; all jurisdictions have the same."""
        await self._site.read(self._jurisdiction, request)
        rows = [service_of(code) for code in CATEGORIES]
        return forms.list_of(request.match_info["form"], "services", "service", rows)

    async def definition(self, request: web.Request) -> web.Response:
        """Define a service: none asks for more than words and a place."""
        await self._site.read(self._jurisdiction, request)
        code = request.match_info["code"]
        if code not in CATEGORIES:
            raise unknown("service_code provided was not found")
        found: dict[str, Any] = {"service_code": code, "attributes": []}
        return forms.one_of(request.match_info["form"], "service_definition", found)

    def _jurisdiction(self, uow: UnitOfWork, request: web.Request) -> None:
        self._keys.anybody(uow).jurisdiction(request.query.get("jurisdiction_id", ""))


def service_of(code: str) -> dict[str, Any]:
    """Return a kind of matter as a service."""
    group, _, name = code.partition("/")
    shown = f"{group}{OTHER}" if name == OTHER else name
    return {
        "service_code": code,
        "service_name": shown,
        "description": f"{group} · {name}",
        "metadata": False,
        "type": "realtime",
        "keywords": ",".join(dict.fromkeys((group, name))),
        "group": group,
    }
