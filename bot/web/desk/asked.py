"""What the address of a list asks for. Nonsense in it asks for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain import references
from data.domain.case import Grade
from data.domain.charge import Standing, Wanted
from data.domain.messages import clean
from handlers.reports.periods import Period, read_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.context import Heard

LONGEST = 100  # characters of a search that are looked for
KEYS = ("state", "q", "kind", "grade", "area", "who", "period")


class ListQuery(NamedTuple):
    """What is wanted, the same as it stands in the address, and whether the search was cut."""

    wanted: Wanted
    query: dict[str, str]
    period: Period | None
    cut: bool = False


def read(heard: Heard, given: Mapping[str, str]) -> ListQuery:
    """Read the filter of an address."""
    query = {key: clean(given.get(key, ""), 10_000) for key in KEYS}
    cut = len(query["q"]) > LONGEST
    query["q"] = query["q"][:LONGEST]
    standing = _standing(query)
    words, number = _words(query["q"])
    area = heard.uow.areas.by_code(query["area"]) if query["area"] else None
    person, organisation = _handler(query["who"])
    period = read_period(heard.policy.work, heard.now, query["period"]) if query["period"] else None
    wanted = Wanted(
        standing=standing,
        words=words,
        number=number,
        kind=query["kind"][:40],
        grade=Grade(query["grade"]) if query["grade"] in list(Grade) else None,
        area=area,
        handler_person=person,
        handler_organisation=organisation,
        start=period.start if period else None,
        end=period.end if period else None,
    )
    kept = {
        **query,
        "state": standing.value,
        "grade": wanted.grade.value if wanted.grade else "",
        "area": area.code if area else "",
        "who": query["who"] if person or organisation else "",
        "period": period.name if period else "",
    }
    return ListQuery(wanted, {key: value for key, value in kept.items() if value}, period, cut)


def page_number(given: Mapping[str, str]) -> int:
    """Return the page that is asked for; the first where that is no number."""
    said = given.get("page", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 1


def _standing(query: Mapping[str, str]) -> Standing:
    if query["state"] in list(Standing):
        return Standing(query["state"])
    return Standing.ALL if query["q"] else Standing.OPEN


def _words(said: str) -> tuple[str, int | None]:
    """Return what is to be looked for: words, or the case of a number (`12`, `#12`, `百安坝#12`)."""
    ref, rest = references.read(said)
    if ref is None or rest or ref.number == references.NOBODYS:  # a telephone number, say
        return said, None
    return (f"{ref.where}#{ref.number}" if ref.where else ""), ref.number


def _handler(said: str) -> tuple[int | None, int | None]:
    """Return the person (`p:12`) or the organisation (`o:12`) that is named."""
    kind, _, digits = said.partition(":")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        return None, None
    return (int(digits), None) if kind == "p" else (None, int(digits)) if kind == "o" else (None, None)
