"""What was taken in: one row a message, its text only where it was meant for the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from data.repositories.base import Repository, Upsert
from data.tables.inbox import inbox, tallies

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection, Row

    from data.directory import Directory
    from data.domain.messages import Inbound
    from data.repositories.base import Touched


_KNOWN = select(inbox.c.channel, inbox.c.message_id).where(
    inbox.c.message_id.in_(bindparam("ids", expanding=True))
)
_TALLY = Upsert(tallies, key=("day", "room_id", "route"), add=("count",))


class Inbox(Repository):
    """The messages of all channels, known by `(channel, message_id)`.

    The rows of a batch are written together; whoever looks before its end sees them, too.
    """

    def __init__(self, connection: Connection, directory: Directory, touched: Touched | None = None) -> None:
        super().__init__(connection, directory, touched)
        self._unwritten: list[dict[str, Any]] = []

    def known(self, batch: Sequence[Inbound]) -> set[tuple[str, str]]:
        """Return which messages of a batch were taken in before."""
        ids = [message.message_id for message in batch]
        rows = self.all(_KNOWN, ids=ids)
        return {(row.channel, row.message_id) for row in rows}

    def take(
        self, inbound: Inbound, route: str, room: int | None, account: int | None, text: str | None
    ) -> None:
        """Note that a message was taken in and what became of it; chat is noted without its words."""
        self._unwritten.append(
            {
                "channel": inbound.channel,
                "message_id": inbound.message_id,
                "at": inbound.at,
                "route": route,
                "room_id": room,
                "account_id": account,
                "text": text,
            }
        )

    def write(self) -> None:
        """Write down the rows of this batch that were taken in since the last time."""
        if self._unwritten:
            self.add_all(inbox, self._unwritten)
            self._unwritten = []

    def rows(self) -> Sequence[Row[Any]]:
        """Return everything that was taken in, the oldest first."""
        self.write()
        return self.all(select(inbox).order_by(inbox.c.id))

    def last_of(self, account_id: int, routes: Sequence[str], since: datetime) -> str | None:
        """Return the id of the last message an account sent since then that went one of those ways."""
        statement = (
            select(inbox.c.message_id)
            .where(inbox.c.account_id == account_id, inbox.c.at >= since, inbox.c.route.in_(routes))
            .order_by(inbox.c.id.desc())
            .limit(1)
        )
        self.write()
        row = self.first(statement)
        return row.message_id if row else None

    def became(self, channel: str, message_id: str) -> str | None:
        """Return what became of a message, None if it was never taken in."""
        mine = inbox.c.channel == channel, inbox.c.message_id == message_id
        row = self.first(select(inbox.c.route).where(*mine))
        return row.route if row else None

    def unsay(self, channel: str, message_id: str, account_id: int) -> None:
        """Forget the words of a message that its sender took back."""
        self.write()
        mine = inbox.c.channel == channel, inbox.c.message_id == message_id, inbox.c.account_id == account_id
        self.run(update(inbox).where(*mine).values(text=None))

    def forget_chat(self, before: datetime) -> int:
        """Forget messages whose words were not kept, and those that failed; return how many."""
        old = delete(inbox).where(inbox.c.at < before, inbox.c.text.is_(None) | (inbox.c.route == "failed"))
        return self.run(old)

    def tally(self, counts: Sequence[dict[str, Any]]) -> None:
        """Count messages by day, room and route: rows of day, room_id, route, count."""
        if counts:
            self.upsert(_TALLY, counts)
