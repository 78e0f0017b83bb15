"""A case's card: what 进度 says of it, in parts, for a page that shows it when its number is tapped."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain import references
from data.domain.errors import UserError
from handlers.hearing.lookup import case_named
from handlers.queries.charge import may_see
from handlers.queries.progress import progress_values

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Heard


class Card(NamedTuple):
    """A case in a few lines; `theirs` is whether the one who asks may open its page."""

    case: Case
    number: str
    label: str
    state: str
    standing: str
    lines: tuple[str, ...]
    theirs: bool


def card_of(heard: Heard, said: str) -> Card:
    """Return the card of the case that is named, or raise: there is none, or none to be spoken of here.

    `said` is a number as it stands in a text, with what is before it: #12, 已转给百安坝#12.
    """
    before, mark, number = said.partition("#")
    ref, _ = references.read(mark + number)
    if ref is None:
        raise UserError("case.unknown", ref=said)
    named = (area for area in heard.uow.areas.communities() if before.endswith((area.short, area.name)))
    where = next((area.short for area in named), None)
    case = case_named(heard, ref._replace(where=where))
    values = progress_values(heard, case)
    texts = heard.house.texts
    lines = [str(values[part]).strip() for part in ("now", "last", "into", "chain", "seconds")]
    lines.append(texts("web.card.reported", at=values["reported"]))
    return Card(
        case,
        ref.shown,
        str(values["label"]),
        str(values["state"]),
        case.state.value,
        tuple(line.strip("( ),;") for line in lines if line),
        may_see(heard, case),
    )
