"""Errors as the log may show them: where they happened, not what people said."""

from __future__ import annotations

import traceback
from pathlib import Path

DEPTH = 6


def stack(error: BaseException) -> str:
    """Return the innermost calls an error came through, without values: `appeals.py:58 hear < …`."""
    frames = traceback.extract_tb(error.__traceback__)[-DEPTH:]
    return " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))
