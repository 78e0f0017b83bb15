"""The wire to a Wechaty gateway: where it is, whom to trust, messages the stubs lack, and what goes wrong."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import betterproto
from grpclib.client import Channel
from grpclib.config import Configuration
from grpclib.const import Status
from grpclib.exceptions import GRPCError, ProtocolError, StreamTerminatedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class GatewayError(Exception):
    """The gateway did not do what it was asked to."""


class GatewayGoneError(GatewayError):
    """The gateway is not there, or not any more."""


class TokenRefusedError(GatewayError):
    """The gateway knows another token."""


class GatewayAddress(NamedTuple):
    """Where a gateway is and what lets us in. `authority` is a file of certificates to trust."""

    host: str
    port: int
    token: str
    tls: bool = True
    authority: Path | None = None
    keepalive: tuple[float, float] = (20.0, 10.0)  # seconds between two pings, and for the answer


@dataclass(eq=False, repr=False)
class DownloadRequest(betterproto.Message):
    """Asks for a file; the stubs of 0.20.19 do not know it yet."""

    id: str = betterproto.string_field(1)


@dataclass(eq=False, repr=False)
class Chunk(betterproto.Message):
    """A part of a file."""

    chunk: bytes = betterproto.bytes_field(1)


@dataclass(eq=False, repr=False)
class UploadResponse(betterproto.Message):
    """Under which id a file was taken."""

    id: str = betterproto.string_field(1)


def channel_to(address: GatewayAddress) -> Channel:
    """Return a connection to the gateway at an address; it is made when it is first used."""
    idle, answer = address.keepalive
    configuration = Configuration(
        _keepalive_time=idle,
        _keepalive_timeout=answer,
        _keepalive_permit_without_calls=True,
        _http2_max_pings_without_data=0,
        _http2_min_sent_ping_interval_without_data=idle / 2,
    )
    return Channel(address.host, address.port, ssl=_trust(address), config=configuration)


def _trust(address: GatewayAddress) -> ssl.SSLContext | None:
    """Return how the gateway's certificate is checked; on this machine its home-made one will do."""
    if not address.tls:
        return None
    context = ssl.create_default_context(cafile=address.authority)
    context.set_alpn_protocols(["h2"])
    if address.authority is None and address.host in LOOPBACK:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


@contextmanager
def translated() -> Iterator[None]:
    """Raise what goes wrong as one of our own errors; none of them carries what people said."""
    try:
        yield
    except GRPCError as error:
        if error.status is Status.UNAUTHENTICATED:
            raise TokenRefusedError(error.status.name) from None
        if error.status in (Status.UNAVAILABLE, Status.ALREADY_EXISTS):
            raise GatewayGoneError(error.status.name) from None
        raise GatewayError(error.status.name) from None
    except TimeoutError:
        raise GatewayError("no answer in time") from None
    except (OSError, StreamTerminatedError, ProtocolError) as error:
        raise GatewayGoneError(type(error).__name__) from None
    except AssertionError:  # the stubs assert that there is an answer
        raise GatewayGoneError("no answer") from None
