"""From what is stored to what is answered: masked as the token's scopes demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.web.api import models
from data.domain.ballot import BallotRule, Weight
from handlers.saying.showing import full_number
from handlers.texts.masking import mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.web.api.looking import Looking
    from data.domain.activity import Activity
    from data.domain.areas import Area
    from data.domain.ballot import Ballot
    from data.domain.case import Appeal, Case, Place
    from data.domain.publicity import Publicity
    from data.domain.report import KeptReport
    from data.domain.steps import Step
    from data.domain.visit import Visit


def case_of(ctx: Looking, case: Case, report: KeptReport | None = None) -> models.Case:
    """Return a case; whose words are shown as they were said is noted."""
    if ctx.personal:
        ctx.viewed.append(case.id)
    merged = ctx.uow.cases.get(case.merged_into_id) if case.merged_into_id is not None else None
    areas = ctx.uow.areas
    return models.Case(
        id=case_id(ctx, case),
        number=case.number,
        full_number=full_number(ctx, case),
        community=areas.get(case.community_id).code,
        area=areas.get(case.area_id).code,
        building=areas.get(case.building_id).code if case.building_id is not None else None,
        state=case.state,
        open=case.is_open,
        category=case.category,
        grade=case.grade,
        urgency=case.urgency,
        source=case.source,
        discreet=case.discreet,
        place=_place(ctx, case.place, discreet=case.discreet),
        position=_position(report.position if report else None, hidden=case.discreet and not ctx.personal),
        summary=_words(ctx, case.summary, discreet=case.discreet),
        result=_words(ctx, case.result or "", discreet=case.discreet),
        holder=_holder(ctx, case),
        reported_at=case.reported_at,
        accept_by=case.accept_by,
        resolve_by=case.resolve_by,
        accepted_at=case.accepted_at,
        resolved_at=case.resolved_at,
        closed_at=case.closed_at,
        deferred_until=case.deferred_until,
        reopened=case.reopened,
        seconds=case.seconds,
        awaits_meeting=case.awaits_meeting,
        merged_into=case_id(ctx, merged) if merged is not None else None,
        version=case.version,
    )


def case_id(ctx: Looking, case: Case) -> str:
    """Return a case as addresses name it: `500101002001/12`."""
    return f"{ctx.uow.areas.get(case.community_id).code}/{case.number}"


def step_of(ctx: Looking, case: Case, step: Step) -> models.Step:
    """Return a row of a timeline."""
    return models.Step(
        id=step.id,
        at=step.at,
        action=step.action,
        from_state=step.from_state,
        to_state=step.to_state,
        by=_who(ctx, step.person_id),
        words=_words(ctx, step.words or "", discreet=case.discreet),
        undone=step.undone,
    )


def appeal_of(ctx: Looking, case: Case, appeal: Appeal) -> models.Appeal:
    """Return what one resident said."""
    return models.Appeal(
        id=appeal.id,
        said_at=appeal.said_at,
        name=ctx.uow.people.account(appeal.account_id).name if ctx.personal else None,
        words=_words(ctx, appeal.words, discreet=case.discreet),
        joined=appeal.joined,
        withdrawn=appeal.withdrawn,
    )


def meeting_of(ctx: Looking, one: Activity) -> models.Meeting:
    """Return a meeting with what it decided."""
    common = _activity(ctx, one)
    decided = ctx.uow.resolutions.of_meeting(one.id)
    shown = [models.Resolution(words=mask(found.words), at=found.at) for found in decided]
    return models.Meeting(**common, resolutions=shown)


def activity_of(ctx: Looking, one: Activity) -> models.Activity:
    """Return an activity that is no meeting."""
    return models.Activity(
        **_activity(ctx, one),
        kind=one.kind,
        places=one.places,
        ended_at=one.ended_at,
        result=mask(one.result or ""),
    )


def ballot_of(ctx: Looking, one: Ballot) -> models.Ballot | None:
    """Return the result of a ballot, None while it has none."""
    outcome, whole = one.outcome, one.whole
    if outcome is None or whole is None:
        return None
    heads_only = one.rule is BallotRule.SIMPLE  # of a secret ballot nobody knows what area an option got
    return models.Ballot(
        id=_id(ctx, one.community_id, one.number),
        number=one.number,
        community=ctx.uow.areas.get(one.community_id).code,
        areas=_codes(ctx, one.areas),
        title=one.title,
        rule=one.rule,
        opened_at=one.opened_at,
        ends_at=one.ends_at,
        verdict=outcome.verdict,
        leading=[one.options[place] for place in outcome.leading],
        roll=_share(whole),
        took_part=_share(outcome.took_part),
        options=[
            models.Option(option=option, votes=_share(Weight(got.heads, None) if heads_only else got))
            for option, got in zip(one.options, one.totals, strict=True)
        ],
    )


def publicity_of(ctx: Looking, one: Publicity) -> models.Publicity:
    """Return a publicity: the office's own words, as they were written."""
    return models.Publicity(
        id=_id(ctx, one.community_id, one.number),
        number=one.number,
        community=ctx.uow.areas.get(one.community_id).code,
        areas=_codes(ctx, one.areas),
        kind=one.kind,
        title=one.title,
        words=one.words,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        in_force=one.in_force(ctx.now),
    )


