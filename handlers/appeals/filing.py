"""Filing an appeal: written down, with a case of its own or as part of one that is open for the matter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from data.domain.case import Place, Source, Urgency
from data.domain.events import AppealJoined, CaseReported, EmergencyRaised
from data.domain.lifecycle import Action
from handlers.appeals.matters import pointed_back
from handlers.cases.opening import open_case, place_said, where
from handlers.cases.same_matter import already_open, same_alarm
from handlers.cases.steps import SILENTLY, record, take_step

if TYPE_CHECKING:
    from data.domain.areas import Room
    from data.domain.case import Appeal, Case, Line
    from handlers.context import Heard
    from nlp.understanding import Understanding


def begin(heard: Heard, room: Room, said: Understanding, lines: list[Line]) -> Appeal:
    """Open a case for an appeal that belongs to a residents' room, or join the open one."""
    found = _case_for(heard, room, said)
    appeal = write_appeal(heard, lines, found.case.id, joined=found.joined)
    _tell(heard, found, appeal)
    return appeal


def add(heard: Heard, case: Case, lines: list[Line]) -> None:
    """Add what somebody said to a case that is open already."""
    found = Found(case, case.place, joined=True)
    _tell(heard, found, write_appeal(heard, lines, case.id, joined=True))


def settle(heard: Heard, room: Room, said: Understanding, appeal: Appeal) -> None:
    """Do so for an appeal that was written down before one knew where it belongs."""
    found = _case_for(heard, room, said)
    heard.uow.appeals.change(appeal.id, case_id=found.case.id, joined=found.joined)
    _tell(heard, found, replace(appeal, case_id=found.case.id, joined=found.joined))


class Found(NamedTuple):
    """Where an appeal was filed: its case, and whether that was open before."""

    case: Case
    place: Place
    joined: bool


def _case_for(heard: Heard, room: Room, said: Understanding) -> Found:
    place = place_said(heard, room, said)
    area, building = where(heard, room, place)
    outside = heard.inbound.report is not None  # what went before was said for others
    if said.urgency.value == Urgency.EMERGENCY:
        near = Place() if outside or said.shape is not None else _spoken_of_just_now(heard)
        place = place.filled_from(near) if place.building in (None, near.building) else place
        area, building = where(heard, room, place)
        same = same_alarm(heard, area, said, place)
    else:
        same = already_open(heard, area, said, place) or (None if outside else pointed_back(heard, said))
    if same is not None:
        return Found(same, place, joined=True)
    found_by_staff = heard.roles_at((building or area).id)
    source = Source.API if outside else Source.PATROL if found_by_staff else Source.APPEAL
    case = open_case(heard, area, said, building=building, place=place, source=source)
    return Found(case, place, joined=False)


def _spoken_of_just_now(heard: Heard) -> Place:
    """Return the building and unit of the speaker's last appeal here, if it was said within three minutes."""
    if heard.account.last_appeal_id is None:
        return Place()
    appeal = heard.uow.appeals.get(heard.account.last_appeal_id)
    here = heard.room.id if heard.room else None
    fresh = heard.now - appeal.last_line_at <= heard.policy.join_within
    if appeal.case_id is None or appeal.withdrawn or appeal.room_id != here or not fresh:
        return Place()
    place = heard.uow.cases.get(appeal.case_id).place
    return Place(place.building, place.unit)


def _tell(heard: Heard, found: Found, appeal: Appeal) -> None:
    if found.joined:
        _join(heard, found.case, appeal, found.place)
    elif found.case.urgency is Urgency.EMERGENCY:
        heard.happened(EmergencyRaised(found.case, appeal))
    else:
        heard.happened(CaseReported(found.case, appeal))


def _join(heard: Heard, case: Case, appeal: Appeal, place: Place) -> None:
    """Make an appeal one of an open case's."""
    first = all(
        a.person_id != heard.person.id for a in heard.uow.appeals.of_case(case.id) if a.id != appeal.id
    )
    record(heard, case, Action.JOIN, by=heard.person)
    if not first and case.place != (fuller := case.place.filled_from(place)):  # nobody else moves a case
        case.place = fuller
        heard.uow.cases.save(case)
    if first:
        heard.happened(AppealJoined(case, appeal))


def write_appeal(
    heard: Heard, lines: list[Line], case_id: int | None = None, *, joined: bool = False, alone: bool = False
) -> Appeal:
    """Write down what somebody said as an appeal; what staff found is told to them `alone`, wherever said."""
    here = heard.room.id if heard.room else None
    appeal = heard.uow.appeals.open(
        case_id=case_id,
        joined=joined,
        message_id=lines[0].message_id,
        person_id=heard.person.id,
        account_id=heard.account.id,
        room_id=None if alone else here,
        said_at=lines[0].at,
        last_line_at=heard.now,
        words="\n".join(line.text for line in lines if line.text),
    )
    heard.uow.appeals.add_lines(appeal.id, lines)
    if appeal.room_id == here:  # the lines that follow here may belong to it
        heard.uow.people.appealed(heard.account.id, appeal.id)
    return appeal


def withdraw_silently(heard: Heard, case: Case, appeal: Appeal) -> None:
    """Withdraw an appeal, and its case if nobody else raised it; the group hears nothing."""
    others = [a for a in heard.uow.appeals.of_case(case.id) if a.id != appeal.id]
    if others:
        heard.uow.outbox.silence(f"ack:{appeal.id}")
    else:
        take_step(heard, case, Action.WITHDRAW, by=heard.person, told=SILENTLY)
    heard.uow.appeals.change(appeal.id, withdrawn=True)
