"""What places call their grades and how they handle them, as data: one file a place."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field

from bot.values import SpanText
from data.domain.case import Grade
from data.domain.community import LifePart
from data.domain.paths import Path
from data.domain.worktime import Span

if TYPE_CHECKING:
    from collections.abc import Mapping


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


class Preset(NamedTuple):
    """What a preset's document says: how each grade goes, and the parts of community life it has not."""

    grades: Mapping[Grade, GradePath]
    without: frozenset[LifePart]


def paths_of(preset: str, own: dict[Grade, GradePath]) -> dict[Grade, Path]:
    """Return the path of every grade of a preset, each value overridable."""
    shipped = _shipped(preset).grades
    return {grade: _path(shipped[grade], own.get(grade, GradePath())) for grade in Grade}


def off_in(preset: str) -> frozenset[LifePart]:
    """Return the parts of community life that a preset's document has not."""
    return _shipped(preset).without


@cache
def _shipped(preset: str) -> Preset:
    tree = yaml.safe_load((files("bot") / "presets" / f"{preset}.yaml").read_text(encoding="utf-8"))
    grades = {grade: GradePath.model_validate(tree["grades"][grade.value]) for grade in Grade}
    return Preset(MappingProxyType(grades), frozenset(map(LifePart, tree.get("without", ()))))


def _path(shipped: GradePath, own: GradePath) -> Path:
    values = shipped.model_dump(exclude_none=True) | own.model_dump(exclude_none=True)
    values |= {name: Span(*values[name]) for name in ("accept", "resolve") if name in values}
    return Path(**values)
