"""Who hears a line: decided here, and here only, before anything may become a case.

- Spoken to (@, /), or alone: every command in any order; 进展如何 and the like ask for 进度.
- Among staff, and in a unit's room: every command, bare.
- In a residents' room, unaddressed: by staff a command word with the number of a case that lives, and what
  quotes a case; by anybody 绑定 with its code, 登记 with a whole door.

What is no command but begins like one, or speaks of a case by its number, is a mistake if staff say it where
the bot listens: they hear what was meant, and no case is opened.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from data.domain import references
from data.domain.case import State
from data.domain.errors import UserError
from handlers.hearing import grammar, natural
from handlers.hearing.bare_answers import read_bare
from handlers.hearing.by_thing import asked_by_thing, read_by_thing, told_by_thing
from handlers.hearing.forms import FORM_OF
from handlers.hearing.grammar import Command
from handlers.hearing.likely import likely
from handlers.hearing.lookup import case_named, quoted_cases
from handlers.hearing.outcome import is_unclear
from handlers.hearing.own_words import read_own
from handlers.hearing.permissions import allowed_somewhere
from handlers.hearing.plain_words import read_plain
from handlers.hearing.verbs import Needs, Verb
from handlers.texts.punctuation import without_marks
from nlp.understanding import Urgency

if TYPE_CHECKING:
    from data.domain.references import Reference
    from handlers.context import Heard
    from handlers.hearing.forms import Form

_ONLY_MARKS = re.compile(r"(?:\[[^\[\]]{1,8}\]|[\W_])*")  # a sticker, emoji, question marks: nobody speaks
_MEASURE = re.compile(r"\s*(?:[个人位台部套块元点分楼层栋幢米吨天年月日次条根]|单元|小时|号[楼院线门车])")
_UNDER_WAY = re.compile(r"[等待没未要不]|还|正在?|明天|后天|下午|晚上|下周|预计|马上|准备|需要|联系")
_TOLD = re.compile(
    r"^(?!.*(?:[让叫催请?？吗]|怎么|什么|快点)).*[了好完已]", re.DOTALL
)  # staff speak of cases, too
_HELP_MARKS = frozenset("?？")


class Mistake(NamedTuple):
    """Something that was meant as a command and is none: the word said, and the command it is nearest to."""

    said: str
    form: Form | None
    example: str = ""  # how it would be said; by default as the table shows it


def command_in(heard: Heard) -> Command | None:
    """Return the command that a message is where it was said, None if it is none."""
    quoting = heard.inbound.quote is not None and bool(quoted_cases(heard))
    if heard.address.spoken_to or heard.room is None:
        found = _said_to_the_bot(heard, quoting=quoting)
    elif heard.room.public:
        bare = grammar.bare_binding(heard.address.text) or grammar.bare_home(heard.address.text)
        found = bare or _by_staff_among_residents(heard, quoting=quoting)
    else:
        found = _among_staff(heard, quoting=quoting)
    if found is None and quoting and heard.has_duty:
        return read_plain(heard)
    return found or read_bare(heard, without_marks(heard.address.command))


def _said_to_the_bot(heard: Heard, *, quoting: bool) -> Command | None:
    said = heard.address.command
    asked = _asked_how_it_goes(heard, said)
    told = _theirs(heard, grammar.read(said, loose=heard.address.spoken_to or quoting), said)
    if told is not None and not heard.has_duty:
        told = _of_a_resident(told)
    told = told or grammar.bare_home(said)
    return asked or told or read_own(heard) or read_by_thing(heard, without_marks(said))


def _of_a_resident(told: Command) -> Command | None:
    """Return what a resident means by a word that is a command of staff."""
    if told.verb is Verb.URGE:  # who urges asks how it goes
        return told._replace(verb=Verb.PROGRESS, words="")
    return None if told.verb is Verb.UNDO else told  # 撤销: they take back what they appealed for


def _among_staff(heard: Heard, *, quoting: bool) -> Command | None:
    text = heard.address.text
    found = grammar.read(text, loose=quoting) if text not in _HELP_MARKS else None
    if found is None and not quoting:
        found = told_by_thing(heard, without_marks(text))
    return found if found is not None and (heard.has_duty or found.ref is not None) else None


def _by_staff_among_residents(heard: Heard, *, quoting: bool) -> Command | None:
    found = grammar.read(heard.address.text, loose=False) if heard.has_duty else None
    return found if found is not None and (quoting or _is_live(heard, found)) else None


def mistake_in(heard: Heard) -> Mistake | None:
    """Return the mistake that a message of staff is, where they are listened to; an emergency is none."""
    if not heard.has_duty or not (listened_to(heard) or _public_slip(heard) is not None):
        return None
    text = heard.address.command
    if (slip := _public_slip(heard)) is not None and not listened_to(heard):
        return Mistake(slip.shown, None)
    if heard.understanding.urgency is Urgency.EMERGENCY:
        return None
    near = likely(text, lambda form: allowed_somewhere(heard, form.who))
    begins = _spoken_to(heard) and grammar.begins_with_verb(text)
    if near is not None and (begins or near.numbered):
        return Mistake(near.said, near.form)
    if _spoken_to(heard) and grammar.begins_with_number(text):
        return Mistake(text[:12], near.form if near is not None else None)
    return _told_of_theirs(heard)


def _told_of_theirs(heard: Heard) -> Mistake | None:
    """Return what somebody among staff may mean that tells of a case they have in hand: 1 换了主板."""
    room, text = heard.room, heard.address.text.strip()
    if room is None or room.public:
        return None
    if not grammar.begins_with_number(text):
        return _told_of_the_only_one(heard, text)
    ref, rest = references.read(text)
    if ref is None or _MEASURE.match(rest) or (room.organisation_id is None and not _TOLD.search(rest)):
        return None
    try:
        case = case_named(heard, ref)
    except UserError:
        return None
    words = rest.strip().removeprefix("号").strip(" :：,，")
    form = FORM_OF[Verb.NOTE if _UNDER_WAY.search(words) else Verb.RESOLVE]
    mine = case.is_open and heard.is_assigned(case)
    return Mistake(text[:12], form, f"{form.verb} {ref.shown} {words}") if mine else None


def _told_of_the_only_one(heard: Heard, text: str) -> Mistake | None:
    """Return what a unit in its room may mean that has one case in hand and says of no other: 修好了."""
    organisation = heard.person.organisation_id
    if organisation is None or heard.room is None or heard.room.organisation_id != organisation:
        return None
    done = natural.after_number(without_marks(text))
    mine = heard.uow.cases.open_of(heard.person.id, organisation) if done is not None else []
    if done is None or len(mine) != 1 or done.verb not in (Verb.RESOLVE, Verb.NOTE):
        return None
    form = FORM_OF[done.verb]
    return Mistake(text[:12], form, f"{form.verb} #{mine[0].number} {without_marks(text)}")


def listened_to(heard: Heard) -> bool:
    """Whether the bot listens to commands here: spoken to, alone, among staff, in a unit's room."""
    return _spoken_to(heard) or (heard.room is not None and not heard.room.public)


