"""Addresses: whose request it is behind the proxies one trusts, and which names the site goes by."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from ipaddress import IPv4Network, IPv6Network

    from aiohttp import web

    from bot.config.running import Web

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(host: str | None) -> bool:
    """Whether a host is this machine itself, and nothing else."""
    if host in LOOPBACK_NAMES:
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False


class Whereabouts:
    """What the config says of proxies and of the site's own name."""

    def __init__(self, config: Web) -> None:
        self._trusted = tuple(ip_network(one, strict=False) for one in config.trusted_proxies)
        self.public = config.public_url is not None
        self._name = _hostname(config.public_url)

    def caller(self, request: web.BaseRequest) -> str | None:
        """Return the address a request really comes from; None if a proxy is asked and does not say.

        The last address in `X-Forwarded-For` that is no proxy of ours: what stands before it, anybody may
        have written.
        """
        remote = request.remote
        if not _within(remote, self._trusted):
            return remote
        for hop in reversed(",".join(request.headers.getall("X-Forwarded-For", [])).split(",")):
            address = _bare(hop)
            if address is None:
                break
            if not _within(address, self._trusted):
                return address
        return None if self.public else remote

    def trusts(self, address: str | None) -> bool:
        """Whether an address is one of our proxies'."""
        return _within(address, self._trusted)

    def knows(self, host: str) -> bool:
        """Whether a request may name this host: the public address's, or this machine's own.

        Any other name was made to point here by somebody else (DNS rebinding).
        """
        name = _hostname(f"//{host}")
        return name is not None and (is_loopback(name) or name == self._name)


def _hostname(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None


def _bare(hop: str) -> str | None:
    """Return the address of one hop, without a port; None if it is none."""
    hop = hop.strip().strip('"')
    if hop.startswith("["):
        hop = hop[1:].partition("]")[0]
    elif hop.count(":") == 1:
        hop = hop.partition(":")[0]
    try:
        return str(ip_address(hop))
    except ValueError:
        return None


def _within(address: str | None, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    try:
        found = ip_address(address or "")
    except ValueError:
        return False
    return any(found in network for network in networks)
