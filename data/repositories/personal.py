"""What is kept of one person: counted, and deleted (PIPL, articles 45 and 47)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from sqlalchemy import String, cast, delete, false, func, or_, select, update

from data.deletions import hash_of
from data.repositories.ballots import Ballots
from data.repositories.base import Repository, Upsert
from data.repositories.households import Households
from data.repositories.quoted_rows import GONE, LONG, Quoting, Secrets
from data.repositories.traces import OF_ACCOUNT, OF_PERSON
from data.tables.activities import activities, check_ins, sign_ups
from data.tables.answering import asked_questions
from data.tables.appeals import appeals, lines, seconds
from data.tables.audit import audit
from data.tables.cases import cases
from data.tables.corrections import corrections
from data.tables.doubts import doubts
from data.tables.duty_calls import duty_calls
from data.tables.inbox import inbox
from data.tables.interfaces import reports
from data.tables.mediations import confirmations, mediations
from data.tables.notices import receipts
from data.tables.outbox import outbox
from data.tables.people import accounts, members, people
from data.tables.publications import publications
from data.tables.ratings import ratings
from data.tables.rooms import rooms
from data.tables.sessions import leftovers
from data.tables.timeline import steps
from data.tables.visits import visit_plans, visits
from data.tables.volunteering import points, skills, wishes

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from sqlalchemy import ColumnElement, Select

    from data.domain.people import Account


PICTURE, PAGES = "picture", "pages"  # what is left to do after a deletion
_LEFT = Upsert(leftovers)


class Personal(Repository):
    """One person's traces, wherever they are."""

    def kept(self, person_id: int) -> dict[str, int]:
        """Return how much is kept of somebody, by kind."""
        counted = {
            "appeals": appeals,
            "doubts": doubts,
            "seconded": seconds,
            "ratings": ratings,
            "sign_ups": sign_ups,
            "check_ins": check_ins,
            "skills": skills,
            "points": points,
            "wishes": wishes,
            "receipts": receipts,
        }
        given = {"ratings": ratings.c.answered_at.is_not(None)}  # a question that waits is none
        found = {}
        for name, table in counted.items():
            theirs = select(func.count()).select_from(table).where(table.c.person_id == person_id)
            theirs = theirs.where(given[name]) if name in given else theirs
            found[name] = int(self.connection.execute(theirs).scalar_one())
        return found

    def forget(
        self,
        person_id: int,
        theirs: list[Account],
        *,
        keep_account: bool,
        masked: Callable[[str], str],
    ) -> None:
        """Delete somebody's words, names and pictures, wherever they are; cases go on without them.

        `keep_account` leaves the accounts of those whose duties the roster keeps. `masked` shows how their
        words were shown to others. What is done with each column that points at a person is in
        `data/repositories/traces.py`.
        """
        ids = [account.id for account in theirs]
        mine = appeals.c.person_id == person_id
        appeal_ids = [row.id for row in self.all(select(appeals.c.id).where(mine))]
        case_ids = self._cases_of(person_id)
        alone = self._raised_alone(person_id)
        secrets = Secrets.of(self._said(person_id, ids), self._names(person_id, theirs), masked)
        doors = select(cases.c.door).where(cases.c.id.in_(alone), cases.c.door.is_not(None))
        at_home = secrets.also(row.door for row in self.all(doors))
        self._forget_pictures(appeal_ids)
        self._forget_messages(person_id, ids, theirs, secrets)
        quoting = Quoting(self.connection, self.directory, self.touched)
        self.run(delete(lines).where(lines.c.appeal_id.in_(appeal_ids)))
        self.run(delete(corrections).where(corrections.c.appeal_id.in_(appeal_ids)))
        self.run(delete(reports).where(reports.c.appeal_id.in_(appeal_ids)))
        self.run(update(appeals).where(mine).values(words="", withdrawn=True))
        self.run(update(cases).where(cases.c.id.in_(alone)).values(summary="", door=None))
        self.run(delete(publications).where(publications.c.case_id.in_(alone)))
        self.run(delete(publications).where(publications.c.case_id.in_(case_ids)))
        self.touched.cases.update(case_ids)
        self._forget_mediations(person_id)
        self._forget_sign_ups(theirs)
        self._forget_visits(person_id)
        for treatment in OF_PERSON:
            treatment.apply(self, [person_id])
        for treatment in OF_ACCOUNT:
            treatment.apply(self, ids)
        quoting.redact(secrets, [number for number in case_ids if number not in alone])
        quoting.redact(at_home, alone, numbers=True)
        Households(self.connection, self.directory).forget(person_id)
        Ballots(self.connection, self.directory).forget(person_id)
        if not keep_account:
            self._forget_accounts(person_id, ids)
        self.leave_behind(PAGES, [token_hex(4)])

    def unsay(self, said: list[str], case_ids: list[int], masked: Callable[[str], str]) -> None:
        """Take what somebody recalled out of every row that quotes it."""
        quoting = Quoting(self.connection, self.directory, self.touched)
        quoting.redact(Secrets.of(said, (), masked), case_ids)
        self.leave_behind(PAGES, [token_hex(4)])

    def account_ids(self, hashes: Container[str]) -> list[int]:
        """Return the accounts whose hashes are among some (`data.deletions`)."""
        every = self.all(select(accounts.c.id, accounts.c.channel, accounts.c.external_id))
        return [row.id for row in every if hash_of(row.channel, row.external_id) in hashes]

    def newest(self) -> datetime | None:
        """Return the moment of the last thing that was heard, said or done."""
        last = (inbox.c.at, outbox.c.created_at, audit.c.at, steps.c.at)
        found = [self.connection.execute(select(func.max(one))).scalar() for one in last]
        return max((one for one in found if one is not None), default=None)

    def leave_behind(self, kind: str, names: Iterable[str]) -> None:
        """Note what is to go outside of the tables: files of pictures, free pages of the database."""
        for name in names:
            self.upsert(_LEFT, {"kind": kind, "name": name})

    def left_behind(self) -> list[tuple[str, str]]:
        """Return what is still to go: kinds and names."""
        return [(row.kind, row.name) for row in self.all(select(leftovers).order_by(leftovers.c.name))]

    def is_gone(self, gone: Iterable[tuple[str, str]]) -> None:
        """Take what was deleted outside of the tables off the list of what is left to delete."""
        for kind, name in gone:
            self.run(delete(leftovers).where(leftovers.c.kind == kind, leftovers.c.name == name))

    def hand_over(self, account_id: int, person_id: int) -> None:
        """Let an account be somebody's from now on, with all that was said and done from it."""
        was = self.one(select(accounts.c.person_id).where(accounts.c.id == account_id)).person_id
        others = select(accounts.c.id).where(accounts.c.person_id == was, accounts.c.id != account_id)
        if self.first(others) is None:
            Households(self.connection, self.directory).hand_over(was, person_id)
        self.run(update(accounts).where(accounts.c.id == account_id).values(person_id=person_id))
        for table in (appeals, doubts):
            self.run(update(table).where(table.c.account_id == account_id).values(person_id=person_id))
        for table in (seconds, ratings):
            theirs = select(table.c.case_id).where(table.c.person_id == person_id)
            mine = table.c.account_id == account_id, table.c.case_id.not_in(theirs)
            self.run(update(table).where(*mine).values(person_id=person_id))

    def _cases_of(self, person_id: int) -> list[int]:
        """Return the cases somebody has to do with: raised, seconded, rated, mediated."""
        ways = (
            select(table.c.case_id).where(table.c.person_id == person_id, table.c.case_id.is_not(None))
            for table in (appeals, seconds, ratings)
        )
        asked = select(mediations.c.case_id).where(mediations.c.id.in_(_asked_of(person_id)))
        return sorted({row.case_id for way in (*ways, asked) for row in self.all(way)})

    def _raised_alone(self, person_id: int) -> list[int]:
        """Return the cases that nobody else raised."""
        mine = select(appeals.c.case_id).where(appeals.c.person_id == person_id)
        others = select(appeals.c.case_id).where(
            appeals.c.person_id != person_id, appeals.c.case_id.is_not(None)
        )
        found = select(cases.c.id).where(cases.c.id.in_(mine), cases.c.id.not_in(others))
        return [row.id for row in self.all(found)]

    def _said(self, person_id: int, account_ids: list[int]) -> list[str]:
        """Return everything that is kept of what somebody said."""
        mine = select(appeals.c.id).where(appeals.c.person_id == person_id)
        statements = (
            select(appeals.c.words).where(appeals.c.person_id == person_id),
            select(lines.c.text).where(lines.c.appeal_id.in_(mine)),
            select(inbox.c.text).where(inbox.c.account_id.in_(account_ids), inbox.c.text.is_not(None)),
            select(ratings.c.words).where(ratings.c.person_id == person_id, ratings.c.words.is_not(None)),
            select(wishes.c.words).where(wishes.c.person_id == person_id),
            select(asked_questions.c.words).where(asked_questions.c.person_id == person_id),
        )
        doubted = self.all(select(doubts.c.lines).where(doubts.c.person_id == person_id))
        said = [row[0] for statement in statements for row in self.all(statement)]
        return said + [line["text"] for row in doubted for line in row.lines if line.get("text")]

    def _called(self, person_id: int) -> Select[tuple[str]]:
        """Return the names somebody goes by who is on the roster: visits are written down by them."""
        return select(people.c.name).where(people.c.id == person_id, people.c.on_roster == 1)

    def _forget_visits(self, person_id: int) -> None:
        """Take out what was written down of visits to them, and whom a plan is for."""
        theirs = self._called(person_id)
        self.run(update(visits).where(visits.c.whom.in_(theirs)).values(words="", whom=GONE))
        self.run(update(visit_plans).where(visit_plans.c.whom.in_(theirs)).values(whom=GONE))

    def _names(self, person_id: int, theirs: list[Account]) -> set[str]:
        person = self.one(select(people.c.name).where(people.c.id == person_id))
        return {person.name, *(account.name for account in theirs)}

    def _forget_pictures(self, appeal_ids: list[int]) -> None:
        """Take out the pictures of some appeals, and of the bot's messages that passed them on."""
        found = select(lines.c.media).where(lines.c.appeal_id.in_(appeal_ids), lines.c.media.is_not(None))
        pictures = [row.media for row in self.all(found)]
        others = select(lines.c.media).where(
            lines.c.appeal_id.not_in(appeal_ids), lines.c.media.in_(pictures)
        )
        kept = {row.media for row in self.all(others)}
        gone = [picture for picture in pictures if picture not in kept]
        self.run(update(outbox).where(outbox.c.media.in_(gone)).values(media=None, kind="text"))
        self.leave_behind(PICTURE, gone)

    def _forget_messages(
        self, person_id: int, ids: list[int], theirs: list[Account], secrets: Secrets
    ) -> None:
        """Take them out of what the bot said to them, of them, and in the rooms they were in."""
        to_them = outbox.c.account_id.in_(ids)
        external = {account.external_id for account in theirs}
        called = or_(
            false(),
            *(cast(outbox.c.mentions, String).contains(json.dumps(one), autoescape=True) for one in external),
        )
        quoting = Quoting(self.connection, self.directory, self.touched)
        names = Secrets((), tuple(one for one in secrets.common if len(one) < LONG), secrets.grams)
        quoting.redact_said(secrets, or_(to_them, called, self._of_calls_for(person_id)))
        quoting.redact_said(names, outbox.c.room_id.in_(self._rooms_of(ids)))
        quoting.redact_commands(secrets, self._since(ids))
        for row in self.all(select(outbox.c.id, outbox.c.mentions).where(called)):
            mentions = [one for one in row.mentions if one not in external]
            self.run(update(outbox).where(outbox.c.id == row.id).values(mentions=mentions))
        self.run(update(outbox).where(to_them, outbox.c.state == "queued").values(state="silenced"))
        self.run(update(outbox).where(to_them).values(to=None))

    def _of_calls_for(self, person_id: int) -> ColumnElement[bool]:
        """Return the condition for a message to be about a call that must be made on somebody (必到)."""
        calls = self.all(select(duty_calls.c.id).where(duty_calls.c.person_id == person_id))
        about = cast(outbox.c.about, String)
        return or_(false(), *(about.contains(f'["duty_call", {call.id}, "') for call in calls))

    def _since(self, account_ids: list[int]) -> datetime:
        """Return since when something of these accounts is kept."""
        ways = (
            select(func.min(appeals.c.said_at)).where(appeals.c.account_id.in_(account_ids)),
            select(func.min(inbox.c.at)).where(inbox.c.account_id.in_(account_ids)),
        )
        found = [at for way in ways if (at := self.connection.execute(way).scalar()) is not None]
        return min(found, default=datetime.max.replace(tzinfo=UTC))

    def _rooms_of(self, account_ids: list[int]) -> list[int]:
        ways = (
            select(members.c.room_id).where(members.c.account_id.in_(account_ids)),
            select(accounts.c.last_room_id).where(accounts.c.id.in_(account_ids)),
            select(appeals.c.room_id).where(appeals.c.account_id.in_(account_ids)),
        )
        return sorted({row[0] for way in ways for row in self.all(way) if row[0] is not None})

    def _forget_sign_ups(self, theirs: list[Account]) -> None:
        """Take their names off lists that others wrote where they are."""
        mine = self._rooms_of([account.id for account in theirs])
        here = select(rooms.c.area_id).where(rooms.c.id.in_(mine), rooms.c.area_id.is_not(None))
        there = select(activities.c.id).where(activities.c.area_id.in_(here))
        named = sign_ups.c.name.in_({account.name for account in theirs}), sign_ups.c.person_id.is_(None)
        self.run(delete(sign_ups).where(*named, sign_ups.c.activity_id.in_(there)))

    def _forget_mediations(self, person_id: int) -> None:
        """Take out the records they were asked to confirm, and the steps that tell of these."""
        asked = _asked_of(person_id)
        about = select(mediations.c.case_id).where(mediations.c.id.in_(asked))
        mine = steps.c.action == "mediate", steps.c.case_id.in_(about)
        self.run(update(steps).where(*mine).values(words=GONE))
        self.run(update(mediations).where(mediations.c.id.in_(asked)).values(words=""))

    def _forget_accounts(self, person_id: int, ids: list[int]) -> None:
        self.run(delete(members).where(members.c.account_id.in_(ids)))
        for account_id in ids:
            gone = {
                "external_id": f"deleted:{account_id}",
                "name": GONE,
                "last_room_id": None,
                "last_appeal_id": None,
            }
            self.run(update(accounts).where(accounts.c.id == account_id).values(**gone))
        self.run(update(people).where(people.c.id == person_id).values(name=GONE, on_roster=0))


def _asked_of(person_id: int) -> Select[tuple[int]]:
    return select(confirmations.c.mediation_id).where(confirmations.c.person_id == person_id)