def says_something(heard: Heard) -> bool:
    """Whether somebody says anything at all to the bot: a letter, a digit or a picture."""
    if not _spoken_to(heard):
        return False
    return heard.inbound.media is not None or _ONLY_MARKS.fullmatch(heard.address.text) is None


def _spoken_to(heard: Heard) -> bool:
    return heard.address.spoken_to or heard.room is None


def _theirs(heard: Heard, command: Command | None, said: str) -> Command | None:
    """Leave to who lives there what only sounds like a command of staff: 通知物业来修电梯, 1 修好了."""
    if command is None or allowed_somewhere(heard, command.form.who):
        return command
    sounds = grammar.is_glued(said) or not grammar.begins_with_verb(said)
    named = command.ref is not None and grammar.has_verb(said, command.verb)
    return None if sounds and not named else command


def _asked_how_it_goes(heard: Heard, text: str) -> Command | None:
    """Return 进度 for who asks how it goes: with their case, or with the one they name or quote."""
    if not natural.asks_progress(text):
        return None
    command = grammar.read(text, loose=False)
    if command is not None:
        return command
    if (named := asked_by_thing(heard, text)) is not None:
        return named
    said = heard.understand(text)
    if said.category is None and not said.place:
        return Command(Verb.PROGRESS, None, "")
    mine = [case for case in heard.uow.cases.of_person(heard.person.id) if case.is_open]
    unclear = not said.place and is_unclear(heard, said)  # it raises nothing new
    about = [case for case in mine if unclear or said.category in (None, case.category)]
    return Command(Verb.PROGRESS, None, "") if about else None


def _is_live(heard: Heard, command: Command) -> bool:
    """Whether a command names a case that still lives; what staff say of it is heard in any room."""
    if command.ref is None or command.form.needs not in (Needs.CASE, Needs.CASE_OR_NOTHING):
        return False
    try:
        case = case_named(heard, command.ref)
    except UserError:
        return False
    return case.is_open or case.state is State.RESOLVED or command.verb is Verb.REOPEN


def _public_slip(heard: Heard) -> Reference | None:
    """Return the number that staff say with a command word in a residents' room, of no case that lives."""
    if not grammar.begins_with_verb(heard.address.text):
        return None
    found = grammar.read(heard.address.text, loose=False)
    return found.ref if found is not None and found.form.needs is Needs.CASE else None
