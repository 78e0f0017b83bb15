"""The seal on every form: proof that a page of ours, shown to this very account, sends it."""

from __future__ import annotations

import hmac
from hashlib import sha256


class Seal:
    """Marks forms. Another site can make a browser send a form, but cannot read the mark it needs."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def mark(self, account: str) -> str:
        """Return the mark of an account's forms; it outlives a sign-out: what was typed is not lost."""
        return hmac.new(self._key, b"form\x00" + account.encode(), sha256).hexdigest()[:40]

    def holds(self, account: str, mark: str) -> bool:
        """Whether a form carries its account's mark."""
        return hmac.compare_digest(self.mark(account).encode(), mark.encode())
