"""A ballot's day before its end, and its end: counted as of then, said, and who chose what erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.ballot import Ballot, BallotState, count
from handlers.deliberation.ballot_words import bars, of_ballot, result_values, turnout_values
from handlers.deliberation.telling import OPENING, say_in_rooms, tell_the_roll
from handlers.saying.charts import as_media
from handlers.saying.say import Saying
from handlers.saying.showing import resent

if TYPE_CHECKING:
    from data.domain.reminder import Reminder
    from handlers.context import Context


def fire_soon(ctx: Context, reminder: Reminder) -> None:
    """Remind the households that have not voted, and say once in the group how many are missing.

    Where a group has heard that the end was moved, that stands for it.
    """
    one = ctx.uow.ballots.get(reminder.subject)
    if one.state is not BallotState.OPEN or ctx.now >= one.ends_at or _moved(one, reminder):
        return
    late = resent(ctx, reminder)
    values = of_ballot(ctx, one) | turnout_values(ctx, one) | {"resent": late}
    name = f"rem:{reminder.id}:{reminder.due.isoformat()}"
    saying = Saying("ballot.not_voted", name, values, quiet=True)
    tell_the_roll(ctx, one, saying, but=ctx.uow.ballots.voted(one.id))
    if values["missing"]:
        say_in_rooms(ctx, "ballot", one, "ballot.soon", values, after_at_most=OPENING)


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
