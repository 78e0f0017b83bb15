"""Which cases were spoken of in a room lately, and how much other talk there was since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from data.repositories.base import Repository
from data.tables.appeals import appeals, seconds
from data.tables.inbox import inbox
from data.tables.outbox import outbox
from data.tables.timeline import steps

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Table

RECENT = 5_000  # rows of a table
OTHER_TALK = ("left_alone", "appeal:doubtful")  # what became of lines that are about no case


class Spoken(Repository):
    """The talk of a room about cases. Only reads."""

    def of_cases(self, room_id: int, since: datetime) -> dict[int, datetime]:
        """Return when cases were last spoken of in a room, by whomever; the last one last."""
        stands = appeals.c.case_id.is_not(None), appeals.c.withdrawn.is_(False)
        raised = select(appeals.c.case_id, appeals.c.last_line_at).where(
            appeals.c.room_id == room_id, appeals.c.last_line_at >= since, *stands, _recent(appeals)
        )
        seconded = select(seconds.c.case_id, seconds.c.at).where(
            seconds.c.room_id == room_id, seconds.c.at >= since
        )
        here = inbox.c.room_id == room_id, steps.c.said_in == inbox.c.channel + ":" + inbox.c.message_id
        worked_on = select(steps.c.case_id, steps.c.at).join(inbox, and_(*here))
        worked_on = worked_on.where(steps.c.at >= since, _recent(steps))
        found: list[tuple[int, datetime]] = []
        for statement in (raised, seconded, worked_on):
            found += [(case_id, at) for case_id, at in self.connection.execute(statement)]
        said = select(outbox.c.cases, outbox.c.sent_at).where(
            outbox.c.room_id == room_id, outbox.c.sent_at >= since, _recent(outbox)
        )
        found += [(case_id, row.sent_at) for row in self.all(said) for case_id, _ in row.cases]
        latest: dict[int, datetime] = {}
        for case_id, at in sorted(found, key=lambda pair: pair[1]):
            latest.pop(case_id, None)
            latest[case_id] = at
        return latest

    def other_talk(self, room_id: int, since: datetime) -> int:
        """Return how many lines about no case were said in a room since then."""
        mine = inbox.c.room_id == room_id, inbox.c.at > since, inbox.c.route.in_(OTHER_TALK)
        return int(self.connection.execute(select(func.count(inbox.c.id)).where(*mine)).scalar_one())


def _recent(table: Table) -> ColumnElement[bool]:
    """Return that a row is one of the last: ten minutes have no more, and no index is needed."""
    return table.c.id > select(func.max(table.c.id) - RECENT).scalar_subquery()
