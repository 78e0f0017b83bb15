"""A file that says which heading means what, where guessing does not do: `number: 派单流水`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from data.domain.errors import InputError
from data.orders.headings import FIELDS

if TYPE_CHECKING:
    from pathlib import Path


def read_mapping(path: Path) -> dict[str, str]:
    """Return the headings by field, as somebody wrote them; an empty one: there is no such column."""
    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InputError(str(path), "-", "input.absent") from None
    except UnicodeDecodeError:
        raise InputError(path.name, "-", "input.not_utf8") from None
    except yaml.YAMLError as error:
        raise InputError(path.name, "-", "input.yaml", what=str(error).partition("\n")[0]) from None
    if not isinstance(tree, dict):
        raise InputError(path.name, "-", "input.not_a_mapping")
    named = {name: field for field, name in FIELDS.items()} | {field: field for field in FIELDS}
    for name in tree:
        if name not in named:
            known = "、".join(f"{field}({word})" for field, word in FIELDS.items())
            raise InputError(path.name, str(name), "orders.map_field", known=known)
    return {named[name]: str(heading or "") for name, heading in tree.items()}
