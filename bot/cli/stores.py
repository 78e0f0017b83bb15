"""The store that a command works on, which must be there and up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.errors import InputError

if TYPE_CHECKING:
    from data.store import Store


def opened(url: str) -> Store:
    """Return the store of an address, or raise: nothing was ever kept there, or by another version."""
    from data.schema import require_current
    from data.store import Store

    store = Store(url)
    if store.engines.path is not None and not store.engines.path.exists():
        raise InputError(str(store.engines.path), "-", "store.empty")
    require_current(store.engines)
    return store
