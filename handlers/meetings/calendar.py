"""Meetings (议事会) in the calendar's own words: 议事, 议事 改期, 议事 取消. All else is an activity's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.activity import ActivityKind
from handlers.activities.calling import call_off, put, shift, still_ahead, times_said
from handlers.activities.where_and_what import place_and_topic
from handlers.activities.which import meeting_for, own
from handlers.hearing.called_for import area_for

if TYPE_CHECKING:
    from handlers.context import Heard
    from handlers.hearing.grammar import Command


def call(heard: Heard, command: Command) -> None:
    """Put a meeting into the calendar of an area: 议事 时间 地点 议题."""
    area, rest = area_for(heard, "议事", command.words)
    times = times_said(heard, rest, command)
    place, topic = place_and_topic(times.rest, command)
    put(heard, ActivityKind.MEETING, area.id, times, place=place, topic=topic)


def move(heard: Heard, command: Command) -> None:
    """Give a meeting another time: 议事 改期 #m 时间."""
    shift(heard, still_ahead(heard, own(heard, command, meeting_for(heard, command.ref))), command)


def cancel(heard: Heard, command: Command) -> None:
    """Cancel a meeting; what waits for it goes on without it: 议事 取消 #m."""
    call_off(heard, still_ahead(heard, own(heard, command, meeting_for(heard, command.ref))))
