"""Patrols (巡查): what staff see on their rounds becomes a case that nobody had to complain about first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.areas import AreaKind, building_label
from data.domain.case import Place, Source, Urgency
from data.domain.errors import UserError
from data.domain.events import EmergencyRaised
from data.domain.lifecycle import Action
from data.domain.people import STAFF
from handlers.appeals import filing
from handlers.appeals.listening import line_of
from handlers.cases import opening
from handlers.cases.new_case_news import news_of
from handlers.cases.same_matter import already_open
from handlers.cases.steps import record
from handlers.hearing.pictures import lines_before
from handlers.saying.say import answer_about, say
from handlers.saying.showing import case_label, when

if TYPE_CHECKING:
    from data.domain.areas import Area
    from data.domain.case import Case, Line
    from handlers.context import Heard
    from handlers.hearing.grammar import Command


_ALL_IS_WELL = re.compile(
    r"(?:\S{1,12}?(?:栋|号楼|单元|网格|小区|院)|全部|各楼栋|今天|本次)?[\s,，:：]*(?:都|均|一切|全部|情况|暂)*"
    r"(?:正常|良好|安全|平安|很?好|没事|没什么事|(?:没有?|未|无)(?:发现)?(?:什么|任何|明显)?(?:问题|异常|情况|隐患|事))"
    r"[了的啊。.!！~]*"
)


def patrol(heard: Heard, command: Command) -> None:
    """巡查 地点 情况 [图]: a case found by staff; not announced in the group, its next steps are as any."""
    heard.private_answer = True
    said = heard.house.understander.understand(command.words)
    if _ALL_IS_WELL.fullmatch(command.words.strip()) and not said.is_appeal:
        raise UserError("patrol.nothing", example=command.form.example)
    place = Place(said.place.building, said.place.unit, said.place.floor, said.place.door, said.place.spot)
    grid, building = _where(heard, command, place)
    known = already_open(heard, grid, said, place)
    if known is not None:
        _add_to(heard, known)
        return
    case = opening.open_case(heard, grid, said, building=building, place=place, source=Source.PATROL)
    appeal = filing.write_appeal(heard, _lines(heard), case.id, alone=True)
    if case.urgency is Urgency.EMERGENCY:
        heard.happened(EmergencyRaised(case, appeal))
        return
    for notice in news_of(heard, case, appeal):
        if notice.to != heard.account:  # the finder is answered at once
            say(heard, notice.to, notice.saying)
    by = when(heard, case.accept_by) if case.accept_by else ""
    answer_about(heard, "patrol.opened", (case,), label=_label(heard, case), by=by, number=case.number)


def _add_to(heard: Heard, case: Case) -> None:
    """Add what was seen to the case that is open for it."""
    filing.write_appeal(heard, _lines(heard), case.id, joined=True, alone=True)
    record(heard, case, Action.JOIN, by=heard.person)
    answer_about(heard, "patrol.known", (case,), label=_label(heard, case))


def _label(heard: Heard, case: Case) -> str:
    return case_label(heard.policy, case, public=False)


def _lines(heard: Heard) -> list[Line]:
    return [*lines_before(heard), line_of(heard)]


def _where(heard: Heard, command: Command, place: Place) -> tuple[Area, Area | None]:
    """Return the grid in the speaker's charge that is meant, and the building if one is named."""
    areas = heard.uow.areas
    charge = [duty.area_id for duty in heard.duties if duty.role in STAFF]
    if place.building is None:
        return _only_grid(heard, command, charge), None
    label = building_label(place.building)
    found = {b.id: b for area_id in charge for b in areas.buildings(area_id, label)}
    if heard.room is not None and heard.room.area_id is not None and len(found) > 1:
        here = {b.id: b for b in found.values() if areas.covers(heard.room.area_id, b.id)}
        found = here or found
    grids = {b.id: grid for b in found.values() if (grid := areas.nearest(b.id, AreaKind.GRID)) is not None}
    if not grids:
        raise UserError("visit.unknown_building", said=place.building)
    if len(grids) > 1:
        names = "、".join(grid.name for grid in grids.values())
        raise UserError("visit.which_grid", said=place.building, names=names)
    building_id, grid = next(iter(grids.items()))
    return grid, found[building_id]


def _only_grid(heard: Heard, command: Command, charge: list[int]) -> Area:
    """Return the grid of the room, if it is in the speaker's charge, else the only one that is."""
    areas = heard.uow.areas
    grids: dict[int, Area] = {}
    for area_id in charge:
        own = areas.nearest(area_id, AreaKind.GRID)
        for grid in [own] if own is not None else areas.grids(area_id):
            grids[grid.id] = grid
    here = areas.nearest(heard.room.area_id, AreaKind.GRID) if heard.room is not None else None
    if here is not None and here.id in grids:
        return here
    if len(grids) != 1:
        raise UserError("patrol.where", example=command.form.example)
    return next(iter(grids.values()))
