"""The kinds of values that parameters and bodies are made of, each with its pattern in the schema."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)

from nlp.categories import CATEGORIES

MOST_NUMBER = 999_999_999
CODE = r"^[0-9A-Za-z._-]{1,40}$"
_INSTANT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_WHOLE = re.compile(r"-?\d{1,12}", re.ASCII)


class Model(BaseModel):
    """Something that goes out."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class Given(BaseModel):
    """Something that comes in: what it does not know is an error, and nothing is taken for something else."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def instant(text: str) -> datetime:
    """Read a time of RFC 3339, or raise `ValueError`; what lies beyond the calendar is its end."""
    found = _INSTANT.fullmatch(text)
    if found is None:
        message = "a date-time with an offset is expected, like 2026-03-02T08:00:00Z"
        raise ValueError(message)
    seconds = min(int(found[6]), 59) if found[6] == "60" else int(found[6])  # a leap second is the one before
    zone = "+00:00" if found[8] in "Zz" else found[8]
    plain = f"{found[1]}-{found[2]}-{found[3]}T{found[4]}:{found[5]}:{seconds:02d}{zone}"
    year = int(found[1])
    if year < 2:
        return datetime.min.replace(tzinfo=UTC)
    at = datetime.fromisoformat(plain)
    return datetime.max.replace(tzinfo=UTC) if year > 9998 else at.astimezone(UTC)


def _instant(value: Any) -> Any:
    return instant(value) if isinstance(value, str) else value


def _whole(value: Any) -> Any:
    """Read a number of a query or a path; `1.0`, ` 1` and `１` are none."""
    return int(value) if isinstance(value, str) and _WHOLE.fullmatch(value) else value


def _unbroken(value: Any) -> Any:
    """Take 53.0 for 53, as JSON Schema does."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _truth(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _shown(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


DATE_TIME = {"type": "string", "format": "date-time"}
When = Annotated[datetime, PlainSerializer(_shown, return_type=str), WithJsonSchema(DATE_TIME)]
Since = Annotated[datetime, BeforeValidator(_instant), WithJsonSchema(DATE_TIME)]
Number = Annotated[int, Field(ge=1, le=MOST_NUMBER), BeforeValidator(_whole)]
Size = Annotated[int, Field(ge=1, le=200), BeforeValidator(_whole)]
Version = Annotated[int, Field(ge=0, le=2_147_483_647), BeforeValidator(_unbroken)]
Truth = Annotated[bool, BeforeValidator(_truth)]
Code = Annotated[str, Field(pattern=CODE)]
Cursor = Annotated[str, Field(pattern=r"^c[0-9]{1,15}$")]


def _known_kind(code: str) -> str:
    if code not in CATEGORIES:
        message = "a code of /api/v1/categories is expected"
        raise ValueError(message)
    return code


Kind = Annotated[
    str, AfterValidator(_known_kind), WithJsonSchema({"type": "string", "enum": list(CATEGORIES)})
]
Words = Annotated[str, Field(min_length=1, max_length=4_000, pattern=r"\S")]
Name = Annotated[str, Field(max_length=40)]
