"""Opening a case: its place, kind, grade and first deadline; or joining one that is open for the matter."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from data.domain.areas import AreaKind, building_label
from data.domain.case import Grade, Place, Source, State, Urgency
from data.domain.events import EmergencyRaised
from data.domain.lifecycle import Action
from handlers.cases import deadlines, oversight
from handlers.cases.grading import is_dispute, propose
from handlers.cases.in_charge import path_organisation
from handlers.cases.new_case_news import to_organisation
from handlers.cases.steps import record
from handlers.context import Heard
from handlers.saying.say import say
from nlp.place_marks import differ, marks_in
from nlp.putting_right import puts_right
from nlp.similar import shared_spot

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.areas import Area, Room
    from data.domain.case import Appeal, Case
    from handlers.context import Context
    from nlp.understanding import Understanding

IN_A_BUILDING = frozenset({"城乡建设/电梯"})
_INDOORS = re.compile(
    r"楼道|楼梯|单元门|电梯|走廊|过道|连廊|大堂|门厅|架空层|天台|楼顶|屋顶|顶楼|天井|管道井|厨房|卫生间|厕所|阳台"
)


def open_case(
    ctx: Context,
    area: Area,
    said: Understanding,
    *,
    building: Area | None,
    place: Place,
    source: Source,
    due: datetime | None = None,
) -> Case:
    """Open a case under the next number of its community, with the first step on its timeline.

    `due` is a deadline that was set elsewhere: by then it is to be resolved, and so taken in.
    """
    community = ctx.uow.areas.community_of(area.id) or area
    grade = propose(ctx.policy, said).grade
    dispute, category = is_dispute(said), said.category or "城乡建设/其他"
    emergency = said.urgency.value == Urgency.EMERGENCY
    direct = None if dispute or emergency else path_organisation(ctx, area.id, grade, category)
    accept_by = _accept_by(ctx, said, grade)
    case = ctx.uow.cases.open(
        community_id=community.id,
        area_id=area.id,
        building_id=building.id if building else None,
        state=State.REPORTED,
        category=category,
        grade=grade,
        urgency=Urgency(said.urgency.value),
        hazard=said.hazard,
        dispute=dispute,
        assignee_org_id=direct.id if direct else None,
        source=source,
        place=place,
        summary=said.text,
        reported_at=ctx.now,
        accept_by=accept_by if due is None else max(ctx.now, min(accept_by, due)),
        **oversight.supervision(ctx, area.id, grade, discreet=dispute or grade is Grade.PRIVATE),
    )
    record(ctx, case, Action.REPORT, by=ctx.person if isinstance(ctx, Heard) else None)
    deadlines.schedule(ctx, case)
    acknowledged = source in (Source.APPEAL, Source.API)  # by which the organisation is told, too
    if direct is not None and not acknowledged:
        for notice in to_organisation(ctx, case, direct, f"new:{case.id}"):
            say(ctx, notice.to, notice.saying)
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
    place = place_said(heard, room, said)
    if not puts_right(said.text):
        place = place.filled_from(case.place)
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
    direct = None if alone else path_organisation(heard, case.area_id, case.grade, case.category)
    case.assignee_org_id = direct.id if direct else None
    rule = oversight.supervision(heard, case.area_id, case.grade, discreet=case.discreet)
    case.supervised_by_id, case.supervised_until = rule.get("supervised_by_id"), rule.get("supervised_until")
    building = _building(heard, case.area_id, place)
    case.building_id = building.id if building else case.building_id
    heard.uow.cases.save(case)
    if calm and case.urgency is Urgency.EMERGENCY:
        heard.happened(EmergencyRaised(case, appeal))


def moved(heard: Heard, case: Case, appeal: Appeal, said: Understanding) -> None:
    """Let a case that somebody has in hand lie where its appeal says it does after all."""
    room = heard.uow.rooms.get(appeal.room_id) if appeal.room_id is not None else None
    place = place_said(heard, room, said)
    if not place:
        return
    case.place = place
    building = _building(heard, case.area_id, place)
    case.building_id = building.id if building else case.building_id
    case.summary = appeal.words
    heard.uow.cases.save(case)


def where(ctx: Context, room: Room, place: Place) -> tuple[Area, Area | None]:
    """Return the grid a matter lies in (the room's area if unknown), and the building if it is known."""
    return within(ctx, ctx.uow.areas.get(room.area_id or 0), place)


def within(ctx: Context, area: Area, place: Place) -> tuple[Area, Area | None]:
    """Return the grid of a place in an area (the area itself if unknown), and the building if it is known."""
    building = _building(ctx, area.id, place)
    grid = ctx.uow.areas.nearest(building.id if building else area.id, AreaKind.GRID)
    return grid or area, building


def _building(ctx: Context, area_id: int, place: Place) -> Area | None:
    """Return the one building of the roster that a place names; 东区3栋 is not 西区3栋."""
    found = ctx.uow.areas.buildings(area_id, place.building) if place.building else []
    if place.compound:
        said = marks_in(place.compound)
        found = [building for building in found if not differ(said, marks_in(building.name))]
    return found[0] if len(found) == 1 else None


def place_said(heard: Heard, room: Room | None, said: Understanding) -> Place:
    """Return where the matter lies: as said, else the speaker's household, else the room's own building.

    “我家”, “我们单元”, “楼下” are the household's; so is a staircase or a lift of which nobody says where.
    """
    place = Place(*said.place)
    if place.building:
        return place
    if shared_spot(said.place):
        return place
    own = said.own_building or said.own_unit
    if own or (said.shape is None and _within_a_building(said, place)):  # a plea passed on is somebody else's
        place = _household(heard, room, said, place) or place
    area = heard.uow.areas.get(room.area_id) if room is not None and room.area_id is not None else None
    if place.building is None and area is not None and area.kind is AreaKind.BUILDING:
        place = replace(place, building=building_label(area.name))
    return place


def _within_a_building(said: Understanding, place: Place) -> bool:
    """Whether a matter whose place nobody said lies in some building: in a lift, on the stairs."""
    if place.compound or place.door:
        return False
    return bool(_INDOORS.search(place.spot)) if place.spot else said.category in IN_A_BUILDING


def _household(heard: Heard, room: Room | None, said: Understanding, place: Place) -> Place | None:
    """Return a place with what the roster knows of the speaker's home, if that lies in the room's area."""
    home = heard.uow.households.home(heard.person.id)
    if home is None:
        return None
    building = heard.uow.areas.get(home.building_id)
    if room is not None and not heard.uow.areas.covers(room.area_id or 0, building.id):
        return None
    unit = None if said.own_building and not said.own_unit else home.unit or None
    return place.filled_from(Place(building_label(building.name), unit))
