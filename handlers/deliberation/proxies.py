"""委托: a household's vote is given to a person of another, who must agree in private."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.ballot import Proxy
from data.domain.errors import UserError
from handlers.deliberation.ballot_words import of_ballot
from handlers.deliberation.secrecy import in_secret, tell_alone
from handlers.deliberation.which import ballot_for
from handlers.saying.say import Saying, say_to_person
from handlers.saying.things import about

if TYPE_CHECKING:
    from data.domain.ballot import Ballot
    from data.domain.household import Household
    from data.domain.people import Account
    from handlers.context import Heard
    from handlers.hearing.grammar import Command


def entrust(heard: Heard, command: Command) -> None:
    """Offer the vote of the speaker's household to somebody, who is asked in private: 委托 2 李四."""
    in_secret(heard, lambda: _offer(heard, ballot_for(heard, command.ref), command.words))


def agree(heard: Heard, command: Command) -> None:
    """Let the speaker vote for another household, too: 同意委托 2."""
    in_secret(heard, lambda: _agree(heard, command))


def _offer(heard: Heard, one: Ballot, said: str) -> None:
    _require_open(heard, one)
    home = _home(heard, one)
    if _own_vote(heard, one, home):
        raise UserError("proxy.voted", number=one.number)
    holder, holders_home = _holder(heard, one, said, home)
    _require_no_circle(heard, one, giver=home, holders_home=holders_home)
    _require_room(heard, one, holder)
    heard.uow.ballots.give(one.id, Proxy(home.id, heard.person.id, holder.person_id, agreed=False))
    values = of_ballot(heard, one)
    dedupe = f"proxy:{one.id}:{home.id}:{holder.person_id}:{heard.now.isoformat()}"
    this = (about(heard, "ballot", one),)
    asked = Saying("proxy.ask", dedupe, values | {"name": heard.account.name}, about=this)
    say_to_person(heard, holder.person_id, asked)
    tell_alone(heard, "proxy.offered", this, **values, name=holder.name)


def _agree(heard: Heard, command: Command) -> None:
    if heard.room is not None:
        raise UserError("proxy.in_private")
    offers = [
        (one, proxy)
        for one in heard.uow.ballots.open_ones()
        for proxy in heard.uow.ballots.proxies(one.id)
        if proxy.holder_id == heard.person.id and not proxy.agreed
    ]
    if command.ref is not None:
        wanted = ballot_for(heard, command.ref)
        offers = [(one, proxy) for one, proxy in offers if one.id == wanted.id]
    if not offers:
        raise UserError("proxy.none")
    one, proxy = offers[0]
    _require_open(heard, one)
    home = _home(heard, one)
    _require_no_circle(heard, one, giver=heard.uow.households.get(proxy.household_id), holders_home=home)
    held = sum(p.agreed and p.holder_id == heard.person.id for p in heard.uow.ballots.proxies(one.id))
    if held >= heard.policy.deliberation.proxies:
        raise UserError("proxy.full", name=heard.account.name, most=heard.policy.deliberation.proxies)
    heard.uow.ballots.give(one.id, proxy._replace(agreed=True))
    values = of_ballot(heard, one)
    this = (about(heard, "ballot", one),)
    dedupe = f"proxy:agreed:{one.id}:{proxy.household_id}:{heard.person.id}"
    agreed = Saying("proxy.agreed", dedupe, values | {"name": heard.account.name}, about=this)
    say_to_person(heard, proxy.giver_id, agreed)
    giver = heard.uow.people.get(proxy.giver_id).name
    tell_alone(heard, "proxy.taken", this, **values, name=giver)


def _require_open(heard: Heard, one: Ballot) -> None:
    if not one.takes_votes(heard.now):
        raise UserError("ballot.over", number=one.number)


def _home(heard: Heard, one: Ballot) -> Household:
    home = heard.home
    if home is None:
        waits = heard.uow.households.waiting_of(heard.person.id) is not None
        raise UserError("proxy.waits" if waits else "proxy.unregistered")
    if not heard.uow.ballots.enrols(one.id, home.id):
        raise UserError("vote.not_on_roll", number=one.number)
    return home


def _own_vote(heard: Heard, one: Ballot, home: Household) -> bool:
    """Whether somebody of the household has voted; nobody asks what."""
    return bool(set(heard.uow.ballots.voters(one.id)) & set(heard.uow.households.residents(home.id)))


def _holder(heard: Heard, one: Ballot, said: str, home: Household) -> tuple[Account, Household]:
    """Return the resident of another household on the roll who goes by a name (and a door)."""
    name, _, place = said.strip().lstrip("@＠").partition(" ")
    if not name:
        raise UserError("proxy.who", number=one.number)
    found: dict[int, tuple[Account, Household]] = {}
    for account in heard.uow.people.accounts_named(name):
        theirs = heard.uow.households.of_person(account.person_id)
        if theirs is not None and heard.uow.ballots.enrols(one.id, theirs.id):
            found.setdefault(account.person_id, (account, theirs))
    if place:
        door = heard.understand(place).place.door
        found = {who: pair for who, pair in found.items() if pair[1].door == door}
    others = [pair for pair in found.values() if pair[1].id != home.id]
    if found and not others:
        raise UserError("proxy.same_household", name=name)
    if not others:
        raise UserError("proxy.unknown", name=name, number=one.number)
    if len(others) > 1:
        raise UserError("proxy.which", name=name, number=one.number)
    return others[0]


def _require_no_circle(heard: Heard, one: Ballot, *, giver: Household, holders_home: Household) -> None:
    """A vote is given once: not to whose household gave its own away, nor by one that holds another's."""
    agreed = [proxy for proxy in heard.uow.ballots.proxies(one.id) if proxy.agreed]
    givers = set(heard.uow.households.residents(giver.id))
    if any(proxy.holder_id in givers for proxy in agreed):
        raise UserError("proxy.holds_another", number=one.number)
    if any(proxy.household_id == holders_home.id for proxy in agreed):
        raise UserError("proxy.gave_away", number=one.number)


def _require_room(heard: Heard, one: Ballot, holder: Account) -> None:
    most = heard.policy.deliberation.proxies
    held = sum(p.agreed and p.holder_id == holder.person_id for p in heard.uow.ballots.proxies(one.id))
    if held >= most:
        raise UserError("proxy.full", name=holder.name, most=most)
