"""The summary table at the end of a replay."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.store import Store
    from handlers.context import House


def print_report(store: Store, house: House) -> None:
    """Print what became of the cases, on standard error."""
