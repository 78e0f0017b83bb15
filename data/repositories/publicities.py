"""Publicities and objections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from sqlalchemy import func, select, update

from data.domain.publicity import Objection, Publicity, PublicityKind
from data.repositories.base import Repository
from data.repositories.counters import next_number
from data.tables.publicities import objections, publicities

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack


class NewPublicity(TypedDict):
    """The fields of a publicity that begins."""

    community_id: int
    areas: tuple[int, ...]
    kind: PublicityKind
    title: str
    words: str
    media: tuple[str, ...]
    by_id: int
    starts_at: datetime
    ends_at: datetime | None
    case_id: int | None
    motion_id: int | None
    said_in: str | None


class PublicityChanges(TypedDict, total=False):
    """What may change of a publicity: it is withdrawn, its end was said."""

    withdrawn: bool
    closed: bool


class Publicities(Repository):
    """Publicities on the public board, with what people object to them."""

    def begin(self, new: NewPublicity) -> Publicity:
        """Make something public under the next number."""
        number = next_number(self, new["community_id"], "publicity")
        row = {**new, "number": number, "kind": new["kind"].value, "withdrawn": False, "closed": False}
        stored = {**row, "areas": list(new["areas"]), "media": list(new["media"])}
        return self.get(self.add(publicities, stored))

    def get(self, publicity_id: int) -> Publicity:
        """Return a publicity that exists."""
        return publicity_of(self.one(select(publicities).where(publicities.c.id == publicity_id)))

    def numbered(self, community_id: int, number: int) -> Publicity | None:
        """Return the publicity with that number in a community."""
        mine = publicities.c.community_id == community_id, publicities.c.number == number
        row = self.first(select(publicities).where(*mine))
        return publicity_of(row) if row else None

    def open_ones(self) -> list[Publicity]:
        """Return the publicities in force, the oldest first."""
        still = publicities.c.ends_at.is_not(None), publicities.c.withdrawn.is_(False)
        statement = select(publicities).where(*still, publicities.c.closed.is_(False))
        return [publicity_of(row) for row in self.all(statement.order_by(publicities.c.id))]

    def of_community(self, community_id: int, kind: PublicityKind | None = None) -> list[Publicity]:
        """Return the publicities of a community that were not withdrawn, the latest first."""
        mine = [publicities.c.community_id == community_id, publicities.c.withdrawn.is_(False)]
        if kind is not None:
            mine.append(publicities.c.kind == kind.value)
        statement = select(publicities).where(*mine).order_by(publicities.c.id.desc())
        return [publicity_of(row) for row in self.all(statement)]

    def about(self, *, case_id: int | None = None, motion_id: int | None = None) -> list[Publicity]:
        """Return the publicities on a case or a motion that were not withdrawn, the oldest first."""
        table = publicities
        which = table.c.case_id == case_id if case_id is not None else table.c.motion_id == motion_id
        statement = select(table).where(which, table.c.withdrawn.is_(False)).order_by(table.c.id)
        return [publicity_of(row) for row in self.all(statement)]

    def said_in(self, message: str) -> Publicity | None:
        """Return the publicity that a message began."""
        row = self.first(select(publicities).where(publicities.c.said_in == message))
        return publicity_of(row) if row else None

    def change(self, publicity_id: int, **changes: Unpack[PublicityChanges]) -> None:
        """Withdraw a publicity, or note that its end was said."""
        self.run(update(publicities).where(publicities.c.id == publicity_id).values(**changes))

    def object(
        self, publicity_id: int, *, person_id: int, account_id: int, words: str, at: datetime
    ) -> Objection:
        """Write an objection down under the next number of its publicity."""
        theirs = select(func.count()).where(objections.c.publicity_id == publicity_id)
        number = int(self.connection.execute(theirs).scalar_one()) + 1
        row: dict[str, Any] = {
            "publicity_id": publicity_id,
            "number": number,
            "person_id": person_id,
            "account_id": account_id,
            "words": words,
            "at": at,
        }
        return Objection(id=self.add(objections, row), **row)

    def objections(self, publicity_id: int) -> list[Objection]:
        """Return what people object, the first first."""
        mine = select(objections).where(objections.c.publicity_id == publicity_id)
        return [_objection(row) for row in self.all(mine.order_by(objections.c.number))]

    def answer(self, objection_id: int, words: str, by_id: int, at: datetime) -> None:
        """Note what an objection was answered."""
        values = {"answer": words, "answered_by_id": by_id, "answered_at": at}
        self.run(update(objections).where(objections.c.id == objection_id).values(**values))


def publicity_of(row: Row[Any]) -> Publicity:
    """Return the publicity that a row holds."""
    values = dict(row._mapping)
    return Publicity(
        **{
            **values,
            "areas": tuple(values["areas"]),
            "media": tuple(values["media"]),
            "kind": PublicityKind(values["kind"]),
        }
    )


def _objection(row: Row[Any]) -> Objection:
    columns = ("id", "publicity_id", "number", "person_id", "account_id", "words", "at", "answer")
    return Objection(*(row._mapping[name] for name in columns))
