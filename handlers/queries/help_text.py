"""帮助: by topic what one's duties allow; 帮助 派单: one command, two examples; 帮助 全部: all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.references import Several
from handlers.hearing.forms import FORMS, Form
from handlers.hearing.grammar import WORDS
from handlers.hearing.likely import nearest
from handlers.hearing.permissions import allowed_somewhere, is_off
from handlers.hearing.verbs import Needs, Verb
from handlers.queries.help_topics import TOPICS, folded
from handlers.saying.say import answer

if TYPE_CHECKING:
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

ALL = ("全部", "所有", "全部命令", "all")


def help_text(heard: Heard, command: Command) -> None:
    """Show what the speaker may say, by topic, or how one command is said: 帮助 [命令|全部]."""
    heard.private_answer = heard.has_duty
    words = command.words.strip()
    mine = [f for f in FORMS if allowed_somewhere(heard, f.who) and not is_off(heard, f.verb)]
    if words in ALL:
        texts = heard.house.texts
        rows = (texts("help.row", example=form.example, what=_what(heard, form)) for form in mine)
        answer(heard, "help.all", rows="\n".join(rows))
    elif words and (form := _form_called(words)) is not None:
        examples = (form.example, _second_example(form))
        values = {"word": form.verb.value, "what": _what(heard, form)}
        answer(heard, "help.one", **values, first=examples[0], second=examples[1])
    else:
        shown = Verb.ASSIGN if any(form.verb is Verb.ASSIGN for form in mine) else Verb.PROGRESS
        answer(heard, "help.topics", rows="\n".join(_rows(heard, mine)), word=shown.value)


def _rows(heard: Heard, mine: list[Form]) -> list[str]:
    """Return a line for each topic that has a command of the speaker's."""
    allowed = {form.verb for form in mine}
    lines = ((topic, folded(verb for verb in verbs if verb in allowed)) for topic, verbs in TOPICS.items())
    return [heard.house.texts(f"help.topic.{topic}", words=words) for topic, words in lines if words]


def _what(heard: Heard, form: Form) -> str:
    return heard.house.texts(f"help.{form.verb.name.lower()}")


def _form_called(words: str) -> Form | None:
    """Return the command that is asked about: by its word, by one that holds it, or the nearest."""
    plain = words.replace(" ", "")
    exact = next((form for word, form in WORDS if word == plain), None)
    held = next((form for word, form in WORDS if len(word) > 1 and (word in plain or plain in word)), None)
    return exact or held or nearest(words)


def _second_example(form: Form) -> str:
    """Return another right way to say a command: several numbers, its other word, the number first."""
    if form.again:
        return form.again
    if form.several is not Several.NO and " 12" in form.example:
        return form.example.replace(" 12", " 12,13", 1)
    verb, _, rest = form.example.partition(" ")
    if form.also:
        return f"{form.also[0]} {rest}".strip()
    number, _, words = rest.partition(" ")
    if not number.isdigit() or form.by_number or form.needs is Needs.NOTHING:
        return f"@哨子 {form.example}"
    return f"#{number} {verb} {words}".strip()
