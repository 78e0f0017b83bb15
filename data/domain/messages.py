"""What comes in from a channel and what goes out to one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.about import About
    from data.domain.report import Report


MAX_TEXT = 8_000  # characters kept of one message; understanding reads the first 4,000
MAX_NAME = 24
MAX_ID = 200
MAX_MEDIA = 1_000  # a path or an address: pictures themselves lie in files


class MessageKind(StrEnum):
    """What a message of a channel is: text, a picture, a recall, somebody joining …"""

    TEXT = "text"
    IMAGE = "image"
    FILE = "file"
    VOICE = "voice"
    VIDEO = "video"
    JOIN = "join"
    LEAVE = "leave"
    RECALL = "recall"
    TOPIC = "topic"  # a room has another name, in the text
    INVITATION = "invitation"  # the bot is invited into the room named in the text


class RowChanges(TypedDict, total=False):
    """What may change of a row of the outbox that still waits: to whom it goes, what they read, when."""

    lane: str
    channel: str
    room_id: int | None
    account_id: int | None
    room: str | None
    to: str | None
    text: str
    mentions: list[str]
    quiet: bool
    state: str
    send_at: datetime
    try_at: datetime
    hold: str | None


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing that happened on a channel. `room` is None in a private chat; ids are the channel's own."""

    channel: str
    message_id: str
    at: datetime
    room: str | None
    sender: str
    name: str
    text: str
    kind: MessageKind = MessageKind.TEXT
    mentions: tuple[str, ...] = ()
    quote: str | None = None
    media: str | None = None
    quoted: str | None = None  # the words of the message quoted, where the channel does not tell its id
    seen: tuple[tuple[int, int], ...] = ()  # (case id, version) the speaker had before their eyes, if known
    report: Report | None = None  # what comes with an appeal that other software hands in

    def cleaned(self) -> Inbound:
        """Return it fit for every store and screen: whoever makes one from a frame calls this."""
        return replace(
            self,
            message_id=clean(self.message_id, MAX_ID),
            room=clean(self.room, MAX_ID) if self.room is not None else None,
            sender=clean(self.sender, MAX_ID),
            name=clean_name(self.name),
            text=clean(self.text),
            mentions=tuple(clean(m, MAX_ID) for m in self.mentions),
            quote=clean(self.quote, MAX_ID) if self.quote else None,
            media=clean(self.media, MAX_MEDIA) if self.media else None,
            quoted=clean(self.quoted) if self.quoted else None,
        )


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one room or person, ready for its channel. `key` is the same at every try."""

    key: str
    channel: str
    room: str | None
    to: str | None
    text: str
    kind: MessageKind = MessageKind.TEXT
    media: str | None = None
    mentions: tuple[str, ...] = ()
    reply_to: str | None = None
    cases: tuple[str, ...] = ()  # in full: 百安坝#12
    about: tuple[About, ...] = ()  # what else it speaks of


NOBODY_SPECIAL = "邻居"
_ALL_PEOPLE = re.compile(
    r"^(?:所有人|全体\S{0,2}|全员|大家|all|everyone|channel|here)(?=\s|$)", re.IGNORECASE
)
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff0-\ufffb]"
)


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """Return text that every store and screen can take: no control, zero-width or surrogate characters."""
    return _UNSAFE.sub("", text[: limit * 2]).replace("\r\n", "\n").replace("\r", "\n").strip()[:limit]


def clean_name(name: str) -> str:
    """Return a display name on one line; nobody is called @, or all people; somebody without one is 邻居."""
    plain = " ".join(clean(name, MAX_NAME * 4).replace("@", "").replace("＠", "").split())
    return _ALL_PEOPLE.sub(NOBODY_SPECIAL, plain)[:MAX_NAME] or NOBODY_SPECIAL


@dataclass(frozen=True, slots=True)
class Claimed:
    """One message that is being sent: the rows it is made of, and how often it was tried before."""

    ids: tuple[int, ...]
    outgoing: Outgoing
    tries: int
    purposes: tuple[tuple[str, tuple[int, ...]], ...]  # what the rows were for, with their case ids
