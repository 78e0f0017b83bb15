"""The teeth of a path: who may end a case, what is proposed on opening, who supervises until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.areas import AreaKind
from data.domain.case import Urgency
from data.domain.errors import UserError
from data.domain.people import OFFICERS, Role
from handlers.cases.grading import DANGEROUS
from handlers.cases.in_charge import holders
from handlers.hearing.names import reachable
from handlers.saying.say import organisation_at

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case, Grade, Supervision
    from handlers.context import Context, Heard

WHISTLE = "whistle"
# The words by which the units of a kind are known, the likeliest first; the roster's own names decide.
UNITS = {
    "占道经营": ("城管",),
    "环境卫生": ("城管", "环卫"),
    "违建": ("城管", "规划"),
    "油烟异味": ("城管", "生态环境", "环保"),
    "噪音": ("城管", "生态环境", "环保", "公安"),
    "施工": ("住建", "城管"),
    "燃气": ("燃气",),
    "供电": ("供电", "电力"),
    "供水": ("水务", "自来水", "供水"),
    "路灯": ("照明", "城管", "供电"),
    "电梯": ("市场监管", "电梯"),
    "消防隐患": ("消防",),
    "充电飞线": ("消防",),
    "房屋质量": ("住建", "房管"),
    "道路": ("市政", "住建", "交通"),
    "排水": ("市政", "水务"),
    "社会治安": ("公安", "派出所"),
    "通信网络": ("电信", "移动", "联通"),
    "公交": ("公交", "交通"),
    "欠薪": ("人社", "劳动"),
}


def require_may_close(heard: Heard, case: Case) -> None:
    """Raise unless the speaker may end a case of its grade; a unit it was given to may.

    Who is there ends an emergency, and the mediator a dispute.
    """
    closes = heard.policy.paths[case.grade].closes
    if closes is None or case.dispute or case.urgency is Urgency.EMERGENCY:
        return
    if heard.person.organisation_id is not None and heard.is_assigned(case):
        return
    if not _holds(heard, case, closes):
        who = heard.house.texts("grading.street" if closes == "street" else f"role.{closes}")
        grade = heard.policy.grade_name(case.grade)
        raise UserError("resolve.above", number=case.number, grade=grade, who=who)


def require_reached(ctx: Context, organisation_id: int) -> None:
    """Raise if nobody would hear that a unit is given a case or called to one: no room, no members."""
    if not organisation_at(ctx, organisation_id):
        raise UserError("assign.unreached", name=ctx.uow.organisations.get(organisation_id).name)


def _holds(heard: Heard, case: Case, closes: str) -> bool:
    if closes != "street":
        return heard.is_officer_for(case)
    areas = heard.uow.areas
    return any(
        duty.role in OFFICERS
        and areas.get(duty.area_id).kind in (AreaKind.STREET, AreaKind.DISTRICT)
        and areas.covers(duty.area_id, case.area_id)
        for duty in heard.duties
    )


def proposal(ctx: Context, case: Case, role: Role) -> str:
    """Return what a path proposes to the officer who hears of a new case: to whistle, to meet, or nothing."""
    path = ctx.policy.paths[case.grade]
    if path.proposes is None or role not in OFFICERS or case.dispute or case.urgency is Urgency.EMERGENCY:
        return ""
    if path.proposes != WHISTLE and (case.hazard is not None or case.category in DANGEROUS):
        return ""  # what is dangerous waits for no meeting
    units = " ".join(units_for(ctx, case)) or ctx.house.texts("grading.some_unit")
    return ctx.house.texts(f"grading.propose_{path.proposes}", number=case.number, units=units) + "\n"


def units_for(ctx: Context, case: Case) -> list[str]:
    """Return the units on the roster that a kind of matter is the business of."""
    words = UNITS.get(case.kind_name, ())
    found = [o.name for word in words for o in reachable(ctx, case) if word in o.name or word in o.aliases]
    return list(dict.fromkeys(found))


def supervision(ctx: Context, area_id: int, grade: Grade, *, discreet: bool) -> Supervision:
    """Return by whom and until when a case of a grade is supervised by rule; nothing if by nobody."""
    if not ctx.policy.paths[grade].supervised or discreet:
        return {}
    leaders = holders(ctx, area_id, (Role.SUPERVISOR,))
    if not leaders:
        return {}
    until = ctx.policy.resolve[grade].after(ctx.now, ctx.policy.work)
    return {"supervised_by_id": leaders[0].person.id, "supervised_until": until}


def half_way(ctx: Context, case: Case) -> datetime | None:
    """Return when the leader of a case that a rule supervises hears that half of the time is over."""
    if not ctx.policy.paths[case.grade].supervised or case.supervised_until is None:
        return None
    work, start = ctx.policy.work, case.resolve_from or case.reported_at
    return work.add(start, work.between(start, case.supervised_until) / 2)
