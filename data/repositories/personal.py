"""What is kept of one person: counted, and deleted (PIPL, articles 45 and 47)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import String, cast, delete, func, or_, select, update

from data.repositories.base import Repository
from data.repositories.households import Households
from data.tables.appeals import appeals, lines, seconds
from data.tables.cases import cases
from data.tables.corrections import corrections
from data.tables.doubts import doubts
from data.tables.inbox import inbox
from data.tables.mediations import confirmations, mediations
from data.tables.meetings import sign_ups
from data.tables.notices import receipts
from data.tables.outbox import outbox
from data.tables.people import accounts, members, people
from data.tables.questions import questions
from data.tables.ratings import ratings
from data.tables.timeline import steps

if TYPE_CHECKING:
    from data.domain.people import Account


GONE = "已注销"


class Personal(Repository):
    """One person's traces, wherever they are."""

    def kept(self, person_id: int) -> dict[str, int]:
        """Return how much is kept of somebody, by kind."""
        counted = {
            "appeals": appeals,
            "seconded": seconds,
            "ratings": ratings,
            "sign_ups": sign_ups,
            "receipts": receipts,
        }
        return {
            name: int(
                self.connection.execute(
                    select(func.count()).select_from(table).where(table.c.person_id == person_id)
                ).scalar_one()
            )
            for name, table in counted.items()
        }

    def forget(self, person_id: int, theirs: list[Account], *, keep_account: bool) -> None:
        """Delete somebody's words and names; cases go on without them.

        `keep_account` leaves the accounts of those whose duties the roster keeps.
        """
        self._forget_what_the_bot_said(person_id, theirs)
        self._forget_appeals(person_id)
        self._forget_mediations(person_id, theirs)
        ids = [account.id for account in theirs]
        self.run(update(inbox).where(inbox.c.account_id.in_(ids)).values(text=None))
        self.run(delete(questions).where(questions.c.account_id.in_(ids)))
        self.run(update(ratings).where(ratings.c.person_id == person_id).values(words=None))
        self.run(delete(sign_ups).where(sign_ups.c.person_id == person_id))
        self.run(delete(receipts).where(receipts.c.person_id == person_id))
        Households(self.connection, self.directory).forget(person_id)
        if not keep_account:
            self._forget_accounts(person_id, theirs)

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

    def _forget_appeals(self, person_id: int) -> None:
        mine = select(appeals.c.id).where(appeals.c.person_id == person_id)
        self.run(delete(lines).where(lines.c.appeal_id.in_(mine)))
        self.run(delete(corrections).where(corrections.c.appeal_id.in_(mine)))
        of_mine = select(appeals.c.case_id).where(appeals.c.person_id == person_id)
        touched = self.all(of_mine.where(appeals.c.case_id.is_not(None)))
        self.touched.cases.update(row.case_id for row in touched)
        self.run(update(cases).where(cases.c.id.in_(of_mine)).values(summary=""))
        self.run(update(appeals).where(appeals.c.person_id == person_id).values(words="", withdrawn=True))

    def _forget_mediations(self, person_id: int, theirs: list[Account]) -> None:
        """Take out the records they were asked to confirm, and their name as a side of a dispute."""
        asked = select(confirmations.c.mediation_id).where(confirmations.c.person_id == person_id)
        self.run(update(mediations).where(mediations.c.id.in_(asked)).values(words=""))
        about = select(mediations.c.case_id).where(mediations.c.id.in_(asked))
        named = [steps.c.words.contains(account.name, autoescape=True) for account in theirs]
        mine = steps.c.action == "mediate", or_(steps.c.case_id.in_(about), *named)
        self.run(update(steps).where(*mine).values(words=GONE))

    def _forget_what_the_bot_said(self, person_id: int, theirs: list[Account]) -> None:
        """Take their words and names out of what the bot said to them, of them, and about their cases."""
        said = self.all(select(appeals.c.case_id, appeals.c.words).where(appeals.c.person_id == person_id))
        secrets = [row.words for row in said if row.words]
        secrets += [f"@{account.name}" for account in theirs] + [account.name for account in theirs]
        about = [cast(outbox.c.cases, String).contains(f'[{row.case_id}, "') for row in said if row.case_id]
        called = [
            cast(outbox.c.mentions, String).contains(json.dumps(account.external_id), autoescape=True)
            for account in theirs
        ]
        to_them = outbox.c.account_id.in_([account.id for account in theirs])
        ids = {account.external_id for account in theirs}
        for row in self.all(select(outbox).where(or_(to_them, *about, *called))):
            text = row.text
            for secret in secrets:
                text = text.replace(secret, GONE)
            mentions = [m for m in row.mentions if m not in ids]
            self.run(update(outbox).where(outbox.c.id == row.id).values(text=text, mentions=mentions))
        self.run(update(outbox).where(to_them, outbox.c.state == "queued").values(state="silenced"))
        self.run(update(outbox).where(to_them).values(to=None))

    def _forget_accounts(self, person_id: int, theirs: list[Account]) -> None:
        ids = [account.id for account in theirs]
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
