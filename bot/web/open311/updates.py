"""Updates of service requests (FixMyStreet's addition): the steps of cases; posted, they are commands."""

from __future__ import annotations

from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from bot.web.api.parameters import CasePath, NewCommand
from bot.web.api.problems import ProblemError
from bot.web.api.writing import Posting
from bot.web.open311 import forms
from bot.web.open311.asked import MOST, span_of
from bot.web.open311.mistakes import refused, unknown, wrong
from bot.web.open311.requests import NUMBER, fields_of
from bot.web.open311.showing import shown_at
from data.domain.case import OPEN, State
from data.domain.messages import clean
from data.domain.token import TokenScope
from handlers.hearing.verbs import Verb
from handlers.texts.masking import mask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from bot.web.api.writing import Writing
    from bot.web.open311.sight import Keys, Sight
    from bot.web.site import Site
    from data.domain.case import Case
    from data.domain.steps import Step
    from data.uow import UnitOfWork

DONE = frozenset({"CLOSED", "FIXED", "NO_FURTHER_ACTION"})
REJECTED = frozenset({"NOT_COUNCILS_RESPONSIBILITY"})
UNDER_WAY = frozenset(
    {"OPEN", "REOPEN", "IN_PROGRESS", "INVESTIGATING", "ACTION_SCHEDULED", "INTERNAL_REFERRAL"}
)
FINISHED = frozenset({State.RESOLVED, State.CLOSED})


class Updates:
    """Answers the address of updates: the steps of cases, and commands that are posted."""

    def __init__(self, site: Site, keys: Keys, writing: Writing) -> None:
        self._site = site
        self._keys = keys
        self._writing = writing

    async def show_all(self, request: web.Request) -> web.Response:
        """List the steps of a span, the first first."""
        key = request.query.get("api_key", "")
        self._keys.count(key)
        rows = await self._site.read(self._steps, key, dict(request.query))
        return _answer(request, rows)

    async def post(self, request: web.Request) -> web.Response:
        """Take an update in: it is a command about the case, as the key's person."""
        given = await fields_of(request)
        self._keys.count(given.get("api_key", ""))
        posting = await self._site.read(self._posting, given)
        try:
            await self._writing.command(posting)
        except ProblemError as problem:
            if problem.status is HTTPStatus.FORBIDDEN:
                raise refused(problem.detail) from None
            raise wrong(problem.detail) from None
        row = await self._site.read(self._last, posting)
        return _answer(request, [row], status=201)

    def _steps(self, uow: UnitOfWork, key: str, given: Mapping[str, str]) -> list[dict[str, Any]]:
        sight = self._keys.reader(uow, key)
        here = sight.jurisdiction(given.get("jurisdiction_id", ""))
        span = span_of(given, sight.now)
        rows = uow.latest.steps(sight.wanted(here), span.start, span.end, MOST)
        return [_update(sight, case, step) for case, step in rows if sight.sees(case)]

    def _posting(self, uow: UnitOfWork, given: Mapping[str, str]) -> Posting:
        sight = self._keys.writer(uow, given.get("api_key", ""), TokenScope.CASES_WRITE)
        here = sight.jurisdiction(given.get("jurisdiction_id", ""))
        said = given.get("service_request_id", "")
        if not said:
            raise wrong("service_request_id was not provided")
        case = uow.latest.case(int(said)) if NUMBER.fullmatch(said) else None
        if case is None or not sight.sees(case) or (here is not None and case.community_id != here.id):
            raise unknown("service_request_id provided was not found")
        words = clean(given.get("description", ""))
        if not words:
            raise wrong("description was not provided")
        verb = _verb(given.get("status", "").upper(), case)
        assert sight.token is not None  # noqa: S101  `writer` saw to that
        update = clean(given.get("update_id", ""), 100)
        return Posting(
            sight.token,
            f"update:{update}" if update else None,
            sha256(f"{case.id}\n{verb}\n{words}".encode()).hexdigest(),
            CasePath(community=uow.areas.get(case.community_id).code, number=case.number),
            NewCommand(text=f"{verb} {' '.join(words.split())}"[:4000]),
        )

    def _last(self, uow: UnitOfWork, posting: Posting) -> dict[str, Any]:
        community = uow.areas.by_code(posting.path.community)
        case = uow.cases.numbered(community.id if community else 0, posting.path.number)
        step = uow.timeline.of_case(case.id if case else 0)[-1]
        return {"update_id": str(step.id)}


def _verb(status: str, case: Case) -> str:
    """Return the command that a status stands for."""
    if status in DONE:
        return Verb.RESOLVE.value
    if status in REJECTED:
        return Verb.REJECT.value
    if status not in UNDER_WAY:
        raise wrong("status is OPEN or CLOSED, or one of FixMyStreet's additional states")
    return Verb.REOPEN.value if case.state in FINISHED else Verb.NOTE.value


def _update(sight: Sight, case: Case, step: Step) -> dict[str, Any]:
    words = step.words or ""
    if not sight.personal:
        words = mask(words) if sight.reads and not case.discreet else ""
    # anybody hears how the case stands, as on the board; who may read hears what was done
    did = sight.house.texts(f"state.{step.to_state}" if sight.token is None else f"action.{step.action}")
    return {
        "update_id": str(step.id),
        "service_request_id": str(case.id),
        "status": "OPEN" if step.to_state in OPEN else "CLOSED",
        "updated_datetime": shown_at(step.at),
        "description": f"{did} {words}".strip(),
        "media_url": None,
    }


def _answer(request: web.Request, rows: list[dict[str, Any]], *, status: int = 200) -> web.Response:
    form = request.match_info["form"]
    return forms.list_of(form, "service_request_updates", "request_update", rows, status=status)
