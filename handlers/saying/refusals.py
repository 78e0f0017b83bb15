"""The line that tells somebody why what they said cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.domain.lifecycle import Action

if TYPE_CHECKING:
    from data.domain.errors import UserError
    from handlers.context import Heard
    from handlers.texts.wording import Texts


_RESIDENTS = (Action.RATE, Action.SECOND, Action.WITHDRAW)  # who takes no case in, and resumes none


def values_of(texts: Texts, error: UserError) -> dict[str, Any]:
    """Return an error's values as its wording shows them: states and actions by their names."""
    values = dict(error.values)
    for name, group in (("state", "state"), ("part", "part_state"), ("action", "action")):
        if name in values:
            values[name] = texts(f"{group}.{values[name]}")
    if "whose" in values:
        values["whose"] = texts(f"whose.{values['whose']}")
    if error.key == "step.illegal":
        values["instead"] = _instead(texts, error)
    return values


def _instead(texts: Texts, error: UserError) -> str:
    """Return what can be done with a case in its state in place of a step that cannot, nothing if unknown."""
    state, action = error.values["state"], error.values["action"]
    keys = (f"instead.{action}",) if action in _RESIDENTS else (f"instead.{state}",)
    return next((texts(key, number=error.values["number"]) for key in keys if key in texts), "")


def worded(heard: Heard, error: UserError) -> str:
    """Return the line of an error without whom it calls, to stand among others."""
    texts = heard.house.texts
    return texts(f"error.{error.key}", **{"at": "", **values_of(texts, error)})
