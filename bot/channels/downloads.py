"""Downloads: a picture from an address that somebody else names, and never from a place inside."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, ThreadedResolver
from typing_extensions import override

if TYPE_CHECKING:
    import socket

    from aiohttp.abc import ResolveResult

MOST_BYTES = 20 * 2**20
WITHIN = ClientTimeout(total=20.0)


class DownloadError(Exception):
    """There is nothing to be had at an address."""


class Downloads:
    """Fetches what lies at a public address, or at the very machine that names it (`beside`)."""

    async def get(self, url: str, *, beside: str | None = None) -> bytes:
        """Return what lies at an address; raise `DownloadError` if it is private, too large, or not there."""
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            raise DownloadError("no address") from None
        if not may_be_asked(host, beside):
            raise DownloadError("private address")
        connector = TCPConnector(resolver=PublicResolver(beside))
        try:
            async with (
                ClientSession(connector=connector, timeout=WITHIN) as session,
                session.get(url, allow_redirects=False) as answer,
            ):
                if answer.status != 200:
                    raise DownloadError(f"status {answer.status}")
                data = await answer.content.read(MOST_BYTES + 1)
                while len(data) <= MOST_BYTES and (more := await answer.content.read(MOST_BYTES)):
                    data += more
        except (TimeoutError, ClientError, OSError, ValueError) as error:
            raise DownloadError(type(error).__name__) from None
        if len(data) > MOST_BYTES:
            raise DownloadError("too large")
        return data


class PublicResolver(ThreadedResolver):
    """Finds the addresses of a name, but none that lies inside."""

    def __init__(self, beside: str | None) -> None:
        super().__init__()
        self._beside = beside

    @override
    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = 0,  # type: ignore[assignment]  # as in aiohttp
    ) -> list[ResolveResult]:
        """Return the addresses of a name that may be asked; raise `OSError` if there are none."""
        found = await super().resolve(host, port, family)
        public = [one for one in found if may_be_asked(one["host"], self._beside)]
        if not public:
            raise OSError("private address")
        return public


def may_be_asked(host: str, beside: str | None) -> bool:
    """Whether a host may be asked: a public address, our neighbour, a name (whose addresses come later)."""
    try:
        address = ip_address(host)
    except ValueError:
        return bool(host)
    return address.is_global or (beside is not None and host == beside)
