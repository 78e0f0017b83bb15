"""What is kept of a channel's talk: what the bot said, appeals, commands and answers; chat is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import String, cast, func, select

from data.domain.people import OUTSIDE
from data.domain.steps import StepNote
from data.repositories.base import Repository
from data.tables.appeals import appeals, lines
from data.tables.inbox import inbox
from data.tables.outbox import outbox
from data.tables.people import accounts
from data.tables.rooms import rooms
from data.tables.timeline import steps

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Table
    from sqlalchemy.engine import Row


class KeptMessage(NamedTuple):
    """One message that is kept. `room` is None in private; then `account` says with whom the bot talked."""

    message_id: str
    at: datetime
    room: str | None
    account: str | None
    name: str
    text: str
    media: str | None = None
    mentions: tuple[str, ...] = ()
    reply_to: str | None = None
    by_bot: bool = False


class History(Repository):
    """The talk of a channel, as far as it is kept."""

    def kept(self, channel: str, most: int) -> list[KeptMessage]:
        """Return what is kept of the last `most` rows of each table, the oldest first."""
        found = self._heard(channel, most)
        for row in self._lines(channel, most):
            known = found.get(row.message_id)
            found[row.message_id] = row if known is None else known._replace(media=row.media)
        return sorted([*found.values(), *self._said(channel, most)], key=lambda kept: kept.at)

    def pictures(self) -> set[str]:
        """Return the pictures that appeals, steps and the bot's messages refer to."""
        said = {
            media
            for table in (lines, outbox)
            for media in self.connection.execute(
                select(table.c.media).where(table.c.media.is_not(None))
            ).scalars()
        }
        with_some = select(steps.c.before).where(cast(steps.c.before, String).contains('"pictures"'))
        return said | {picture for row in self.all(with_some) for picture in StepNote.of(row.before).pictures}

    def _heard(self, channel: str, most: int) -> dict[str, KeptMessage]:
        statement = (
            select(inbox.c.message_id, inbox.c.at, inbox.c.text, *_WHO)
            .join(accounts, accounts.c.id == inbox.c.account_id)
            .outerjoin(rooms, rooms.c.id == inbox.c.room_id)
            .where(
                inbox.c.channel == channel,
                inbox.c.text.is_not(None),
                inbox.c.id > self._from(inbox, most),
                _SPOKEN,
            )
        )
        return {row.message_id: _spoken(row) for row in self.all(statement)}

    def _lines(self, channel: str, most: int) -> list[KeptMessage]:
        statement = (
            select(lines.c.message_id, lines.c.at, lines.c.text, *_WHO, lines.c.media)
            .join(appeals, appeals.c.id == lines.c.appeal_id)
            .join(accounts, accounts.c.id == appeals.c.account_id)
            .outerjoin(rooms, rooms.c.id == appeals.c.room_id)
            .where(lines.c.channel == channel, lines.c.id > self._from(lines, most), _SPOKEN)
        )
        return [_spoken(row, row.media) for row in self.all(statement)]

    def _said(self, channel: str, most: int) -> list[KeptMessage]:
        """Return what the bot said; rows said in one message are joined as they were sent."""
        statement = (
            select(*_SAID)
            .where(outbox.c.channel == channel, outbox.c.state == "sent", outbox.c.message_id.is_not(None))
            .where(outbox.c.id > self._from(outbox, most))
            .order_by(outbox.c.send_at, outbox.c.id)
        )
        messages: dict[str, list[Row[Any]]] = {}
        for row in self.all(statement):
            messages.setdefault(row.message_id, []).append(row)
        return [_joined(rows) for rows in messages.values()]

    def _from(self, table: Table, most: int) -> int:
        last = self.connection.execute(select(func.max(table.c.id))).scalar() or 0
        return int(last) - most


_SPOKEN = ~accounts.c.external_id.startswith(OUTSIDE, autoescape=True)  # what software hands in is no talk
_SAID = tuple(
    outbox.c[name]
    for name in ("message_id", "sent_at", "room", "to", "text", "media", "mentions", "reply_to")
)
_WHO = (accounts.c.external_id.label("account"), accounts.c.name, rooms.c.external_id.label("room"))


def _spoken(row: Row[Any], media: str | None = None) -> KeptMessage:
    return KeptMessage(row.message_id, row.at, row.room, row.account, row.name, row.text, media)


def _joined(rows: list[Row[Any]]) -> KeptMessage:
    head = rows[0]
    return KeptMessage(
        head.message_id,
        head.sent_at,
        head.room,
        head.to,
        "",
        "\n".join(row.text for row in rows),
        head.media,
        tuple(dict.fromkeys(name for row in rows for name in row.mentions)),
        head.reply_to,
        by_bot=True,
    )
