"""What WeCom signs and seals its callbacks with, written apart from our own way of opening them."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

if TYPE_CHECKING:
    from datetime import datetime


CORP, AGENT, SECRET = "wx5823bf96d3bd56c7", 1_000_002, "the-secret"
TOKEN, AES_KEY = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
ROBOT_TOKEN, ROBOT_AES_KEY = "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo", "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt"
ROBOT_KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"


def sealed(text: str, key: str, receiver: str) -> str:
    """Seal a message as WeCom does (written apart from our own way of opening one)."""
    secret = base64.b64decode(f"{key}=")
    said = text.encode()
    plain = b"0123456789abcdef" + len(said).to_bytes(4, "big") + said + receiver.encode()
    return base64.b64encode(encrypted(secret, plain)).decode()


def encrypted(secret: bytes, plain: bytes) -> bytes:
    pad = 32 - len(plain) % 32
    cipher = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).encryptor()
    return cipher.update(plain + bytes([pad]) * pad) + cipher.finalize()


def signed(token: str, text: str, *, at: datetime, nonce: str = "263014780") -> dict[str, str]:
    """Return the query of a callback."""
    timestamp = str(int(at.timestamp()))
    joined = "".join(sorted((token, timestamp, nonce, text)))
    return {
        "msg_signature": hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest(),
        "timestamp": timestamp,
        "nonce": nonce,
    }
