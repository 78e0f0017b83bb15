"""Small spreadsheets: a head, rows, and no cell that a program would take for a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.export import safe
from data.domain.errors import InputError
from data.workbooks import workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


def write_sheet(to: Path, title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write one sheet; return how many rows there are."""
    from openpyxl import Workbook  # noqa: PLC0415  loaded by who writes one

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append(list(head))
    count = 0
    for row in rows:
        sheet.append([safe(cell) for cell in row])
        count += 1
    book.save(to)
    return count


def read_sheet(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows of the first sheet by their heads, each with where it stands, or raise `InputError`."""
    if not path.exists():
        raise InputError(str(path), "-", "input.absent")
    with workbook(path, read_only=True) as book:
        rows = book.worksheets[0].iter_rows(values_only=True)
        head = [str(cell or "").strip() for cell in next(rows, ())]
        for number, row in enumerate(rows, start=2):
            cells = {
                key: str(cell).strip()
                for key, cell in zip(head, row, strict=False)
                if key and cell is not None
            }
            if cells:
                yield f"第 {number} 行", cells
