"""`emergency`: whom to call to a danger."""

from __future__ import annotations

from bot.values import ConfigPart


class Units(ConfigPart):
    """Which units are called to which danger: by their kind, or by a word of their names."""

    lift: tuple[str, ...] = ("property", "维保")
    gas: tuple[str, ...] = ("燃气",)
    electricity: tuple[str, ...] = ("供电", "电力")
    fire: tuple[str, ...] = ("property",)


class Emergency(ConfigPart):
    """Numbers to call that differ from place to place."""

    gas: str | None = None
    lift: str | None = None
    electricity: str | None = "95598"
    units: Units = Units()
