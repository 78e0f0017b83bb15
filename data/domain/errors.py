"""Errors that carry a key and its values; the words stand in the file of wordings."""

from __future__ import annotations

from typing import Any


class UserError(Exception):
    """Something a person said cannot be done: one line tells them what is wrong and the right form.

    `private`: the line concerns them alone; `to_oneself`: not even the staff room hears it.
    """

    private = False
    to_oneself = False

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(f"{key} {values}")
        self.key = key
        self.values = values


class RefusedError(UserError):
    """A command above one's duty: refused, and written to the audit."""


class InputError(Exception):
    """A file or an option is wrong: where, what is wrong, and what was expected (shown on one line)."""

    def __init__(self, source: str, where: str, key: str, **values: Any) -> None:
        super().__init__(f"{source}:{where}: {key} {values}")
        self.source = source
        self.where = where
        self.key = key
        self.values = values
