"""Opening a case: its place, kind, grade and first deadline; or joining one that is open for the matter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from data.domain.areas import AreaKind, building_label
from data.domain.case import Place, Source, State, Urgency
from data.domain.events import AppealJoined, CaseReported, EmergencyRaised
from data.domain.lifecycle import Action
from handlers.appeals.matters import already_open, pointed_back
from handlers.cases import deadlines
from handlers.cases.grading import is_dispute, propose
from handlers.cases.in_charge import path_organisation
from handlers.cases.new_case_news import to_organisation
from handlers.cases.steps import record, take_step
from handlers.saying.say import say

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.areas import Area, Room
    from data.domain.case import Appeal, Case, Grade, Line
    from handlers.context import Context, Heard
    from nlp.understanding import Understanding


def begin(heard: Heard, room: Room, said: Understanding, lines: list[Line]) -> None:
    """Open a case for an appeal that belongs to a residents' room, or join the open one."""
    found = _case_for(heard, room, said)
    _tell(heard, found, said, write_appeal(heard, lines, found.case.id, joined=found.joined))


def add(heard: Heard, case: Case, said: Understanding, lines: list[Line]) -> None:
    """Add what somebody said to a case that is open already."""
    found = Found(case, case.place, joined=True)
    _tell(heard, found, said, write_appeal(heard, lines, case.id, joined=True))


def settle(heard: Heard, room: Room, said: Understanding, appeal: Appeal) -> None:
    """Do so for an appeal that was written down before one knew where it belongs."""
    found = _case_for(heard, room, said)
    heard.uow.appeals.change(appeal.id, case_id=found.case.id, joined=found.joined)
    _tell(heard, found, said, replace(appeal, case_id=found.case.id, joined=found.joined))


class Found(NamedTuple):
    """The case of an appeal: the open one for the same matter, which it joins, or a new one."""

    case: Case
    place: Place
    joined: bool


def _case_for(heard: Heard, room: Room, said: Understanding) -> Found:
    place = place_said(heard, room, said)
    area, building = where(heard, room, place)
    same = already_open(heard, area, said, place) or pointed_back(heard, said)
    if same is not None:
        return Found(same, place, joined=True)
    source = Source.PATROL if heard.roles_at((building or area).id) else Source.APPEAL  # found by staff
    case = open_case(heard, area, said, building=building, place=place, source=source)
    return Found(case, place, joined=False)


def _tell(heard: Heard, found: Found, said: Understanding, appeal: Appeal) -> None:
    if found.joined:
        _join(heard, found.case, appeal, said, found.place)
    elif found.case.urgency is Urgency.EMERGENCY:
        heard.happened(EmergencyRaised(found.case, appeal))
    else:
        heard.happened(CaseReported(found.case, appeal))


def open_case(
    heard: Heard, area: Area, said: Understanding, *, building: Area | None, place: Place, source: Source
) -> Case:
    """Open a case under the next number of its community, with the first step on its timeline."""
    community = heard.uow.areas.community_of(area.id) or area
    grade = propose(heard.policy, said).grade
    dispute = is_dispute(said)
    emergency = said.urgency.value == Urgency.EMERGENCY
    direct = None if dispute or emergency else path_organisation(heard, area.id, grade)
    case = heard.uow.cases.open(
        community_id=community.id,
        area_id=area.id,
        building_id=building.id if building else None,
        state=State.REPORTED,
        category=said.category or "城乡建设/其他",
        grade=grade,
        urgency=Urgency(said.urgency.value),
        hazard=said.hazard,
        dispute=dispute,
        assignee_org_id=direct.id if direct else None,
        source=source,
        place=place,
        summary=said.text,
        reported_at=heard.now,
        accept_by=_accept_by(heard, said, grade),
    )
    record(heard, case, Action.REPORT, by=heard.person)
    deadlines.schedule(heard, case)
    if direct is not None and source is not Source.APPEAL:  # nobody is told that one by an acknowledgement
        for notice in to_organisation(heard, case, direct, f"new:{case.id}"):
            say(heard, notice.to, notice.saying)
    return case


