"""What an entry of each section of the roster holds."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from data.domain.areas import AreaKind, RoomKind
from data.domain.household import hundredths
from data.domain.people import Rank, Role
from data.domain.visit import Recurrence, read_period


def _text(value: Any) -> Any:
    """Take a number for the text it was meant to be: YAML reads an unquoted code or door as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _split(value: Any) -> Any:
    """Take a spreadsheet's `a, b` for a list."""
    return [part for part in re.split(r"[,，;；、\s]+", value) if part] if isinstance(value, str) else value


def _pairs(first: str, second: str, mark: str) -> Any:
    """Take a spreadsheet's `web:limin; wechaty:x` for a list of mappings."""

    def split(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        parts = [part.strip().partition(mark) for part in re.split(r"[,，;；\n]+", value) if part.strip()]
        return [{first: left.strip(), second: right.strip()} for left, _, right in parts]

    return split


def period_of(word: str) -> Recurrence:
    """Return the period a word names, or raise `ValueError` with the words that may stand there."""
    period = read_period(word)
    if period is None:
        message = "每周, 每月, 每两周, 每季度, 每半年, 每年"
        raise ValueError(message)
    return period


def _checked_period(value: Any) -> str:
    period_of(str(value))
    return str(value)


def _area(value: Any) -> int | None:
    return None if value is None else hundredths(value)


Text = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=200)]


class Section(BaseModel):
    """One entry of a section."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class AreaEntry(Section):
    """A node of the tree of areas."""

    code: Text
    name: Text
    kind: AreaKind
    parent: Text | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None  # its centre (WGS 84)
    long: Annotated[float, Field(ge=-180, le=180)] | None = None


class RoomEntry(Section):
    """A group chat on one channel."""

    channel: Text
    id: Text
    topic: Text
    kind: RoomKind
    area: Text | None = None
    organisation: Text | None = None


class OrganisationEntry(Section):
    """A department, property company, committee or service team."""

    name: Text
    kind: Text
    aliases: Annotated[list[Text], BeforeValidator(_split)] = []
    area: Text | None = None
    phone: Annotated[str, BeforeValidator(_text)] = ""
    public: bool = False  # whether anybody may be told the number


class AccountEntry(Section):
    """A person's account on one channel."""

    channel: Text
    id: Text


class DutyEntry(Section):
    """A role held in an area."""

    role: Role
    area: Text


class PersonEntry(Section):
    """Somebody with accounts, duties, an organisation."""

    name: Text
    accounts: Annotated[list[AccountEntry], BeforeValidator(_pairs("channel", "id", ":"))] = []
    duties: Annotated[list[DutyEntry], BeforeValidator(_pairs("role", "area", "@"))] = []
    organisation: Text | None = None
    rank: Rank = Rank.MEMBER
    phone: Annotated[str, BeforeValidator(_text)] = ""
    public: bool = False  # whether anybody may be told the number


class HouseholdEntry(Section):
    """A door, its area, who lives there, and whom to ask for there."""

    building: Text
    unit: Annotated[str, BeforeValidator(_text)] = ""
    door: Text
    area_m2: Annotated[int | None, BeforeValidator(_area)] = None  # kept in 0.01 m²
    people: Annotated[list[AccountEntry], BeforeValidator(_pairs("channel", "id", ":"))] = []
    contact: Text | None = None


class ServiceEntry(Section):
    """Somebody one may ask for with a word: a lawyer, a judge, a doctor."""

    name: Text
    words: Annotated[list[Text], BeforeValidator(_split), Field(min_length=1)]
    person: Text
    area: Text | None = None


class VisitPlanEntry(Section):
    """Who should be visited how often, and by whom."""

    visitor: Text
    building: Text
    unit: Annotated[str, BeforeValidator(_text)] = ""
    door: Annotated[str, BeforeValidator(_text)] = ""
    name: Annotated[str, BeforeValidator(_text)] = ""
    every: Annotated[str, BeforeValidator(_checked_period)]

    @property
    def period(self) -> Recurrence:
        """How often."""
        return period_of(self.every)


class PairEntry(Section):
    """Who looks after which households (联户)."""

    person: Text
    households: Annotated[list[Text], BeforeValidator(_split), Field(min_length=1)]


class AnswerEntry(Section):
    """What is asked again and again, and what to answer."""

    words: Annotated[list[Text], BeforeValidator(_split), Field(min_length=1)]
    answer: Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=500)]
    phone: Annotated[str, BeforeValidator(_text)] = ""
    hours: str = ""
    area: Text | None = None  # the community, where the roster names several


SECTIONS: dict[str, type[Section]] = {
    "areas": AreaEntry,
    "rooms": RoomEntry,
    "organisations": OrganisationEntry,
    "people": PersonEntry,
    "households": HouseholdEntry,
    "services": ServiceEntry,
    "visit_plans": VisitPlanEntry,
    "pairs": PairEntry,
    "answers": AnswerEntry,
}


def first_problem(model: type[Section], value: Any) -> tuple[Section | None, dict[str, str]]:
    """Return the checked value, or the field that is wrong and what was expected there."""
    try:
        return model.model_validate(value), {}
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(str(part) for part in problem["loc"]) or "-"
        return None, {"field": field, "problem": problem["type"], "expected": expected(problem)}


def expected(problem: Any) -> str:
    """Say what was expected where pydantic found a problem."""
    context = problem.get("ctx") or {}
    if "expected" in context:
        return str(context["expected"]).replace(" or ", ", ").replace("'", "")
    if problem["type"] == "value_error":
        return str(context.get("error", problem["msg"]))
    return str(problem["msg"])
