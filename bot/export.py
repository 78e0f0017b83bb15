"""The cases as a spreadsheet, with their five times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.five_times import five_times
from handlers.cases.marks import marked_state
from handlers.texts.masking import mask

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path
    from typing import IO

    from data.domain.case import Case
    from data.domain.policy import Policy
    from data.store import Store
    from data.uow import UnitOfWork
    from handlers.texts.wording import Texts

FORMULA = ("=", "+", "-", "@")  # a cell that begins so would be taken for a formula
COLUMNS = (
    *("number", "state", "kind", "grade", "urgency", "building", "unit", "floor", "spot", "source"),
    *("summary", "result", "assignee", "seconds", "reopened"),
    *("found", "accepted", "resolved", "fed_back", "confirmed", "accept_by", "resolve_by"),
)


def export(store: Store, policy: Policy, texts: Texts, to: Path) -> int:
    """Write all cases into a spreadsheet, people's words masked; return how many there are."""
    with store.read() as uow:
        return write(uow, policy, texts, uow.cases.everything(), to)


def write(uow: UnitOfWork, policy: Policy, texts: Texts, cases: Iterable[Case], to: Path | IO[bytes]) -> int:
    """Write some cases into a spreadsheet."""
    from openpyxl import Workbook  # noqa: PLC0415  loaded by who writes one
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(texts("export.sheet"))
    sheet.freeze_panes = "A2"
    for index, name in enumerate(COLUMNS, start=1):
        wide = name in ("summary", "result")
        sheet.column_dimensions[get_column_letter(index)].width = 40 if wide else 16
    head = [WriteOnlyCell(sheet, texts(f"export.{name}")) for name in COLUMNS]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    count = 0
    for case in cases:
        sheet.append([safe(value) for value in _row(uow, policy, texts, case)])
        count += 1
    book.save(to)
    return count


def _row(uow: UnitOfWork, policy: Policy, texts: Texts, case: Case) -> list[object]:
    place = case.place
    times = five_times(uow.timeline.of_case(case.id))
    return [
        f"{uow.areas.get(case.community_id).short}#{case.number}",
        marked_state(texts, policy, uow, case),
        case.category,
        policy.grade_name(case.grade),
        texts(f"urgency.{case.urgency.value}"),
        place.building,
        place.unit,
        place.floor,
        place.spot,
        texts(f"source.{case.source.value}"),
        mask(case.summary),
        mask(case.result or ""),
        _assignee(uow, case),
        len(uow.appeals.seconded_by(case.id)),
        case.reopened,
        *(
            _local(policy, at)
            for at in (
                times.found,
                times.accepted,
                times.resolved,
                times.fed_back,
                times.confirmed,
                case.accept_by,
                case.resolve_by,
            )
        ),
    ]


def _assignee(uow: UnitOfWork, case: Case) -> str:
    if case.assignee_org_id is not None:
        return uow.organisations.get(case.assignee_org_id).name
    return uow.people.get(case.assignee_id).name if case.assignee_id is not None else ""


def _local(policy: Policy, at: datetime | None) -> datetime | None:
    """Return a time as the place's clocks show it: a spreadsheet knows no zones."""
    return at and policy.work.local(at).replace(tzinfo=None, microsecond=0)


def safe(value: object) -> object:
    """Return a value as a cell: a text that a spreadsheet would take for a formula stays a text."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
