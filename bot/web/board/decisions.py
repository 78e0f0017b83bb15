"""议事公开: publicity in force, ballots' results, minutes and resolutions, ledgers by month, for anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.web.board.public_pages import PublicPages
from data.domain.ballot import BallotState
from data.domain.publicity import PublicityKind
from handlers.board.public_words import public_words
from handlers.context import Context
from handlers.deliberation.ballot_words import choices_of, result_values
from handlers.saying.days import day_and_time
from handlers.saying.showing import full_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from aiohttp import web

    from data.domain.activity import Activity
    from data.domain.areas import Area
    from data.domain.ballot import Ballot
    from data.domain.publicity import Publicity
    from data.uow import UnitOfWork

MOST = 30  # of each kind


class Public(NamedTuple):
    """A publicity or a ledger; `key` begins the address of its pictures."""

    key: str
    number: str
    title: str
    words: str
    ends: str
    month: str
    pictures: tuple[str, ...]


class Result(NamedTuple):
    """A ballot that is over; `choices` says what each household chose, of a named one only."""

    number: str
    title: str
    lines: tuple[str, ...]
    choices: tuple[str, ...]


class Held(NamedTuple):
    """A meeting with what was written down and decided."""

    number: str
    topic: str
    when: str
    minutes: tuple[str, ...]
    resolutions: tuple[str, ...]


class Decisions(NamedTuple):
    """What the page of decisions shows, each kind as a list."""

    publicities: list[Public]
    ballots: list[Result]
    meetings: list[Held]
    ledgers: list[Public]


class DecisionsPage(PublicPages):
    """Shows what was decided and is made public; 404 where the board is switched off."""

    async def show(self, request: web.Request) -> web.Response:
        """Show the page."""
        self._require_on()
        found = await self._site.read(self._decisions)
        who = await self._frame.badge(request)
        return self._frame.render("board/decisions.html", request, who, shown=found)

    async def picture(self, request: web.Request) -> web.StreamResponse:
        """Show a picture of a publicity or a ledger."""
        return await self._picture(request, _shows)

    def _decisions(self, uow: UnitOfWork) -> Decisions:
        ctx = Context(self._site.house, uow, self._site.clock.now())
        found = Decisions([], [], [], [])
        for community in uow.areas.communities():
            for one in uow.publicities.of_community(community.id)[:MOST]:
                ledger = one.kind is PublicityKind.LEDGER
                if ledger or one.in_force(ctx.now):
                    (found.ledgers if ledger else found.publicities).append(_public(ctx, community, one))
            over = [b for b in uow.ballots.of_community(community.id) if b.state is BallotState.CLOSED]
            found.ballots.extend(_result(ctx, community, one) for one in over[:MOST])
            found.meetings.extend(_meetings(ctx, community))
        return found


def _public(ctx: Context, community: Area, one: Publicity) -> Public:
    return Public(
        key=f"{community.code}/{one.number}",
        number=f"{community.short}#{one.number}",
        title=one.title,
        words=one.words,
        ends=day_and_time(ctx, one.ends_at) if one.ends_at is not None else "",
        month=f"{ctx.policy.work.local(one.starts_at):%Y-%m}",
        pictures=tuple(path for path in one.media if path.startswith("media/")),
    )


def _result(ctx: Context, community: Area, one: Ballot) -> Result:
    text = ctx.house.texts("ballot.result", **result_values(ctx, one), resent="")
    return Result(
        number=f"{community.short}#{one.number}",
        title=one.title,
        lines=tuple(text.split("\n")),
        choices=tuple(choices_of(ctx, one, public=True)),
    )


def _meetings(ctx: Context, community: Area) -> list[Held]:
    found = []
    for meeting in ctx.uow.activities.held(community.id, ctx.now)[:MOST]:
        minutes = [_words(ctx, kept.words) for kept in ctx.uow.resolutions.minutes(meeting.id)]
        decided = [_resolved(ctx, one.words, one.cases) for one in ctx.uow.resolutions.of_meeting(meeting.id)]
        if minutes or decided:
            found.append(_held(ctx, community, meeting, minutes, decided))
    return found


def _held(ctx: Context, community: Area, meeting: Activity, minutes: list[str], decided: list[str]) -> Held:
    number = f"{community.short}#{meeting.number}"
    when: datetime = meeting.starts_at
    return Held(number, _words(ctx, meeting.topic), day_and_time(ctx, when), tuple(minutes), tuple(decided))


def _resolved(ctx: Context, words: str, cases: tuple[int, ...]) -> str:
    numbers = "、".join(full_number(ctx, ctx.uow.cases.get(case_id)) for case_id in cases)
    return f"{_words(ctx, words)}{f' ({numbers})' if numbers else ''}"


def _words(ctx: Context, words: str) -> str:
    return public_words(words, ctx.uow.people.names_in(words))


def _shows(uow: UnitOfWork, where: Mapping[str, str], path: str) -> bool:
    community = uow.areas.by_code(where["community"])
    one = uow.publicities.numbered(community.id, int(where["number"])) if community else None
    return one is not None and not one.withdrawn and path in one.media
