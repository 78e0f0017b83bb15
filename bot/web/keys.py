"""Secrets: from the environment, or made once and kept where only the bot can read them."""

from __future__ import annotations

import base64
import os
import secrets
from hashlib import sha256
from typing import TYPE_CHECKING

from data.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SECRET = "SHAOZI_SECRET"  # noqa: S105  the variable's name
METRICS_TOKEN = "SHAOZI_METRICS_TOKEN"  # noqa: S105  the variable's name
SHORTEST = 16


def session_key(environment: Mapping[str, str], folder: Path) -> bytes:
    """Return the key of the session cookies, fit for Fernet: 32 bytes in base64.

    Made of `SHAOZI_SECRET`; without one, of a file in the storage folder (mode 0600) that is written once.
    """
    given = environment.get(SECRET)
    if given is None:
        given = _kept(folder / "secret")
    elif len(given) < SHORTEST:
        raise InputError(SECRET, "-", "web.short_secret", least=SHORTEST)
    return base64.urlsafe_b64encode(sha256(given.encode()).digest())


def metrics_token(environment: Mapping[str, str]) -> str | None:
    """Return what opens /healthz and /metrics from elsewhere; None if nothing does."""
    return environment.get(METRICS_TOKEN) or None


def _kept(path: Path) -> str:
    """Return the secret that is kept in a file, which is whole or not there at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write(path, secrets.token_urlsafe(32))
        kept = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), "-", "web.secret_unusable", what=str(error)) from None
    if len(kept) < SHORTEST:
        raise InputError(str(path), "-", "web.kept_secret", least=SHORTEST)
    return kept


def _write(path: Path, secret: str) -> None:
    """Write a secret where only we can read it; if somebody was faster, theirs stays."""
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(half, path)  # unlike a rename it never replaces one
        except FileExistsError:
            pass
        except OSError:  # a disk without links
            half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
