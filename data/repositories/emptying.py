"""What rows lose that are too old: words, names, pictures; numbers, kinds, times and buildings stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, or_, select, update

from data.domain.snapshot import RESTORED
from data.repositories.base import Repository, Upsert
from data.repositories.personal import PICTURE
from data.repositories.quoted_rows import GONE
from data.tables.appeals import appeals, lines, seconds
from data.tables.audit import audit
from data.tables.cases import cases
from data.tables.corrections import corrections
from data.tables.inbox import inbox
from data.tables.interfaces import reports
from data.tables.mediations import confirmations, mediations
from data.tables.orders import orders
from data.tables.outbox import outbox
from data.tables.people import accounts, people
from data.tables.publications import publications
from data.tables.ratings import ratings
from data.tables.reminders import reminders
from data.tables.sessions import leftovers
from data.tables.timeline import steps
from data.tables.visits import visits
from data.tables.whistles import parts, whistles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Table


LEFT = Upsert(leftovers)
_SLIM = update(steps).where(steps.c.id == bindparam("b_id"))
ONLY_FOR_UNDOING = frozenset(RESTORED) - {"resolve_by"}
_MESSAGE = inbox.c.channel + ":" + inbox.c.message_id  # as steps and visits name what they were said in


class Emptying(Repository):
    """Empties rows that are too old of what says anything of anybody."""

    def empty_cases(self, ids: Sequence[int]) -> None:
        """Take out the words of cases, and put nobody in the place of those who raised them."""
        theirs = select(appeals.c.id).where(appeals.c.case_id.in_(ids))
        mediated = select(mediations.c.id).where(mediations.c.case_id.in_(ids))
        blown = select(whistles.c.id).where(whistles.c.case_id.in_(ids))
        said_in = select(steps.c.said_in).where(steps.c.case_id.in_(ids), steps.c.said_in.is_not(None))
        spoken = select(lines.c.channel + ":" + lines.c.message_id).where(lines.c.appeal_id.in_(theirs))
        self.run(update(inbox).where(or_(_MESSAGE.in_(said_in), _MESSAGE.in_(spoken))).values(text=None))
        self._leave_pictures(lines.c.appeal_id.in_(theirs))
        self._name_nobody(ids)
        self.run(update(cases).where(cases.c.id.in_(ids)).values(summary="", result=None, door=None))
        self.run(update(appeals).where(appeals.c.case_id.in_(ids)).values(words=""))
        self.run(delete(lines).where(lines.c.appeal_id.in_(theirs)))
        self.run(delete(reports).where(reports.c.appeal_id.in_(theirs)))
        self.run(delete(publications).where(publications.c.case_id.in_(ids)))
        self.run(delete(corrections).where(corrections.c.appeal_id.in_(theirs)))
        self.run(update(steps).where(steps.c.case_id.in_(ids)).values(words=None, before={}))
        self.run(update(ratings).where(ratings.c.case_id.in_(ids)).values(words=None))
        callers = {"name": "", "phone": "", "address": "", "text": ""}
        self.run(update(orders).where(orders.c.case_id.in_(ids)).values(**callers))
        self.run(update(whistles).where(whistles.c.case_id.in_(ids)).values(reason=""))
        self.run(update(parts).where(parts.c.whistle_id.in_(blown)).values(words=None))
        self.run(delete(confirmations).where(confirmations.c.mediation_id.in_(mediated)))
        self.run(update(mediations).where(mediations.c.case_id.in_(ids)).values(words=""))
        self.touched.cases.update(ids)

    def _name_nobody(self, ids: Sequence[int]) -> None:
        """Let appeals, ratings and endorsements of cases be nobody's, one for each of those who made them."""
        for case_id in ids:
            whose = {
                row.person_id
                for table in (appeals, ratings, seconds)
                for row in self.all(select(table.c.person_id).where(table.c.case_id == case_id))
            }
            for person_id in whose:
                self._replace(case_id, person_id, (appeals, ratings, seconds))

    def _replace(self, case_id: int, person_id: int, tables: Iterable[Table]) -> None:
        nobody = self.add(people, {"name": GONE, "on_roster": 0})
        row: dict[str, Any] = {
            "person_id": nobody,
            "channel": "gone",
            "external_id": f"deleted:{case_id}:{nobody}",
            "name": GONE,
        }
        account = self.connection.execute(insert(accounts), row).inserted_primary_key
        values = {"person_id": nobody, "account_id": account[0] if account else None}
        for table in tables:
            theirs = table.c.case_id == case_id, table.c.person_id == person_id
            self.run(update(table).where(*theirs).values(**values))

    def _leave_pictures(self, which: Any) -> None:
        found = self.all(select(lines.c.media).where(which, lines.c.media.is_not(None)))
        for name in {row.media for row in found}:
            self.upsert(LEFT, {"kind": PICTURE, "name": name})
            self.run(update(outbox).where(outbox.c.media == name).values(media=None, kind="text"))

    def drop_pictures(self, ids: Sequence[int]) -> None:
        """Let lines be without their pictures, whose files go with them."""
        self._leave_pictures(lines.c.id.in_(ids))
        self.run(update(lines).where(lines.c.id.in_(ids)).values(media=None))

    def drop_audit(self, ids: Sequence[int]) -> None:
        """Delete rows of the audit."""
        self.run(delete(audit).where(audit.c.id.in_(ids)))

    def empty_visits(self, ids: Sequence[int]) -> None:
        """Take out whom visits were made to, and what was said of them."""
        said_in = select(visits.c.said_in).where(visits.c.id.in_(ids), visits.c.said_in.is_not(None))
        self.run(update(inbox).where(_MESSAGE.in_(said_in)).values(text=None))
        self.run(update(visits).where(visits.c.id.in_(ids)).values(words="", whom="", door=""))

    def drop_said(self, ids: Sequence[int]) -> None:
        """Delete what was said (or was not): the cases, their timelines and ratings stand for themselves."""
        self.run(delete(outbox).where(outbox.c.id.in_(ids)))

    def drop_reminders(self, ids: Sequence[int]) -> None:
        """Delete reminders that are done with."""
        self.run(delete(reminders).where(reminders.c.id.in_(ids)))

    def slim_steps(self, ids: Sequence[int]) -> None:
        """Leave of cases' snapshots what tells whether they were late, and what steps wrote elsewhere."""
        for row in self.all(select(steps.c.id, steps.c.before).where(steps.c.case_id.in_(ids))):
            slim = {name: value for name, value in row.before.items() if name not in ONLY_FOR_UNDOING}
            if len(slim) < len(row.before):
                self.alter(_SLIM, b_id=row.id, before=slim)
