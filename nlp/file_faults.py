"""What is wrong in a file that a place may write itself: where, and why."""

from __future__ import annotations


class FileFaultError(ValueError):
    """A file that cannot be used, with the line and the reason."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason
