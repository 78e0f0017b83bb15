"""The line that tells somebody why what they said cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.domain.errors import UserError
    from handlers.context import Heard
    from handlers.texts.wording import Texts


def values_of(texts: Texts, error: UserError) -> dict[str, Any]:
    """Return an error's values as its wording shows them: states and actions by their names."""
    values = dict(error.values)
    for name, group in (("state", "state"), ("part", "part_state"), ("action", "action")):
        if name in values:
            values[name] = texts(f"{group}.{values[name]}")
    return values


def worded(heard: Heard, error: UserError) -> str:
    """Return the line of an error without whom it calls, to stand among others."""
    texts = heard.house.texts
    return texts(f"error.{error.key}", **{"at": "", **values_of(texts, error)})
