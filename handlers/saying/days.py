"""A day, an hour, a period as a text shows them; the words are `day.…` in the file of wordings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.visit import LAST_DAY, PeriodUnit

if TYPE_CHECKING:
    from datetime import date, datetime

    from data.domain.visit import Recurrence
    from handlers.context import Context
    from handlers.texts.wording import Texts


def when(ctx: Context, at: datetime) -> str:
    """Show a time: `11:30` today, `11月26日 18:00` on another day, with the year in another year."""
    here, today = ctx.policy.work.local(at), ctx.policy.work.local(ctx.now).date()
    clock = f"{here:%H:%M}"
    return clock if here.date() == today else f"{date_name(ctx, at)} {clock}"


def day_of(texts: Texts, day: date) -> str:
    """Show a day: `3月10日`."""
    return texts("day.plain", month=day.month, day=day.day)


def weekday_of(texts: Texts, day: date) -> str:
    """Show a day with its weekday: `3月7日(周六)`."""
    return texts("day.of_week", month=day.month, day=day.day, weekday=weekday_name(texts, day.weekday()))


def weekday_name(texts: Texts, weekday: int) -> str:
    """Name a weekday, Monday is 0: `六`."""
    return texts("day.weekdays").split("、")[weekday]


def day_and_time(ctx: Context, at: datetime) -> str:
    """Show when something takes place: `3月7日(周六) 19:30`."""
    here = ctx.policy.work.local(at)
    return f"{weekday_of(ctx.house.texts, here)} {here:%H:%M}"


def date_name(ctx: Context, at: datetime) -> str:
    """Show a day: `3月7日`, with the year in another year."""
    here = ctx.policy.work.local(at)
    if here.year == ctx.policy.work.local(ctx.now).year:
        return day_of(ctx.house.texts, here)
    return ctx.house.texts("day.of_year", year=here.year, month=here.month, day=here.day)


def period_name(texts: Texts, period: Recurrence) -> str:
    """Show how often: `每周`, `每2周`, `每月5日`, `每年3月1日`, `每半月`."""
    if period == (15, PeriodUnit.DAY, None, False):
        return texts("day.every_half_month")
    on, anchor = "", period.anchor
    if period.said and anchor is not None:
        match period.unit:
            case PeriodUnit.WEEK:
                on = weekday_name(texts, anchor % 7)
            case PeriodUnit.YEAR:
                on = texts("day.plain", month=anchor // 100, day=anchor % 100)
            case _:
                on = texts("day.of_month", day=anchor) if anchor < LAST_DAY else texts("day.last_of_month")
    if period.times > 1:
        return texts(f"day.every_several.{period.unit.value}", times=period.times, on=on)
    return texts(f"day.every.{period.unit.value}", on=on)
