"""What is too old loses its words, names and pictures; numbers, kinds, times and buildings stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, or_, select, update

from data.domain.case import State
from data.domain.retention import EMPTY
from data.repositories.base import Repository, Upsert
from data.repositories.personal import PAGES, PICTURE
from data.repositories.quoting import GONE
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
from data.tables.sessions import leftovers
from data.tables.timeline import steps
from data.tables.visits import visits
from data.tables.whistles import parts, whistles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Select, Table

    from data.domain.retention import Retention

MOST = 200  # cases at a time: the writer has other things to do
OVER = [state.value for state in (State.CLOSED, State.REJECTED, State.WITHDRAWN, State.MERGED)]
_LEFT = Upsert(leftovers)
_MESSAGE = inbox.c.channel + ":" + inbox.c.message_id  # as steps and visits name what they were said in


class Retained(Repository):
    """Counts what is too old, and takes out what must go."""

    def due(self, limits: Retention, now: datetime) -> dict[str, int]:
        """Return how much of each kind is too old."""
        found = dict(EMPTY)
        for kind, ids in self._old(limits, now).items():
            found[kind] = int(
                self.connection.execute(select(func.count()).select_from(ids.subquery())).scalar_one()
            )
        return found

    def apply(self, limits: Retention, now: datetime) -> dict[str, int]:
        """Take words, names and pictures out of what is too old, so much at a time; return how much."""
        done = dict(EMPTY)
        for kind, statement in self._old(limits, now).items():
            ids = [row[0] for row in self.all(statement.limit(MOST))]
            done[kind] = len(ids)
            if ids:
                {
                    "closed_cases": self._empty_cases,
                    "pictures": self._drop_pictures,
                    "audit": self._drop_audit,
                    "visits": self._empty_visits,
                }[kind](ids)
        if any(done.values()):
            self.upsert(_LEFT, {"kind": PAGES, "name": ""})
        return done

    def _old(self, limits: Retention, now: datetime) -> dict[str, Select[tuple[int]]]:
        """Return what selects the ids of what is too old and still has something to lose, by kind."""
        found: dict[str, Select[tuple[int]]] = {}
        if (before := limits.before("closed_cases", now)) is not None:
            ended = func.coalesce(cases.c.closed_at, cases.c.resolved_at, cases.c.reported_at)
            speaks = or_(
                cases.c.summary != "",
                cases.c.id.in_(select(appeals.c.case_id).where(appeals.c.words != "")),
            )
            found["closed_cases"] = select(cases.c.id).where(cases.c.state.in_(OVER), ended < before, speaks)
        if (before := limits.before("pictures", now)) is not None:
            found["pictures"] = select(lines.c.id).where(lines.c.at < before, lines.c.media.is_not(None))
        if (before := limits.before("audit", now)) is not None:
            found["audit"] = select(audit.c.id).where(audit.c.at < before)
        if (before := limits.before("visits", now)) is not None:
            speaks = or_(visits.c.words != "", visits.c.whom != "")
            found["visits"] = select(visits.c.id).where(visits.c.at < before, speaks)
        return found

    def _empty_cases(self, ids: Sequence[int]) -> None:
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
        for case_id in ids:
            about = outbox.c.cases.cast(outbox.c.text.type).contains(f'[{case_id}, "')
            self.run(delete(outbox).where(about, outbox.c.state.in_(("sent", "silenced", "dead"))))
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
            self.upsert(_LEFT, {"kind": PICTURE, "name": name})
            self.run(update(outbox).where(outbox.c.media == name).values(media=None, kind="text"))

    def _drop_pictures(self, ids: Sequence[int]) -> None:
        self._leave_pictures(lines.c.id.in_(ids))
        self.run(update(lines).where(lines.c.id.in_(ids)).values(media=None))

    def _drop_audit(self, ids: Sequence[int]) -> None:
        self.run(delete(audit).where(audit.c.id.in_(ids)))

    def _empty_visits(self, ids: Sequence[int]) -> None:
        said_in = select(visits.c.said_in).where(visits.c.id.in_(ids), visits.c.said_in.is_not(None))
        self.run(update(inbox).where(_MESSAGE.in_(said_in)).values(text=None))
        self.run(update(visits).where(visits.c.id.in_(ids)).values(words="", whom="", door=""))
