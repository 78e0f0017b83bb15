"""All that is kept of one person, as they may have it (PIPL, article 45): by kind, the oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import String, and_, bindparam, cast, func, literal, null, or_, select

from data.repositories.base import Repository
from data.tables.activities import activities, check_ins, sign_ups
from data.tables.answering import asked_questions
from data.tables.appeals import appeals, lines, seconds
from data.tables.areas import areas
from data.tables.ballots import ballots, roll, votes
from data.tables.cases import cases
from data.tables.doubts import doubts
from data.tables.households import households, residents
from data.tables.inbox import inbox
from data.tables.motions import motion_supports, motions
from data.tables.notices import notices, receipts
from data.tables.outbox import outbox
from data.tables.people import accounts, people
from data.tables.publicities import objections, publicities
from data.tables.ratings import ratings
from data.tables.sessions import sessions
from data.tables.visits import visits
from data.tables.volunteering import points, skills, wishes

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import BindParameter, Select


_PERSON: BindParameter[int] = bindparam("person")
# visits are written down by the name of who is on the roster
_NAME = select(people.c.name).where(people.c.id == _PERSON, people.c.on_roster == 1)
_ACCOUNTS = select(accounts.c.id).where(accounts.c.person_id == _PERSON)
_SAID = select(inbox.c.at, null(), inbox.c.text).where(
    inbox.c.account_id.in_(_ACCOUNTS), inbox.c.text.is_not(None)
)
_APPEALS = (
    select(lines.c.at, cases.c.number, lines.c.text + func.coalesce(" " + lines.c.media, ""))
    .join(appeals, appeals.c.id == lines.c.appeal_id)
    .outerjoin(cases, cases.c.id == appeals.c.case_id)
    .where(appeals.c.person_id == _PERSON)
)
_RATINGS = (
    select(
        ratings.c.answered_at,
        cases.c.number,
        cast(ratings.c.digit, String) + " " + func.coalesce(ratings.c.words, ""),
    )
    .join(cases, cases.c.id == ratings.c.case_id)
    .where(ratings.c.person_id == _PERSON, ratings.c.answered_at.is_not(None))
)
_SECONDED = (
    select(seconds.c.at, cases.c.number, literal(""))
    .join(cases, cases.c.id == seconds.c.case_id)
    .where(seconds.c.person_id == _PERSON)
)
_SIGN_UPS = (
    select(sign_ups.c.at, activities.c.number, activities.c.topic)
    .join(activities, activities.c.id == sign_ups.c.activity_id)
    .where(sign_ups.c.person_id == _PERSON)
)
_CHECK_INS = (
    select(check_ins.c.at, activities.c.number, activities.c.topic)
    .join(activities, activities.c.id == check_ins.c.activity_id)
    .where(check_ins.c.person_id == _PERSON)
)
_RECEIPTS = (
    select(receipts.c.at, notices.c.number, literal(""))
    .join(notices, notices.c.id == receipts.c.notice_id)
    .where(receipts.c.person_id == _PERSON)
)
_HOMES = (
    select(residents.c.since, null(), areas.c.name + " " + households.c.unit + "-" + households.c.door)
    .select_from(households)
    .join(areas, areas.c.id == households.c.building_id)
    .outerjoin(residents, and_(residents.c.household_id == households.c.id, residents.c.person_id == _PERSON))
    .where(or_(residents.c.person_id == _PERSON, households.c.contact_id == _PERSON))
)
_VISITS = select(visits.c.at, null(), visits.c.words).where(visits.c.whom.in_(_NAME))
_TOLD = select(outbox.c.sent_at, null(), outbox.c.text).where(
    outbox.c.account_id.in_(_ACCOUNTS), outbox.c.state == "sent"
)
_DEVICES = select(sessions.c.began_at, null(), sessions.c.device).where(sessions.c.account_id.in_(_ACCOUNTS))
_SKILLS = select(null(), null(), skills.c.skill).where(skills.c.person_id == _PERSON)
_POINTS = select(points.c.at, null(), cast(points.c.amount, String) + " " + points.c.why).where(
    points.c.person_id == _PERSON
)
_WISHES = select(wishes.c.at, wishes.c.number, wishes.c.words).where(wishes.c.person_id == _PERSON)
_OPEN_VOTES = select(votes.c.ballot_id).where(votes.c.person_id == _PERSON)
_TOOK_PART = (
    select(roll.c.ballot_id)
    .join(residents, residents.c.household_id == roll.c.household_id)
    .where(residents.c.person_id == _PERSON, roll.c.took_part.is_(True))
)
_VOTES = select(ballots.c.opened_at, ballots.c.number, ballots.c.title).where(
    or_(ballots.c.id.in_(_OPEN_VOTES), ballots.c.id.in_(_TOOK_PART))
)
_MOTIONS = select(motions.c.at, motions.c.number, motions.c.title).where(motions.c.by_id == _PERSON)
_SUPPORTS = (
    select(motion_supports.c.at, motions.c.number, motions.c.title)
    .join(motions, motions.c.id == motion_supports.c.motion_id)
    .where(motion_supports.c.person_id == _PERSON, motions.c.by_id != _PERSON)
)
_OBJECTIONS = (
    select(objections.c.at, publicities.c.number, objections.c.words)
    .join(publicities, publicities.c.id == objections.c.publicity_id)
    .where(objections.c.person_id == _PERSON)
)
_QUESTIONS = select(
    asked_questions.c.asked_at,
    null(),
    asked_questions.c.words + " → " + func.coalesce(asked_questions.c.answer, ""),
).where(asked_questions.c.person_id == _PERSON)
_DOUBTS = select(doubts).where(doubts.c.person_id == _PERSON)
_KINDS: dict[str, Select[Any]] = {
    "homes": _HOMES,
    "appeals": _APPEALS,
    "seconded": _SECONDED,
    "ratings": _RATINGS,
    "sign_ups": _SIGN_UPS,
    "check_ins": _CHECK_INS,
    "skills": _SKILLS,
    "points": _POINTS,
    "wishes": _WISHES,
    "receipts": _RECEIPTS,
    "visits": _VISITS,
    "votes": _VOTES,
    "motions": _MOTIONS,
    "supports": _SUPPORTS,
    "objections": _OBJECTIONS,
    "questions": _QUESTIONS,
    "said": _SAID,
    "told": _TOLD,
    "devices": _DEVICES,
}


class Belonging(NamedTuple):
    """One thing that is kept of somebody: when, of which number (if any), and its words."""

    at: datetime | None
    number: int | None
    words: str


class Belongings(Repository):
    """What somebody has said and done, as far as it is kept."""

    def everything(self, person_id: int) -> dict[str, list[Belonging]]:
        """Return all that is kept of somebody, by kind, the oldest first."""
        found: dict[str, list[Belonging]] = {}
        for kind, statement in _KINDS.items():
            rows = sorted(self.all(statement, person=person_id), key=lambda row: str(row[0]))
            found[kind] = [Belonging(*(value for value in row)) for row in rows]
        found["doubts"] = [
            Belonging(row.said_at, None, "\n".join(line["text"] for line in row.lines if line.get("text")))
            for row in self.all(_DOUBTS, person=person_id)
        ]
        return found
