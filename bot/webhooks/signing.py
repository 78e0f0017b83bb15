"""Signatures as Standard Webhooks says: HMAC-SHA256 of `id.timestamp.body`, in base64, after `v1,`."""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

PREFIX = "whsec_"
BYTES = 32


def new_secret() -> str:
    """Return a secret for a webhook: `whsec_` and 32 bytes in base64."""
    return f"{PREFIX}{b64encode(secrets.token_bytes(BYTES)).decode()}"


def headers_of(secret: str, key: str, body: bytes, at: datetime) -> dict[str, str]:
    """Return the headers of a message; its id is made of its `key`, and so the same at every try."""
    message_id = f"msg_{sha256(key.encode()).hexdigest()[:32]}"
    seconds = str(int(at.timestamp()))
    signed = b".".join((message_id.encode(), seconds.encode(), body))
    mark = hmac.new(b64decode(secret.removeprefix(PREFIX)), signed, sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{b64encode(mark).decode()}",
    }
