"""Reports: appeals that other software handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from data.domain.report import KeptReport
from data.repositories.base import Repository
from data.tables.appeals import appeals, lines
from data.tables.interfaces import reports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Row

    from data.domain.report import Report

_KEPT = select(reports, appeals.c.case_id, appeals.c.room_id).join(
    appeals, appeals.c.id == reports.c.appeal_id
)
_CASES_OF_MESSAGE = (
    select(appeals.c.id, appeals.c.case_id, appeals.c.joined)
    .join(lines, lines.c.appeal_id == appeals.c.id)
    .where(lines.c.channel == bindparam("channel"), lines.c.message_id == bindparam("message"))
    .order_by(appeals.c.id)
)


class Reports(Repository):
    """What came with appeals from outside."""

    def take_in(self, appeal_id: int, message_id: str, report: Report) -> None:
        """Keep what came with an appeal; of a message with several matters with the first."""
        if self.of_message(message_id) is not None:
            return
        lat, long = report.position or (None, None)
        row = {
            "appeal_id": appeal_id,
            "message_id": message_id,
            "token_id": report.token_id,
            "address": report.address,
            "lat": lat,
            "long": long,
            "media_url": report.media_url,
        }
        self.add(reports, row)

    def of_message(self, message_id: str) -> KeptReport | None:
        """Return the report that a message was."""
        row = self.first(_KEPT.where(reports.c.message_id == message_id))
        return _kept(row) if row else None

    def of_cases(self, case_ids: Sequence[int]) -> dict[int, KeptReport]:
        """Return the first report of each of some cases that has one."""
        rows = self.all(_KEPT.where(appeals.c.case_id.in_(case_ids)).order_by(reports.c.id.desc()))
        return {row.case_id: _kept(row) for row in rows}

    def raised_by(self, channel: str, message_id: str) -> list[tuple[int, bool]]:
        """Return the cases that a message raised or joined: ids, and whether they were there before."""
        rows = self.all(_CASES_OF_MESSAGE, channel=channel, message=message_id)
        return [(row.case_id, bool(row.joined)) for row in rows if row.case_id is not None]


def _kept(row: Row[Any]) -> KeptReport:
    position = None if row.lat is None or row.long is None else (row.lat, row.long)
    return KeptReport(row.appeal_id, row.case_id, row.address, position, row.media_url, row.room_id is None)
