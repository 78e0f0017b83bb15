"""All that is kept of one person, as they may have it (PIPL, article 45): by kind, the oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import String, cast, func, literal, null, or_, select

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

    from sqlalchemy import Select


class Belonging(NamedTuple):
    """One thing that is kept of somebody: when, of which number (if any), and its words."""

    at: datetime | None
    number: int | None
    words: str


class Belongings(Repository):
    """What somebody has said and done, as far as it is kept."""

    def everything(self, person_id: int) -> dict[str, list[Belonging]]:
        """Return all that is kept of somebody, by kind, the oldest first."""
        theirs = select(accounts.c.id).where(accounts.c.person_id == person_id)
        numbers = cases.c.number
        heard = select(inbox.c.at, null(), inbox.c.text).where(
            inbox.c.account_id.in_(theirs), inbox.c.text.is_not(None)
        )
        said = (
            select(lines.c.at, numbers, lines.c.text + func.coalesce(" " + lines.c.media, ""))
            .join(appeals, appeals.c.id == lines.c.appeal_id)
            .outerjoin(cases, cases.c.id == appeals.c.case_id)
            .where(appeals.c.person_id == person_id)
        )
        rated = (
            select(
                ratings.c.answered_at,
                numbers,
                cast(ratings.c.digit, String) + " " + func.coalesce(ratings.c.words, ""),
            )
            .join(cases, cases.c.id == ratings.c.case_id)
            .where(ratings.c.person_id == person_id, ratings.c.answered_at.is_not(None))
        )
        seconded = (
            select(seconds.c.at, numbers, literal(""))
            .join(cases, cases.c.id == seconds.c.case_id)
            .where(seconds.c.person_id == person_id)
        )
        coming = (
            select(sign_ups.c.at, activities.c.number, activities.c.topic)
            .join(activities, activities.c.id == sign_ups.c.activity_id)
            .where(sign_ups.c.person_id == person_id)
        )
        came = (
            select(check_ins.c.at, activities.c.number, activities.c.topic)
            .join(activities, activities.c.id == check_ins.c.activity_id)
            .where(check_ins.c.person_id == person_id)
        )
        read = (
            select(receipts.c.at, notices.c.number, literal(""))
            .join(notices, notices.c.id == receipts.c.notice_id)
            .where(receipts.c.person_id == person_id)
        )
        lives = (
            select(
                residents.c.since, null(), areas.c.name + " " + households.c.unit + "-" + households.c.door
            )
            .join(households, households.c.id == residents.c.household_id)
            .join(areas, areas.c.id == households.c.building_id)
            .where(residents.c.person_id == person_id)
        )
        seen = select(visits.c.at, null(), visits.c.words).where(visits.c.whom.in_(_called(person_id)))
        told = select(outbox.c.sent_at, null(), outbox.c.text).where(
            outbox.c.account_id.in_(theirs), outbox.c.state == "sent"
        )
        devices = select(sessions.c.began_at, null(), sessions.c.device).where(
            sessions.c.account_id.in_(theirs)
        )
        able = select(null(), null(), skills.c.skill).where(skills.c.person_id == person_id)
        earned = select(points.c.at, null(), cast(points.c.amount, String) + " " + points.c.why).where(
            points.c.person_id == person_id
        )
        wished = select(wishes.c.at, wishes.c.number, wishes.c.words).where(wishes.c.person_id == person_id)
        open_votes = select(votes.c.ballot_id).where(votes.c.person_id == person_id)
        took_part = (
            select(roll.c.ballot_id)
            .join(residents, residents.c.household_id == roll.c.household_id)
            .where(residents.c.person_id == person_id, roll.c.took_part.is_(True))
        )
        voted = select(ballots.c.opened_at, ballots.c.number, ballots.c.title).where(
            or_(ballots.c.id.in_(open_votes), ballots.c.id.in_(took_part))
        )
        proposed = select(motions.c.at, motions.c.number, motions.c.title).where(motions.c.by_id == person_id)
        supported = (
            select(motion_supports.c.at, motions.c.number, motions.c.title)
            .join(motions, motions.c.id == motion_supports.c.motion_id)
            .where(motion_supports.c.person_id == person_id, motions.c.by_id != person_id)
        )
        objected = (
            select(objections.c.at, publicities.c.number, objections.c.words)
            .join(publicities, publicities.c.id == objections.c.publicity_id)
            .where(objections.c.person_id == person_id)
        )
        asked = select(
            asked_questions.c.asked_at,
            null(),
            asked_questions.c.words + " → " + func.coalesce(asked_questions.c.answer, ""),
        ).where(asked_questions.c.person_id == person_id)
        kinds: dict[str, Any] = {
            "homes": lives,
            "appeals": said,
            "seconded": seconded,
            "ratings": rated,
            "sign_ups": coming,
            "check_ins": came,
            "skills": able,
            "points": earned,
            "wishes": wished,
            "receipts": read,
            "visits": seen,
            "votes": voted,
            "motions": proposed,
            "supports": supported,
            "objections": objected,
            "questions": asked,
            "said": heard,
            "told": told,
            "devices": devices,
        }
        found: dict[str, list[Belonging]] = {}
        for kind, statement in kinds.items():
            rows = sorted(self.all(statement), key=lambda row: str(row[0]))
            found[kind] = [Belonging(*(value for value in row)) for row in rows]
        found["doubts"] = [
            Belonging(row.said_at, None, "\n".join(line["text"] for line in row.lines if line.get("text")))
            for row in self.all(select(doubts).where(doubts.c.person_id == person_id))
        ]
        return found


def _called(person_id: int) -> Select[tuple[str]]:
    """Return the name of somebody who is on the roster: visits are written down by it."""
    return select(people.c.name).where(people.c.id == person_id, people.c.on_roster == 1)
