"""What the interface takes: which case, which page, what is said in a room."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.web.api.kinds import Code, Cursor, Given, Kind, Name, Number, Since, Size, Truth, Version, Words
from data.domain.case import Grade, Source, State


class CasePath(Given):
    """Which case."""

    community: Annotated[Code, Field(description="the community's code")]
    number: Annotated[Number, Field(description="the case's number within the community")]


class Nothing(Given):
    """No parameters."""


class PageQuery(Given):
    """Which page."""

    limit: Annotated[Size, Field(description="how many at most")] = 50
    cursor: Annotated[Cursor | None, Field(description="`next` of the page before")] = None


class SpanQuery(PageQuery):
    """Which page, of which area, from when to when."""

    area: Annotated[Code | None, Field(description="code of an area; what lies in it counts")] = None
    since: Annotated[Since | None, Field(description="at that time or later")] = None
    until: Annotated[Since | None, Field(description="before that time")] = None


class CasesQuery(SpanQuery):
    """Which cases; `since` and `until` are about when they were reported."""

    state: Annotated[State | None, Field(strict=False)] = None
    open: Truth | None = None
    category: Annotated[
        str | None, Field(min_length=1, max_length=40, description="城乡建设/电梯, or a group: 城乡建设")
    ] = None
    grade: Annotated[Grade | None, Field(strict=False)] = None
    source: Annotated[Source | None, Field(strict=False)] = None


class StatisticsQuery(Given):
    """Of which area and period; left out: all the token sees, and this week."""

    area: Code | None = None
    since: Since | None = None
    until: Since | None = None


class NewAppeal(Given):
    """What is said in a room."""

    room: Annotated[
        str, Field(min_length=1, max_length=200, description="the room's id or topic, as the roster has it")
    ]
    text: Words
    channel: Annotated[
        str | None, Field(max_length=20, description="where rooms of two channels have that id")
    ] = None
    name: Annotated[Name | None, Field(description="who says it; left out: the token's person says it")] = (
        None
    )
    phone: Annotated[str | None, Field(max_length=40, description="kept with the words, and masked")] = None
    category: Annotated[Kind | None, Field(description="left out: as the words are understood")] = None
    lat: Annotated[float | None, Field(ge=-90, le=90)] = None
    long: Annotated[float | None, Field(ge=-180, le=180)] = None


class NewCommand(Given):
    """A command about the case: its words without the number, like `派单 物业`."""

    text: Words
    version: Annotated[
        Version | None, Field(description="the case's version as it was seen; moved since: 409")
    ] = None
