"""`community`, `points`, `necessary`, `answers`: community life."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.values import ConfigPart, SpanText
from data.domain.community import CommunityLife, Good, KnownAnswer, LifePart


class CommunitySettings(ConfigPart):
    """Which parts of community life are on; None: as the preset has it."""

    activities: bool | None = None
    volunteers: bool | None = None
    points: bool | None = None
    wishes: bool | None = None
    pairs: bool | None = None
    elections: bool | None = None
    answers: bool | None = None


class GoodSettings(ConfigPart):
    """One good that points buy: its name, its price, how many there are."""

    name: Annotated[str, Field(min_length=1, max_length=30)]
    price: Annotated[int, Field(ge=1, le=100_000)]
    stock: Annotated[int, Field(ge=0, le=1_000_000)]


class PointsSettings(ConfigPart):
    """How points are earned and what they buy."""

    per_hour: Annotated[int, Field(ge=0, le=100)] = 1
    daily_cap: Annotated[int, Field(ge=1, le=1_000)] = 10
    goods: tuple[GoodSettings, ...] = ()


class WithinSettings(ConfigPart):
    """Within what time, on the clock, somebody must have been with a household (五个必到)."""

    errand: SpanText = (24, "h")
    mood: SpanText = (24, "h")
    sudden: SpanText = (2, "h")
    dispute: SpanText = (2, "h")
    family: SpanText = (24, "h")


class NecessarySettings(ConfigPart):
    """五个必到: within what time a household must have been seen."""

    within: WithinSettings = WithinSettings()


class AnswerSettings(ConfigPart):
    """One answer of the table: its words, what it says, whom to call and when."""

    words: Annotated[tuple[Annotated[str, Field(min_length=2)], ...], Field(min_length=1)]
    answer: Annotated[str, Field(min_length=1, max_length=500)]
    phone: str = ""
    hours: str = ""


def life_of(
    preset_off: frozenset[LifePart],
    community: CommunitySettings,
    points: PointsSettings,
    necessary: NecessarySettings,
    answers: tuple[AnswerSettings, ...],
) -> CommunityLife:
    """Return the rules of community life: what a preset has off is on where the place says so."""
    own = community.model_dump(exclude_none=True)
    return CommunityLife(
        off=frozenset(part for part in LifePart if not own.get(part.value, part not in preset_off)),
        points_per_hour=points.per_hour,
        daily_cap=points.daily_cap,
        goods=tuple(Good(good.name, good.price, good.stock) for good in points.goods),
        seen_within={name: _on_the_clock(span) for name, span in necessary.within},
        answers=tuple(KnownAnswer(one.words, one.answer, one.phone, one.hours) for one in answers),
    )


def _on_the_clock(span: tuple[int, str]) -> timedelta:
    amount, unit = span
    return timedelta(**{{"m": "minutes", "h": "hours", "d": "days"}[unit]: amount})
