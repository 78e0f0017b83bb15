"""The marks around what people say: they change nothing of what was said."""

from __future__ import annotations

MARKS = "。.!！~～ \u2005👌👍✅🙏"


def without_marks(text: str) -> str:
    """Return a text without the marks, gaps and thumbs around it."""
    return text.strip().strip(MARKS)
