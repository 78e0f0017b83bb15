"""What a step changes of a case, and what it keeps besides so that 撤销 can take it back."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from data.domain.case import State


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNote:
    """What a step wrote elsewhere than in its case, by ids: kept beside the snapshot, read by 撤销."""

    whistle: int | None = None  # the whistle it blew or ended
    called: tuple[int, ...] = ()  # the parts it called
    here: tuple[int, ...] = ()  # the parts that were there when the whistle ended
    part: tuple[int, str] | None = None  # the part it moved, and the state that one had
    side: int | None = None  # the person it named as the other side of a dispute
    mediation: int | None = None  # the record it wrote
    moved: Mapping[str, list[int]] | None = None  # what went along with 并案, by table
    pictures: tuple[str, ...] = ()  # what was sent with it

    def kept(self) -> dict[str, Any]:
        """Return it as JSON; what a step did not do is left out."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in found.items()
            if value not in (None, ())
        }

    @classmethod
    def of(cls, before: Mapping[str, Any]) -> StepNote:
        """Read it from what was kept with a step."""
        part = before.get("part")
        return cls(
            whistle=before.get("whistle"),
            called=tuple(before.get("called", ())),
            here=tuple(before.get("here", ())),
            part=(part[0], part[1]) if part else None,
            side=before.get("side"),
            mediation=before.get("mediation"),
            moved=before.get("moved"),
            pictures=tuple(before.get("pictures", ())),
        )


NOTHING_ELSE = StepNote()


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a case's timeline: when, who, from, to, words. `before` restores the case on 撤销."""

    id: int
    case_id: int
    at: datetime
    person_id: int | None
    action: str
    from_state: State | None
    to_state: State
    words: str | None
    before: dict[str, Any] = field(default_factory=dict)
    undone: bool = False

    @property
    def note(self) -> StepNote:
        """What it wrote elsewhere than in its case."""
        return StepNote.of(self.before)
