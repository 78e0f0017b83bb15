"""The table of operations: address, scope, what goes in and comes out. OpenAPI and checking come from it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.web.api import models, reading
from bot.web.api.envelopes import AppealTaken, CommandDone, Everything, Listed
from bot.web.api.parameters import (
    CasePath,
    CasesQuery,
    NewAppeal,
    NewCommand,
    Nothing,
    SpanQuery,
    StatisticsQuery,
)
from bot.web.api.writing import Posting, Writing
from data.domain.token import TokenScope

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.web.api.kinds import Given, Model

BASE = "/api/v1"


class Operation(NamedTuple):
    """One thing that can be asked for. `read` answers a GET, `write` a POST.

    `scope` is what the token needs; None: any token.
    """

    name: str
    path: str
    summary: str
    scope: TokenScope | None
    answer: type[Model]
    read: Callable[[Any, Any, Any], Model] | None = None
    write: Callable[[Writing, Posting], Awaitable[Model]] | None = None
    where: type[Given] = Nothing
    query: type[Given] = Nothing
    body: type[Given] | None = None
    status: HTTPStatus = HTTPStatus.OK

    @property
    def method(self) -> str:
        """The method: GET or POST."""
        return "GET" if self.write is None else "POST"


ONE = "/cases/{community}/{number}"
OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "listCases",
        "/cases",
        "Cases, those reported last first",
        TokenScope.CASES_READ,
        Listed[models.Case],
        read=reading.cases,
        query=CasesQuery,
    ),
    Operation(
        "getCase",
        ONE,
        "One case",
        TokenScope.CASES_READ,
        models.Case,
        read=reading.case,
        where=CasePath,
    ),
    Operation(
        "getTimeline",
        f"{ONE}/timeline",
        "The steps of a case",
        TokenScope.CASES_READ,
        Everything[models.Step],
        read=reading.timeline,
        where=CasePath,
    ),
    Operation(
        "getAppeals",
        f"{ONE}/appeals",
        "What residents said about a case",
        TokenScope.CASES_READ,
        Everything[models.Appeal],
        read=reading.appeals,
        where=CasePath,
    ),
    Operation(
        "command",
        f"{ONE}/commands",
        "Say a command about a case, as the token's person: 受理, 派单 物业, 办结 已修好",
        TokenScope.CASES_WRITE,
        CommandDone,
        write=Writing.command,
        where=CasePath,
        body=NewCommand,
    ),
    Operation(
        "appeal",
        "/appeals",
        "Say an appeal in a residents' room: it opens a case, or joins the open one for the same matter",
        TokenScope.APPEALS_WRITE,
        AppealTaken,
        write=Writing.appeal,
        body=NewAppeal,
        status=HTTPStatus.CREATED,
    ),
    Operation(
        "listMeetings",
        "/meetings",
        "Meetings, with what they decided",
        TokenScope.MEETINGS_READ,
        Listed[models.Meeting],
        read=reading.meetings,
        query=SpanQuery,
    ),
    Operation(
        "listActivities",
        "/activities",
        "Activities that are no meetings",
        TokenScope.ACTIVITIES_READ,
        Listed[models.Activity],
        read=reading.activities,
        query=SpanQuery,
    ),
    Operation(
        "listBallots",
        "/ballots",
        "Ballots that are over, with their results",
        TokenScope.BALLOTS_READ,
        Listed[models.Ballot],
        read=reading.ballots,
        query=SpanQuery,
    ),
    Operation(
        "listPublicities",
        "/publicities",
        "Publicities and ledgers",
        TokenScope.PUBLICITIES_READ,
        Listed[models.Publicity],
        read=reading.publicities,
        query=SpanQuery,
    ),
    Operation(
        "listVisits",
        "/visits",
        "Home visits",
        TokenScope.VISITS_READ,
        Listed[models.Visit],
        read=reading.visits,
        query=SpanQuery,
    ),
    Operation(
        "getStatistics",
        "/statistics",
        "The figures of an area and a period",
        TokenScope.STATISTICS_READ,
        models.Statistics,
        read=reading.statistics,
        query=StatisticsQuery,
    ),
    Operation(
        "listAreas",
        "/areas",
        "The tree of areas, as far as the token sees it",
        None,
        Everything[models.Area],
        read=reading.areas,
    ),
    Operation(
        "listCategories",
        "/categories",
        "The kinds of matters",
        None,
        Everything[models.Category],
        read=reading.categories,
    ),
)
