"""评选 投票 1 3栋,5栋: one household, up to as many choices as places; the result in the group."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.election import ElectionState, counted, elected
from data.domain.errors import UserError
from data.domain.reminder import ReminderKind
from handlers.elections.calling import ask_for_list, candidate_named, mark, meant_election, tell, values
from handlers.saying.say import answer_about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.election import Election
    from data.domain.reminder import Reminder
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

_NAMES = re.compile(r"[^\s,，、;；]+")


def vote(heard: Heard, command: Command) -> None:
    """Write down a household's choices, the last word counting: 评选 投票 1 3栋,5栋."""
    heard.private_answer = True
    heard.keep_text = False
    one = meant_election(heard, command, ElectionState.VOTING)
    if one.state is not ElectionState.VOTING or heard.now > one.vote_until:
        raise UserError("award.no_vote", number=one.number)
    home = heard.uow.households.of_person(heard.person.id)
    if home is None or not heard.uow.areas.covers(one.area_id, home.building_id):
        raise UserError("award.no_household", number=one.number)
    chosen = list(dict.fromkeys(candidate_named(heard, one, n) for n in _NAMES.findall(command.words)))
    unknown = [name for name in chosen if name not in one.candidates]
    if not chosen or unknown:
        raise UserError("award.not_listed", names="、".join(unknown) or "-", listed="、".join(one.candidates))
    if len(chosen) > one.places:
        raise UserError("award.too_many", places=one.places)
    heard.uow.elections.vote(one.id, home.id, chosen)
    shown = values(heard, one) | {"chosen": Said("、".join(chosen))}
    answer_about(heard, "award.voted", (), about=mark(heard, one), **shown)


def fire(ctx: Context, reminder: Reminder) -> None:
    """Ask for the list when nominations are over, open the vote when the list has stood, close it."""
    one = ctx.uow.elections.get(reminder.subject)
    stage = reminder.details["stage"]
    if stage == "list" and one.state is ElectionState.NOMINATING:
        ask_for_list(ctx, one)
    elif stage == "vote" and one.state is ElectionState.PUBLIC:
        ctx.uow.elections.move(one.id, ElectionState.VOTING)
        kind = ReminderKind.ELECTION
        ctx.uow.reminders.put(f"{kind.key(one.id)}:end", kind, one.id, one.vote_until, {"stage": "end"})
        tell(ctx, one, "award.vote")
    elif stage == "end" and one.state is ElectionState.VOTING:
        _close(ctx, one)


def _close(ctx: Context, one: Election) -> None:
    """Count, erase who chose whom, and say the result."""
    chosen = ctx.uow.elections.chosen(one.id)
    totals = counted(one.candidates, chosen)
    ctx.uow.elections.close(one.id, totals, len(chosen))
    texts = ctx.house.texts
    rows = "、".join(texts("award.votes", name=name, count=votes) for name, votes in totals)
    winners = "、".join(elected(totals, one.places)) or texts("award.nobody")
    tell(ctx, one, "award.result", winners=winners, rows=rows, households=len(chosen))
