"""Traces: every column that points at a person or an account, and what is done with its rows on 删除我的数据.

A new table with such a column has its line here; a test says which are missing. What stays, stays by its id
only: the person's row says 已注销 then.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from data.tables.activities import activities, activity_series, check_ins, sign_ups
from data.tables.answering import asked_questions
from data.tables.appeals import appeals, seconds
from data.tables.audit import audit
from data.tables.ballots import ballots, choices, proxies, votes
from data.tables.cases import cases
from data.tables.corrections import corrections
from data.tables.doubts import doubt_letters, doubts
from data.tables.duty_calls import duty_calls
from data.tables.elections import elections, nominations
from data.tables.filters import saved_filters
from data.tables.good_people import good_people
from data.tables.households import households, registrations, residents
from data.tables.inbox import inbox
from data.tables.interfaces import calendars, posted, tokens
from data.tables.invitations import invitations, room_links
from data.tables.mediations import confirmations, mediations
from data.tables.motions import four_steps, minutes, motion_supports, motions, resolutions
from data.tables.notices import notices, receipts
from data.tables.outbox import outbox
from data.tables.own import own_versions
from data.tables.pairs import pairs
from data.tables.party import party_members
from data.tables.people import accounts, duties, members
from data.tables.publications import publications
from data.tables.publicities import objections, publicities
from data.tables.questions import questions
from data.tables.ratings import ratings
from data.tables.sessions import bans, sessions
from data.tables.shifts import services, shifts
from data.tables.timeline import steps
from data.tables.visits import visit_plans, visits
from data.tables.volunteering import (
    exchanges,
    help_requests,
    helpers_asked,
    points,
    points_shown,
    skills,
    wishes,
)
from data.tables.whistles import whistles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Column, Table

    from data.repositories.base import Repository


@dataclass(frozen=True)
class Goes:
    """The rows are deleted, after those of `first` that point at them."""

    column: Column[Any]
    first: Column[Any] | None = None

    def apply(self, to: Repository, ids: Sequence[int]) -> None:
        """Delete the rows of these people (or accounts)."""
        if self.first is not None:
            mine = select(self.column.table.c.id).where(self.column.in_(ids))
            to.run(delete(self.first.table).where(self.first.in_(mine)))
        to.run(delete(self.column.table).where(self.column.in_(ids)))


@dataclass(frozen=True)
class Empties:
    """The rows stay, with other values in them."""

    column: Column[Any]
    values: dict[str, Any] = field(default_factory=dict)

    def apply(self, to: Repository, ids: Sequence[int]) -> None:
        """Empty the rows of these people (or accounts)."""
        to.run(update(self.column.table).where(self.column.in_(ids)).values(**self.values))


OF_PERSON: tuple[Goes | Empties, ...] = (
    Goes(sign_ups.c.person_id),
    Goes(check_ins.c.person_id),
    Goes(receipts.c.person_id),
    Goes(corrections.c.speaker_id),
    Goes(saved_filters.c.person_id),
    Goes(invitations.c.person_id),
    Goes(tokens.c.person_id, first=posted.c.token_id),
    Goes(calendars.c.person_id),
    Goes(doubts.c.person_id, first=doubt_letters.c.doubt_id),
    Goes(skills.c.person_id),
    Goes(points_shown.c.person_id),
    Goes(helpers_asked.c.person_id),
    Goes(motion_supports.c.person_id),
    Empties(motions.c.by_id, {"title": ""}),
    Empties(objections.c.person_id, {"words": ""}),
    Empties(ratings.c.person_id, {"words": None}),
    Goes(pairs.c.person_id),
    Goes(nominations.c.person_id),
    Goes(party_members.c.person_id),
    Empties(duty_calls.c.person_id, {"words": "", "result": None}),
    Empties(wishes.c.person_id, {"words": ""}),
    Empties(asked_questions.c.person_id, {"words": "", "answer": None}),
)
OF_ACCOUNT: tuple[Goes | Empties, ...] = (
    Goes(questions.c.account_id),
    Goes(sessions.c.account_id),
    Empties(inbox.c.account_id, {"text": None}),
)
# `Personal.forget`, and `forget` of households and ballots, see to these themselves.
BY_HAND: tuple[Column[Any], ...] = (
    appeals.c.person_id,
    appeals.c.account_id,
    accounts.c.person_id,
    members.c.account_id,
    outbox.c.account_id,
    confirmations.c.person_id,
    confirmations.c.account_id,
    households.c.contact_id,
    residents.c.person_id,
    registrations.c.person_id,
    registrations.c.account_id,
    choices.c.person_id,
    votes.c.person_id,
    proxies.c.giver_id,
    proxies.c.holder_id,
    # the same rows as by the person
    receipts.c.account_id,
    ratings.c.account_id,
    doubts.c.account_id,
    tokens.c.account_id,
    asked_questions.c.account_id,
    objections.c.account_id,
)
# Ids without words: who did what in which duty, how many there were.
STAYS: tuple[Column[Any], ...] = (
    activities.c.caller_id,
    activity_series.c.caller_id,
    audit.c.person_id,
    ballots.c.by_id,
    bans.c.person_id,
    bans.c.by_id,
    cases.c.handler_id,
    cases.c.assignee_id,
    cases.c.supervised_by_id,
    corrections.c.person_id,
    doubt_letters.c.person_id,
    duties.c.person_id,
    duty_calls.c.contact_id,
    duty_calls.c.made_by_id,
    elections.c.by_id,
    exchanges.c.person_id,
    good_people.c.by_id,
    help_requests.c.asker_id,
    help_requests.c.taken_by_id,
    points.c.person_id,  # a ledger loses no entry
    points.c.giver_id,
    wishes.c.claimed_by_id,
    mediations.c.mediator_id,
    minutes.c.by_id,
    notices.c.by_id,
    objections.c.answered_by_id,
    own_versions.c.person_id,
    publicities.c.by_id,
    resolutions.c.by_id,
    room_links.c.made_by_id,
    four_steps.c.by_id,
    publications.c.person_id,
    registrations.c.answered_by_id,
    residents.c.confirmed_by_id,
    seconds.c.person_id,
    seconds.c.account_id,
    services.c.person_id,
    shifts.c.person_id,
    steps.c.person_id,
    visit_plans.c.visitor_id,
    visits.c.visitor_id,
    whistles.c.blown_by,
)


def untreated(tables: Sequence[Table]) -> list[str]:
    """Return the columns that point at a person or an account and that nothing is said of here."""
    treated = {one.column for one in (*OF_PERSON, *OF_ACCOUNT)} | set(BY_HAND) | set(STAYS)
    return [
        f"{column.table.name}.{column.name}"
        for table in tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table in (accounts, accounts.c.person_id.table) or key.column.table.name == "people"
        if column not in treated
    ]
