"""`retention`: for how long things are kept."""

from __future__ import annotations

from datetime import timedelta

from bot.values import Age, ConfigPart
from data.domain.retention import Retention


class Retain(ConfigPart):
    """For how long words, names, pictures and what was said are kept."""

    closed_cases: Age = timedelta(days=3 * 365)
    pictures: Age = timedelta(days=365)
    audit: Age = timedelta(days=3 * 365)
    visits: Age = timedelta(days=2 * 365)
    sent: Age = timedelta(days=365)

    @property
    def limits(self) -> Retention:
        """The same limits, as the domain knows them."""
        return Retention(**self.model_dump())
