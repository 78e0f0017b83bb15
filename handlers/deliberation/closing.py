"""A ballot's day before its end, and its end: counted as of then, said, and who chose what erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.ballot import Ballot, BallotState, count
from handlers.deliberation.ballot_words import bars, of_ballot, result_values, turnout_values
from handlers.deliberation.telling import say_in_rooms
from handlers.saying.charts import as_media
from handlers.saying.say import Saying, say_to_person
from handlers.saying.showing import resent
from handlers.saying.things import about

if TYPE_CHECKING:
    from data.domain.reminder import Reminder
    from handlers.context import Context


def fire_soon(ctx: Context, reminder: Reminder) -> None:
    """Remind the households that have not voted, and say once in the group how many are missing.

    Where the end was moved the group has just heard of it: then it is said in private only.
    """
    one = ctx.uow.ballots.get(reminder.subject)
    if one.state is not BallotState.OPEN or ctx.now >= one.ends_at or _moved(one, reminder):
        return
    late = resent(ctx, reminder)
    values = of_ballot(ctx, one) | turnout_values(ctx, one) | {"resent": late}
    voted = ctx.uow.ballots.voted(one.id)
    this = (about(ctx, "ballot", one),)
    for person_id, household_id in ctx.uow.ballots.lived_in(one.id, ctx.now).items():
        if household_id not in voted:
            dedupe = f"rem:{reminder.id}:{reminder.due.isoformat()}:{person_id}"
            say_to_person(ctx, person_id, Saying("ballot.not_voted", dedupe, values, about=this, quiet=True))
    if values["missing"] and not one.extended:
        say_in_rooms(ctx, "ballot", one, "ballot.soon", values)


def fire_end(ctx: Context, reminder: Reminder) -> None:
    """Close a ballot with the result as of its end, however late this is."""
    one = ctx.uow.ballots.get(reminder.subject)
    if one.state is not BallotState.OPEN or _moved(one, reminder):
        return
    enrolled = {row.household_id: row.area for row in ctx.uow.ballots.roll(one.id)}
    by_household = _by_household(ctx, one)
    whole, totals = count(one.options, enrolled, by_household)
    ctx.uow.ballots.close(one, whole, totals, by_household)
    closed = ctx.uow.ballots.get(one.id)
    values = result_values(ctx, closed) | {"resent": resent(ctx, reminder)}
    chart = as_media(bars(ctx, closed))
    say_in_rooms(ctx, "ballot", closed, "ballot.result", values, media=(chart,))


def _by_household(ctx: Context, one: Ballot) -> dict[int, int]:
    """Return what each household chose: the last vote of who lived there at the end, else its proxy's."""
    lived = ctx.uow.ballots.lived_in(one.id, one.ends_at)
    chosen = ctx.uow.ballots.chosen(one.id)
    found: dict[int, int] = {}
    for person_id in ctx.uow.ballots.voters(one.id):
        if person_id in lived:
            found[lived[person_id]] = chosen[person_id]
    own = set(found)
    for proxy in ctx.uow.ballots.proxies(one.id):
        counts = proxy.agreed and proxy.household_id not in own and proxy.holder_id in lived
        if counts and proxy.holder_id in chosen:
            found[proxy.household_id] = chosen[proxy.holder_id]
    return found


def _moved(one: Ballot, reminder: Reminder) -> bool:
    return int(one.ends_at.timestamp()) != int(reminder.details["ends"])
