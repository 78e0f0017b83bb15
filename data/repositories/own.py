"""A place's own rules and wordings, and the lines they are tried out on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from data.domain.own import OwnKind, Version
from data.repositories.base import Repository
from data.tables.appeals import appeals, lines
from data.tables.areas import meta
from data.tables.cases import cases
from data.tables.own import own_versions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy.engine import Row

OWN_VERSION = "own_version"  # the number in `meta` that tells every process of a change


class Own(Repository):
    """The place's own rules and wordings, every version; the newest of each kind is in force."""

    def newest(self, kind: OwnKind) -> Version | None:
        """Return the version in force, None where only what ships is."""
        found = self.of(kind, 1)
        return found[0] if found else None

    def of(self, kind: OwnKind, most: int) -> list[Version]:
        """Return the last versions, the newest first."""
        ours = select(own_versions).where(own_versions.c.kind == kind.value)
        return [_version(row) for row in self.all(ours.order_by(own_versions.c.id.desc()).limit(most))]

    def get(self, version_id: int) -> Version | None:
        """Return a version by its id."""
        row = self.first(select(own_versions).where(own_versions.c.id == version_id))
        return _version(row) if row else None

    def said_in(self, said: str) -> Version | None:
        """Return the version that a message made."""
        row = self.first(select(own_versions).where(own_versions.c.said == said))
        return _version(row) if row else None

    def keep(
        self,
        kind: OwnKind,
        at: datetime,
        person_id: int,
        what: str,
        text: str,
        *,
        before: int,
        shown: int | None = None,
        said: str | None = None,
    ) -> int:
        """Put a version in force; `shown` names the older one it goes back to."""
        row = {"kind": kind.value, "at": at, "person_id": person_id, "what": what, "text": text}
        version_id = self.add(own_versions, {**row, "shown": shown or 0, "before": before, "said": said})
        if shown is None:
            self.run(update(own_versions).where(own_versions.c.id == version_id).values(shown=version_id))
        raised = self.run(update(meta).where(meta.c.name == OWN_VERSION).values(value=version_id))
        if not raised:
            self.add_meta(version_id)
        return version_id

    def add_meta(self, value: int) -> None:
        """Write the first number that tells of a change."""
        self.connection.execute(meta.insert(), {"name": OWN_VERSION, "value": value})

    def lines(self, area_ids: Sequence[int], most: int) -> list[str]:
        """Return the last lines kept of appeals to cases in some areas, the newest first."""
        found = (
            select(lines.c.text)
            .join(appeals, appeals.c.id == lines.c.appeal_id)
            .join(cases, cases.c.id == appeals.c.case_id)
            .where(cases.c.area_id.in_(area_ids), lines.c.text != "", lines.c.media.is_(None))
            .order_by(lines.c.id.desc())
            .limit(most)
        )
        return [row.text for row in self.all(found)]


def _version(row: Row[Any]) -> Version:
    return Version(
        row.id, OwnKind(row.kind), row.at, row.person_id, row.what, row.text, row.shown, row.before
    )
