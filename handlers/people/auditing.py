"""审计: an officer reads what was refused, which privileged acts were done, and who read words unmasked."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.audit import VIEW
from data.domain.people import OFFICERS, Role
from handlers.hearing.areas import charge
from handlers.saying.days import when
from handlers.saying.say import answer

if TYPE_CHECKING:
    from typing import Any

    from handlers.context import Heard
    from handlers.hearing.grammar import Command

LATELY = timedelta(days=30)
LAST = 10  # rows that are shown one by one
DONE = ("done", "person:")


def read(heard: Heard, _command: Command) -> None:
    """Show the last thirty days of the audit, by ids and commands, never words: 审计."""
    heard.private_answer = True
    rows = [row for row in heard.uow.audit.since(heard.now - LATELY) if in_charge_of(heard, row)]
    texts = heard.house.texts
    views = Counter(name_of(heard, row) for row in rows if row.command == VIEW)
    acts = [row for row in rows if str(row.outcome).startswith(DONE)]
    refused = Counter(row.command for row in rows if row.command != VIEW and row not in acts)
    none = texts("audit.none")
    answer(
        heard,
        "audit.read",
        refused="、".join(f"{verb} {count}" for verb, count in refused.most_common(LAST)) or none,
        views="、".join(f"{name} {count}" for name, count in views.most_common(LAST)) or none,
        total=sum(views.values()),
        acts="".join(f"\n{when(heard, row.at)} {name_of(heard, row)} {row.command}" for row in acts[-LAST:])
        or none,
    )


def _act(heard: Heard, row: Any) -> str:
    return f"{when(heard, row.at)} {name_of(heard, row)} {row.command}"


def name_of(heard: Heard, row: Any) -> str:
    """Return the name of who did what a row of the audit says."""
    return heard.uow.people.get(row.person_id).name if row.person_id is not None else "-"


def in_charge_of(heard: Heard, row: Any) -> bool:
    """Whether a row is of a community in the speaker's charge; the operator reads all."""
    if any(duty.role is Role.OPERATOR for duty in heard.duties):
        return True
    mine = {area.id for area in charge(heard, OFFICERS)}
    return any(mine & {area.id for area in heard.uow.areas.up(where)} for where in _areas(heard, row))


def _areas(heard: Heard, row: Any) -> list[int]:
    """Return the areas a row belongs to: its case's, its room's, its person's duties'."""
    found: list[int] = []
    kind, _, number = str(row.outcome).partition(":")
    if kind == "case" and number.isdigit():
        found.append(heard.uow.cases.get(int(number)).community_id)
    if row.room_id is not None and (area_id := heard.uow.rooms.get(row.room_id).area_id) is not None:
        found.append(area_id)
    if not found and row.person_id is not None:
        found += [duty.area_id for duty in heard.uow.people.duties(row.person_id)]
    return found
