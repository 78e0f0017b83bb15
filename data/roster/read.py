"""Reading a roster file: every entry with the place where it stands, so that an error can name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from data.domain.errors import InputError
from data.roster.entries import SECTIONS, Section, first_problem
from data.roster.sheets import read_sheets

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
    if path.suffix.lower() == ".xlsx":
        return [_checked(path, *row) for row in read_sheets(path)]
    return [_checked(path, section, where, value, {}) for section, where, value in _read_yaml(path)]


def _checked(path: Path, section: str, where: str, value: Any, cells: dict[str, str]) -> Entry:
    """Return an entry if it is right; a spreadsheet's is named by the cell that is wrong."""
    model = SECTIONS[section]
    if not isinstance(value, dict):
        raise InputError(path.name, where, "input.not_a_mapping")
    label = value.get("name") or value.get("topic") or value.get("code") or value.get("door") or ""
    where = f"{where} {label}".strip()
    checked, problem = first_problem(model, value)
    if checked is None:
        where = cells.get(problem["field"].split(".")[0], where)
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
