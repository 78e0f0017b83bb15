"""Which addresses that others name may be reached: none that is private, this machine's, or a network's own.

A name is looked up by us, and the connection goes to what was found and looked at: one that leads elsewhere
a moment later (DNS rebinding) leads nowhere.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAT64 = ip_network("64:ff9b::/96")
LOOPBACK = frozenset({"127.0.0.1", "::1"})
SCHEMES = ("https", "http")


class PrivateAddressError(Exception):
    """An address that may not be reached."""


class BadAddressError(ValueError):
    """What was named is not the address of a web server."""


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody may reach, and so are all that are hidden in it."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in _within(found))


def _within(found: IPv4Address | IPv6Address) -> Iterable[IPv4Address | IPv6Address]:
    """Yield an address and those that a gateway would make of it: mapped, 6to4, Teredo, NAT64."""
    if isinstance(found, IPv4Address) or found.ipv4_mapped is None:
        yield found
    if isinstance(found, IPv6Address):
        hidden = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
        if found in _NAT64:
            hidden.append(IPv4Address(int(found) & 0xFFFFFFFF))
        yield from (one for one in hidden if one is not None)


def host_of(url: str) -> tuple[str, int]:
    """Return host and port of an address, or raise `BadAddressError`."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadAddressError(url) from None
    if parts.scheme not in SCHEMES or not parts.hostname or parts.username is not None or parts.fragment:
        raise BadAddressError(url)
    if any(ord(character) <= 32 for character in url):
        raise BadAddressError(url)
    return parts.hostname, port or {"https": 443, "http": 80}[parts.scheme]


def require_public(url: str) -> None:
    """Raise `PrivateAddressError` if an address leads somewhere private, `OSError` if it leads nowhere."""
    host, port = host_of(url)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not all(is_public(str(one[4][0])) for one in found):
        raise PrivateAddressError(host)


class PublicOnly(AbstractResolver):
    """Looks names up, and refuses those that lead to a private address, whatever else they lead to.

    One private address may be excepted: that of the very machine that names the other (`beside`).
    """

    def __init__(self, inner: AbstractResolver | None = None, *, beside: str | None = None) -> None:
        self._inner = inner or ThreadedResolver()
        self._beside = LOOPBACK if beside in LOOPBACK else {beside}

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        if not all(is_public(one["host"]) or one["host"] in self._beside for one in found):
            raise PrivateAddressError(host)
        return found

    @override
    async def close(self) -> None:
        await self._inner.close()
