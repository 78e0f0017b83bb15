"""Which case, or other thing with a number, is meant: by number, by quoting, by where one speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import Source
from data.domain.errors import UserError
from data.domain.purpose import Purpose, meant
from handlers.hearing.verbs import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.domain.areas import Area
    from data.domain.case import Case
    from data.domain.references import Reference
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command


# A unit that has one case on its hands means that one.
OF_A_UNIT = frozenset({Verb.CHECK_IN, Verb.NOTE, Verb.RESOLVE, Verb.RETURN_PART, Verb.HAND_BACK})


def case_for(heard: Heard, command: Command) -> Case:
    """Return the case a command is about, or raise: nobody learns of a case not theirs to see."""
    if command.ref is not None:
        return case_named(heard, command.ref)
    quoted = [case for case in quoted_cases(heard) if visible(heard, case)]
    if len(quoted) == 1:
        return quoted[0]
    if quoted:
        numbers = "、".join(f"#{case.number}" for case in quoted)
        raise UserError("case.which_quoted", numbers=numbers, example=command.form.example)
    unquoted = heard.inbound.quote is None
    if unquoted and command.verb in OF_A_UNIT and len(theirs := _on_their_hands(heard, command)) == 1:
        return theirs[0]
    raise UserError("case.number_missing", verb=command.verb.value, example=command.form.example)


def _on_their_hands(heard: Heard, command: Command) -> list[Case]:
    """Return what the speaker's organisation has on its hands: called to by a whistle, or given to it."""
    organisation = heard.person.organisation_id
    if organisation is None:
        return []
    called = [heard.uow.cases.get(case_id) for case_id in heard.uow.whistles.cases_calling(organisation)]
    if command.verb is Verb.CHECK_IN:
        return called
    given = heard.uow.cases.open_of(heard.person.id, organisation)
    return list({case.id: case for case in (*called, *given)}.values())


def case_named(heard: Heard, ref: Reference) -> Case:
    """Return the case with a number, in the community said or in those a bare number means."""
    found = [
        case
        for community in communities_meant(heard, ref)
        if (case := heard.uow.cases.numbered(community.id, ref.number)) and visible(heard, case)
    ]
    if not found:
        raise UserError("case.unknown", ref=ref.shown)
    if len(found) > 1:
        names = "、".join(f"{heard.uow.areas.get(c.community_id).short}#{c.number}" for c in found)
        raise UserError("case.which_community", ref=ref.shown, names=names)
    _require_as_seen(heard, found[0])
    return found[0]


def _require_as_seen(heard: Heard, case: Case) -> None:
    """Raise if somebody moved the case since the speaker had it before their eyes, as a page knows."""
    if dict(heard.inbound.seen).get(case.id, case.version) == case.version:
        return
    last = heard.uow.timeline.of_case(case.id)[-1]
    who = heard.uow.people.get(last.person_id).name if last.person_id else heard.policy.bot_name
    raise UserError("case.changed_since", number=case.number, who=who, action=last.action)


def quoted_cases(heard: Heard) -> list[Case]:
    """Return the cases of the message that is quoted: the bot's own, or an appeal."""
    quote = heard.inbound.quote
    if quote is None:
        return []
    channel = heard.inbound.channel
    ids = [case_id for row in heard.uow.outbox.said(channel, quote) for case_id, _ in row.cases]
    ids += [a.case_id for a in heard.uow.appeals.with_line(channel, quote) if a.case_id]
    return [heard.uow.cases.get(case_id) for case_id in dict.fromkeys(ids)]


def visible(heard: Heard, case: Case) -> bool:
    """Whether a case may be spoken of here: in its own community's rooms, or alone with whom it concerns.

    A dispute or a private matter is spoken of with staff and its appellants only, and in no residents' room.
    """
    staff = heard.is_staff_for(case)
    mine = staff or heard.is_assigned(case)
    if heard.room is None:
        told = not case.discreet and not was_said_alone(heard, case)
        return mine or concerns(heard, case) or (told and _lives_in(heard, case.community_id))
    if case.discreet and not (mine or concerns(heard, case)):
        return False
    home = heard.community
    if home is not None and home.id == case.community_id:
        mine = mine or concerns(heard, case)
        return mine or not heard.room.public or not was_said_alone(heard, case)
    if heard.room.public:
        return False
    above = heard.room.area_id is not None and heard.uow.areas.covers(heard.room.area_id, case.area_id)
    return mine and (above or heard.room.organisation_id == heard.person.organisation_id)


