"""Telling a step to those it concerns: the appellants where they spoke, and the one who took it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from data.domain.areas import Room, RoomKind
from data.domain.case import TOLD_ALONE, Urgency
from handlers.cases.gathering import gathered, goes_at_once, supersede
from handlers.cases.in_charge import officers, responsible
from handlers.context import Context, Heard
from handlers.saying.say import (
    Saying,
    answer_about,
    answers_in_private,
    organisation_at,
    private_account,
    say,
    say_to_person,
)
from handlers.saying.showing import calling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.domain.case import Appeal, Case
    from data.domain.lifecycle import Action
    from data.domain.people import Account


@dataclass(slots=True)
class Audience:
    """Who is told where: by room, and alone."""

    rooms: dict[int, list[Account]] = field(default_factory=dict)
    alone: list[Account] = field(default_factory=list)


def audience(ctx: Context, case: Case, appeals: Iterable[Appeal]) -> Audience:
    """Return where the appellants of a case are told: where they spoke; alone, if nobody else may hear."""
    found = Audience()
    known: set[tuple[int, int | None]] = set()
    for appeal in appeals:
        if (appeal.person_id, appeal.room_id) in known:
            continue
        known.add((appeal.person_id, appeal.room_id))
        account = ctx.uow.people.account(appeal.account_id)
        alone = appeal.room_id is None or (case.discreet and ctx.house.reach(account.channel).private)
        if appeal.room_id is None or alone:
            found.alone.append(account)
        else:
            found.rooms.setdefault(appeal.room_id, []).append(account)
    return found


@dataclass(frozen=True, slots=True)
class StepNews:
    """What is said of a step: the wording, its values, and whom it is asked how it went."""

    case: Case
    action: Action
    step_id: int
    key: str
    values: dict[str, Any]
    purpose: str | None = None
    asked: frozenset[int] = frozenset()  # people


def tell(ctx: Context, news: StepNews, to: Audience, *, confirm: bool = True) -> None:
    """Say a step once in every place, and confirm it to the one who took it if that is elsewhere."""
    heard = ctx if isinstance(ctx, Heard) else None
    confirmed = not confirm
    purpose: str | None = None
    for room_id, accounts in to.rooms.items():
        room = ctx.uow.rooms.get(room_id)
        here = heard is not None and heard.room is not None and heard.room.id == room_id
        in_group = here and heard is not None and not answers_in_private(heard)
        at_once = goes_at_once(ctx, room, news.case, news.action, asked_here=in_group)
        if in_group and heard is not None and not at_once:
            alone = heard.house.reach(heard.account.channel).private
            heard.private_answer, at_once = alone, not alone  # who gave the command hears of it in any case
        _say_step(ctx, news, room, accounts, heard if in_group else None, at_once=at_once)
        confirmed = confirmed or (in_group and at_once)
    for account in to.alone:
        asker = heard if heard is not None and heard.room is None and heard.account.id == account.id else None
        if _hears_anyway(news, account, heard) and not confirmed:
            purpose = news.purpose
            continue
        _say_step(ctx, news, account, [account], asker)
        confirmed = confirmed or asker is not None
    if heard is not None and not confirmed:
        values = {**news.values, "ask": "", "at": ""}
        answer_about(heard, news.key, (news.case,), purpose=purpose, **values)


def _hears_anyway(news: StepNews, account: Account, heard: Heard | None) -> bool:
    """Whether who took a step on their own appeal is told enough by what confirms it where they spoke."""
    mine = heard is not None and heard.person.id == account.person_id
    return mine and account.person_id not in news.asked


def _say_step(
    ctx: Context,
    news: StepNews,
    to: Room | Account,
    accounts: list[Account],
    reply: Heard | None,
    *,
    at_once: bool = True,
) -> None:
    """Say a step in one place, and the question how it went with it, or in the morning if it is night."""
    in_group = to not in accounts
    place = f"r{to.id}" if in_group else f"a{to.id}"
    at = calling(accounts).strip() if in_group else ""
    asked = [a for a in accounts if a.person_id in news.asked]
    ask = ctx.house.texts("rate.ask", at=calling(asked) if in_group else "") if asked else ""
    awake = news.case.urgency is Urgency.EMERGENCY
    hushed = in_group and news.case.discreet  # the channel cannot speak to them alone
    saying = Saying(
        f"step.{_hushed(news.case)}" if hushed else news.key,
        dedupe=f"step:{news.step_id}:{place}",
        values={**news.values, "at": "" if asked else at, "ask": ask},
        cases=(news.case,),
        mentions=tuple(accounts) if in_group else (),
        reply_to=reply.inbound.message_id if reply else None,
        purpose=news.purpose,
        awake=awake,
    )
    if isinstance(to, Room):
        saying = gathered(ctx, to, news.case, news.action, saying, at_once=at_once)
        supersede(ctx, news.case, news.action, place)
    night = ctx.policy.quiet.hold(ctx.now, ctx.policy.work) != ctx.now
    if asked and night and (awake or not in_group):
        say(ctx, to, replace(saying, values={**saying.values, "ask": at}))
        mentions = tuple(asked) if in_group else ()
        say(ctx, to, _question(ctx, news, f"{news.step_id}:{place}", ask, mentions))
    else:
        say(ctx, to, saying)


def _question(ctx: Context, news: StepNews, place: str, ask: str, mentions: tuple[Account, ...]) -> Saying:
    """Return the question of a step that was told at night, as it is asked in the morning."""
    kind = "" if news.case.dispute else ctx.house.texts("rate.kind", kind=news.case.kind_name)
    values = {"kind": kind, "ask": ask}
    key = f"{asking(news.case)}{place}"
    return Saying("rate.held", key, values, (news.case,), mentions=mentions, quiet=True)


def asking(case: Case) -> str:
    """Return how the keys of a case's questions begin that wait for the morning."""
    return f"ask:{case.id}:"


