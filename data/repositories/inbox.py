"""What was taken in: one row a message, its text only where it was meant for the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select, update

from data.repositories.base import Repository
from data.tables.talk import inbox, questions, tallies

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from data.domain.messages import Inbound

_KNOWN = select(inbox.c.id).where(
    inbox.c.channel == bindparam("channel"), inbox.c.message_id == bindparam("message")
)
_OPEN_QUESTIONS = (
    select(questions)
    .where(
        questions.c.account_id == bindparam("account"),
        questions.c.asked_at >= bindparam("since"),
        questions.c.answered_at.is_(None),
    )
    .order_by(questions.c.id.desc())
)


class Inbox(Repository):
    """The messages of all channels, known by `(channel, message_id)`."""

    def knows(self, channel: str, message_id: str) -> bool:
        """Whether that message was taken in before."""
        return self.first(_KNOWN, channel=channel, message=message_id) is not None

    def take(
        self, inbound: Inbound, route: str, room: int | None, account: int | None, text: str | None
    ) -> None:
        """Note that a message was taken in and what became of it; chat is noted without its words."""
        row = {
            "channel": inbound.channel,
            "message_id": inbound.message_id,
            "at": inbound.at,
            "route": route,
            "room_id": room,
            "account_id": account,
            "text": text,
        }
        self.connection.execute(insert(inbox), row)

    def last_of(self, account_id: int, routes: Sequence[str], since: datetime) -> str | None:
        """Return the id of the last message an account sent since then that went one of those ways."""
        statement = (
            select(inbox.c.message_id)
            .where(inbox.c.account_id == account_id, inbox.c.at >= since, inbox.c.route.in_(routes))
            .order_by(inbox.c.id.desc())
            .limit(1)
        )
        row = self.first(statement)
        return row.message_id if row else None

    def unsay(self, channel: str, message_id: str, account_id: int) -> None:
        """Forget the words of a message that its sender took back."""
        mine = inbox.c.channel == channel, inbox.c.message_id == message_id, inbox.c.account_id == account_id
        self.run(update(inbox).where(*mine).values(text=None))

    def forget_chat(self, before: datetime) -> int:
        """Forget messages whose words were not kept, and those that failed; return how many."""
        old = delete(inbox).where(inbox.c.at < before, inbox.c.text.is_(None) | (inbox.c.route == "failed"))
        return self.run(old)

    def tally(self, day: date, room_id: int, route: str, count: int) -> None:
        """Count messages of a room by what became of them."""
        row = {"day": day, "room_id": room_id, "route": route, "count": count}
        statement = self.upsert(tallies)
        more = {"count": tallies.c.count + statement.excluded.count}
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=["day", "room_id", "route"], set_=more), row
        )


class Questions(Repository):
    """What the bot has asked somebody and waits to hear."""

    def ask(self, account_id: int, kind: str, details: dict[str, Any], at: datetime) -> None:
        """Ask; an earlier question of the kind lapses."""
        lapse = update(questions).where(
            questions.c.account_id == account_id,
            questions.c.kind == kind,
            questions.c.answered_at.is_(None),
        )
        self.run(lapse.values(answered_at=at))
        self.add(questions, {"account_id": account_id, "kind": kind, "details": details, "asked_at": at})

    def open(self, account_id: int, since: datetime) -> list[Any]:
        """Return what is still asked of somebody, the latest first."""
        return list(self.all(_OPEN_QUESTIONS, account=account_id, since=since))

    def answered(self, question_id: int, at: datetime) -> None:
        """Note that a question has its answer."""
        self.run(update(questions).where(questions.c.id == question_id).values(answered_at=at))
