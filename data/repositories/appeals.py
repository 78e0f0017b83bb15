"""Appeals with their lines, and those who seconded a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from sqlalchemy import bindparam, delete, func, select, update

from data.domain.case import Appeal, Line
from data.repositories.base import Repository, Upsert
from data.tables.appeals import appeals, lines, seconds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack


_BY_ID = select(appeals).where(appeals.c.id == bindparam("id"))
_OF_CASE = (
    select(appeals)
    .where(appeals.c.case_id == bindparam("case"), appeals.c.withdrawn.is_(False))
    .order_by(appeals.c.id)
)
_BY_LINE = (
    select(appeals)
    .join(lines, lines.c.appeal_id == appeals.c.id)
    .where(lines.c.channel == bindparam("channel"), lines.c.message_id == bindparam("message"))
    .order_by(appeals.c.id)
)
_LINES = select(lines).where(lines.c.appeal_id == bindparam("appeal")).order_by(lines.c.id)
_SECONDED = select(seconds).where(seconds.c.case_id == bindparam("case")).order_by(seconds.c.at)
_SECOND = Upsert(seconds)
_CHANGE = update(appeals).where(appeals.c.id == bindparam("b_id"))
_GROW = (
    update(appeals)
    .where(appeals.c.id == bindparam("appeal"))
    .values(words=bindparam("said"), last_line_at=bindparam("now"))
)


QUOTABLE = 20_000  # lines: that far back a quotation is looked for by its words


class NewAppeal(TypedDict):
    """The fields of an appeal."""

    case_id: int | None
    person_id: int
    account_id: int
    room_id: int | None
    message_id: str
    said_at: datetime
    last_line_at: datetime
    words: str
    joined: NotRequired[bool]


class AppealChanges(TypedDict, total=False):
    """What may change of an appeal: whose case it is, whether it stands."""

    case_id: int | None
    joined: bool
    withdrawn: bool
    on_behalf_of: str | None


class Appeals(Repository):
    """What residents said, with the messages it came in."""

    def open(self, **values: Unpack[NewAppeal]) -> Appeal:
        """Write a new appeal; `values` are the fields of `Appeal`."""
        return Appeal(id=self.add(appeals, {"withdrawn": False, "joined": False, **values}), **values)

    def get(self, appeal_id: int) -> Appeal:
        """Return an appeal that exists."""
        row = self.one(_BY_ID, id=appeal_id)
        return _appeal(row)

    def of_case(self, case_id: int) -> list[Appeal]:
        """Return the appeals of a case that stand, the first one first."""
        return [_appeal(row) for row in self.all(_OF_CASE, case=case_id)]

    def of_person(self, person_id: int) -> list[Appeal]:
        """Return everything somebody raised."""
        statement = select(appeals).where(appeals.c.person_id == person_id).order_by(appeals.c.id)
        return [_appeal(row) for row in self.all(statement)]

    def with_line(self, channel: str, message_id: str) -> list[Appeal]:
        """Return the appeals that a message belongs to (two, if it named two matters)."""
        return [_appeal(row) for row in self.all(_BY_LINE, channel=channel, message=message_id)]

    def lines_saying(self, part: str, channel: str, room_id: int | None, account_id: int) -> list[Line]:
        """Return the last lines in a room, or of an account alone, that have a part of a text in them."""
        alone = appeals.c.room_id.is_(None), appeals.c.account_id == account_id
        # the sum keeps SQLite from reading all that was ever said in the room
        here = alone if room_id is None else (appeals.c.room_id + 0 == room_id,)
        recent = lines.c.id > select(func.max(lines.c.id) - QUOTABLE).scalar_subquery()
        statement = (
            select(lines)
            .join(appeals, appeals.c.id == lines.c.appeal_id)
            .where(*here, recent, lines.c.text.contains(part, autoescape=True))
            .order_by(lines.c.id.desc())
            .limit(50)
        )
        return [_line(row) for row in self.all(statement) if row.channel == channel]

    def add_lines(self, appeal_id: int, said: list[Line]) -> None:
        """Keep messages as lines of an appeal."""
        rows = [
            {
                "appeal_id": appeal_id,
                "channel": line.channel,
                "message_id": line.message_id,
                "at": line.at,
                "text": line.text,
                "media": line.media,
            }
            for line in said
        ]
        self.add_all(lines, rows)

    def lines(self, appeal_id: int) -> list[Line]:
        """Return an appeal's messages in the order said."""
        return [_line(row) for row in self.all(_LINES, appeal=appeal_id)]

    def drop_line(self, appeal_id: int, channel: str, message_id: str) -> None:
        """Forget one message of an appeal: it was recalled."""
        self.run(
            delete(lines).where(
                lines.c.appeal_id == appeal_id,
                lines.c.channel == channel,
                lines.c.message_id == message_id,
            )
        )

    def grow(self, appeal_id: int, words: str, at: datetime) -> None:
        """Replace an appeal's words: a line was added or recalled."""
        self.touched.appeals.add(appeal_id)
        self.run(_GROW, appeal=appeal_id, said=words, now=at)

    def reword(self, appeal_id: int, words: str) -> None:
        """Let an appeal say something else: one line has the words, of the others only pictures stay."""
        self.touched.appeals.add(appeal_id)
        self.run(update(appeals).where(appeals.c.id == appeal_id).values(words=words))
        mine = lines.c.appeal_id == appeal_id
        first = select(func.min(lines.c.id)).where(mine).scalar_subquery()
        self.run(delete(lines).where(mine, lines.c.id != first, lines.c.media.is_(None)))
        self.run(update(lines).where(mine, lines.c.id != first).values(text=""))
        self.run(update(lines).where(mine, lines.c.id == first).values(text=words))

    def change(self, appeal_id: int, **values: Unpack[AppealChanges]) -> None:
        """Change columns of an appeal."""
        self.touched.appeals.add(appeal_id)
        self.alter(_CHANGE, b_id=appeal_id, **values)

    def on_behalf(self, case_id: int, person_id: int, name: str) -> int | None:
        """Return the appeal that somebody reported about a case for somebody else of that name."""
        mine = (
            appeals.c.case_id == case_id,
            appeals.c.person_id == person_id,
            appeals.c.on_behalf_of == name,
        )
        row = self.first(select(appeals.c.id).where(*mine))
        return row.id if row else None

    def move(self, from_case: int, to_case: int) -> dict[str, list[int]]:
        """Give one case's appeals and seconders to another, and return whom: what `move_back` needs."""
        self.touched.cases.update((from_case, to_case))
        moved = [appeal.id for appeal in self.of_case(from_case)]
        self.run(update(appeals).where(appeals.c.id.in_(moved)).values(case_id=to_case))
        there = {row.person_id for row in self.seconded_by(to_case)}
        new = [row.person_id for row in self.seconded_by(from_case) if row.person_id not in there]
        self._move_seconds(from_case, to_case, new)
        return {"appeals": moved, "seconds": new}

    def move_back(self, to_case: int, from_case: int, moved: Mapping[str, list[int]]) -> None:
        """Give the appeals back that `move` has taken to another case."""
        self.touched.cases.update((from_case, to_case))
        self.run(update(appeals).where(appeals.c.id.in_(moved["appeals"])).values(case_id=from_case))
        self._move_seconds(to_case, from_case, moved["seconds"])

    def _move_seconds(self, from_case: int, to_case: int, people: list[int]) -> None:
        mine = seconds.c.case_id == from_case, seconds.c.person_id.in_(people)
        self.run(update(seconds).where(*mine).values(case_id=to_case))

    def second(
        self, case_id: int, person_id: int, account_id: int, room_id: int | None, at: datetime
    ) -> bool:
        """Count somebody as seconding a case; return whether that is new."""
        row = {
            "case_id": case_id,
            "person_id": person_id,
            "account_id": account_id,
            "room_id": room_id,
            "at": at,
        }
        return self.upsert(_SECOND, row) == 1

    def seconded_by(self, case_id: int) -> list[Row[Any]]:
        """Return who seconded a case: rows of person_id, account_id, room_id, at."""
        return list(self.all(_SECONDED, case=case_id))


def _line(row: Row[Any]) -> Line:
    return Line(row.channel, row.message_id, row.at, row.text, row.media)


def _appeal(row: Row[Any]) -> Appeal:
    return Appeal(
        row.id,
        row.case_id,
        row.person_id,
        row.account_id,
        row.room_id,
        row.message_id,
        row.said_at,
        row.last_line_at,
        row.words,
        row.withdrawn,
        row.joined,
    )
