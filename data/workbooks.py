"""Spreadsheets that somebody sends: opened, or refused in one line."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from data.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl import Workbook


@contextmanager
def workbook(path: Path, *, read_only: bool = False) -> Iterator[Workbook]:
    """Open a spreadsheet, its formulas as the values they had; raise `InputError` for what is none."""
    from openpyxl import load_workbook  # noqa: PLC0415  only a spreadsheet needs it

    try:
        book = load_workbook(path, read_only=read_only, data_only=True)
    except (IsADirectoryError, PermissionError):
        raise
    except (BadZipFile, KeyError, OSError, ValueError):
        raise InputError(path.name, "-", "input.not_xlsx") from None
    try:
        yield book
    finally:
        book.close()
