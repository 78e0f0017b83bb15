"""Sending: rows of the outbox, claimed with a lease, sent, marked.

A lane is one order: a room, a person, or the emergencies of either. Only the first unfinished row of a lane
that is due may be claimed, so a failing one holds back its lane and nothing else.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, or_, select, update

from data.domain.about import About
from data.domain.gathering import GATHERS, one_message
from data.domain.messages import Claimed, MessageKind, Outgoing
from data.repositories.base import Repository
from data.tables.outbox import QUEUED, WAITING, outbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, timedelta

    from sqlalchemy.engine import Row


MAX_ATTEMPTS = 8
QUIET = "quiet"  # the bundle of what waited for the morning

_place = func.row_number().over(partition_by=outbox.c.lane, order_by=(outbox.c.send_at, outbox.c.id))
_due = (
    select(outbox.c.id, _place.label("place")).where(WAITING, outbox.c.send_at <= bindparam("now")).subquery()
)
_first = select(outbox.c.id, _place.label("place")).where(WAITING).subquery()
_HEADS = (
    select(outbox)
    .join(_due, _due.c.id == outbox.c.id)
    .where(
        _due.c.place == 1,
        outbox.c.try_at <= bindparam("now"),
        or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= bindparam("now")),
        outbox.c.holder.is_(None),  # what a worker sends is its own until it is given up
        outbox.c.channel.not_in(bindparam("but", expanding=True)),
    )
    .order_by(outbox.c.lane.not_like("%!"), outbox.c.send_at, outbox.c.id)  # emergencies first
    .limit(bindparam("most"))
)
_HEADS_OF = _HEADS.where(outbox.c.channel == bindparam("only"))
_GATHERS = outbox.c.hold.startswith(GATHERS) & QUEUED
_LANE = (
    select(outbox)
    .where(WAITING, outbox.c.lane == bindparam("lane"), or_(outbox.c.send_at <= bindparam("now"), _GATHERS))
    .order_by(outbox.c.send_at, outbox.c.id)
    .limit(100)
    .with_for_update()
)
_NEXT = (
    select(func.min(func.coalesce(outbox.c.lease_until, outbox.c.try_at)))
    .join(_first, _first.c.id == outbox.c.id)
    .where(_first.c.place == 1)
)
_OF = update(outbox).where(outbox.c.id.in_(bindparam("b_ids", expanding=True)))
_CLAIM = _OF.values(
    state="sending",
    lease_until=bindparam("until"),
    attempts=outbox.c.attempts + 1,
    holder=bindparam("b_holder"),
)
# what a holder is sending (None: a bot that is alone)
_MARK = _OF.where(outbox.c.holder.is_not_distinct_from(bindparam("b_holder")))
_PUT_OFF = _MARK.values(
    state="queued",
    lease_until=None,
    holder=None,
    try_at=bindparam("later"),
    attempts=outbox.c.attempts - 1,
)


class Sending(Repository):
    """What senders do with the rows that wait: claim them in their order, mark what became of them."""

    def next_due(self) -> datetime | None:
        """Return when the first row of some lane is to be tried next."""
        row = self.first(_NEXT)
        return row[0] if row else None

    def heads(self, now: datetime, most: int, but: Iterable[str] = ()) -> Sequence[Row[Any]]:
        """Return the first due row of each lane that nobody is sending, but not of some channels."""
        return self.all(_HEADS, now=now, most=most, but=tuple(but))

    def head_of(self, channel: str, now: datetime) -> Sequence[Row[Any]]:
        """Return the row that a channel which says one thing at a time is to say next, if there is one."""
        return self.all(_HEADS_OF, now=now, most=1, but=(), only=channel)

    def postpone(self, row_id: int, until: datetime) -> None:
        """Keep a row for the morning."""
        values = {"send_at": until, "try_at": until, "bundle": QUIET, "hold": None}
        self.run(update(outbox).where(outbox.c.id == row_id).values(**values))

    def claim(
        self, head: Row[Any], now: datetime, lease: timedelta, holder: str | None = None
    ) -> Claimed | None:
        """Take the head of a lane, with what is said in the same message, for as long as the lease.

        With a `holder` it is the worker's that sends it; None where another was faster.
        """
        rows: list[Any] = [head]
        if holder is not None or head.bundle is not None:
            lane = self.all(_LANE, lane=head.lane, now=now)
            if holder is not None:  # others claim, too: only what still waits, as it is now
                if not lane or lane[0].id != head.id or lane[0].holder is not None:
                    return None
                rows = [lane[0]]
            if head.bundle is not None:
                same = list(takewhile(lambda row: row.bundle == head.bundle and _fits(row, head), lane))
                rows = same or rows
        ids = tuple(row.id for row in rows)
        self.run(_CLAIM, b_ids=ids, until=now + lease, b_holder=holder)
        purposes = tuple((row.purpose, tuple(case[0] for case in row.cases)) for row in rows if row.purpose)
        return Claimed(ids, _outgoing(rows), rows[0].attempts, purposes)

    def release_leases(self) -> int:
        """Give back what a bot that is no more was sending: only one that is alone may say so."""
        values = {"state": "queued", "lease_until": None, "holder": None}
        return self.run(update(outbox).where(WAITING, outbox.c.state == "sending").values(**values))

    def sent(
        self,
        ids: Iterable[int],
        message_id: str | None,
        at: datetime,
        *,
        media: str | None = None,
        holder: str | None = None,
    ) -> bool:
        """Mark rows as sent, under the id their channel gave the message; a chart as it was drawn.

        Return False if they are the holder's no more: it was given up, and somebody else sends them.
        """
        values = {
            "state": "sent",
            "sent_at": at,
            "message_id": message_id,
            "lease_until": None,
            "holder": None,
            "error": None,
            **({"media": media} if media else {}),
        }
        return self.alter(_MARK, b_ids=tuple(ids), b_holder=holder, **values) > 0

    def failed(
        self, ids: Iterable[int], error: str, try_at: datetime | None, *, holder: str | None = None
    ) -> bool:
        """Give rows back for another try, or up for dead (`try_at` None); False if they are others'."""
        values: dict[str, Any] = {"lease_until": None, "holder": None, "error": error[:200]}
        values |= {"state": "queued", "try_at": try_at} if try_at else {"state": "dead"}
        return self.alter(_MARK, b_ids=tuple(ids), b_holder=holder, **values) > 0

    def put_off(self, ids: Iterable[int], try_at: datetime, *, holder: str | None = None) -> None:
        """Give rows back that may not go out yet, as if they had not been tried."""
        self.run(_PUT_OFF, b_ids=tuple(ids), b_holder=holder, later=try_at)


def _fits(row: Row[Any], head: Row[Any]) -> bool:
    """Whether a row may be said together with the head of its lane.

    One message has one picture at most, and what keeps quiet hours does not go with what keeps none.
    """
    return bool(row.id == head.id or (row.media is None and (head.quiet or not row.quiet)))


def _outgoing(rows: list[Any]) -> Outgoing:
    head = rows[0]
    return Outgoing(
        key=head.dedupe_key,
        channel=head.channel,
        room=head.room,
        to=head.to,
        text=one_message([row.text for row in sorted(rows, key=lambda row: row.id)]),
        kind=MessageKind(head.kind),
        media=head.media,
        mentions=tuple(dict.fromkeys(m for row in rows for m in row.mentions)),
        reply_to=head.reply_to,
        cases=tuple(dict.fromkeys(name for row in rows for _, name in row.cases)),
        about=tuple(dict.fromkeys(About(*about) for row in rows for about in row.about)),
    )
