"""The chain of one story, in a line: motion → meeting → ballot → resolution → case → publicity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import Source

if TYPE_CHECKING:
    from data.domain.ballot import Ballot
    from data.domain.case import Case
    from data.domain.motion import Motion, Resolution
    from data.domain.publicity import Publicity
    from handlers.context import Context


def chain(ctx: Context, case: Case) -> str:
    """Return the line of a case's neighbours, and the meeting it comes from; nothing where it is alone."""
    resolutions = ctx.uow.resolutions.of_case(case.id)
    links = links_of(ctx, case)
    if not links:
        return ""
    texts = ctx.house.texts
    meetings = [ctx.uow.activities.get(one.meeting_id) for one in resolutions]
    origin = texts("link.from_meeting", number=meetings[0].number) if _from_meeting(case) and meetings else ""
    return texts("progress_parts.chain", links=origin + texts("link.line", links=" → ".join(links)))


def links_of(ctx: Context, case: Case) -> list[str]:
    """Return the neighbours of a case by their names, in the order of the story."""
    resolutions = ctx.uow.resolutions.of_case(case.id)
    motions = [ctx.uow.motions.get(one.motion_id) for one in resolutions if one.motion_id is not None]
    motions += [one for one in ctx.uow.motions.of_case(case.id) if one not in motions]
    ballots = ctx.uow.ballots.about(case_id=case.id)
    ballots += [ballot for one in motions for ballot in ctx.uow.ballots.about(motion_id=one.id)]
    public = ctx.uow.publicities.about(case_id=case.id)
    public += [found for one in motions for found in ctx.uow.publicities.about(motion_id=one.id)]
    return _line(ctx, motions, resolutions, ballots, public)


def links_of_motion(ctx: Context, motion: Motion) -> list[str]:
    """Return the neighbours of a motion: its meeting, ballots, cases, publicities."""
    resolutions = ctx.uow.resolutions.of_motion(motion.id)
    ballots = ctx.uow.ballots.about(motion_id=motion.id)
    public = ctx.uow.publicities.about(motion_id=motion.id)
    cases = [case_id for one in resolutions for case_id in one.cases]
    before = [motion.case_id] if motion.case_id is not None else []
    listed = [] if resolutions or motion.meeting_id is None else [motion.meeting_id]
    return [
        *_cases(ctx, before),
        *(_meeting(ctx, meeting_id) for meeting_id in listed),
        *_line(ctx, [], resolutions, ballots, []),
        *_cases(ctx, [case_id for case_id in cases if case_id not in before]),
        *_publicities(ctx, public),
    ]


def links_of_meeting(ctx: Context, meeting_id: int) -> list[str]:
    """Return the neighbours of a meeting: its motions, and the cases it decided or opened."""
    motions = ctx.uow.motions.on_agenda(meeting_id)
    cases = [case_id for one in ctx.uow.resolutions.of_meeting(meeting_id) for case_id in one.cases]
    names = [ctx.house.texts("link.motion", number=one.number) for one in motions]
    return [*names, *_cases(ctx, list(dict.fromkeys(cases)))]


def links_to(ctx: Context, motion_id: int | None, case_id: int | None) -> list[str]:
    """Return the neighbours of a ballot or publicity: what it is about."""
    names = []
    if motion_id is not None:
        names.append(ctx.house.texts("link.motion", number=ctx.uow.motions.get(motion_id).number))
    return [*names, *_cases(ctx, [case_id] if case_id is not None else [])]


def _from_meeting(case: Case) -> bool:
    return case.source is Source.MEETING


def _line(
    ctx: Context,
    motions: list[Motion],
    resolutions: list[Resolution],
    ballots: list[Ballot],
    public: list[Publicity],
) -> list[str]:
    texts = ctx.house.texts
    return [
        *(texts("link.motion", number=one.number) for one in motions),
        *dict.fromkeys(_meeting(ctx, one.meeting_id) for one in resolutions),
        *(texts("link.ballot", number=one.number) for one in ballots),
        *_publicities(ctx, public),
    ]


def _meeting(ctx: Context, meeting_id: int) -> str:
    return ctx.house.texts("link.meeting", number=ctx.uow.activities.get(meeting_id).number)


def _cases(ctx: Context, ids: list[int]) -> list[str]:
    return [ctx.house.texts("link.case", number=ctx.uow.cases.get(case_id).number) for case_id in ids]


def _publicities(ctx: Context, public: list[Publicity]) -> list[str]:
    return [ctx.house.texts("link.publicity", number=one.number) for one in public]
