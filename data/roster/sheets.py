"""A roster as a spreadsheet: a sheet a section, in English or Chinese; what is wrong is named by its cell."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from data.domain.errors import InputError
from data.roster.entries import SECTIONS
from data.roster.headings import CHANNELS, COLUMNS, EXAMPLES, KINDS, NOTES, ROLES, SHEETS, YES_NO
from data.workbooks import workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

HEAD_WITHIN = 6  # rows: titles may stand above the headings
EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
TEMPLATE_ROWS = 500
TEXT_FORMAT = "@"


class SheetRow(NamedTuple):
    """One row: its section, where it stands, what it says by field, and the cell of each field."""

    section: str
    where: str
    value: dict[str, Any]
    cells: dict[str, str]


def read_sheets(path: Path) -> Iterator[SheetRow]:
    """Yield the rows of a spreadsheet, or raise `InputError` for the first cell that cannot be right."""
    with workbook(path) as book:
        for sheet in book.worksheets:
            yield from _rows(path, sheet)


def write_template(path: Path) -> None:
    """Write an empty spreadsheet with all sheets and headings, every cell text, and a sheet of examples."""
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook()
    notes = book.active or book.create_sheet()
    notes.title = NOTES[0]
    for section, columns in COLUMNS.items():
        heads = [names[0] for names in columns.values()]
        notes.append([SHEETS[section], *heads])
        notes.append(["例", *EXAMPLES[section]])
        sheet = book.create_sheet(SHEETS[section])
        sheet.append(heads)
        sheet.freeze_panes = "A2"
        for number in range(1, len(heads) + 1):
            sheet.column_dimensions[get_column_letter(number)].width = 22
            for row in range(1, TEMPLATE_ROWS + 2):
                sheet.cell(row, number).number_format = TEXT_FORMAT
    book.save(path)


def _rows(path: Path, sheet: Worksheet) -> Iterator[SheetRow]:
    section = next((s for s, name in SHEETS.items() if sheet.title.strip() in (s, name)), None)
    if section is None:
        if sheet.title.strip().lower() in NOTES or not _says_anything(sheet):
            return
        known = ", ".join(f"{name}({s})" for s, name in SHEETS.items())
        raise InputError(path.name, sheet.title, "roster.section", section=sheet.title, sections=known)
    merged = _merged(sheet)
    heads = _heads(path, sheet, section)
    if heads is None:
        return
    top, fields = heads
    for number, row in enumerate(sheet.iter_rows(min_row=top + 1), start=top + 1):
        value, cells = {}, {}
        for column, field in fields.items():
            if column >= len(row):
                continue
            cell: Any = merged.get(row[column].coordinate, row[column])
            said = _said(path, sheet, cell, field)
            if said not in (None, ""):
                value[field] = _in_english(section, field, str(said))
                cells[field] = f"{sheet.title}!{row[column].coordinate}"
        own = any(row[c].value not in (None, "") for c in fields if c < len(row))
        if value and own:
            yield SheetRow(section, f"{sheet.title} 第 {number} 行", value, cells)


def _heads(path: Path, sheet: Worksheet, section: str) -> tuple[int, dict[int, str]] | None:
    """Return the row of the headings and the field of each column; None for a sheet that says nothing."""
    if not _says_anything(sheet):
        return None
    for number, row in enumerate(sheet.iter_rows(max_row=HEAD_WITHIN), start=1):
        said = {i: str(cell.value or "").strip().rstrip("*:：") for i, cell in enumerate(row)}
        fields = {i: f for i, text in said.items() if (f := _field(section, text)) is not None}
        if len(fields) >= min(2, len(COLUMNS[section])):
            for i, text in said.items():
                where = f"{sheet.title}!{row[i].coordinate}"
                if text and i not in fields:
                    raise InputError(path.name, where, "roster.heading", said=text, known=_known(section))
                if i in fields and fields[i] in [fields[j] for j in fields if j < i]:
                    raise InputError(path.name, where, "roster.heading_twice", said=text)
            return number, fields
    raise InputError(path.name, sheet.title, "roster.no_headings", known=_known(section))


def _field(section: str, heading: str) -> str | None:
    """Return the field that a heading names: in English, in Chinese, either with a remark in brackets."""
    plain = heading.split("(", maxsplit=1)[0].split("（", maxsplit=1)[0].strip()
    for field, names in COLUMNS[section].items():
        if plain in (field, *names):
            return field
    return plain if plain in SECTIONS[section].model_fields else None


def _known(section: str) -> str:
    return "、".join(f"{names[0]}({field})" for field, names in COLUMNS[section].items())


def _merged(sheet: Worksheet) -> dict[str, Cell]:
    """Return for each cell that is merged into another the one that holds its value."""
    found: dict[str, Cell] = {}
    for span in sheet.merged_cells.ranges:
        first: Any = sheet.cell(span.min_row, span.min_col)
        if span.min_col == span.max_col:  # across columns it is a title
            found |= {
                sheet.cell(r, span.min_col).coordinate: first for r in range(span.min_row, span.max_row + 1)
            }
    return found


def _said(path: Path, sheet: Worksheet, cell: Cell, field: str) -> str | None:
    """Return what a cell says as text; raise for what the spreadsheet has made of it."""
    value = cell.value
    where = f"{sheet.title}!{cell.coordinate}"
    if isinstance(value, (datetime, date, time)):
        raise InputError(path.name, where, "roster.date", field=field)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        if abs(value) >= EXACT:
            raise InputError(path.name, where, "roster.digits", field=field)
        return str(int(value)) if float(value).is_integer() else str(value)
    if cell.data_type == "e":
        raise InputError(path.name, where, "roster.formula", said=value)
    return None if value is None else str(value).strip()


def _in_english(section: str, field: str, said: str) -> str:
    """Return a value by the name the roster has for it: 网格 → grid, 网格长@… → grid_leader@…."""
    if field == "kind":
        return KINDS.get(section, {}).get(said, said)
    if field == "channel":
        return CHANNELS.get(said, said)
    if field == "public":
        return YES_NO.get(said, said)
    if field == "duties":
        for name, role in ROLES.items():
            said = said.replace(f"{name}@", f"{role}@")
    if field in ("accounts", "people"):
        for name, channel in CHANNELS.items():
            said = said.replace(f"{name}:", f"{channel}:").replace(f"{name}：", f"{channel}:")
    return said


def _says_anything(sheet: Worksheet) -> bool:
    return any(cell not in (None, "") for row in sheet.iter_rows(values_only=True) for cell in row)
