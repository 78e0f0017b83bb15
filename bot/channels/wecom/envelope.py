"""The envelope of WeCom's callbacks: SHA-1 over sorted parts, AES-256-CBC, as the documents say.

https://developer.work.weixin.qq.com/document/path/90968
"""

from __future__ import annotations

import base64
import binascii
import secrets
from dataclasses import dataclass
from hashlib import sha1
from hmac import compare_digest
from typing import Self

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

BLOCK = 32  # bytes: WeCom pads to these, not to AES's 16
HEAD = 20  # 16 bytes by chance, 4 that say how long the message is
KEY = 43  # characters of an EncodingAESKey


class EnvelopeError(Exception):
    """What came is not WeCom's, or not for us."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Seals and opens messages. `receiver` is the corporation's id; for the robot of groups it is empty."""

    token: str
    key: bytes
    receiver: str

    @classmethod
    def of(cls, token: str, encoded_key: str, receiver: str) -> Self:
        """Return the envelope of a token and an EncodingAESKey; raise `EnvelopeError` if that is none."""
        return cls(token, read_key(encoded_key), receiver)

    def signature(self, timestamp: str, nonce: str, sealed: str) -> str:
        """Return the signature of a sealed message."""
        parts = sorted((self.token, timestamp, nonce, sealed))
        return sha1("".join(parts).encode("utf-8", "surrogatepass")).hexdigest()  # noqa: S324  WeCom's choice

    def require_signed(self, signature: str, timestamp: str, nonce: str, sealed: str) -> None:
        """Raise `EnvelopeError` unless somebody who knows the token signed a message."""
        ours = self.signature(timestamp, nonce, sealed)
        if not compare_digest(ours.encode(), signature.encode("utf-8", "surrogatepass")):
            raise EnvelopeError("signature")

    def open(self, sealed: str) -> str:
        """Return what a sealed message says; raise `EnvelopeError` if it is damaged or for somebody else."""
        try:
            plain = decrypted(self.key, base64.b64decode(sealed, validate=True))
        except (binascii.Error, ValueError):
            raise EnvelopeError("damaged") from None
        length = int.from_bytes(plain[16:HEAD], "big")
        message, receiver = plain[HEAD : HEAD + length], plain[HEAD + length :]
        if len(message) != length or not compare_digest(receiver, self.receiver.encode()):
            raise EnvelopeError("receiver")
        try:
            return message.decode()
        except UnicodeDecodeError:
            raise EnvelopeError("damaged") from None

    def seal(self, message: str) -> str:
        """Return a message sealed."""
        said = message.encode()
        plain = secrets.token_bytes(16) + len(said).to_bytes(4, "big") + said + self.receiver.encode()
        pad = BLOCK - len(plain) % BLOCK
        encryptor = Cipher(AES256(self.key), CBC(self.key[:16])).encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()).decode()


def read_key(encoded: str) -> bytes:
    """Return the key behind an EncodingAESKey: 43 characters of base64, without the sign at its end."""
    try:
        key = base64.b64decode(f"{encoded}=", validate=True) if len(encoded) == KEY else b""
    except binascii.Error:
        key = b""
    if len(key) != BLOCK:
        raise EnvelopeError("EncodingAESKey")
    return key


def decrypted(key: bytes, data: bytes) -> bytes:
    """Return bytes as they were before padding and encryption; raise `ValueError` if nobody did that."""
    decryptor = Cipher(AES256(key), CBC(key[:16])).decryptor()
    padded = decryptor.update(data) + decryptor.finalize()
    pad = padded[-1] if padded else 0
    if not 1 <= pad <= BLOCK or padded[-pad:] != bytes([pad]) * pad:
        raise ValueError("padding")
    return padded[:-pad]
