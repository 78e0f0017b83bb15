"""`deliberation`: motions, ballots, publicity and the meetings that decide."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.values import ConfigPart, ExpectedError


class QuorumPart(ConfigPart):
    """How many households must have come to a meeting that decides."""

    households: Annotated[int, Field(ge=1)] | None = None
    share: Annotated[Decimal, Field(gt=0, le=1)] | None = None

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if (self.households is None) == (self.share is None):
            raise ExpectedError("{households: 20}, {share: 0.5}")
        return self


class DeliberationPart(ConfigPart):
    """The rules of motions, ballots, publicity and meetings."""

    motion_support: Annotated[int, Field(ge=1)] = 5
    proxies: Annotated[int, Field(ge=0, le=10)] = 1
    publicity_days: Annotated[int, Field(ge=1, le=365)] = 7
    check_in_code: bool = False
    quorum: QuorumPart | None = None
