"""What a row of the outbox is for: written with it, read when it has reached its channel or is quoted."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Purpose(StrEnum):
    """The kinds of purposes that something follows from."""

    DOUBTS = "doubts"  # the ids of the doubtful lines that are asked about
    FEEDBACK = "feedback"  # its delivery is the fifth 第一时间
    GOODBYE = "goodbye"  # of one who is gone: forgotten once it is out
    LIST = "list"  # the list of a meeting: its id
    NOTICE = "notice"  # its id
    PARTY_MEMBER = "party_member"  # the person: the question whether they are one
    QUESTION = "question"  # its id: asked by a resident, not known to the bot
    ONCE = "once"  # a file of all that is kept of somebody: forgotten once it is out
    REGISTRATION = "registration"  # its id: the question whether somebody lives where they say
    SECONDED = "second"  # the id of the case
    SUPPORTED = "support"  # the id of the motion
    TOPIC = "topic"  # the id of the case that is a repeat matter
    UNHEARD = "unheard"  # the room and the account of who sent what the bot cannot hear
    WELCOME = "welcome"  # the id of the room

    def of(self, *ids: int) -> str:
        """Return the purpose with what it is about, as the row holds it: `notice:3`."""
        return ":".join((self.value, *map(str, ids)))


class Meant(NamedTuple):
    """A purpose as it was read: its kind (None: of no kind that anything follows from), and its ids."""

    kind: Purpose | None
    ids: tuple[int, ...] = ()


def meant(written: str | None) -> Meant:
    """Read a purpose back that `Purpose.of` has written."""
    kind, *ids = (written or "").split(":")
    if kind not in set(Purpose):
        return Meant(None)
    return Meant(Purpose(kind), tuple(map(int, ids)))
