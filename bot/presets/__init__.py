"""What places call their grades and how they handle them, as data: one file a place."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from data.domain.case import Grade
from data.domain.paths import Path


class GradePath(BaseModel):
    """The path of one grade, as a preset or `governance.grades` writes it; what is left out stays."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    handler: str | None = None
    meeting: bool | None = None
    supervised: bool | None = None


def paths_of(preset: str, own: dict[Grade, GradePath]) -> dict[Grade, Path]:
    """Return the path of every grade of a preset, each value overridable."""
    text = (files("bot") / "presets" / f"{preset}.yaml").read_text(encoding="utf-8")
    shipped: dict[str, dict[str, Any]] = yaml.safe_load(text)["grades"]
    found = {}
    for grade in Grade:
        values = shipped[grade.value]
        if grade in own:
            values = values | own[grade].model_dump(exclude_none=True)
        found[grade] = Path(**{**values, "names": tuple(values["names"])})
    return found
