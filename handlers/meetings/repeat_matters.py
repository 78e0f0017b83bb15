"""Repeat matters (主动治理): what comes back, or troubles many, is proposed once as a topic to look into."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.areas import RoomKind
from data.domain.case import Grade
from data.domain.events import AppealJoined, CaseReported, CaseStepped, EmergencyRaised
from data.domain.lifecycle import Action
from data.domain.purpose import Purpose
from handlers.cases.in_charge import officers
from handlers.cases.same_matter import same_matter
from handlers.saying.numbers import number_to
from handlers.saying.say import Saying, say_to_person
from handlers.saying.showing import case_label, place_name

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Context

REOPENED, PEOPLE = 2, 5
WITHIN = timedelta(days=14)
NOT_AGAIN_FOR = timedelta(days=90)
Raised = CaseReported | AppealJoined | EmergencyRaised  # a seconding is counted, it raises nothing


def watch(ctx: Context, event: Raised | CaseStepped) -> None:
    """Propose a topic to the community's officer when a matter turns out to be a repeat one."""
    if isinstance(event, CaseStepped) and event.action is not Action.REOPEN:
        return
    case = event.case
    if case.dispute or case.grade is Grade.PRIVATE:
        return
    reason = _reason(ctx, case, is_new=isinstance(event, CaseReported))
    if reason:
        _propose(ctx, case, reason)


def _reason(ctx: Context, case: Case, *, is_new: bool) -> str:
    """Return why a matter should be looked into; nothing if there is no reason."""
    if case.reopened >= REOPENED:
        return ctx.house.texts("topic.reopened", count=case.reopened)
    alike = _alike(ctx, case, WITHIN)
    if is_new and alike == [case.id]:  # as most are: one person raised it
        return ""
    people = ctx.uow.figures.people_behind(alike, ctx.now - WITHIN)
    return ctx.house.texts("topic.people", count=people) if people >= PEOPLE else ""


def _alike(ctx: Context, case: Case, within: timedelta) -> list[int]:
    """Return the cases of some time about the same matter, the one itself among them, the first one first."""
    found = ctx.uow.figures.of_kind(case.area_id, case.category, case.place.building, ctx.now - within)
    return sorted([case.id, *same_matter(case, found)])


def _propose(ctx: Context, case: Case, reason: str) -> None:
    told = [holder.person.id for holder in officers(ctx, case)]
    ids = _alike(ctx, case, NOT_AGAIN_FOR)
    if ctx.uow.outbox.states(_key(one, person) for one in ids for person in told):
        return
    alike = sorted(ctx.uow.cases.some(ids), key=lambda one: one.id)
    rooms = ctx.uow.rooms.of_area(case.area_id, RoomKind.RESIDENTS)
    saying = Saying(
        "topic.proposed",
        dedupe="",
        values={
            "label": case_label(ctx.policy, case, public=False),
            "reason": reason,
            "room": rooms[0].topic if rooms else ctx.house.texts("topic.some_room"),
            "bot": ctx.policy.bot_name,
            "topic": f"{place_name(case.place, public=True)}{case.kind_name}",
        },
        cases=tuple(alike),
        purpose=Purpose.TOPIC.of(case.id),
    )
    for person in told:
        values = {**saying.values, "numbers": "、".join(number_to(ctx, person, one) for one in alike)}
        say_to_person(ctx, person, replace(saying, dedupe=_key(case.id, person), values=values))


def _key(case_id: int, person_id: int) -> str:
    return f"topic:{case_id}:{person_id}"
