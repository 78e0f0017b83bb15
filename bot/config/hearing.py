"""`hearing`: how sure the bot must be of what it understands before it says so, or asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from bot.values import ConfigPart, Share
from data.domain.hearing import Costs, Hearing

Cost = Annotated[float, Field(gt=0, le=1_000_000)]


class MistakeCosts(ConfigPart):
    """What a mistake costs, measured in questions to a grid leader."""

    announced: Cost = 20.0
    asked: Cost = 1.0
    missed: Cost = 8.0
    emergency_missed: Cost = 200.0


class HearingPart(ConfigPart):
    """From which probability on a line is announced or asked about; by what mistakes cost where not said."""

    sure: Share | None = 0.2
    doubtful: Share | None = 0.06
    emergency: Share | None = 0.005
    costs: MistakeCosts = MistakeCosts()

    def thresholds(self) -> Hearing:
        """Return the thresholds, those that are not named at their least cost."""
        least = Costs(**self.costs.model_dump()).thresholds()
        named = self.model_dump(exclude={"costs"}, exclude_none=True)
        return replace(least, **named)
