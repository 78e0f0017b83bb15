"""In what the interface's answers come: a page of a list, what became of a write, a problem."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from typing_extensions import override

from bot.web.api.kinds import Model
from bot.web.api.models import Case

T = TypeVar("T")


class Listed(Model, Generic[T]):
    """One page of a list; `next` is the cursor of the next page, null on the last."""

    items: list[T]
    next: str | None

    @classmethod
    @override
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        return f"{params[0].__name__}Page"


class Everything(Model, Generic[T]):
    """A whole list."""

    items: list[T]

    @classmethod
    @override
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        return f"{params[0].__name__}List"


class AppealTaken(Model):
    """What became of an appeal: the cases it opened, or the open one that it joined."""

    message: str
    joined: bool
    case: Case
    cases: list[Case]


class CommandDone(Model):
    """What the bot answered to a command, and the case as it stands."""

    answers: list[str]
    case: Case


class FieldProblem(Model):
    """What is wrong with one field."""

    field: str
    detail: str


class Problem(Model):
    """A problem, as RFC 9457 says."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem]