def _accept_by(ctx: Context, said: Understanding, grade: Grade) -> datetime:
    """Return when a case must be taken in: an emergency runs on the clock."""
    if said.urgency.value == Urgency.EMERGENCY:
        return ctx.now + ctx.policy.answer_emergency
    return ctx.policy.accept_within(grade).after(ctx.now, ctx.policy.work)


def update(heard: Heard, case: Case, appeal: Appeal, said: Understanding) -> None:
    """Bring a case in line with what its appeal says now, as long as nobody has taken it in hand."""
    if appeal.joined or case.state is not State.REPORTED:
        return
    room = heard.uow.rooms.get(appeal.room_id) if appeal.room_id is not None else None
    place = place_said(heard, room, said).filled_from(case.place)
    calm = case.urgency is not Urgency.EMERGENCY
    case.place = place
    if said.is_appeal:
        case.category = said.category or case.category
        case.grade = propose(heard.policy, said).grade
        case.dispute = case.dispute or is_dispute(said)
        case.urgency = max(case.urgency, Urgency(said.urgency.value), key=list(Urgency).index)
        case.hazard = said.hazard or case.hazard
    case.summary = appeal.words
    alone = case.dispute or case.urgency is Urgency.EMERGENCY  # these have ways of their own
    direct = None if alone else path_organisation(heard, case.area_id, case.grade)
    case.assignee_org_id = direct.id if direct else None
    building = _building(heard, case.area_id, place)
    case.building_id = building.id if building else case.building_id
    heard.uow.cases.save(case)
    if calm and case.urgency is Urgency.EMERGENCY:
        heard.happened(EmergencyRaised(case, appeal))


def where(ctx: Context, room: Room, place: Place) -> tuple[Area, Area | None]:
    """Return the grid a matter lies in (the room's area if unknown), and the building if it is known."""
    area = ctx.uow.areas.get(room.area_id or 0)
    building = _building(ctx, area.id, place)
    grid = ctx.uow.areas.nearest(building.id if building else area.id, AreaKind.GRID)
    return grid or area, building


def _building(ctx: Context, area_id: int, place: Place) -> Area | None:
    found = ctx.uow.areas.buildings(area_id, place.building) if place.building else []
    return found[0] if len(found) == 1 else None


def place_said(heard: Heard, room: Room | None, said: Understanding) -> Place:
    """Return where the matter lies; “我们单元” is the speaker's own, if the roster knows their home."""
    place = Place(said.place.building, said.place.unit, said.place.floor, said.place.door, said.place.spot)
    if place.building or not (said.own_building or said.own_unit):
        return place
    home = heard.uow.people.home(heard.person.id)
    if home is None:
        return place
    building = heard.uow.areas.get(home.building_id)
    if room is not None and not heard.uow.areas.covers(room.area_id or 0, building.id):
        return place
    own = Place(building_label(building.name), (home.unit or None) if said.own_unit else None)
    return place.filled_from(own)


def _join(heard: Heard, case: Case, appeal: Appeal, said: Understanding, place: Place) -> None:
    """Make an appeal one of an open case's."""
    first = all(
        a.person_id != heard.person.id for a in heard.uow.appeals.of_case(case.id) if a.id != appeal.id
    )
    record(heard, case, Action.JOIN, by=heard.person)
    if case.place != (fuller := case.place.filled_from(place)):
        case.place = fuller
        heard.uow.cases.save(case)
    if said.urgency.value == Urgency.EMERGENCY and case.urgency is not Urgency.EMERGENCY:
        case.urgency, case.hazard = Urgency.EMERGENCY, said.hazard
        heard.uow.cases.save(case)
        heard.happened(EmergencyRaised(case, appeal))
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
        take_step(heard, case, Action.WITHDRAW, by=heard.person, silent=True)
    heard.uow.appeals.change(appeal.id, withdrawn=True)
