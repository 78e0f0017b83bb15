"""The webhooks as a channel of the outbox: one message is one POST, in order for each webhook."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector

from bot.channels.base import DeliveryError, Health, Limits
from bot.public_addresses import PrivateAddressError, PublicOnly, host_of, is_public
from bot.webhooks.signing import headers_of
from data.domain.webhook import CHANNEL
from handlers.context import Reach

if TYPE_CHECKING:
    from aiohttp.abc import AbstractResolver

    from bot.channels.base import Inlet
    from data.domain.clock import Clock
    from data.domain.messages import Outgoing
    from data.domain.webhook import Webhook
    from data.store import Store

WITHIN = 15.0  # seconds for an answer
AT_ONCE = 50  # connections
LONGEST = 1_000_000  # characters: an event is never cut in two
AGENT = "shaozi-webhooks"


class WebhookGoneError(DeliveryError):
    """The other side says that it is gone for good (410)."""

    def __init__(self) -> None:
        super().__init__("410 gone", permanent=True)


class WebhookChannel:
    """Sends events. It hears nothing; redirects are not followed, cookies not kept, proxies not asked."""

    name = CHANNEL
    limits = Limits(text=LONGEST, everywhere=True)
    reach = Reach(private=False)

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        resolver: AbstractResolver | None = None,
        within: float = WITHIN,
    ) -> None:
        self.health = Health()
        self._store = store
        self._clock = clock
        self._resolver = resolver
        self._within = within
        self._sessions: dict[bool, ClientSession] = {}

    async def start(self, inlet: Inlet) -> None:
        """Nothing is heard here."""

    async def stop(self) -> None:
        """Close what is open."""
        sessions, self._sessions = self._sessions, {}
        for session in sessions.values():
            await session.close()

    async def send(self, outgoing: Outgoing) -> str | None:
        """Send an event; raise `DeliveryError` if the other side did not take it (any answer but 2xx)."""
        hook = await asyncio.to_thread(self._look, int(outgoing.to or 0))
        if hook is None or hook.ended_at is not None:
            return None
        body = outgoing.text.encode()
        headers = headers_of(hook.secret, outgoing.key, body, self._clock.now())
        headers |= {"Content-Type": "application/json", "User-Agent": AGENT}
        status = await self._post(hook, body, headers)
        if status == HTTPStatus.GONE:
            raise WebhookGoneError
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise DeliveryError(f"HTTP {status}")
        return headers["webhook-id"]

    async def _post(self, hook: Webhook, body: bytes, headers: dict[str, str]) -> int:
        host, _ = host_of(hook.url)
        if not hook.allow_private and _is_number(host) and not is_public(host):
            raise DeliveryError("private address")  # a number is not looked up
        session = self._session(private=hook.allow_private)
        try:
            async with session.post(hook.url, data=body, headers=headers, allow_redirects=False) as answer:
                return answer.status
        except PrivateAddressError:
            raise DeliveryError("private address") from None
        except TimeoutError:
            raise DeliveryError("no answer in time") from None
        except (ClientError, OSError) as error:
            raise DeliveryError(type(error).__name__) from None

    def _session(self, *, private: bool) -> ClientSession:
        if private not in self._sessions:
            resolver = self._resolver if private else PublicOnly(self._resolver)
            self._sessions[private] = ClientSession(
                connector=TCPConnector(limit=AT_ONCE, resolver=resolver, use_dns_cache=False),
                timeout=ClientTimeout(total=self._within),
                cookie_jar=DummyCookieJar(),
                auto_decompress=False,
            )
        return self._sessions[private]

    def _look(self, webhook_id: int) -> Webhook | None:
        with self._store.read() as uow:
            return uow.webhooks.find(webhook_id)


def _is_number(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()
