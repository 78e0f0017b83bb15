"""Opening a case: its place, kind, grade and first deadline; or joining one that is open for the matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.areas import AreaKind, building_label
from data.domain.case import Place, Source, State, Urgency
from data.domain.events import EmergencyRaised
from data.domain.lifecycle import Action
from handlers.cases import deadlines
from handlers.cases.grading import is_dispute, propose
from handlers.cases.in_charge import path_organisation
from handlers.cases.new_case_news import to_organisation
from handlers.cases.steps import record
from handlers.saying.say import say

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.areas import Area, Room
    from data.domain.case import Appeal, Case, Grade
    from handlers.context import Context, Heard
    from nlp.understanding import Understanding


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
    home = heard.uow.households.home(heard.person.id)
    if home is None:
        return place
    building = heard.uow.areas.get(home.building_id)
    if room is not None and not heard.uow.areas.covers(room.area_id or 0, building.id):
        return place
    own = Place(building_label(building.name), (home.unit or None) if said.own_unit else None)
    return place.filled_from(own)
