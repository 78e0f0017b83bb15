"""Which own rules and wordings are in force: checked as files are, taken up by every process at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.errors import InputError, UserError
from data.domain.own import OwnKind
from handlers.own.reasons import worded
from nlp.rules import OWN, RuleError

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.uow import UnitOfWork
    from handlers.context import House
    from nlp.understand import Understander


def renew(house: House, shipped: Understander, told: Callable[[InputError], None], uow: UnitOfWork) -> None:
    """Go by the newest versions; one that cannot be used (any more) is `told`, and what ships stays."""
    rules, wordings = uow.own.newest(OwnKind.RULES), uow.own.newest(OwnKind.WORDINGS)
    try:
        house.understander.follow(shipped.with_own_rules(rules.text) if rules and rules.text else shipped)
    except RuleError as error:
        told(InputError(OWN, str(error.line), "input.rules", what=error.reason))
        house.understander.follow(shipped)
    try:
        house.texts.lay_over(house.texts.own(wordings.text) if wordings else {})
    except InputError as error:
        told(error)
        house.texts.lay_over({})


def checked_rules(house: House, text: str) -> Understander:
    """Return what understands by these rules; raise a keyed error with line and reason for bad ones."""
    try:
        return house.understander.with_own_rules(text)
    except RuleError as error:
        raise UserError("own.bad_rules", line=error.line, reason=worded(house.texts, error.reason)) from None


def checked_wordings(house: House, text: str) -> dict[str, str]:
    """Return the wordings of a text; raise a keyed error with the place and the reason for bad ones."""
    try:
        return house.texts.own(text)
    except InputError as error:
        reason = house.texts(error.key, **error.values)
        raise UserError("own.bad_wordings", where=error.where, reason=reason) from None
