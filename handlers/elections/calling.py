"""评选 五好楼栋 推荐至 … 投票至 … 名额3: called, nominated for, its list made public for three days."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from data.domain.areas import AreaKind, building_label
from data.domain.election import Election, ElectionState
from data.domain.errors import RefusedError, UserError
from data.domain.people import OFFICERS
from data.domain.publicity import PublicityKind
from data.domain.reminder import ReminderKind
from handlers.context import Heard, said_in
from handlers.deliberation import publicity
from handlers.hearing.called_for import area_for
from handlers.hearing.homes import own_community
from handlers.hearing.permissions import above_duty
from handlers.hearing.things import meant
from handlers.hearing.verbs import Who
from handlers.saying.days import when
from handlers.saying.gently import say_gently
from handlers.saying.rooms_for import rooms_serving
from handlers.saying.say import Saying, answer_about, say_to_person
from handlers.saying.things import about
from handlers.texts.wording import Said
from nlp.reading.days import read_until

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.about import About
    from data.domain.areas import Area
    from handlers.context import Context
    from handlers.hearing.grammar import Command

EVENING = time(18)  # an end without an hour
PUBLIC_DAYS = 3
MOST_PLACES, LONGEST = 50, 20
_CALL = re.compile(
    r"(?P<title>\S{2,20})[\s,，]+推荐[到至]\s*(?P<nominate>.+?)[\s,，]*投票[到至]\s*(?P<vote>.+?)[\s,，]*"
    r"(?:(?:名额|选)\s*(?P<places>\d{1,4})\s*[个名]?|(?P<places2>\d{1,4})\s*[个名](?:名额)?)?"
)
_NOMINATION = re.compile(r"(?P<title>\S{2,20})\s+(?P<candidate>\S{1,20})(?:\s+(?P<reason>\S.*))?", re.DOTALL)
_UNTITLED = re.compile(r"(?P<candidate>[^\s,，。]{1,20})(?:[\s,，。]+(?P<reason>\S.*))?", re.DOTALL)
_NAMES = re.compile(r"[^\s,，、;；]+")
OPEN = (ElectionState.NOMINATING, ElectionState.PUBLIC, ElectionState.VOTING)


def election(heard: Heard, command: Command) -> None:
    """Call an election, as an officer, or show how one stands: 评选 …, 评选 1."""
    words = command.words.strip()
    if not words:
        _show(heard, command)
        return
    if not any(duty.role in OFFICERS for duty in heard.duties):
        raise above_duty(command.verb, Who.OFFICER)
    area, words = area_for(heard, command.verb.value, words, OFFICERS)
    found = _CALL.fullmatch(words)
    if found is None:
        raise UserError("award.form", example=command.form.example)
    nominate, vote = _end(heard, found["nominate"]), _end(heard, found["vote"])
    places = int(found["places"] or found["places2"] or 1)
    if nominate is None or vote is None or not 1 <= places <= MOST_PLACES:
        raise UserError("award.form", example=command.form.example)
    _refuse_twice(heard, area, found["title"])
    if nominate <= heard.now or vote < nominate + timedelta(days=PUBLIC_DAYS + 1):
        raise UserError("award.dates", days=PUBLIC_DAYS)
    community = heard.uow.areas.community_of(area.id) or area
    made = heard.uow.elections.open(
        community_id=community.id,
        area_id=area.id,
        title=found["title"],
        places=places,
        by_id=heard.person.id,
        nominate_until=nominate,
        vote_until=vote,
        said_in=said_in(heard),
    )
    kind = ReminderKind.ELECTION
    heard.uow.reminders.put(f"{kind.key(made.id)}:list", kind, made.id, nominate, {"stage": "list"})
    tell(heard, made, "award.called")


def _refuse_twice(heard: Heard, area: Area, title: str) -> None:
    """Raise if an election of that title is under way in the area."""
    community = heard.uow.areas.community_of(area.id) or area
    for one in heard.uow.elections.in_state(community.id, *OPEN):
        if one.area_id == area.id and one.title == title:
            raise UserError("award.open", number=one.number, title=title)


def nominate(heard: Heard, command: Command) -> None:
    """Nominate somebody or a building for the speaker's household: 推荐 五好楼栋 3栋 理由."""
    heard.private_answer = True
    one, found = _nomination(heard, command)
    if one.state is not ElectionState.NOMINATING or heard.now > one.nominate_until:
        raise UserError("award.too_late", title=one.title)
    candidate = candidate_named(heard, one, found["candidate"])
    home = heard.uow.households.home(heard.person.id)
    voice = f"h{home.id}" if home is not None else f"p{heard.person.id}"
    reason = (found["reason"] or "")[:200]
    if not heard.uow.elections.nominate(one.id, candidate, reason, heard.person.id, voice):
        raise UserError("award.twice", candidate=candidate)
    shown = values(heard, one) | {"candidate": Said(candidate)}
    answer_about(heard, "award.nominated", (), about=mark(heard, one), **shown)


def _nomination(heard: Heard, command: Command) -> tuple[Election, re.Match[str]]:
    """Return the election and the words of a nomination; where one takes them its title may be left out."""
    said, here = command.words.strip(), _here(heard)
    found = _NOMINATION.fullmatch(said)
    named = [e for e in here if found is not None and found["title"] in (e.title, str(e.number))]
    taking = [e for e in here if e.state is ElectionState.NOMINATING]
    if not named and len(taking) == 1 and (untitled := _UNTITLED.fullmatch(said)) is not None:
        return taking[0], untitled
    if found is None:
        raise UserError("award.nominate_form", example=command.form.example)
    if not named:
        raise UserError("award.none", title=found["title"])
    return named[0], found


