"""What stands on the board beside the cases: publicity, results, 红榜, questions and answers, ledgers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from data.domain.ballot import BallotState
from data.domain.election import ElectionState, elected
from data.domain.publicity import PublicityKind
from handlers.board.public_words import public_words
from handlers.saying.days import day_and_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.domain.areas import Area
    from data.domain.election import Election
    from handlers.context import Context

PRAISED = timedelta(days=183)
FEW, MOST_ANSWERS, MOST_PRAISED = 6, 60, 60


class FrontLine(NamedTuple):
    """A title, what is said of it, and where on the page of decisions more stands."""

    title: str
    more: str


class Praised(NamedTuple):
    """Somebody who is thanked, their name but for its first character hidden; under the month of the list."""

    month: str
    name: str
    words: str


class AnsweredQuestion(NamedTuple):
    """A question that is often asked, with the office's answer."""

    about: str
    answer: str
    phone: str
    hours: str


class Front(NamedTuple):
    """What stands on the board beside the cases, each kind as a list."""

    publicities: list[FrontLine]
    ballots: list[FrontLine]
    elections: list[FrontLine]
    praised: list[Praised]
    answers: list[AnsweredQuestion]
    ledgers: list[FrontLine]  # a month, how many


def front_of(ctx: Context, area: Area | None) -> Front:
    """Return what stands beside the cases of an area's community, or of all."""
    own = ctx.uow.areas.community_of(area.id) if area else None
    found = Front([], [], [], [], [], [])
    for community in [own] if own else ctx.uow.areas.communities():
        _decided(ctx, community, found)
        _honoured(ctx, community, found)
        found.answers.extend(
            AnsweredQuestion("、".join(one.words), one.answer, one.phone, one.hours)
            for one in ctx.uow.answers.all_of(community.id)[: MOST_ANSWERS - len(found.answers)]
        )
    return found._replace(praised=sorted(found.praised, reverse=True, key=lambda one: one.month))


def somebody(name: str) -> str:
    """Return a name of which nothing but its first character is left: 刘某."""
    return f"{name[:1]}某"


def _decided(ctx: Context, community: Area, found: Front) -> None:
    months: dict[str, int] = {}
    for one in ctx.uow.publicities.of_community(community.id):
        if one.kind is PublicityKind.LEDGER and not one.withdrawn:
            month = f"{ctx.policy.work.local(one.starts_at):%Y-%m}"
            months[month] = months.get(month, 0) + 1
        elif one.in_force(ctx.now) and one.ends_at is not None:
            ends = ctx.house.texts("board.ends", ends=day_and_time(ctx, one.ends_at))
            found.publicities.append(FrontLine(one.title, ends))
    found.ledgers.extend(
        FrontLine(month, str(count)) for month, count in sorted(months.items(), reverse=True)
    )
    over = [b for b in ctx.uow.ballots.of_community(community.id) if b.state is BallotState.CLOSED]
    for ballot in over[:FEW]:
        verdict = ctx.house.texts(f"board.verdict.{ballot.outcome.verdict}") if ballot.outcome else ""
        found.ballots.append(FrontLine(ballot.title, verdict))


def _honoured(ctx: Context, community: Area, found: Front) -> None:
    work = ctx.policy.work
    for good in ctx.uow.good_people.published(community.id, ctx.now - PRAISED, ctx.now)[-MOST_PRAISED:]:
        names = {good.name, *ctx.uow.people.names_in(good.words)}
        month = f"{work.local(good.published_at or good.at):%Y-%m}"
        found.praised.append(Praised(month, somebody(good.name), public_words(good.words, names)))
    for election in ctx.uow.elections.in_state(community.id, ElectionState.CLOSED)[-FEW:]:
        winners = "、".join(_shown(election, elected(election.totals, election.places)))
        found.elections.append(FrontLine(election.title, winners or ctx.house.texts("board.nobody")))


def _shown(election: Election, names: Iterable[str]) -> list[str]:
    """Return who was elected: a building by its name, a person or a family without theirs."""
    return [name if election.of_buildings else somebody(name) for name in names]
