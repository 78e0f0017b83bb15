"""Callbacks: what WeCom sends us, let in only if it is signed, fresh, and for us."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.channels.wecom.envelope import EnvelopeError
from bot.channels.wecom.fields import XmlError, fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.channels.wecom.envelope import Envelope
    from data.domain.clock import Clock

FRESH = timedelta(minutes=5)  # what is older, or from the future, was kept by somebody and sent again
MOST_BYTES = 256 * 1024  # of a callback


class CallbackError(Exception):
    """A callback that is not let in: unreadable (400), or not WeCom's (403)."""

    def __init__(self, why: str, status: int) -> None:
        super().__init__(why)
        self.status = status


class Signed(NamedTuple):
    """The signature, time and nonce in a request's query."""

    signature: str
    timestamp: str
    nonce: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Signed:
        """Read them from a request's query."""
        return cls(query.get("msg_signature", ""), query.get("timestamp", ""), query.get("nonce", ""))


class Callbacks:
    """The callbacks of one address. An application's are XML, the robot's are JSON."""

    def __init__(self, envelope: Envelope, clock: Clock) -> None:
        self._envelope = envelope
        self._clock = clock

    def echo(self, signed: Signed, sealed: str) -> str:
        """Return what WeCom wants to hear when it asks whether this address is ours."""
        return self._opened(signed, sealed.replace(" ", "+"))

    def xml(self, signed: Signed, body: bytes) -> dict[str, str]:
        """Return the fields of an application's callback."""
        try:
            return fields_of(self._opened(signed, fields_of(_text(body)).get("Encrypt", "")))
        except XmlError as error:
            raise CallbackError(str(error), 400) from None

    def json(self, signed: Signed, body: bytes) -> dict[str, Any]:
        """Return the frame of a robot's callback."""
        outer = _object(_text(body))
        sealed = outer.get("encrypt")
        return _object(self._opened(signed, sealed if isinstance(sealed, str) else ""))

    def _opened(self, signed: Signed, sealed: str) -> str:
        try:
            self._envelope.require_signed(signed.signature, signed.timestamp, signed.nonce, sealed)
            self._require_fresh(signed.timestamp)
            return self._envelope.open(sealed)
        except EnvelopeError as error:
            raise CallbackError(str(error), 403) from None

    def _require_fresh(self, timestamp: str) -> None:
        if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 10):
            raise EnvelopeError("timestamp")
        at = datetime.fromtimestamp(int(timestamp), UTC)
        if abs(self._clock.now() - at) > FRESH:
            raise EnvelopeError("timestamp")


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise CallbackError("not UTF-8", 400) from None


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise CallbackError("no JSON object", 400)
    return found
