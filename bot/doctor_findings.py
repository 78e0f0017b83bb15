"""A finding of the examination: one thing that was looked at, well or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: its wording, and whether it is well."""

    key: str
    well: bool = True
    warns: bool = False  # it works, but somebody should look
    values: dict[str, Any] = field(default_factory=dict)