def was_said_alone(ctx: Context, case: Case) -> bool:
    """Whether a case was raised by residents, none of whom spoke of it but alone with the bot."""
    appeals = ctx.uow.appeals.of_case(case.id) if case.source is Source.APPEAL else ()
    return bool(appeals) and all(appeal.room_id is None for appeal in appeals)


def concerns(heard: Heard, case: Case) -> bool:
    """Whether somebody raised a case or seconded it."""
    return any(a.person_id == heard.person.id for a in heard.uow.appeals.of_case(case.id)) or any(
        row.person_id == heard.person.id for row in heard.uow.appeals.seconded_by(case.id)
    )


def _lives_in(heard: Heard, community_id: int) -> bool:
    """Whether the speaker's last residents' room lies in a community."""
    home = _last_community(heard)
    return home is not None and home.id == community_id


def _last_community(heard: Heard) -> Area | None:
    room_id = heard.account.last_room_id
    return heard.uow.areas.community_of(heard.uow.rooms.get(room_id).area_id) if room_id else None


def communities_meant(heard: Heard, ref: Reference) -> Iterable[Area]:
    """Return the communities whose number is meant."""
    if ref.where is not None:
        called = [a for a in heard.uow.areas.communities() if ref.where in (a.short, a.name)]
        if not called:
            raise UserError("case.unknown", ref=ref.shown)
        return called
    if heard.room is not None and heard.community is not None:
        return [heard.community]
    meant: dict[int, Area] = {}
    if heard.room is None and (home := _last_community(heard)) is not None:
        meant[home.id] = home
    for area in _charge(heard):
        meant[area.id] = area
    if not meant and (lives_in := heard.uow.households.of_person(heard.person.id)) is not None:
        community = heard.uow.areas.community_of(lives_in.building_id)
        return [community] if community is not None else []
    return meant.values()


def _charge(heard: Heard) -> Iterable[Area]:
    """Yield the communities the speaker has a duty in, or cases of their organisation."""
    for duty in heard.duties:
        community = heard.uow.areas.community_of(duty.area_id)
        if community is not None:
            yield community
        else:  # a street's or district's officer: all that lie below
            for area in heard.uow.areas.communities():
                if heard.uow.areas.covers(duty.area_id, area.id):
                    yield area
    for case in heard.uow.cases.open_of(heard.person.id, heard.person.organisation_id):
        yield heard.uow.areas.get(case.community_id)
    if heard.person.organisation_id is not None:
        for case_id in heard.uow.whistles.cases_calling(heard.person.organisation_id):
            yield heard.uow.areas.get(heard.uow.cases.get(case_id).community_id)
        organisation = heard.uow.organisations.get(heard.person.organisation_id)
        community = heard.uow.areas.community_of(organisation.area_id)
        if community is not None:
            yield community


def quoted_purpose(heard: Heard, purpose: Purpose) -> int | None:
    """Return the id after a purpose (`registration:7`) of the bot's message that is quoted."""
    if heard.inbound.quote is None:
        return None
    for row in heard.uow.outbox.said(heard.inbound.channel, heard.inbound.quote):
        kind, ids = meant(row.purpose)
        if kind is purpose:
            return ids[0]
    return None


def quoted_id(heard: Heard, kind: str) -> int | None:
    """Return the id of the thing of a kind (a meeting, a ballot …) that the message quoted is about."""
    if heard.inbound.quote is None:
        return None
    said = heard.uow.outbox.said(heard.inbound.channel, heard.inbound.quote)
    return next((about[1] for row in said for about in row.about if about[0] == kind), None)