def visit_of(ctx: Looking, one: Visit) -> models.Visit:
    """Return a visit."""
    case = ctx.uow.cases.get(one.case_id) if one.case_id is not None else None
    return models.Visit(
        id=one.id,
        at=one.at,
        area=ctx.uow.areas.get(one.area_id).code,
        building=one.place.building,
        unit=one.place.unit,
        door=one.place.door if ctx.personal else None,
        visitor=ctx.uow.people.get(one.visitor_id).name,
        whom=one.whom if ctx.personal else None,
        words=one.words if ctx.personal else mask(one.words),
        case=case_id(ctx, case) if case is not None else None,
    )


def area_of(ctx: Looking, one: Area) -> models.Area:
    """Return an area; the parent only where the token sees it."""
    seen = one.parent_id is not None and ctx.sees(one.parent_id)
    return models.Area(
        code=one.code,
        name=one.name,
        kind=one.kind,
        parent=ctx.uow.areas.get(one.parent_id or 0).code if seen else None,
        centre=_position(one.centre),
    )


def _activity(ctx: Looking, one: Activity) -> dict[str, Any]:
    return {
        "id": _id(ctx, one.community_id, one.number),
        "number": one.number,
        "community": ctx.uow.areas.get(one.community_id).code,
        "area": ctx.uow.areas.get(one.area_id).code,
        "topic": mask(one.topic),
        "place": one.place,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "cancelled": one.cancelled,
        "signed_up": len(ctx.uow.activities.names(one.id)),
        "came": len(ctx.uow.activities.came(one.id)),
    }


def _id(ctx: Looking, community_id: int, number: int) -> str:
    return f"{ctx.uow.areas.get(community_id).code}/{number}"


def _codes(ctx: Looking, area_ids: Sequence[int]) -> list[str]:
    return [ctx.uow.areas.get(area_id).code for area_id in area_ids]


def _share(weight: Weight) -> models.Share:
    return models.Share(households=weight.heads, area_m2=None if weight.area is None else weight.area / 100)


def _position(at: tuple[float, float] | None, *, hidden: bool = False) -> models.Position | None:
    return None if at is None or hidden else models.Position(lat=at[0], long=at[1])


def _words(ctx: Looking, words: str, *, discreet: bool) -> str:
    if ctx.personal:
        return words
    return "" if discreet else mask(words)


def _place(ctx: Looking, place: Place, *, discreet: bool) -> models.Place:
    shown = ctx.personal
    return models.Place(
        building=place.building if shown or not discreet else None,
        unit=place.unit if shown or not discreet else None,
        floor=place.floor if shown else None,
        door=place.door if shown else None,
        spot=place.spot if shown or not discreet else None,
        compound=place.compound if shown or not discreet else None,
    )


def _holder(ctx: Looking, case: Case) -> models.Holder | None:
    if case.assignee_id is None and case.assignee_org_id is not None:
        return models.Holder(kind="organisation", name=ctx.uow.organisations.get(case.assignee_org_id).name)
    person_id = case.assignee_id or case.handler_id
    if person_id is None:
        return None
    return models.Holder(kind="person", name=ctx.uow.people.get(person_id).name)


def _who(ctx: Looking, person_id: int | None) -> str | None:
    """Return the name of who did something: of those in a duty or a unit always, of residents seldom."""
    if person_id is None:
        return None
    person = ctx.uow.people.get(person_id)
    known = person.organisation_id is not None or bool(ctx.uow.people.duties(person_id))
    return person.name if known or ctx.personal else None