def _hushed(case: Case) -> str:
    """Return what is said in a group of what is nobody else's: that there is news, and where to hear it."""
    return "hushed" if case.dispute else "hushed_own"


def tell_assignee(ctx: Context, case: Case, saying: Saying) -> bool:
    """Say something to whom a case is assigned: the organisation's room, its members, or the person."""
    here = ctx.room if isinstance(ctx, Heard) else None
    if case.assignee_id is not None:
        account = private_account(ctx, case.assignee_id)
        places: list[Room | Account] = [account] if account is not None else []
    elif case.assignee_org_id is not None:
        places = organisation_at(ctx, case.assignee_org_id)
    else:
        return False
    for to in places:
        if to != here:
            say(ctx, to, saying.at(to))
    return case.assignee_id is not None or bool(places)


def tell_handler(ctx: Context, case: Case, saying: Saying) -> None:
    """Say something to who has a case in hand: the assignee, who took it in, or who is in charge."""
    if not tell_assignee(ctx, case, saying):
        for person in responsible(ctx, case):
            say_to_person(ctx, person.id, saying.under(str(person.id)))


def staff_rooms(ctx: Context, area_ids: Iterable[int]) -> list[Room]:
    """Return the staff rooms of areas, in their order."""
    return [room for area_id in area_ids for room in ctx.uow.rooms.of_area(area_id, RoomKind.STAFF)]


def tell_staff_rooms(ctx: Context, case: Case, saying: Saying) -> None:
    """Say something in the staff rooms of a case's community, but not where it was just said.

    A community without one hears it through its officers. Of what is told alone no room hears.
    """
    if case.hazard in TOLD_ALONE:
        return
    here = ctx.room if isinstance(ctx, Heard) else None
    rooms = staff_rooms(ctx, [case.community_id])
    for room in rooms:
        if room != here:
            say(ctx, room, saying.at(room))
    for _, officer in [] if rooms else officers(ctx, case):
        if not (isinstance(ctx, Heard) and ctx.person.id == officer.id):
            say_to_person(ctx, officer.id, saying.under(str(officer.id)))
