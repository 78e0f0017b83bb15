"""What places call their grades and how they handle them, as data: one file a place."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from bot.values import SpanText
from data.domain.case import Grade
from data.domain.community import LifePart
from data.domain.paths import Path
from data.domain.worktime import Span


class GradePath(BaseModel):
    """The path of one grade, as a preset or `governance.grades` writes it; what is left out stays."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    handler: str | None = None
    meeting: bool | None = None
    supervised: bool | None = None
    four_discussions: bool | None = None
    accept: SpanText | None = None
    resolve: SpanText | None = None
    closes: Literal["officer", "street"] | None = None
    proposes: Literal["whistle", "meeting", "four"] | None = None
    categories: tuple[str, ...] | None = None
    words: tuple[Annotated[str, Field(min_length=2)], ...] | None = None
    within: tuple[str, ...] | None = None


def paths_of(preset: str, own: dict[Grade, GradePath]) -> dict[Grade, Path]:
    """Return the path of every grade of a preset, each value overridable."""
    shipped = _shipped(preset)["grades"]
    return {
        grade: _path(GradePath.model_validate(shipped[grade.value]), own.get(grade, GradePath()))
        for grade in Grade
    }


def off_in(preset: str) -> frozenset[LifePart]:
    """Return the parts of community life that a preset's document has not."""
    return frozenset(LifePart(name) for name in _shipped(preset).get("without", ()))


def _shipped(preset: str) -> dict[str, Any]:
    text = (files("bot") / "presets" / f"{preset}.yaml").read_text(encoding="utf-8")
    tree: dict[str, Any] = yaml.safe_load(text)
    return tree


def _path(shipped: GradePath, own: GradePath) -> Path:
    values = shipped.model_dump(exclude_none=True) | own.model_dump(exclude_none=True)
    values |= {name: Span(*values[name]) for name in ("accept", "resolve") if name in values}
    return Path(**values)
