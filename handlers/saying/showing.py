"""How cases, places, times and people are shown in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.saying.days import when

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.domain.areas import Area
    from data.domain.case import Case, Place
    from data.domain.people import Account
    from data.domain.policy import Policy
    from data.domain.reminder import Reminder
    from handlers.context import Context


def deadline(ctx: Context, case: Case) -> str:
    """Show by when a case is to be resolved, to end a sentence; once that is past, that it was missed."""
    if case.resolve_by is None:
        return ""
    key = "step.deadline" if case.resolve_by > ctx.now else "step.overdue"
    return ctx.house.texts(key, by=when(ctx, case.resolve_by))


def place_name(place: Place, *, public: bool) -> str:
    """Show a place; to residents without the door."""
    parts = [place.compound] if place.compound else []
    if place.building:
        lettered = place.building.isascii() and place.building.isalpha()
        parts.append(f"{place.building}{'座' if lettered else '栋'}")
    if place.unit:
        parts.append(f"{place.unit}单元")
    if place.floor and not place.door:
        parts.append(f"{place.floor}楼")
    if place.door and not public:
        parts.append(place.door)
    if place.spot:
        parts.append(place.spot.removeprefix("单元") if place.unit else place.spot)  # 1单元门口
    return "".join(parts)


def case_label(policy: Policy, case: Case, *, public: bool = True) -> str:
    """Show kind, grade and place: `【电梯·小事】3栋2单元`."""
    kind = f"【{case.kind_name}·{policy.grade_name(case.grade)}】"
    return kind + place_name(case.place, public=public)


def case_number(ctx: Context, case: Case, home: Area | None) -> str:
    """Show a case's number: `#12` at home (and in private chats), `百安坝#12` elsewhere."""
    return f"#{case.number}" if home is None or home.id == case.community_id else full_number(ctx, case)


def full_number(ctx: Context, case: Case) -> str:
    """Show a case's number in full: `百安坝#12`."""
    return f"{ctx.uow.areas.get(case.community_id).short}#{case.number}"


def calling(accounts: Iterable[Account]) -> str:
    """Show an @ for each account, ready to stand before a text."""
    return "".join(f"@{account.name} " for account in accounts)


def resent(ctx: Context, reminder: Reminder) -> str:
    """Return the mark of what is said late because the bot was down."""
    return ctx.house.texts("resent") if reminder.missed(ctx.now) else ""
