"""How cases, places, times and people are shown in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from data.domain.areas import Area
    from data.domain.case import Case, Place
    from data.domain.people import Account
    from data.domain.policy import Policy
    from data.domain.reminder import Reminder
    from handlers.context import Context


def when(ctx: Context, at: datetime) -> str:
    """Show a time: `11:30` today, `11月26日 18:00` on another day, with the year in another year."""
    work = ctx.policy.work
    here, today = work.local(at), work.local(ctx.now).date()
    if here.date() == today:
        return f"{here:%H:%M}"
    year = f"{here.year}年" if here.year != today.year else ""
    return f"{year}{here.month}月{here.day}日 {here:%H:%M}"


def deadline(ctx: Context, case: Case) -> str:
    """Show by when a case is to be resolved, to end a sentence; once that is past, that it was missed."""
    if case.resolve_by is None:
        return ""
    key = "step.deadline" if case.resolve_by > ctx.now else "step.overdue"
    return ctx.house.texts(key, by=when(ctx, case.resolve_by))


def day_of(day: date) -> str:
    """Show a day: `3月10日`."""
    return f"{day.month}月{day.day}日"


def day_and_time(ctx: Context, at: datetime) -> str:
    """Show a meeting's time: `3月7日(周六) 19:30`."""
    here = ctx.policy.work.local(at)
    return f"{here.month}月{here.day}日(周{'一二三四五六日'[here.weekday()]}) {here:%H:%M}"


def date_name(ctx: Context, at: datetime) -> str:
    """Show a day: `3月7日`, with the year in another year."""
    here = ctx.policy.work.local(at)
    year = f"{here.year}年" if here.year != ctx.policy.work.local(ctx.now).year else ""
    return f"{year}{here.month}月{here.day}日"


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
        parts.append(place.spot)
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