def confirm_list(heard: Heard, command: Command) -> None:
    """Make the officer's list public for three days, after which it is voted on: 评选 名单 1 3栋,5栋,7栋."""
    heard.private_answer = True
    one = meant_election(heard, command, ElectionState.NOMINATING)
    if not heard.roles_at(one.area_id) & OFFICERS:
        raise RefusedError("refused.area", verb=command.verb.value, number=one.number)
    if one.state is not ElectionState.NOMINATING:
        raise UserError("award.listed", number=one.number)
    nominated = heard.uow.elections.nominated(one.id)
    names = [candidate_named(heard, one, name) for name in _NAMES.findall(command.words)]
    unknown = [name for name in names if name not in nominated]
    if not names or unknown:
        shown = "、".join(nominated) or "-"
        raise UserError("award.not_nominated", names="、".join(unknown) or "-", nominated=shown)
    if heard.now + timedelta(days=PUBLIC_DAYS) >= one.vote_until:
        raise UserError("award.dates", days=PUBLIC_DAYS)
    candidates = list(dict.fromkeys(names))
    heard.uow.elections.move(one.id, ElectionState.PUBLIC, candidates)
    texts = heard.house.texts
    publicity.begin(
        heard,
        publicity.Subject(
            [heard.uow.areas.get(one.area_id)],
            PublicityKind.NOTICE,
            PUBLIC_DAYS,
            texts("award.list_title", title=one.title),
            "、".join(candidates),
        ),
        (),
    )
    kind, due = ReminderKind.ELECTION, heard.now + timedelta(days=PUBLIC_DAYS)
    heard.uow.reminders.drop(one.id, kind)
    heard.uow.reminders.put(f"{kind.key(one.id)}:vote", kind, one.id, due, {"stage": "vote"})


def undo(heard: Heard, said: str) -> bool:
    """Take back the election that a message called; False if it called none."""
    one = heard.uow.elections.said_in(said)
    if one is None or one.state is not ElectionState.NOMINATING:
        return False
    heard.uow.elections.move(one.id, ElectionState.CANCELLED)
    heard.uow.reminders.drop(one.id, ReminderKind.ELECTION)
    tell(heard, one, "award.cancelled")
    return True


def ask_for_list(ctx: Context, one: Election) -> None:
    """Ask who called it for the list, when nominations are over."""
    nominated = ctx.uow.elections.nominated(one.id)
    rows = "、".join(
        ctx.house.texts("award.count", name=name, count=count) for name, count in nominated.items()
    )
    extra = {"rows": Said(rows or "-"), "names": ",".join(list(nominated)[: one.places + 2])}
    saying = Saying("award.ask_list", f"award:{one.id}:list", values(ctx, one) | extra, about=mark(ctx, one))
    say_to_person(ctx, one.by_id, saying)


def candidate_named(heard: Heard, one: Election, said: str) -> str:
    """Return a candidate as all write it; where buildings are elected, one that is there, or raise."""
    if not one.of_buildings:
        return said[:LONGEST]
    label = building_label(said)
    inside = [heard.uow.areas.get(one.area_id), *heard.uow.areas.below(one.area_id)]
    found = [a for a in inside if a.kind is AreaKind.BUILDING and building_label(a.name) == label]
    if not found:
        raise UserError("award.no_building", said=said)
    return found[0].name


def tell(ctx: Context, one: Election, key: str, **more: Any) -> None:
    """Say something of an election in every room of its area, and to who caused it elsewhere."""
    shown = values(ctx, one) | more
    rooms = rooms_serving(ctx, [ctx.uow.areas.get(one.area_id)])
    for room in rooms:
        say_gently(ctx, room, Saying(key, f"{key}:{one.id}:r{room.id}", shown, about=mark(ctx, one)))
    if isinstance(ctx, Heard) and ctx.room not in rooms:
        answer_about(ctx, key, (), about=mark(ctx, one), **shown)


def values(ctx: Context, one: Election) -> dict[str, Any]:
    """Return an election as wordings show it."""
    return {
        "number": one.number,
        "title": one.title,
        "places": one.places,
        "nominate": when(ctx, one.nominate_until),
        "vote": when(ctx, one.vote_until),
        "candidates": "、".join(one.candidates),
        "bot": ctx.policy.bot_name,
    }


def mark(ctx: Context, one: Election) -> tuple[About, ...]:
    """Return what a message about an election carries."""
    return (about(ctx, "award", one),)


def meant_election(heard: Heard, command: Command, *states: ElectionState) -> Election:
    """Return the election that is meant: by number, by quoting, or the only one that stands so."""
    elections = heard.uow.elections
    return meant(
        heard,
        command,
        "award",
        numbered=elections.numbered,
        open_in=lambda area: elections.in_state(area, *states),
    )


def _show(heard: Heard, command: Command) -> None:
    one = meant_election(heard, command, *OPEN)
    nominated = heard.uow.elections.nominated(one.id)
    rows = "、".join(nominated) or "-"
    key = f"award.state.{one.state.value}"
    answer_about(heard, key, (), about=mark(heard, one), **values(heard, one), nominated=Said(rows))


def _here(heard: Heard) -> list[Election]:
    return heard.uow.elections.in_state(own_community(heard).id, *OPEN)


def _end(heard: Heard, said: str) -> datetime | None:
    """Return when something ends that is said by its day: at six in the evening."""
    work = heard.policy.work
    found = read_until(said, work.local(heard.now).date())
    return work.at(found[0], EVENING) if found is not None else None
