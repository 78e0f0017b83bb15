"""What an error says, for tests that look at its key and values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable


def raised(act: Callable[[], object]) -> tuple[str, dict[str, Any]] | None:
    """Return the key and the values of the error that something raises; None if it raises none."""
    try:
        act()
    except UserError as error:
        return error.key, error.values
    return None
