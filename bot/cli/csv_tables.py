"""CSV tables that a command is given."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from data.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def rows_of(file: Path, columns: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV with their line numbers; raise `InputError` where a column is missing."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            known = reader.fieldnames or []
            for column in columns:
                if column not in known:
                    expected = "、".join(known)
                    raise InputError(
                        str(file), "1", "input.field", field=column, problem="没有这一列", expected=expected
                    )
            for row in reader:
                yield reader.line_num, row
    except FileNotFoundError:
        raise InputError(str(file), "-", "input.absent") from None
    except UnicodeDecodeError:
        raise InputError(str(file), "-", "input.not_utf8") from None
