"""Mediations with the confirmations of both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from sqlalchemy import bindparam, delete, select, update

from data.domain.mediation import Confirmation, Mediation, MediationOutcome
from data.repositories.base import Repository
from data.tables.cases import cases
from data.tables.mediations import confirmations, mediations

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack


_OF_CASE = select(mediations).where(mediations.c.case_id == bindparam("case")).order_by(mediations.c.id)
_ASKED = select(confirmations, mediations.c.case_id).join(mediations)
_OF_MEDIATION = _ASKED.where(confirmations.c.mediation_id == bindparam("mediation")).order_by(
    confirmations.c.id
)
_OF_PERSON = _ASKED.where(
    confirmations.c.person_id == bindparam("person"), confirmations.c.agrees.is_(None)
).order_by(confirmations.c.id)


class NewRecord(TypedDict):
    """The fields of a mediation's record that is written down."""

    case_id: int
    mediator_id: int
    at: datetime
    words: str
    outcome: MediationOutcome | None


class Mediations(Repository):
    """What mediators wrote down, and what both sides said of it."""

    def write(self, **values: Unpack[NewRecord]) -> Mediation:
        """Write a record; `values` are the fields of `Mediation`."""
        outcome = values["outcome"]
        return Mediation(id=self.add(mediations, {**values, "outcome": outcome and outcome.value}), **values)

    def of_case(self, case_id: int) -> list[Mediation]:
        """Return the records of a case, the first one first."""
        return [_mediation(row) for row in self.all(_OF_CASE, case=case_id)]

    def forget(self, mediation_id: int) -> None:
        """Delete a record and what was asked about it: it was undone."""
        self.run(delete(confirmations).where(confirmations.c.mediation_id == mediation_id))
        self.run(delete(mediations).where(mediations.c.id == mediation_id))

    def ask(self, mediation_id: int, person_id: int, account_id: int, at: datetime) -> None:
        """Note that one side is asked whether a record is right."""
        row = {"mediation_id": mediation_id, "person_id": person_id, "account_id": account_id, "asked_at": at}
        self.add(confirmations, row)

    def asked(self, mediation_id: int) -> list[Confirmation]:
        """Return who was asked about a record, and what they said."""
        return [_confirmation(row) for row in self.all(_OF_MEDIATION, mediation=mediation_id)]

    def waiting_for(self, person_id: int) -> list[Confirmation]:
        """Return what somebody was asked and has not answered: about the last record of each case."""
        open_ones = [_confirmation(row) for row in self.all(_OF_PERSON, person=person_id)]
        last = {c.case_id: c for c in open_ones if self.of_case(c.case_id)[-1].id == c.mediation_id}
        return list(last.values())

    def answer(self, confirmation_id: int, at: datetime, *, agrees: bool) -> None:
        """Write down what one side says of a record."""
        mine = confirmations.c.id == confirmation_id
        self.run(update(confirmations).where(mine).values(answered_at=at, agrees=agrees))

    def outcomes(self, community_id: int, start: datetime, end: datetime) -> list[MediationOutcome]:
        """Return what the mediations of a community came to in a period, one outcome a case: the last."""
        statement = (
            select(mediations.c.case_id, mediations.c.outcome)
            .join(cases, cases.c.id == mediations.c.case_id)
            .where(
                cases.c.community_id == community_id,
                mediations.c.outcome.is_not(None),
                mediations.c.at >= start,
                mediations.c.at < end,
            )
            .order_by(mediations.c.id)
        )
        last = {row.case_id: MediationOutcome(row.outcome) for row in self.all(statement)}
        return list(last.values())


def _mediation(row: Row[Any]) -> Mediation:
    outcome = MediationOutcome(row.outcome) if row.outcome else None
    return Mediation(row.id, row.case_id, row.mediator_id, row.at, row.words, outcome)


def _confirmation(row: Row[Any]) -> Confirmation:
    return Confirmation(
        row.id, row.mediation_id, row.case_id, row.person_id, row.account_id, row.asked_at, row.agrees
    )
