"""What understands texts in this place: the rules and weights that ship, with the place's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Config
    from nlp.understand import Understander


def own_weights(config: Config) -> Path:
    """Return the folder where a place keeps weights of its own, written by `shaozi learn`."""
    return config.storage.folder / "weights"


def understander_of(config: Config, rules: Path | None = None, weights: Path | None = None) -> Understander:
    """Return what understands texts; raise `InputError` where a file of rules or weights cannot be used."""
    from nlp.rules import RuleError  # noqa: PLC0415  the command line need not load it for its help
    from nlp.understand import Understander  # noqa: PLC0415
    from nlp.weights import WeightsError  # noqa: PLC0415

    try:
        return Understander(
            cache_dir=config.storage.folder / "cache",
            extra_rules=rules or config.bot.rules,
            weights=weights or own_weights(config),
        )
    except RuleError as error:
        raise InputError(error.file, str(error.line), "input.rules", what=error.reason) from None
    except WeightsError as error:
        raise InputError(str(weights or own_weights(config)), "-", "input.rules", what=error) from None
