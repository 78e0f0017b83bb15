"""Notices (通知): an officer tells several groups at once, hears how far it is, may take it back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from data.domain.errors import UserError
from data.domain.purpose import Purpose
from handlers.context import said_in
from handlers.hearing.pictures import pictures_for
from handlers.notices.receipts import answer_with_receipts
from handlers.notices.targets import areas_in_charge, read_targets
from handlers.saying.say import Saying, answer, say, say_to_person
from handlers.saying.things import about

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.areas import Area, Room
    from data.domain.notice import Notice
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

PROGRESS_EVERY = timedelta(minutes=1)
OUT = ("sending", "sent")
# what a notice asks for is not asked twice
_ASKS_ITSELF = re.compile(r"(?:回复?|扣|打)[:：一个「“\s]*(?:收到|1)\W*$")


def give(heard: Heard, command: Command) -> None:
    """Tell a notice in the groups named: 通知 全部|网格1,网格2 内容."""
    heard.private_answer = True  # the group hears the notice, not how it is given
    targets = read_targets(heard, command)
    rooms = {room.id: room for area in targets.areas for room in heard.uow.rooms.public_in(area.id)}
    if not rooms:
        raise UserError("notice.no_rooms", names="、".join(area.name for area in targets.areas))
    notice = heard.uow.notices.post(
        community_id=_counts_in(heard, targets.areas[0]).id,
        by_id=heard.person.id,
        at=heard.now,
        words=targets.words,
        media=tuple(pictures_for(heard)),
        rooms=tuple(rooms),
        said_in=said_in(heard),
    )
    answer(heard, "notice.given", number=notice.number, rooms=len(rooms))
    for room in rooms.values():
        _say(heard, notice, room)


def _say(ctx: Context, notice: Notice, room: Room) -> None:
    """Say a notice in one group: its words with the first picture, then the other pictures."""
    first, *more = notice.media or (None,)
    words = {"words": notice.words}  # an office's own words: its telephone number is there to be called
    purpose = Purpose.NOTICE.of(notice.id)
    this = (about(ctx, "notice", notice),)
    key = "notice.asks_itself" if _ASKS_ITSELF.search(notice.words) else "notice.said"
    saying = Saying(key, notice.key(room.id), words, about=this, purpose=purpose, media=first)
    say(ctx, room, saying)
    for count, picture in enumerate(more, start=2):
        say(ctx, room, Saying("notice.picture", f"{notice.key(room.id)}:{count}", media=picture))


def status(heard: Heard, command: Command) -> None:
    """Show how a notice stands, and who has not said that they read it: 通知 5 [未回复]."""
    heard.private_answer = True
    notice = _meant(heard, command)
    answer_with_receipts(heard, notice, _sent(heard, notice), names=bool(command.words))


def withdraw(heard: Heard, command: Command) -> None:
    """Take a notice back: what waits is not said, what was said stays said: 通知 撤回 5."""
    heard.private_answer = True
    notice = _meant(heard, command)
    if notice.withdrawn_at is not None:
        raise UserError("notice.withdrawn_before", number=notice.number)
    kept = _take_back(heard, notice)
    answer(heard, "notice.withdrawn", number=notice.number, waiting=len(notice.rooms) - kept, sent=kept)


def undo(heard: Heard, notice: Notice) -> None:
    """Take a notice back a moment after it was given: the groups that have it are told that it is void."""
    states = heard.uow.outbox.states(notice.key(room_id) for room_id in notice.rooms)
    kept = _take_back(heard, notice)
    for room_id in notice.rooms:
        if states.get(notice.key(room_id)) in OUT:
            saying = Saying("notice.void", f"{notice.key(room_id)}:void", {"words": _short(notice)})
            say(heard, heard.uow.rooms.get(room_id), saying)
    heard.private_answer = True
    answer(heard, "notice.withdrawn", number=notice.number, waiting=len(notice.rooms) - kept, sent=kept)


def delivered(ctx: Context, notice_id: int) -> None:
    """Tell who gave a notice how far it is: when all groups have it, and once a minute before that."""
    notice = ctx.uow.notices.get(notice_id)
    sent, total = _sent(ctx, notice), len(notice.rooms)
    prefix = f"notice:{notice.id}:progress:"
    values: dict[str, Any] = {"number": notice.number, "sent": sent, "total": total}
    if sent == total:
        ctx.uow.outbox.silence_all(prefix)
        say_to_person(ctx, notice.by_id, Saying("notice.progress", f"notice:{notice.id}:all", values))
        return
    key = f"{prefix}{_minute(ctx.now)}"
    if not ctx.uow.outbox.rewrite(key, text=ctx.house.texts("notice.progress", **values)):
        saying = Saying("notice.progress", key, values, send_at=ctx.now + PROGRESS_EVERY)
        say_to_person(ctx, notice.by_id, saying)


def _take_back(heard: Heard, notice: Notice) -> int:
    """Silence what waits of a notice and return in how many groups it was too late for that."""
    heard.uow.notices.withdraw(notice.id, heard.now)
    heard.uow.outbox.silence_all(f"notice:{notice.id}:")
    return _sent(heard, notice, OUT)


def _meant(heard: Heard, command: Command) -> Notice:
    """Return the notice with a number in the speaker's charge; the room's own community comes first."""
    if command.ref is None:
        raise UserError("notice.number_missing", example=command.form.example)
    number = command.ref.number
    found = [
        notice
        for area_id in dict.fromkeys(_counts_in(heard, area).id for area in areas_in_charge(heard))
        if (notice := heard.uow.notices.numbered(area_id, number)) is not None
    ]
    if not found:
        raise UserError("notice.unknown", number=number)
    home = heard.community.id if heard.community is not None else None
    return next((n for n in found if n.community_id == home), max(found, key=lambda n: n.at))


def _counts_in(ctx: Context, area: Area) -> Area:
    """Return the area in which the number of a notice counts: the community, or what is wider."""
    return ctx.uow.areas.community_of(area.id) or area


def _sent(ctx: Context, notice: Notice, out: tuple[str, ...] = ("sent",)) -> int:
    """Return how many groups have a notice; what is being sent now counts where it is too late to stop it."""
    states = ctx.uow.outbox.states(notice.key(room_id) for room_id in notice.rooms)
    return sum(state in out for state in states.values())


def _minute(at: datetime) -> int:
    return int(at.timestamp() // PROGRESS_EVERY.total_seconds())


def _short(notice: Notice) -> str:
    return notice.words if len(notice.words) <= 20 else f"{notice.words[:20]}…"
