"""Values that the config and the presets write in the same way."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator

_SPAN = re.compile(r"(\d{1,4})\s*([mhd])")


class ExpectedError(ValueError):
    """A value is not what was expected; the message says what was."""


def _span(value: Any) -> Any:
    """Read `30m`, `2h` or `3d`."""
    if isinstance(value, tuple):
        return value
    found = _SPAN.fullmatch(str(value).strip())
    if not found or int(found[1]) == 0:
        raise ExpectedError("30m, 2h, 3d")
    return (int(found[1]), found[2])


SpanText = Annotated[tuple[int, str], BeforeValidator(_span)]
