"""Retention: how long words, names, pictures and what was said are kept; None is for good."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

SNAPSHOTS = timedelta(days=90)  # after its end a case needs no longer be put back as it was before a step
OF_PEOPLE = ("closed_cases", "pictures", "audit", "visits")  # what operators are told of
KINDS = (*OF_PEOPLE, "sent", "reminders", "snapshots")
EMPTY = dict.fromkeys(KINDS, 0)


@dataclass(frozen=True, slots=True)
class Retention:
    """For how long each kind is kept, as the config says."""

    closed_cases: timedelta | None = timedelta(days=3 * 365)
    pictures: timedelta | None = timedelta(days=365)
    audit: timedelta | None = timedelta(days=3 * 365)
    visits: timedelta | None = timedelta(days=2 * 365)
    sent: timedelta | None = timedelta(days=365)  # what the bot said, and the reminders that are done with

    def before(self, kind: str, now: datetime) -> datetime | None:
        """Return the moment before which a kind is too old; None if it is kept for good."""
        if kind == "snapshots":
            return now - SNAPSHOTS
        span: timedelta | None = self.sent if kind == "reminders" else getattr(self, kind)
        return now - span if span is not None else None


@dataclass(frozen=True, slots=True)
class Sweep:
    """How far a search for what is too old has come: it goes through the kinds, each by its ids."""

    kind: int = 0  # the place in KINDS; behind the last one all is done
    after: int = 0  # the last id that was looked at
    done: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_through(self) -> bool:
        """Whether everything was looked at."""
        return self.kind >= len(KINDS)

    def next_kind(self) -> Sweep:
        """Return the beginning of the next kind."""
        return Sweep(self.kind + 1, 0, self.done)

    def went(self, last: int, count: int) -> Sweep:
        """Return how far it has come after more ids, of which so many were too old."""
        name = KINDS[self.kind]
        return Sweep(self.kind, last, {**self.done, name: self.done.get(name, 0) + count})

    def kept(self) -> dict[str, Any]:
        """Return it as JSON, to be kept until the next night."""
        return {"kind": self.kind, "after": self.after, "done": dict(self.done)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Sweep:
        """Read it from JSON; of nothing, the beginning."""
        return cls(kept.get("kind", 0), kept.get("after", 0), kept.get("done", {}))
