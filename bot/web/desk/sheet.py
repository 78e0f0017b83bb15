"""A list of cases as a spreadsheet, the same as `shaozi export` writes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from bot.export import write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.domain.case import Case
    from handlers.context import Heard


def sheet_of(heard: Heard, cases: Iterable[Case]) -> bytes:
    """Return some cases as an xlsx file."""
    drawn = io.BytesIO()
    write(heard.uow, heard.policy, heard.house.texts, cases, drawn)
    return drawn.getvalue()
