"""From text to command: which verb, which numbers, which words, in whatever order they stand.

`read` knows three orders: the word first (派单 1,2 物业), the number first (#1 受理, 把1派给物业), and plain
sentences that can be nothing else (natural.py). Who may say so, and where, is decided elsewhere (heeding.py).
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from data.domain import references
from data.domain.errors import UserError
from data.domain.references import Reference, Several
from handlers.context import SPACES
from handlers.hearing import natural, natural_life
from handlers.hearing.forms import FORM_OF, FORMS, Form
from handlers.hearing.verbs import Needs, Verb
from nlp.reading.numerals import number


class Command(NamedTuple):
    """What somebody tells the bot to do. `words` are what follows the verb and the number, as said.

    `others` are further numbers it is to be done with, each for itself.
    """

    verb: Verb
    ref: Reference | None
    words: str
    others: tuple[Reference, ...] = ()
    thing: str = ""  # the word said before the number: 活动, 议事会

    @property
    def form(self) -> Form:
        """The row of the table of commands that it was read by."""
        return FORM_OF[self.verb]


def _pattern(word: str) -> str:
    """Let a verb of two parts be said with a gap between them: 议事改期, 议事 改期, 查看:通知, 活动 记."""
    parts = len(word) == 4 or word in (Verb.NOTE_ACTIVITY, Verb.LOOK_UP_VISITS)
    return rf"{re.escape(word[:2])}[\s\u2005:：]*{re.escape(word[2:])}" if parts else re.escape(word)


WORDS: list[tuple[str, Form]] = sorted(
    ((word, form) for form in FORMS for word in (form.verb.value, *form.also)),
    key=lambda pair: -len(pair[0]),
)
_VERB = re.compile("|".join(f"({_pattern(word)})" for word, _ in WORDS), re.IGNORECASE)
_BINDING = re.compile(rf"{Verb.BIND}{SPACES}[:：]?{SPACES}[0-9A-Za-z]{{4}}(?:[ -]?[0-9A-Za-z]{{4}}){{2}}")
_NTH = r"[\d〇零一二两三四五六七八九十]"
_REGISTERING = re.compile(
    rf"{Verb.REGISTER}[\s:：]*{_NTH}{{1,3}}\s*(?:栋|幢|号楼|座)\s*(?:{_NTH}{{1,2}}\s*单元)?\s*{_NTH}{{3,4}}[室号]?"
    r"(?:[\s,，]*[一-鿿]{2,4})?"
)
_THINGS = "议事会|议题|表决|公示|活动|心愿|评选|求助|兑换|必到|好人|问答"
_BOUNDARY = re.compile(
    rf"(?:{_THINGS})\s*[#＃]?[0-9０-９]"
    r"|[\s\u2005#＃0-9０-９:：,，。.、!！?？()（）【】\[\]」』”①-⑳]|第\d|[一二三四五六七八九十]{1,3}号(?!楼|院|线|门|车)|$"
)
_NUMBER_ALONE = re.compile(r"[#＃]?\s*\d{1,9}\s*(?:未回复|没回复|未回|未读|没读)?")
_THING = re.compile(rf"({_THINGS})\s*(?=[#＃]?\s*\d)")
_TITLED = frozenset({Verb.BALLOT, Verb.MOTION, Verb.PUBLICITY})
_TALE = frozenset({Verb.MINUTES, Verb.DECIDE})  # whose words may begin with 到 or 为
_OWN_WORDS = frozenset(
    {Needs.BALLOT, Needs.MOTION, Needs.PUBLICITY}
)  # what follows is a title, whatever it looks like
_FILLER = re.compile(r"^(?:给|到|为|成)?[\s\u2005:：,，、]+|^(?:给|到|为|成(?!功))(?=\S)")

_MARKS_BEFORE = " \t\n\u2005\u3000。．.,，、;；:：!！~～·…—*'\"“”‘’()（）【】[]《》<>→👉"
_CALLED = re.compile(r"(?:[@＠][^\s\u2005@＠]+[\s\u2005]+)+")
_MARKS_AFTER = " \t\u2005\u3000:：,，。】]」』”）)"
_NUMBER_IN_MARKS = re.compile(r"^[(（【\[]\s*([#＃]?\d{1,9})\s*[)）】\]]|^第\s*(\d{1,9})\s*[件条单号个]?")
_NUMBER_IN_WORDS = re.compile(r"^([一二三四五六七八九十]{1,3})号(?!楼|院|线|门|车)")
_RING = re.compile(r"^[①-⑳]")
_POLITE = re.compile(r"(?:你好|您好|请问?|麻烦|帮忙|帮我|我来|我要|我想|我|已经?|现在|先|[\s,，])+")
_DONE_TO_IT = re.compile(r"^(?:一下|了|掉)(?=\s*(?:[#＃0-9０-９]|$)|\s)")
_BEFORE_NUMBER = re.compile(r"(?:(?:请|麻烦|帮忙|帮我|你|[\s,，])*(?:把|将)\s*|请|麻烦)?第?\s*")
_AFTER_NUMBER = re.compile(
    r"[\s:：,，。]*(?:这|那)?(?:件|单|条|诉求)?[\s:：,，]*(?:我们?(?!来|接)|你们?|都|已经?|也|先|就|可以|请|马上)*\s*"
)
_BEHIND = re.compile(
    r"(?:^|[\s,，。;；:：])(?P<refs>[#＃]?\d{1,9}号?(?:(?:\s*[,，、;；和与~-]\s*|\s+|(?=[#＃]))[#＃]?\d{1,9}号?)*)\s*[。.!！]?$"
)
_MARKED_BEHIND = re.compile(r"[#＃]\s*\d{1,9}(?:(?:\s*[,，、;；和与~-]\s*|\s+|(?=[#＃]))[#＃]\s*\d{1,9})*")
_NARROW = str.maketrans("０１２３４５６７８９＃", "0123456789#")


def read(text: str, *, loose: bool) -> Command | None:
    """Return the command a text is, None if it is none.

    After the verb stands a space, a number or a mark, or nothing. `loose` (the bot was spoken to, or a
    message quoted) also takes words glued to it, where the verb wants words: 派单万邦物业.
    """
    called = _CALLED.match(text)
    plain = text[called.end() if called else 0 :].strip()
    plain = plain.lstrip(_MARKS_BEFORE) or plain
    plain = natural_life.rearranged(plain) or plain
    found = _verb_first(plain, loose=loose) or _number_first(plain)
    if found is None and (polite := _POLITE.match(plain)) is not None:
        found = _verb_first(plain[polite.end() :], loose=False)
    if found is not None and called is not None and found.form.words and not found.words:
        found = found._replace(words=called[0].strip())  # @小陈 派单 1
    if found is None and (said := natural.rearranged(plain)) is not None:
        found = _verb_first(said, loose=False)
    return found


def is_command(text: str) -> bool:
    """Whether a text is a command as it stands."""
    return read(text, loose=False) is not None


def is_glued(text: str) -> bool:
    """Whether a text begins with a verb that its words are glued to: 通知物业来修 may be no command."""
    found = _VERB.match(text.lstrip(_MARKS_BEFORE))
    if found is None or _is_everyday(found, text.lstrip(_MARKS_BEFORE)):
        return False
    return not _BOUNDARY.match(text.lstrip(_MARKS_BEFORE)[found.end() :])


def begins_with_verb(text: str) -> bool:
    """Whether a text begins with the word of a command, whatever follows it."""
    plain = text.strip().lstrip(_MARKS_BEFORE)
    found = _VERB.match(plain)
    return found is not None and not _is_everyday(found, plain)


def _is_everyday(found: re.Match[str], text: str) -> bool:
    """Whether a verb is an everyday word (来, 接) here: no number follows it."""
    form = WORDS[(found.lastindex or 1) - 1][1]
    return form.by_number and not re.match(r"\s*[#＃]?\s*[0-9０-９]", text[found.end() :])


def has_verb(text: str, verb: Verb) -> bool:
    """Whether a text has the very word of a command."""
    form = FORM_OF[verb]
    return any(word in text for word in (verb.value, *form.also))


def begins_with_number(text: str) -> bool:
    """Whether a text begins with the number of a case, or speaks of one as `#12` or `12号`."""
    plain = text.strip().lstrip(_MARKS_BEFORE).translate(_NARROW)
    if re.search(r"#\s*\d|(?<!\d)\d{1,4}号(?!楼|院|线|门|车|上|下|早|晚|前|之|以|到|至|[\d:：]|$)", plain):
        return True
    ref, rest = references.read(plain)
    return ref is not None and bool(re.match(r"[一-鿿]", rest)) and plain[:1].isdigit() and " " in plain[:6]


def bare_binding(text: str) -> Command | None:
    """Return the command of a text that is 绑定 and a code and nothing else: in a group nobody says that."""
    return read(text, loose=True) if _BINDING.fullmatch(text) else None


def bare_home(text: str) -> Command | None:
    """Return the command of a text that is 登记 and a door in full, and nothing but a name behind it."""
    return read(text, loose=True) if _REGISTERING.fullmatch(text.strip()) else None


def require_words(command: Command) -> None:
    """Raise a keyed error if the words that the verb wants are missing, or there are too many numbers."""
    if len(command.others) >= references.MOST_AT_ONCE:
        raise UserError("command.too_many", most=references.MOST_AT_ONCE, verb=command.verb.value)
    if command.form.words and not command.words:
        raise UserError("command.words_missing", verb=command.verb.value, example=command.form.example)


def _verb_first(text: str, *, loose: bool) -> Command | None:
    found = _VERB.match(text)
    if not found or found.lastindex is None:
        return None
    form = WORDS[found.lastindex - 1][1]
    rest = _DONE_TO_IT.sub("", text[found.end() :], count=1) if _takes_number(form) else text[found.end() :]
    if not _BOUNDARY.match(rest):
        named = _takes_number(form) and _behind(rest, form)[0]
        if not (form.words and (loose or named)):
            return None
    rest = rest.lstrip(_MARKS_AFTER)
    return _of_rest(form, _plain_number(rest) if _takes_number(form) else rest)


def _of_rest(form: Form, rest: str) -> Command | None:
    """Return the command that a verb and what follows it are."""
    narrow = _narrow_digits(rest)
    if form.numbered is not None and _NUMBER_ALONE.fullmatch(narrow.strip()):
        form = FORM_OF[form.numbered]
    if form.needs is Needs.NOTHING:
        return Command(form.verb, None, rest.strip())
    thing = _THING.match(narrow)
    if thing is not None and (form.verb not in _TITLED or thing[1] == form.verb.value):  # 报名 活动5
        found = _of_rest(form, narrow[thing.end() :])
        return found and found._replace(thing=thing[1])
    if form.needs in _OWN_WORDS:
        return _of_thing(form, narrow)
    return _of_case(form, narrow)


def _of_thing(form: Form, narrow: str) -> Command | None:
    """Return the command about a motion, ballot or publicity: `表决 2`, or a title of any looks."""
    refs, words = references.read_several(narrow, form.several)
    if form.verb in _TITLED and refs and refs[0].where and words.strip():
        refs, words = (), narrow  # 表决 换水泵 #12 至 …: a title that names a case
    return None if form.by_number and not refs else _command(form.verb, refs, words)


def _of_case(form: Form, narrow: str) -> Command | None:
    """Return the command that a verb and what follows it are, where that speaks of cases by their numbers."""
    refs, rest = references.read_several(narrow, form.several)
    if form.by_number and not refs:
        return None
    rest = rest if form.verb in _TALE else _FILLER.sub("", rest)
    if not refs:
        refs, rest = _behind(rest, form)
    if not rest.strip() and len(refs) == 1 and (said := refs[0].where) and (form.words or said[0].isdigit()):
        refs, rest = (Reference(refs[0].number),), said  # 派单 物业#1, 督办 3月4日 #1: no community
    if form.verb is Verb.MERGE and len(refs) > 1 and not rest.strip():
        refs, rest = refs[:-1], refs[-1].shown  # 并案 2 3 1: the last one is what the others go into
    if form.needs is Needs.CASE and refs and natural.is_question_tail(rest.strip()):
        form, rest = FORM_OF[Verb.PROGRESS], ""
    if form.verb is Verb.NOTE and refs and not rest.strip():
        form = FORM_OF[Verb.PROGRESS]  # 进展 1 asks, 进展 1 师傅到了 tells
    return _command(form.verb, refs, rest)


def _command(verb: Verb, refs: tuple[Reference, ...], words: str) -> Command:
    """Return a command; what is named twice is done once."""
    first, *others = dict.fromkeys(refs) or (None,)
    return Command(verb, first, words.strip(), tuple(ref for ref in others if ref is not None))


def _takes_number(form: Form) -> bool:
    return form.needs is not Needs.NOTHING


def _behind(rest: str, form: Form) -> tuple[tuple[Reference, ...], str]:
    """Return the numbers behind the words (派单 物业 1, 评价 满意 #12), bare ones at the end only."""
    narrow = rest.translate(_NARROW)
    found = _BEHIND.search(narrow) if form.several is not Several.NO else None
    if found is None or (form.several is Several.DATED and "号" in found["refs"]):
        found = _MARKED_BEHIND.search(narrow) if form.verb is not Verb.DECIDE else None
        if found is None:
            return (), rest
    start = found.start("refs") if "refs" in found.re.groupindex else found.start()
    several = Several.NO if form.several is Several.NO else Several.FREELY
    refs, _ = references.read_several(narrow[start : found.end()], several)
    words = f"{rest[:start].rstrip(' ,，、:：')} {rest[found.end() :].lstrip(' ,，、:：')}"
    return refs, words.strip()


def _number_first(text: str) -> Command | None:
    """Read a command whose number comes first: #1 受理, 1 办结 修好了, 1号派给物业, 把1和2派给物业."""
    narrow = _narrow_digits(text)
    before = _BEFORE_NUMBER.match(narrow)
    named = _plain_number(narrow[before.end() if before else 0 :])
    refs, rest = references.read_several(named, Several.FREELY)
    if not refs:
        return None
    after = _AFTER_NUMBER.match(rest)
    rest = rest[after.end() :] if after else rest
    if not rest.strip(_MARKS_BEFORE + "?？"):
        marked = bool(re.match(r"[#＃]|\d+\s*号", narrow))
        return _command(Verb.PROGRESS, refs, "") if marked else None
    if natural.asks_progress(rest) and not _VERB.match(rest):
        return _command(Verb.PROGRESS, refs, "")
    verb = _VERB.match(rest)
    if verb is not None and verb.lastindex is not None:
        return _done_with(refs, WORDS[verb.lastindex - 1][1], rest[verb.end() :])
    said = natural.after_number(rest)
    return _command(said.verb, refs, said.words) if said is not None else None


def _done_with(refs: tuple[Reference, ...], form: Form, rest: str) -> Command | None:
    """Return the command of a verb that stands behind its numbers."""
    rest = _DONE_TO_IT.sub("", rest, count=1)
    tail = rest.strip()
    glued = not _BOUNDARY.match(rest)
    if (
        form.needs is Needs.NOTHING
        or form.by_number
        or (glued and not form.words and not natural.is_question_tail(tail))
    ):
        return None
    if form.several is Several.NO and len(refs) > 1:
        return None
    if natural.is_question_tail(tail) or natural.asks_progress(form.verb.value + tail):
        return _command(Verb.PROGRESS, refs, "")
    words = _FILLER.sub("", rest.lstrip(" \t\u2005\u3000:：,，。"))
    return _command(form.verb, refs, words)


def _plain_number(text: str) -> str:
    """Return a text whose number at the beginning is plain: (1), 【1】, 第1件, ①, 一号 are 1."""
    if ring := _RING.match(text):
        return f"{unicodedata.normalize('NFKC', ring[0])} {text[1:]}"
    if marked := _NUMBER_IN_MARKS.match(text):
        return f"{marked[1] or marked[2]} {text[marked.end() :]}"
    if words := _NUMBER_IN_WORDS.match(text):
        return f"{number(words[1])}号{text[words.end() :]}"
    return text


def _narrow_digits(text: str) -> str:
    """Return the text with full-width digits narrowed where a number may stand: at its beginning."""
    return text[:40].translate(_NARROW) + text[40:]
