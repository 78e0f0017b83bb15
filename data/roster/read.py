"""Reading a roster file: every entry with the place where it stands, so that an error can name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import yaml

from data.domain.errors import InputError
from data.roster.entries import SECTIONS, Section, first_problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where PyYAML was built with it


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a section, checked; `where` names it for people (`第 12 行 people[1] 李敏`)."""

    section: str
    where: str
    value: Section


def read(path: Path) -> list[Entry]:
    """Return the entries of a roster, or raise `InputError` for the first thing that is wrong."""
    if not path.exists():
        raise InputError(str(path), "-", "input.absent")
    raw = _read_sheets(path) if path.suffix.lower() == ".xlsx" else _read_yaml(path)
    return [_checked(path, section, where, value) for section, where, value in raw]


def _checked(path: Path, section: str, where: str, value: Any) -> Entry:
    model = SECTIONS[section]
    if not isinstance(value, dict):
        raise InputError(path.name, where, "input.not_a_mapping")
    label = value.get("name") or value.get("topic") or value.get("code") or value.get("door") or ""
    where = f"{where} {label}".strip()
    checked, problem = first_problem(model, value)
    if checked is None:
        raise InputError(path.name, where, "input.field", **problem)
    return Entry(section, where, checked)


def _read_yaml(path: Path) -> Iterator[tuple[str, str, Any]]:
    try:
        document = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=_SAFE)
    except UnicodeDecodeError:
        raise InputError(path.name, "-", "input.not_utf8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise InputError(
            path.name, f"第 {line} 行", "input.yaml", what=getattr(error, "problem", "")
        ) from None
    if document is None:
        raise InputError(path.name, "-", "input.empty")
    if not isinstance(document, yaml.MappingNode):
        raise InputError(path.name, "第 1 行", "roster.no_sections", sections=", ".join(SECTIONS))
    for name, node in document.value:
        line = f"第 {name.start_mark.line + 1} 行"
        if name.value not in SECTIONS:
            raise InputError(
                path.name, line, "roster.section", section=name.value, sections=", ".join(SECTIONS)
            )
        if not isinstance(node, yaml.SequenceNode):
            raise InputError(path.name, line, "input.not_a_list", section=name.value)
        for index, item in enumerate(node.value):
            where = f"第 {item.start_mark.line + 1} 行 {name.value}[{index}]"
            yield name.value, where, _construct(item)


def _construct(node: yaml.Node) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    finally:
        loader.dispose()


def _read_sheets(path: Path) -> Iterator[tuple[str, str, Any]]:
    from openpyxl import load_workbook  # noqa: PLC0415  only a spreadsheet needs it

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, OSError, ValueError):
        raise InputError(path.name, "-", "input.not_xlsx") from None
    try:
        for sheet in book.worksheets:
            if sheet.title not in SECTIONS:
                raise InputError(
                    path.name,
                    sheet.title,
                    "roster.section",
                    section=sheet.title,
                    sections=", ".join(SECTIONS),
                )
            rows = sheet.iter_rows(values_only=True)
            head = [str(cell or "").strip() for cell in next(rows, ())]
            for number, row in enumerate(rows, start=2):
                cells = {key: _cell(cell) for key, cell in zip(head, row, strict=False) if key}
                value = {key: cell for key, cell in cells.items() if cell not in (None, "")}
                if value:
                    yield sheet.title, f"{sheet.title} 第 {number} 行", value
    finally:
        book.close()


def _cell(cell: Any) -> Any:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell if cell is None else str(cell).strip()
