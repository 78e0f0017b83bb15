"""People: a person has accounts; a display name is never identity; a duty is a role held in an area."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

OUTSIDE = "api:"  # how the ids of accounts begin by which other software speaks


class Rank(StrEnum):
    """What somebody is in their organisation."""

    MEMBER = "member"
    SECTION_HEAD = "section_head"
    DEPUTY = "deputy"
    CHIEF = "chief"


class Role(StrEnum):
    """The roles one can hold in an area. Members of an organisation are responders without a row."""

    BUILDING_HEAD = "building_head"
    GRID_WORKER = "grid_worker"
    GRID_LEADER = "grid_leader"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    MEDIATOR = "mediator"
    OPERATOR = "operator"


GRID_STAFF = frozenset({Role.BUILDING_HEAD, Role.GRID_WORKER, Role.GRID_LEADER})
OFFICERS = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.OPERATOR})
STAFF = GRID_STAFF | OFFICERS


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """A role held in an area."""

    role: Role
    area_id: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known to the bot; responders belong to an organisation."""

    id: int
    name: str
    organisation_id: int | None = None
    on_roster: bool = True  # nobody else has a duty
    rank: Rank = Rank.MEMBER


class DutyHolder(NamedTuple):
    """Somebody who holds a role in an area; in the order of the roster, by the number of the duty."""

    number: int
    role: Role
    area_id: int
    person: Person


@dataclass(frozen=True, slots=True)
class Account:
    """A person on one channel. `name` is what the channel shows, good for an @ and nothing else."""

    id: int
    person_id: int
    channel: str
    external_id: str
    name: str
    last_room_id: int | None = None
    last_appeal_id: int | None = None

    @property
    def is_outside(self) -> bool:
        """Whether other software speaks by it: nobody reads what is said to it."""
        return self.external_id.startswith(OUTSIDE)

    def seen_as(self, name: str, room_id: int | None) -> Account:
        """Return the account as it was just seen."""
        return replace(self, name=name, last_room_id=room_id)


@dataclass(frozen=True, slots=True)
class Service:
    """Somebody who helps with one sort of thing in an area (None: everywhere), asked for by a word."""

    id: int
    name: str
    words: tuple[str, ...]
    person_id: int
    area_id: int | None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A department, property company, committee or service team."""

    id: int
    name: str
    kind: str
    area_id: int | None
    aliases: tuple[str, ...] = ()
