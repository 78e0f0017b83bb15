"""Reading a sheet of orders row by row: its columns first, then each order, or the one line that is wrong."""

from __future__ import annotations

import csv
import re
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from data.domain.errors import InputError
from data.domain.order import Order
from data.orders.dates import read_time
from data.orders.headings import FIELDS, NEEDED, WITHIN, Columns, headings_in, plain
from data.workbooks import workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
_ROUNDED = re.compile(r"\d(?:\.\d+)?[Ee]\+\d+")
_YES = frozenset(("是", "已", "有", "1", "√", "y", "yes", "true", "已联系", "已响应", "已解决", "解决"))
_NO = frozenset(("否", "未", "无", "0", "×", "n", "no", "false", "未联系", "未响应", "未解决", "没有"))
_SUMS = frozenset(("合计", "总计", "小计", "共计"))  # the last row of some sheets is no order
_CONTENT = {
    "满意": 1,
    "非常满意": 1,
    "是": 1,
    "基本满意": 2,
    "一般": 2,
    "不满意": 3,
    "非常不满意": 3,
    "否": 3,
}


class OrderSheet(NamedTuple):
    """A sheet of orders: its file, what its columns mean, and its rows, each under its number, unread yet."""

    file: str
    columns: Columns
    rows: Iterator[tuple[int, Sequence[object]]]


@contextmanager
def opened(path: Path, told: Mapping[str, str]) -> Iterator[OrderSheet]:
    """Open a sheet (.xlsx, or .csv in UTF-8 or GBK), or raise `InputError`; `told` are headings by field."""
    if not path.exists():
        raise InputError(str(path), "-", "input.absent")
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise InputError(path.name, "-", "orders.neither")
    with _csv(path) if suffix == ".csv" else _xlsx(path) as sheets:
        yield _first_with_headings(path.name, sheets, told)


def orders_of(sheet: OrderSheet, today: date) -> Iterator[Order]:
    """Yield the orders of a sheet; raise `InputError` for the first row that cannot be right."""
    seen: dict[str, int] = {}
    for number, row in sheet.rows:
        order = _order(sheet, number, row, today)
        if order is None:
            continue
        before = seen.setdefault(order.number, number)
        if before != number:
            raise InputError(sheet.file, _where(number), "orders.twice", number=order.number, before=before)
        yield order


def _first_with_headings(
    file: str, sheets: Iterable[Iterable[Sequence[object]]], told: Mapping[str, str]
) -> OrderSheet:
    seen: list[str] = []
    for sheet in sheets:
        rows = iter(sheet)
        first = list(islice(rows, WITHIN))
        seen = seen or [plain(cell) for cell in max(first, key=_filled, default=()) if plain(cell)]
        found = headings_in(first, told)
        if found is None:
            continue
        begins, columns = found
        _require(file, columns, told)
        return OrderSheet(file, columns, enumerate(chain(first[begins:], rows), start=begins + 1))
    raise InputError(file, "-", "orders.no_headings", seen="、".join(seen[:12]) or "-")


def _require(file: str, columns: Columns, told: Mapping[str, str]) -> None:
    seen = "、".join([*columns.heads.values(), *columns.ignored])
    for field, heading in told.items():
        if heading and columns.heads.get(field) != plain(heading):
            raise InputError(
                file, "--map", "orders.map_heading", field=FIELDS[field], said=heading, seen=seen
            )
    for field in NEEDED:
        if field not in columns.at:
            raise InputError(file, "-", "orders.no_column", field=FIELDS[field], name=field, seen=seen)


def _filled(row: Sequence[object]) -> int:
    return sum(1 for cell in row if plain(cell))


@contextmanager
def _csv(path: Path) -> Iterator[Iterable[Iterable[Sequence[object]]]]:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as stream:
        start = "".join(islice(stream, WITHIN))
        stream.seek(0)
        delimiter = max(",\t;", key=start.count)
        yield [csv.reader(stream, delimiter=delimiter)]


def _encoding(path: Path) -> str:
    """Return the encoding that a file can be read in: UTF-8, else what Chinese offices' programs write."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            with path.open(encoding=encoding, newline="") as stream:
                while stream.read(1 << 20):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise InputError(path.name, "-", "orders.encoding")


@contextmanager
def _xlsx(path: Path) -> Iterator[Iterable[Iterable[Sequence[object]]]]:
    with workbook(path, read_only=True) as book:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # programs of hotlines write them wrongly
        yield (sheet.iter_rows(values_only=True) for sheet in book.worksheets)


def _order(sheet: OrderSheet, number: int, row: Sequence[object], today: date) -> Order | None:
    """Return the order of a row; None for one that holds neither a number nor a text."""
    cells = {field: row[at] if at < len(row) else None for field, at in sheet.columns.at.items()}
    said = {field: _text(sheet, number, field, cell) for field, cell in cells.items()}
    if not said["text"] and (not said["number"] or said["number"] in _SUMS):
        return None
    for field in NEEDED:
        if not said[field]:
            raise InputError(sheet.file, _where(number), "orders.empty", field=FIELDS[field])
    deadline = read_time(cells.get("deadline"), today)
    if deadline is None and said.get("deadline"):
        raise InputError(sheet.file, _where(number), "orders.date", said=said["deadline"][:30])
    own = {field: said.get(field, "") for field in ("name", "phone", "address", "category")}
    return Order(said["number"], said["text"], **own, deadline=deadline, digit=_digit(said))


def _text(sheet: OrderSheet, number: int, field: str, cell: object) -> str:
    """Return what a cell says; raise where a spreadsheet has rounded a long number."""
    if field == "deadline":
        return "" if cell is None else str(cell).strip()
    whole = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    rounded = field in ("number", "phone") and _ROUNDED.fullmatch(str(cell or "").strip())
    if rounded or (whole and field in ("number", "phone") and abs(float(str(cell))) >= EXACT):
        raise InputError(sheet.file, _where(number), "orders.digits", field=FIELDS[field])
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip().removeprefix("'")


def _digit(said: Mapping[str, str]) -> int | None:
    """Return the caller's answer (1-5) as the hotline's own calling back tells it, None if it does not."""
    contacted, solved, content = (said.get(f, "").lower() for f in ("contacted", "solved", "satisfied"))
    if contacted in _NO:
        return 5
    if solved in _NO:
        return 4
    found = _CONTENT.get(content)
    return found if found is not None and (solved in _YES or found < 3) else None


def _where(number: int) -> str:
    return f"第 {number} 行"
