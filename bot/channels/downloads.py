"""Downloads: a picture from an address that somebody else names, and never from a place inside."""

from __future__ import annotations

from ipaddress import ip_address

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from bot.public_addresses import BadAddressError, PrivateAddressError, PublicOnly, host_of, is_public

MOST_BYTES = 20 * 2**20
WITHIN = ClientTimeout(total=20.0)


class DownloadError(Exception):
    """There is nothing to be had at an address."""


class Downloads:
    """Fetches what lies at a public address, or at the very machine that names it (`beside`)."""

    async def get(self, url: str, *, beside: str | None = None) -> bytes:
        """Return what lies at an address; raise `DownloadError` if it is private, too large, or not there."""
        try:
            host, _ = host_of(url)
        except BadAddressError:
            raise DownloadError("no address") from None
        if _is_number(host) and not is_public(host) and host != beside:
            raise DownloadError("private address")
        connector = TCPConnector(resolver=PublicOnly(beside=beside))
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
        except (PrivateAddressError, ClientError, OSError, TimeoutError, ValueError) as error:
            raise DownloadError(type(error).__name__) from None
        if len(data) > MOST_BYTES:
            raise DownloadError("too large")
        return data


def _is_number(host: str) -> bool:
    """Whether a host is an address itself, for which no name is looked up."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
