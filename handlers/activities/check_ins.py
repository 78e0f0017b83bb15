"""签到: who came, from half an hour before until a meeting ends, or until an organiser ends anything else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.activity import DOORS_OPEN, UnitState
from data.domain.errors import UserError
from handlers.activities.announcing import shown
from handlers.activities.which import either_for, fault, worded
from handlers.hearing.grammar import Command, read
from handlers.hearing.lookup import communities_meant, quoted_id
from handlers.hearing.things import NO_NUMBER
from handlers.hearing.verbs import Verb
from handlers.saying.days import when
from handlers.saying.rooms_for import serves
from handlers.saying.say import answer_about
from handlers.saying.things import about
from handlers.texts.punctuation import without_marks

if TYPE_CHECKING:
    from data.domain.activity import Activity
    from handlers.context import Context, Heard

_CHECK_IN = re.compile(r"(?:我来|我|来)?签到[了啦]?(?: ?(?:活动|议事会)? ?[#＃]?\d{1,6})?")
DAY = timedelta(days=1)


def check_in(heard: Heard, command: Command) -> None:
    """Note that the speaker is there: 签到 [活动5] [码]."""
    heard.private_answer = True
    activity = _open_one(heard, command)
    if activity.code is not None and activity.code not in (_digits(command), command.words.strip()):
        raise fault(activity, "code")
    if not heard.uow.activities.check_in(activity.id, heard.person.id, heard.now):
        raise fault(activity, "checked_in")
    organisation = heard.person.organisation_id
    if organisation is not None and any(
        unit.organisation_id == organisation for unit in heard.uow.activities.units(activity.id)
    ):
        heard.uow.activities.unit_says(activity.id, organisation, UnitState.CAME)
    mark = (about(heard, activity.counted_as, activity),)
    answer_about(heard, worded(activity, "welcome"), (), about=mark, **shown(heard, activity))


def heard_as_check_in(heard: Heard) -> bool:
    """Take a bare 签到 in a group for one while doors are open there."""
    if heard.room is None or not _CHECK_IN.fullmatch(without_marks(heard.address.text)):
        return False
    if not _open_here(heard):
        return False
    heard.keep_text = True
    plain = without_marks(heard.address.text)
    command = read(plain[plain.index("签到") :], loose=False)
    check_in(heard, command or Command(Verb.SIGN_IN, None, ""))
    return True


def is_open(ctx: Context, activity: Activity) -> bool:
    """Whether one may check in now: a meeting's doors close by the clock, all others when it is ended."""
    if activity.cancelled or activity.ended_at is not None or ctx.now < activity.doors_open_at:
        return False
    if activity.is_meeting:
        return ctx.now <= activity.ends_at
    local = ctx.policy.work.local
    return local(ctx.now).date() <= max(local(activity.starts_at), local(activity.ends_at)).date()


def _open_one(heard: Heard, command: Command) -> Activity:
    """Return the one activity whose doors are open that is meant, or raise what keeps them shut."""
    found = _open_here(heard)
    digits = _digits(command)
    if digits is not None:
        coded = [a for a in found if a.code == digits]
        if len(coded) == 1:
            return coded[0]
        if not (len(found) == 1 and found[0].code is not None):  # a wrong code is told as one
            return _numbered(heard, command)
    quoted = {quoted_id(heard, word) for word in ("meeting", "activity")}
    found = [a for a in found if a.id in quoted] or found
    if len(found) > 1:
        raise UserError("activity.which_check_in", names="、".join(_name(a) for a in found))
    if found:
        return found[0]
    soon = [a for a in _of_today(heard) if a.starts_at - DOORS_OPEN > heard.now]
    if soon:
        raise UserError("activity.too_early", time=when(heard, soon[0].doors_open_at), name=_name(soon[0]))
    raise UserError("activity.none_open")


def _numbered(heard: Heard, command: Command) -> Activity:
    organisation = heard.person.organisation_id
    number = command.ref.number if command.ref is not None else 0
    invited = heard.uow.activities.inviting(organisation, number) if organisation is not None else []
    activity = next((a for a in invited if is_open(heard, a)), None) or either_for(heard, command)
    if (
        heard.room is not None
        and heard.room.public
        and not serves(heard, heard.room, heard.uow.areas.get(activity.area_id))
    ):
        raise UserError("activity.elsewhere", name=_name(activity))
    if activity.cancelled or (not is_open(heard, activity) and heard.now > activity.starts_at):
        raise fault(activity, "over")
    if not is_open(heard, activity):
        raise UserError("activity.too_early", time=when(heard, activity.doors_open_at), name=_name(activity))
    return activity


def _open_here(heard: Heard) -> list[Activity]:
    """Return what has its doors open where somebody speaks."""
    return [a for a in _of_today(heard) if is_open(heard, a)]


def _of_today(heard: Heard) -> list[Activity]:
    room = heard.room
    if room is None and heard.account.last_room_id is not None:
        room = heard.uow.rooms.get(heard.account.last_room_id)
    found = [
        activity
        for community in communities_meant(heard, NO_NUMBER)
        for activity in heard.uow.activities.on(community.id, heard.now - DAY, heard.now + DAY)
    ]
    if heard.person.organisation_id is not None:
        known = {a.id for a in found}
        invited = heard.uow.activities.inviting(heard.person.organisation_id)
        found += [a for a in invited if a.id not in known and a.ends_at > heard.now - DAY]
    if room is not None and room.public:
        return [a for a in found if serves(heard, room, heard.uow.areas.get(a.area_id))]
    return found


def _digits(command: Command) -> str | None:
    return f"{command.ref.number:04d}" if command.ref is not None else None


def _name(activity: Activity) -> str:
    return f"{'议事会 #' if activity.is_meeting else '活动 '}{activity.number}「{activity.topic}」"
