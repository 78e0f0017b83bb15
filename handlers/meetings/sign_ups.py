"""Who comes to a meeting: 报名 and 取消报名, a bare 报名, a 接龙 list; and the list that is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.errors import UserError
from data.domain.events import ListChanged
from data.domain.purpose import Purpose
from handlers.context import Heard
from handlers.hearing.lookup import meeting_for
from handlers.meetings.calendar import shown
from handlers.saying.say import Saying, say, wording
from handlers.saying.things import about
from handlers.texts.wording import Said
from nlp.reading.jielong import jielong_in

if TYPE_CHECKING:
    from data.domain.meeting import Meeting
    from handlers.context import Context
    from handlers.hearing.grammar import Command

MOST_NAMES = 200
_SIGN_UP = re.compile(r"(?:我|\+)?报名(?:参加)?(?: ?#?(?P<number>\d{1,6}))?")


def sign_up(heard: Heard, command: Command) -> None:
    """报名: the speaker comes."""
    meeting = _taking_names(heard, meeting_for(heard, command.ref))
    if not heard.uow.meetings.sign_up(meeting.id, heard.account.name, heard.person.id, heard.now):
        raise UserError("meeting.on_list", number=meeting.number)
    heard.happened(ListChanged(meeting))


def sign_off(heard: Heard, command: Command) -> None:
    """取消报名: the speaker does not come after all."""
    meeting = _taking_names(heard, meeting_for(heard, command.ref))
    if not heard.uow.meetings.sign_off(meeting.id, heard.account.name, heard.person.id):
        raise UserError("meeting.not_on_list", number=meeting.number)
    heard.happened(ListChanged(meeting))


def heard_as_sign_up(heard: Heard) -> bool:
    """Take a bare 报名 (报名 1), or a 接龙 list, for sign-ups while the room's meeting takes names."""
    if heard.room is None:
        return False
    plain = _SIGN_UP.fullmatch(heard.address.text.strip("。.!！~ "))
    names = None if plain else jielong_in(heard.address.text)
    if not plain and names is None:
        return False
    ahead = heard.uow.meetings.ahead(heard.room.id, heard.now)
    if plain and plain["number"]:
        ahead = [meeting for meeting in ahead if meeting.number == int(plain["number"])]
    if not ahead:
        return False
    if names is None:
        meeting = _quoted_or_only(heard, ahead)
        changed = heard.uow.meetings.sign_up(meeting.id, heard.account.name, heard.person.id, heard.now)
    else:
        meeting = _list_is_for(names.topic, ahead)
        changed = _take_list(heard, meeting, list(names.names)[:MOST_NAMES])
    heard.keep_text = True
    if changed:
        heard.happened(ListChanged(meeting))
    return True


def announce_list(ctx: Context, event: ListChanged) -> None:
    """Say who comes: held for a moment, so that several sign-ups are one message."""
    meeting = event.meeting
    room = ctx.uow.rooms.get(meeting.room_id)
    names = [s.name for s in ctx.uow.meetings.names(meeting.id)]
    if not isinstance(ctx, Heard):
        return
    purpose = Purpose.LIST.of(meeting.id)
    saying = Saying(
        "meeting.list",
        dedupe=f"{purpose}:{ctx.inbound.channel}:{ctx.inbound.message_id}",
        values={**shown(ctx, meeting), "names": Said("、".join(names[-12:])), "count": len(names)},
        send_at=ctx.now + ctx.policy.hold,
        about=(about(ctx, "meeting", meeting),),
        purpose=purpose,
    )
    waiting = ctx.uow.outbox.waiting_for(purpose, room.id)
    if waiting is None:
        say(ctx, room, saying)
    else:
        ctx.uow.outbox.rewrite(waiting, text=wording(ctx, room, saying))


def _take_list(heard: Heard, meeting: Meeting, names: list[str]) -> bool:
    changed = False
    for name in names:
        own = heard.person.id if name == heard.account.name else None
        changed |= heard.uow.meetings.sign_up(meeting.id, name, own, heard.now)
    return changed


def _quoted_or_only(heard: Heard, ahead: list[Meeting]) -> Meeting:
    return meeting_for(heard, None) if heard.inbound.quote or len(ahead) > 1 else ahead[0]


def _list_is_for(topic: str, ahead: list[Meeting]) -> Meeting:
    """Return the meeting a list names; the next one if it names none."""
    return next((m for m in ahead if m.topic and m.topic in topic), ahead[0])


def _taking_names(heard: Heard, meeting: Meeting) -> Meeting:
    if not meeting.takes_names(heard.now):
        raise UserError("meeting.over", number=meeting.number)
    return meeting
