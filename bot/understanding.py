"""What understands texts in this place: the rules and weights that ship, with the place's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.config import Config
    from nlp.rules import RuleError
    from nlp.understand import Understander
    from nlp.weights import WeightsError


def own_weights(config: Config) -> Path:
    """Return the folder where a place keeps weights of its own, written by `shaozi learn`."""
    return config.storage.folder / "weights"


def understander_of(
    config: Config,
    rules: Path | None = None,
    weights: Path | None = None,
    told: Callable[[InputError], None] | None = None,
) -> Understander:
    """Return what understands texts.

    A file of rules, weights or probabilities that cannot be used raises `InputError`, or is `told`: then what
    ships stays in force.
    """
    from nlp.learned import Learned  # noqa: PLC0415
    from nlp.rules import RuleError  # noqa: PLC0415  the command line need not load it for its help
    from nlp.understand import Understander  # noqa: PLC0415

    cache, extra = config.storage.folder / "cache", rules or config.bot.rules

    def tell(error: WeightsError) -> None:
        if told is None:
            raise _input_error(error) from None
        told(_input_error(error))

    try:
        learned = Learned.load(weights or own_weights(config), tell)
        return Understander(cache_dir=cache, extra_rules=extra, learned=learned)
    except RuleError as error:
        if told is None:
            raise _input_error(error) from None
        told(_input_error(error))
        return Understander(cache_dir=cache, learned=learned)


def _input_error(error: RuleError | WeightsError) -> InputError:
    return InputError(error.file, str(error.line), "input.rules", what=error.reason)
