"""帮助: the commands that one's own duties allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.hearing.permissions import allowed_somewhere
from handlers.hearing.verbs import FORMS
from handlers.saying.say import answer

if TYPE_CHECKING:
    from handlers.context import Heard
    from handlers.hearing.grammar import Command


def help_text(heard: Heard, _command: Command) -> None:
    """帮助: the commands that one's own duties allow."""
    texts = heard.house.texts
    rows = [
        texts("help.row", example=form.example, what=texts(f"help.{form.verb.name.lower()}"))
        for form in FORMS
        if allowed_somewhere(heard, form.who)
    ]
    heard.private_answer = heard.has_duty
    answer(heard, "help.all", rows="\n".join(rows))
