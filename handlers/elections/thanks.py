"""Thanks to somebody by name, overheard in a group, are offered to the officer once a week as good people."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.community import LifePart
from data.domain.errors import UserError
from data.domain.people import Role
from data.domain.reminder import Reminder, ReminderKind
from data.recurring import next_monday
from handlers.cases.in_charge import holders
from handlers.hearing.homes import own_community, resident_named
from handlers.saying.say import Saying, say_to_person
from handlers.saying.showing import resent
from handlers.texts.wording import Said
from nlp.understanding import Kind

if TYPE_CHECKING:
    from handlers.context import Context, Heard

WEEK = timedelta(days=7)
LONGEST = 100
_THANKS = re.compile(
    r"(?:谢谢|感谢|多谢|多亏|辛苦)了?[@＠]?(?P<name>[一-鿿]{2,4}?)"
    r"(?=帮|给|的|替|把|送|为|[\s,，。!！]|$)"
)


def overhear(heard: Heard) -> bool:
    """Note whom a resident thanks by name; nothing is said of it, and the message goes on."""
    off = LifePart.ELECTIONS in heard.policy.life.off
    if off or heard.room is None or not heard.room.public or heard.understanding.kind is not Kind.THANKS:
        return False
    found = _THANKS.search(heard.address.text)
    if found is None or len(heard.address.text) > LONGEST:
        return False
    community = own_community(heard)
    try:
        person = resident_named(heard, community, found["name"])
    except UserError:
        return False
    if person.id == heard.person.id:
        return False
    heard.uow.good_people.praise(
        community_id=community.id,
        name=found["name"],
        words=heard.address.text,
        by_id=heard.person.id,
        at=heard.now,
    )
    key = ReminderKind.THANKS.key(community.id)
    due = next_monday(heard.policy.work, heard.now)
    heard.uow.reminders.arm(Reminder(0, ReminderKind.THANKS, community.id, due, key=key))
    return False


def fire(ctx: Context, reminder: Reminder) -> None:
    """Offer the week's thanks to the officers."""
    waiting = ctx.uow.good_people.unpublished(reminder.subject)
    fresh = [one for one in waiting if one.at > ctx.now - WEEK]
    if not fresh:
        return
    row = ctx.house.texts
    lines = [row("good.week_row", number=one.number, name=one.name, words=Said(one.words)) for one in fresh]
    rows = "".join(f"\n{line}" for line in lines)
    for _, officer in holders(ctx, reminder.subject, (Role.OFFICER, Role.OPERATOR)):
        dedupe = f"rem:{reminder.id}:{reminder.due.isoformat()}:{officer.id}"
        values = {"rows": Said(rows), "resent": resent(ctx, reminder)}
        say_to_person(ctx, officer.id, Saying("good.week", dedupe, values))
