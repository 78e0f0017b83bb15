"""The outbox: the messages to say and those that were said, as they are written and looked up.

Rows of one bundle that are due together are said in one message; rows of one hold wait for one another.
How they are sent is in `sending`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import String, and_, bindparam, case, cast, delete, func, or_, select, update

from data.repositories.base import Repository, Upsert
from data.tables.inbox import inbox
from data.tables.outbox import DEAD, QUEUED, WAITING, outbox
from data.tables.rooms import rooms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Row
    from typing_extensions import Unpack

    from data.domain.messages import RowChanges


QUOTABLE = 20_000  # rows: that far back a quotation is looked for by its words
ANSWERED = 2_000  # rows: that far back the answer to a message is looked for

RARE = {"queued": WAITING, "sending": WAITING, "dead": DEAD}  # said so that an index is used

_NEW = Upsert(outbox)
_EMPTY = {c.name: None for c in outbox.c if c.nullable and c.name != "id"}

_HOLD = select(func.min(outbox.c.hold_until), func.min(outbox.c.send_at)).where(
    WAITING, QUEUED, outbox.c.hold == bindparam("waits")
)
_SOONER = case(
    (outbox.c.hold_until < bindparam("until", type_=outbox.c.send_at.type), outbox.c.hold_until),
    else_=bindparam("until", type_=outbox.c.send_at.type),
)
_PROLONG = (
    update(outbox)
    .where(WAITING, QUEUED, outbox.c.hold == bindparam("waits"))
    .values(send_at=_SOONER, try_at=_SOONER)
)
_SAID = (
    select(outbox)
    .where(outbox.c.channel == bindparam("channel"), outbox.c.message_id == bindparam("message"))
    .order_by(outbox.c.id)
)
_REWRITE = update(outbox).where(outbox.c.dedupe_key == bindparam("b_key"), QUEUED)
_IS_WAITING = select(outbox.c.id).where(outbox.c.dedupe_key == bindparam("key"), QUEUED)
_BEGINS = and_(outbox.c.dedupe_key >= bindparam("first"), outbox.c.dedupe_key <= bindparam("last"))
_STATES_UNDER = select(outbox.c.state).where(_BEGINS, outbox.c.state.in_(("queued", "sending", "sent")))
_SILENCE_ALL = update(outbox).where(_BEGINS, QUEUED).values(state="silenced")
_SAID_UNDER = select(outbox).where(_BEGINS, outbox.c.state.in_(("sending", "sent"))).order_by(outbox.c.id)
_RECENT = outbox.c.id > select(func.max(outbox.c.id) - ANSWERED).scalar_subquery()
_STEPS_TOLD = select(outbox.c.cases).where(
    _RECENT,
    outbox.c.room_id == bindparam("room"),
    outbox.c.dedupe_key.startswith("step:"),
    or_(
        outbox.c.sent_at > bindparam("since"),
        and_(QUEUED, outbox.c.send_at <= bindparam("now")),
        outbox.c.state == "sending",
    ),
)


def span(prefix: str) -> dict[str, str]:
    """Return the first and the last of the keys that begin so: a range of their index, where LIKE reads all.

    Keys are compared byte by byte (BINARY, on PostgreSQL COLLATE "C"), so that nothing sorts after U+10FFFF.
    """
    return {"first": prefix, "last": f"{prefix}\U0010ffff"}


def begins(prefix: str) -> ColumnElement[bool]:
    """Return the condition that a row's key begins so."""
    first, last = span(prefix).values()
    return and_(outbox.c.dedupe_key >= first, outbox.c.dedupe_key <= last)


