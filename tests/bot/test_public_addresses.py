"""Which addresses webhooks may reach."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from typing_extensions import override

from bot.public_addresses import (
    BadAddressError,
    PrivateAddressError,
    PublicOnly,
    host_of,
    is_public,
    require_public,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "198.18.0.1", "192.0.2.1", "224.0.0.1", "255.255.255.255", "240.0.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::"),
        *("localhost", "", "example.org"),
    ],
)
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "114.114.114.114", "2606:4700::1111", "64:ff9b::101:101"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "example.org",
            "ftp://example.org",
            "https://",
            "https://u:p@example.org/",
            "file:///etc/passwd",
        ),
        *("https://example.org/#x", "https://example.org:99999/", "https://exa mple.org/", "http://[::1"),
        "https://example.org/\r\nX: y",
    ],
)
def test_no_address_of_a_web_server(url: str) -> None:
    with pytest.raises(BadAddressError):
        host_of(url)


def test_host_and_port() -> None:
    assert host_of("https://a.example/x?y") == ("a.example", 443)
    assert host_of("http://[::1]:81/") == ("::1", 81)


@pytest.mark.parametrize("url", ["http://127.1/", "http://2130706433/", "http://localhost/", "http://[::1]/"])
def test_other_ways_to_write_this_machine(url: str) -> None:
    with pytest.raises(PrivateAddressError):
        require_public(url)


class Names(AbstractResolver):
    """A name server that says what it was told to."""

    def __init__(self, *addresses: str) -> None:
        self._addresses: Sequence[str] = addresses

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=one, port=port, family=family, proto=0, flags=0)
            for one in self._addresses
        ]

    @override
    async def close(self) -> None:
        return None


async def test_a_name_that_leads_here_leads_nowhere() -> None:
    assert len(await PublicOnly(Names("1.1.1.1", "1.0.0.1")).resolve("a.example")) == 2
    for wrong in (("127.0.0.1",), ("1.1.1.1", "10.0.0.1")):
        with pytest.raises(PrivateAddressError):
            await PublicOnly(Names(*wrong)).resolve("a.example")
