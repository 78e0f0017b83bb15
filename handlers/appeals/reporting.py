"""Reports (接口): what other software hands in is an appeal for certain, whatever its words sound like."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.domain.areas import AreaKind, Room, RoomKind
from data.domain.case import Line, Place
from handlers.appeals import despair, filing, matters
from handlers.appeals.matters import Matter

if TYPE_CHECKING:
    from data.domain.report import Report
    from handlers.context import Heard
    from nlp.understanding import Understanding


def hear(heard: Heard) -> bool:
    """Open a case for each matter of a report, or join the one that is open for it."""
    report = heard.inbound.report
    if report is None:
        return False
    there = _room_there(heard, report)
    if heard.understanding.is_told_alone:
        appeal = despair.raise_alone(heard, there)
        heard.uow.reports.take_in(appeal.id, heard.inbound.message_id, report)
        return True
    said = _understood(heard, report)
    lines = [Line(heard.inbound.channel, heard.inbound.message_id, heard.now, heard.inbound.text)]
    raised = [Matter(said, lines)] if report.category else matters.raised(heard, said, lines)
    for number, matter in enumerate(raised):
        lines = matter.lines if number else _with_contact(matter.lines, report.contact)
        appeal = filing.begin(heard, there, _placed(heard, matter.said, report), lines)
        if number == 0:
            heard.uow.reports.take_in(appeal.id, heard.inbound.message_id, report)
    return True


def _understood(heard: Heard, report: Report) -> Understanding:
    """Return what a report's words say, of the kind it names if it names one."""
    said = heard.house.understander.understand(heard.inbound.text)
    return said._replace(category=report.category or said.category)


def _placed(heard: Heard, said: Understanding, report: Report) -> Understanding:
    """Return what was said, placed where the report's address says, else its words, else its building."""
    place = Place(*said.place)
    if report.address:
        place = Place(*heard.house.understander.place(report.address)).filled_from(place)
    named = said.place._replace(**{part: getattr(place, part) for part in said.place._fields})
    return said._replace(place=named, own_building=False, own_unit=False)


def _room_there(heard: Heard, report: Report) -> Room:
    """Return the room that was named; where none was, one that stands for the area and is told nothing."""
    if heard.room is not None:
        return heard.room
    area = heard.uow.areas.get(report.area_id)
    kind = RoomKind.RESIDENTS if area.kind is not AreaKind.STREET else RoomKind.STAFF
    return Room(0, heard.inbound.channel, "", "", kind, area.id, None)


def _with_contact(lines: list[Line], contact: str) -> list[Line]:
    """Return the lines with whom to ask back."""
    if not contact:
        return lines
    return [replace(lines[0], text=f"{lines[0].text}\n{contact}"), *lines[1:]]
