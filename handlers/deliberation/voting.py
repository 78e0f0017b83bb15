"""投票: by command, or an option or its letter in private or quoting; changed until the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain import references
from data.domain.ballot import BallotState
from data.domain.errors import UserError
from handlers.deliberation.ballot_form import LONGEST_OPTION
from handlers.deliberation.ballot_words import of_ballot
from handlers.deliberation.secrecy import in_secret, tell_alone
from handlers.deliberation.which import ballot_for, may_vote_in, only
from handlers.hearing.lookup import quoted_id
from handlers.saying.say import Saying, say_to_person
from handlers.saying.things import about

if TYPE_CHECKING:
    from data.domain.ballot import Ballot, Proxy
    from data.domain.events import ResidentConfirmed
    from data.domain.household import Household
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

_MEANT = re.compile("投|票|同意|反对|赞成|弃权")
_AS_IT_STANDS = re.compile(r"\s*投票[\s:：]*[#＃]?\d{1,6}[\s:：,，]*\S{1,8}\s*")
_VOTE = re.compile(r"(?:我家?|我们家?)?(?:改主意了[,，\s]*)?(?:改投?[成为]?|换成|投票?|选)[\s:：]*")


def vote(heard: Heard, command: Command) -> None:
    """Write down the vote of the speaker's household: 投票 2 同意."""
    in_secret(heard, lambda: cast(heard, _meant(heard, command), command.words))


def heard_as_vote(heard: Heard) -> bool:
    """Take an option or its letter for a vote: quoting what the bot said of a ballot, or said to the bot."""
    quoted = quoted_id(heard, "ballot")
    alone = heard.room is None or heard.address.spoken_to
    if quoted is None and (not alone or heard.inbound.quote is not None):
        return False
    ballots = heard.uow.ballots
    found = [ballots.get(quoted)] if quoted is not None else may_vote_in(heard)
    ways = [heard.address.text, _choice(heard.address.text)]
    said, fitting = next(((way, fit) for way in ways if (fit := _fitting(found, way))), (ways[1], found))
    if not _fitting(fitting, said) and not (alone and quoted is not None and len(said) <= LONGEST_OPTION):
        return False
    in_secret(heard, lambda: cast(heard, only("ballot", fitting), said))
    return True


def _fitting(found: list[Ballot], said: str) -> list[Ballot]:
    return [one for one in found if one.option(said) is not None]


def misspoken(heard: Heard) -> bool:
    """Tell somebody who seems to have meant to vote in private how; nothing they said is repeated."""
    text = heard.address.text
    if heard.room is not None and not heard.address.spoken_to:  # 投票 1 同意, said in the group as it stands
        meant = heard.room.public and not heard.has_duty and _AS_IT_STANDS.fullmatch(text) is not None
    else:
        meant = not heard.understanding.is_appeal and _MEANT.search(text) is not None
    if not meant:
        return False
    found = may_vote_in(heard)
    if not found:
        return False
    one = found[0]
    tell_alone(heard, "vote.how", (about(heard, "ballot", one),), **of_ballot(heard, one))
    return True


def cast(heard: Heard, one: Ballot, said: str) -> None:
    """Take a vote, or raise what is wrong with it: over, no such option, not on the roll."""
    if not one.takes_votes(heard.now):
        key = "ballot.called_off" if one.state is BallotState.CANCELLED else "ballot.over"
        raise UserError(key, number=one.number)
    choice = one.option(said)
    if choice is None:
        options = of_ballot(heard, one)["options"]
        raise UserError("vote.no_option", number=one.number, options=options)
    home = heard.home
    if home is not None and not heard.uow.ballots.enrols(one.id, home.id):
        raise UserError("vote.not_on_roll", number=one.number)
    heard.uow.ballots.vote(one.id, heard.person.id, choice)
    if home is None:
        waiting = heard.uow.households.waiting_of(heard.person.id) is not None
        key = "vote.waits" if waiting else "vote.unregistered"
        tell_alone(heard, key, (about(heard, "ballot", one),), **of_ballot(heard, one))
        return
    given = heard.uow.ballots.proxies(one.id)
    _thank(heard, one, given)
    _take_back(heard, one, home, given)
    _tell_the_others(heard, one, home)


def _thank(heard: Heard, one: Ballot, proxies: list[Proxy]) -> None:
    held = sum(proxy.agreed and proxy.holder_id == heard.person.id for proxy in proxies)
    also = heard.house.texts("vote.also", count=held) if held else ""
    tell_alone(heard, "vote.taken", (about(heard, "ballot", one),), **of_ballot(heard, one), also=also)


def _take_back(heard: Heard, one: Ballot, home: Household, proxies: list[Proxy]) -> None:
    """Take the household's vote back from who holds it: voting oneself does that."""
    given = next((proxy for proxy in proxies if proxy.household_id == home.id), None)
    if given is None or not heard.uow.ballots.take_back(one.id, home.id) or not given.agreed:
        return
    name = heard.uow.people.get(given.giver_id).name
    dedupe = f"proxy:back:{one.id}:{home.id}:{heard.now.isoformat()}"
    say_to_person(
        heard, given.holder_id, Saying("proxy.taken_back", dedupe, of_ballot(heard, one) | {"name": name})
    )


def _tell_the_others(heard: Heard, one: Ballot, home: Household) -> None:
    """Tell the others of the household that a vote was given for it, not which."""
    for person_id in heard.uow.households.residents(home.id):
        if person_id != heard.person.id:
            dedupe = f"vote:{one.id}:{heard.person.id}:{person_id}:{heard.now:%Y%m%d%H%M}"
            values = of_ballot(heard, one) | {"name": heard.account.name}
            saying = Saying(
                "vote.by_another", dedupe, values, about=(about(heard, "ballot", one),), quiet=True
            )
            say_to_person(heard, person_id, saying)


def resident_confirmed(ctx: Context, event: ResidentConfirmed) -> None:
    """Tell somebody who is now known to live somewhere what becomes of the votes they gave before."""
    for one in ctx.uow.ballots.open_votes_of(event.person_id):
        counts = ctx.uow.ballots.enrols(one.id, event.household_id)
        key = "vote.counts_now" if counts else "vote.cannot_join"
        dedupe = f"{key}:{one.id}:{event.person_id}:{event.household_id}"
        saying = Saying(key, dedupe, of_ballot(ctx, one), about=(about(ctx, "ballot", one),))
        say_to_person(ctx, event.person_id, saying)


def _meant(heard: Heard, command: Command) -> Ballot:
    """Return the ballot a vote is for: named, quoted, else the only one the speaker may vote in."""
    if command.ref is None and quoted_id(heard, "ballot") is None and (mine := may_vote_in(heard)):
        return only("ballot", _fitting(mine, command.words) or mine)
    return ballot_for(heard, command.ref)


def _choice(text: str) -> str:
    """Return what stands after 投票 and a number in a line that quotes a ballot, or the line itself."""
    found = _VOTE.match(text)
    rest = text[found.end() :] if found else text
    ref, words = references.read(rest)
    return words if ref is not None and words else rest
