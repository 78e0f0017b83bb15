"""Reminders (提醒): rows that say what falls due when."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class ReminderKind(StrEnum):
    """What may fall due; a deadline has stages: `accept.soon`, `accept.late`, `accept.officer` …"""

    ACCEPT = "accept"
    RESOLVE = "resolve"
    CHECK_IN = "check_in"
    CLOSE = "close"
    RESUME = "resume"
    SUPERVISE = "supervise"
    SUPERVISE_HALF = "supervise_half"  # half of a supervision that a rule made is over
    RATE = "rate"
    EMERGENCY = "emergency"
    MINUTES = "minutes"  # a meeting without them
    PUBLICITY_SOON = "publicity_soon"
    PUBLICITY_END = "publicity_end"
    FOUR = "four"  # the next step of 四议两公开
    FOUR_OWED = "four_owed"  # it was urgent, and is to be decided afterwards
    BALLOT_SOON = "ballot_soon"
    BALLOT_END = "ballot_end"
    ACTIVITY = "activity"  # a meeting, too
    SERIES = "series"  # the next of a row of activities is three days off
    THANKS = "thanks"  # whom residents thanked by name last week, on Mondays
    ELECTION = "election"  # nominations are over, the list has stood, the vote ends
    MISSED = "missed"  # visits that were not made by their day, on Fridays
    NECESSARY = "necessary"  # nobody has been where somebody must go
    ASKED = "asked"  # what was asked last week and not known, on Mondays
    HELP = "help"  # nobody has taken what volunteers were asked for
    OUTCOME = "outcome"  # 双亮: what came of what an activity found
    VISIT = "visit"
    DIGEST = "digest"
    DAILY = "daily"
    RETENTION = "retention"  # at night
    DOUBTS = "doubts"
    DOUBTS_DROPPED = "doubts_dropped"

    def at_stage(self, stage: str) -> str:
        """Return the kind of a deadline's stage, as the row holds it."""
        return f"{self.value}.{stage}"

    def key(self, *ids: int) -> str:
        """Return the key of a reminder of this kind about something."""
        return ":".join((self.value, *map(str, ids)))


THEN = "then"  # what falls due after it under the same key: pairs of a kind and an instant
LATE = timedelta(minutes=2)  # later than this it was missed while down, and is marked 补发


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that falls due: `kind` names the handler, `subject` the row it is about, `key` itself."""

    id: int
    kind: str
    subject: int
    due: datetime
    details: dict[str, Any] = field(default_factory=dict)
    key: str = ""

    @property
    def what(self) -> ReminderKind:
        """Its kind without the stage."""
        return ReminderKind(self.kind.partition(".")[0])

    @property
    def stage(self) -> str:
        """The stage of a deadline; empty for what has none."""
        return self.kind.partition(".")[2]

    @classmethod
    def in_turn(
        cls, key: str, subject: int, dues: Mapping[str, datetime], details: Mapping[str, Any]
    ) -> Reminder:
        """Return one reminder that comes round at several instants, each under a kind of its own."""
        (kind, due), *later = sorted(dues.items(), key=lambda one: one[1])
        then = [[after, at.isoformat()] for after, at in later]
        return cls(0, kind, subject, due, {**details, THEN: then}, key)

    def following(self) -> Reminder | None:
        """Return the reminder that takes this one's place once it has fallen due."""
        if not self.details.get(THEN):
            return None
        (kind, at), *later = self.details[THEN]
        details = {name: value for name, value in self.details.items() if name != "missed"}
        return replace(self, kind=kind, due=datetime.fromisoformat(at), details={**details, THEN: later})

    def missed(self, now: datetime) -> bool:
        """Whether it should have been said a good while ago."""
        return now - self.due > LATE or bool(self.details.get("missed"))
