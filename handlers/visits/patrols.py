"""Patrols (巡查): what staff see on their rounds becomes a case that nobody had to complain about first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.areas import AreaKind
from data.domain.case import Source
from data.domain.errors import UserError
from data.domain.people import STAFF
from handlers.appeals.found_by_staff import file_found, place_of
from handlers.hearing.areas import residence_in_charge
from handlers.saying.days import when
from handlers.saying.say import answer_about
from handlers.saying.showing import case_label

if TYPE_CHECKING:
    from data.domain.areas import Area
    from data.domain.case import Place
    from handlers.context import Heard
    from handlers.hearing.grammar import Command


_CLAUSES = re.compile(r"[\s,，。;；!！~]+")
_WHERE = re.compile(r"(?:\S{0,12}?(?:栋|号楼|单元|网格|小区|院|楼道|车库|片区|辖区)|全部|各楼栋|今天|本次)")
_ALL_IS_WELL = re.compile(
    rf"(?:{_WHERE.pattern})?[^没未无不坏漏堵破乱脏]{{0,8}}?(?:都|均|也|一切|全部|情况|暂|很|比较)*"
    r"(?:正常|良好|安全|平安|完好|畅通|整洁|干净|(?<![修弄换理])好|没事|没什么事"
    r"|(?:没有?|未|无)(?:发现|见)?(?:什么|任何|明显)?(?:问题|异常|情况|隐患|事|杂物|堆物))[了的啊]*"
)


def patrol(heard: Heard, command: Command) -> None:
    """巡查 地点 情况 [图]: a case found by staff; not announced in the group, its next steps are as any."""
    heard.private_answer = True
    said = heard.understand(command.words)
    if _all_is_well(command.words):
        raise UserError("patrol.nothing", example=command.form.example)
    place = place_of(said)
    grid, building = _where(heard, command, place)
    found = file_found(heard, said, grid=grid, building=building, place=place, source=Source.PATROL)
    case = found.case
    label = case_label(heard.policy, case, public=False)
    if found.known:
        answer_about(heard, "patrol.known", (case,), label=label)
    elif not found.emergency:
        by = when(heard, case.accept_by) if case.accept_by else ""
        answer_about(heard, "patrol.opened", (case,), label=label, by=by, number=case.number)


def _all_is_well(words: str) -> bool:
    """Whether each clause says only where one was, or that nothing is wrong there."""
    clauses = [clause for clause in _CLAUSES.split(words) if clause]
    well = [bool(_ALL_IS_WELL.fullmatch(clause)) for clause in clauses]
    return any(well) and all(
        fine or _WHERE.fullmatch(clause) for fine, clause in zip(well, clauses, strict=True)
    )


def _where(heard: Heard, command: Command, place: Place) -> tuple[Area, Area | None]:
    """Return the grid in the speaker's charge that is meant, and the building if one is named."""
    if place.building is None:
        return _only_grid(heard, command, heard.areas_as(STAFF)), None
    found = residence_in_charge(heard, place, place.building)
    return found.grid, found.building


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
