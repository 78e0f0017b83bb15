"""“收到”: residents say that they have read a notice; it is counted silently, and who has not is known."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.purpose import Purpose, meant
from handlers.saying.say import answer
from handlers.texts.punctuation import without_marks

if TYPE_CHECKING:
    from data.domain.notice import Neighbour, Notice
    from handlers.context import Heard


READ_WITHIN = timedelta(days=1)  # a bare 收到 is for the notice of the day
MOST_NAMES = 40
_RECEIVED = re.compile(
    r"(?:好的?|嗯|OK|ok)?[,,]?(?:已?收到|收悉|已阅|知道了)[了啦]?[,,]?(?:谢谢\S{0,4}|感谢)?"
    r"|(?:好[的滴嘞呢]?|嗯+|OK|ok|明白|了解|知道)[了啦]?[,,]?(?:谢谢\S{0,4}|感谢)?"
)
_STICKER = re.compile(r"\[[^\[\]]{1,6}\]")  # [OK] [玫瑰]
_READ = re.compile(r"(?:\[(?:OK|ok|好的|收到)\]|👌[\U0001f3fb-\U0001f3ff]?|\s)+")  # never a rating


def heard_as_receipt(heard: Heard) -> bool:
    """Take 收到 in a residents' group for the receipt of the notice quoted, or of the last one said there."""
    room = heard.room
    if room is None or not room.public or not says_received(heard.address.text):
        return False
    notice = _quoted(heard) if heard.inbound.quote is not None else _last_said(heard, room.id)
    if notice is None:
        return False
    heard.uow.notices.receive(notice.id, heard.person.id, heard.account.id, room.id, heard.now)
    return True


def says_received(text: str) -> bool:
    """Whether a text says that something was read: 收到, 好的, [OK], 👌."""
    plain = without_marks(_STICKER.sub("", text)).replace(" ", "")
    return _RECEIVED.fullmatch(plain) is not None or _READ.fullmatch(text) is not None


def answer_with_receipts(heard: Heard, notice: Notice, sent: int, *, names: bool) -> None:
    """Say how far a notice is and how many have read it; with `names`, who of each group has not."""
    received = heard.uow.notices.received(notice.id)
    rows = "".join(_missing(heard, room_id, received) for room_id in notice.rooms) if names else ""
    texts = heard.house.texts
    answer(
        heard,
        "notice.status",
        number=notice.number,
        sent=sent,
        total=len(notice.rooms),
        received=len(received),
        withdrawn=texts("notice.is_withdrawn") if notice.withdrawn_at is not None else "",
        rows=rows,
    )


def _missing(heard: Heard, room_id: int, received: set[int]) -> str:
    room = heard.uow.rooms.get(room_id)
    known = heard.uow.notices.known_in(room)
    missing = [n for n in known if n.person_id not in received]
    texts = heard.house.texts
    if not known:
        return "\n" + texts("notice.nobody_known", room=room.topic)
    if not missing:
        return "\n" + texts("notice.nobody_missing", room=room.topic)
    shown = "、".join(_shown(heard, neighbour) for neighbour in missing[:MOST_NAMES])
    left = len(missing) - MOST_NAMES
    more = texts("notice.more", count=left) if left > 0 else ""
    return "\n" + texts("notice.missing", room=room.topic, count=len(missing), names=shown + more)


def _shown(heard: Heard, neighbour: Neighbour) -> str:
    if not neighbour.door:
        return neighbour.name
    unit = heard.house.texts("notice.unit", unit=neighbour.unit) if neighbour.unit else ""
    home = f"{neighbour.building}{unit}{neighbour.door}"
    return heard.house.texts("notice.neighbour", name=neighbour.name, home=home)


def _quoted(heard: Heard) -> Notice | None:
    for row in heard.uow.outbox.said(heard.inbound.channel, heard.inbound.quote or ""):
        kind, ids = meant(row.purpose)
        if kind is Purpose.NOTICE:
            return heard.uow.notices.get(*ids)
    return None


def _last_said(heard: Heard, room_id: int) -> Notice | None:
    """Return the last notice of the day that was said in a room."""
    for notice in heard.uow.notices.since(heard.now - READ_WITHIN):
        if room_id in notice.rooms:
            key = notice.key(room_id)
            if heard.uow.outbox.states([key]).get(key) == "sent":
                return notice
    return None