class Outbox(Repository):
    """Rows of the outbox: written, changed while they wait, found again by key, text or message."""

    def put(self, row: dict[str, Any]) -> bool:
        """Write a row; return False if one with that `dedupe_key` was ever written."""
        values = {"attempts": 0, "state": "queued", "try_at": row["send_at"], **_EMPTY, **row}
        return self.upsert(_NEW, values) == 1

    def rewrite(self, key: str, **changes: Unpack[RowChanges]) -> bool:
        """Change a row that still waits; return False if it is too late for that."""
        return self.alter(_REWRITE, b_key=key, **changes) == 1

    def states(self, keys: Iterable[str]) -> dict[str, str]:
        """Return what has become of rows, by key."""
        statement = select(outbox.c.dedupe_key, outbox.c.state).where(outbox.c.dedupe_key.in_(list(keys)))
        return {row.dedupe_key: row.state for row in self.all(statement)}

    def is_waiting(self, key: str) -> bool:
        """Whether a row still waits to be said."""
        return self.first(_IS_WAITING, key=key) is not None

    def silence(self, key: str) -> bool:
        """Take back a row that still waits."""
        return self.rewrite(key, state="silenced")

    def silence_all(self, prefix: str) -> bool:
        """Take back all rows whose key begins so; return whether one of them was too late for that."""
        states = {row.state for row in self.all(_STATES_UNDER, **span(prefix))}
        if "queued" in states:
            self.run(_SILENCE_ALL, **span(prefix))
        return bool(states - {"queued"})

    def silence_others(self, prefix: str, keep: set[str]) -> None:
        """Take back the waiting rows whose key begins so, but those to keep."""
        mine = begins(prefix), outbox.c.dedupe_key.not_in(keep)
        self.run(update(outbox).where(*mine, QUEUED).values(state="silenced"))

    def saying(self, part: str, *, room_id: int | None, account_id: int) -> Sequence[Row[Any]]:
        """Return the last messages in a room, or to an account, that have a part of a text in them."""
        to = outbox.c.account_id == account_id if room_id is None else outbox.c.room_id == room_id
        recent = outbox.c.id > select(func.max(outbox.c.id) - QUOTABLE).scalar_subquery()
        there = to, recent, outbox.c.message_id.is_not(None), outbox.c.text.contains(part, autoescape=True)
        return self.all(select(outbox).where(*there).order_by(outbox.c.id.desc()).limit(50))

    def put_since(
        self, prefix: str, since: datetime, *, account_id: int | None = None, room_id: int | None = None
    ) -> bool:
        """Whether a row for an account or a room, with a key that begins so, was written since then."""
        to = outbox.c.account_id == account_id if room_id is None else outbox.c.room_id == room_id
        mine = to, begins(prefix), outbox.c.created_at > since
        return self.first(select(outbox.c.id).where(*mine, outbox.c.state != "silenced").limit(1)) is not None

    def answers(self, account_id: int, message_id: str) -> list[str]:
        """Return what was answered to an account's message that was said not long ago."""
        recent = outbox.c.id > select(func.max(outbox.c.id) - ANSWERED).scalar_subquery()
        mine = outbox.c.account_id == account_id, outbox.c.reply_to == message_id, recent
        return [row.text for row in self.all(select(outbox.c.text).where(*mine).order_by(outbox.c.id))]

    def shows(self, picture: str, rooms: Iterable[int], account_id: int) -> bool:
        """Whether a picture was sent into one of some rooms, or to an account."""
        here = or_(outbox.c.room_id.in_(list(rooms)), outbox.c.account_id == account_id)
        return self.first(select(outbox.c.id).where(outbox.c.media == picture, here).limit(1)) is not None

    def under(self, prefixes: Iterable[str], most: int) -> Sequence[Row[Any]]:
        """Return the rows whose key begins with one of some prefixes, whatever became of them."""
        ways = [begins(prefix) for prefix in prefixes]
        return self.all(select(outbox).where(or_(False, *ways)).order_by(outbox.c.id).limit(most))

    def count_about(self, room_id: int, kind: str, thing_id: int) -> int:
        """Return how many messages about a thing a room has got, or is to get; answers to commands apart."""
        mine = outbox.c.room_id == room_id, cast(outbox.c.about, String).contains(f'["{kind}", {thing_id}, "')
        told = outbox.c.state != "silenced", outbox.c.dedupe_key.not_like("re:%")
        statement = select(func.count()).select_from(outbox).where(*mine, *told)
        return int(self.connection.execute(statement).scalar_one())

    def count_put(self, prefix: str, room_id: int, start: datetime, end: datetime) -> int:
        """Return how many messages for a room, of keys that begin so, are to be said in a span of time.

        What is said at the same moment is one message.
        """
        mine = (
            outbox.c.room_id == room_id,
            outbox.c.dedupe_key.startswith(prefix, autoescape=True),
            outbox.c.send_at >= start,
            outbox.c.send_at < end,
            outbox.c.state != "silenced",
        )
        statement = select(func.count(outbox.c.send_at.distinct())).where(*mine)
        return int(self.connection.execute(statement).scalar_one())

    def said_under(self, prefix: str) -> Sequence[Row[Any]]:
        """Return the rows whose key begins so and that were said, or are being said."""
        return self.all(_SAID_UNDER, **span(prefix))

    def steps_told(self, room_id: int, case_id: int, since: datetime, now: datetime) -> bool:
        """Whether a step of a case was told in a room since then, or is just being told."""
        rows = self.all(_STEPS_TOLD, room=room_id, since=since, now=now)
        return any(case_id == case[0] for row in rows for case in row.cases)

    def add_mention(self, key: str, account: str, text: str) -> None:
        """Let a row that waits speak to one more account."""
        row = self.first(select(outbox.c.mentions).where(outbox.c.dedupe_key == key))
        if row is not None:
            self.rewrite(key, mentions=[*row.mentions, account], text=text)

    def waiting_for(self, purpose: str, room_id: int) -> str | None:
        """Return the key of the row that waits to be said for a purpose in a room."""
        mine = outbox.c.purpose == purpose, outbox.c.room_id == room_id
        row = self.first(select(outbox.c.dedupe_key).where(WAITING, QUEUED, *mine))
        return row.dedupe_key if row else None

    def release(self, key: str, now: datetime) -> None:
        """End the waiting of a row."""
        self.rewrite(key, send_at=now, try_at=now, hold=None)

    def held(self, hold: str) -> tuple[datetime, datetime] | None:
        """Return until when what waits in a hold may wait at most, and until when it does; None: nothing."""
        row = self.first(_HOLD, waits=hold)
        return None if row is None or row[0] is None else (row[0], row[-1])

    def waits_until(self, hold: str) -> datetime | None:
        """Return until when what waits in a hold may wait at most; None if nothing does."""
        held = self.held(hold)
        return held[0] if held else None

    def prolong(self, hold: str, until: datetime) -> None:
        """Let what waits in a hold wait until then, but no longer than its limit."""
        self.run(_PROLONG, waits=hold, until=until)

    def count_state(self, state: str) -> int:
        """Return how many rows are in a state; of those that wait, or are dead, an index knows."""
        rare = RARE.get(state)
        statement = select(func.count()).select_from(outbox).where(outbox.c.state == state)
        statement = statement if rare is None else statement.where(rare)
        return int(self.connection.execute(statement).scalar_one())

    def of_state(self, state: str) -> Sequence[Row[Any]]:
        """Return the rows in a state, the oldest first."""
        return self.all(select(outbox).where(outbox.c.state == state).order_by(outbox.c.id))

    def count_said(self) -> int:
        """Return how many messages were said so far."""
        statement = select(func.count(outbox.c.message_id.distinct()))
        return int(self.connection.execute(statement).scalar_one())

    def by_room(self) -> list[tuple[str | None, int, int]]:
        """Return for each room (None: private) how many messages were heard there and how many said."""
        said = dict(self._count(outbox.c.room_id, outbox.c.message_id.distinct()))
        heard = dict(self._count(inbox.c.room_id, inbox.c.id))
        topics = {row.id: row.topic for row in self.all(select(rooms.c.id, rooms.c.topic))}
        ids = sorted({*said, *heard}, key=lambda room: (room is None, room))
        return [(topics.get(room), heard.get(room, 0), said.get(room, 0)) for room in ids]

    def _count(self, room: ColumnElement[Any], what: ColumnElement[Any]) -> list[tuple[int | None, int]]:
        rows = self.connection.execute(select(room, func.count(what)).group_by(room))
        return [(where, count) for where, count in rows]

    def forget(self, ids: Iterable[int]) -> None:
        """Delete rows for good."""
        self.run(delete(outbox).where(outbox.c.id.in_(tuple(ids))))

    def said(self, channel: str, message_id: str) -> Sequence[Row[Any]]:
        """Return the rows that were said in one message."""
        return self.all(_SAID, channel=channel, message=message_id)
