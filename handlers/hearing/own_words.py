"""What somebody who speaks to the bot says plainly of their own: 撤了吧, 我去不了了, 我要投诉.

Only what can mean nothing else in such a sentence. Which case is meant follows from whose it is; where that
leaves several, the speaker is asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.errors import UserError
from data.domain.references import Reference
from handlers.hearing.grammar import Command
from handlers.hearing.lookup import visible, was_said_alone
from handlers.hearing.verbs import Verb
from handlers.texts.punctuation import without_marks

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Heard

LONGEST_WITH_WORDS = 80
LONGEST = 30  # characters; who says more says something else, too
_CLAUSES = re.compile(r"[\s,,。;;!！、]+")
_END = r"(?:吧|了|啦|哈|哦|呀)*"
_GIVEN_UP = re.compile(
    rf"(?:那|就|先|请|帮我|麻烦|我|都|这个|那个|这件事?)*(?:"
    rf"撤(?:了|掉|销|回)?{_END}|(?:算了)?(?:不|别)(?:修|弄|办|报|管|麻烦|投诉|追究)了{_END}|不用(?:再|你们?|他们)*(?:(?:派人)?来|管|办|修|弄|处理|派人|麻烦){_END}(?:人|看)?{_END}"
    rf"|.{{0,10}}(?:是个?|纯属)(?:误会|误报)|(?:是我)?(?:看|搞|弄|报)错{_END})"
)
_STAYS_AWAY = re.compile(
    r"(?:那天|到时候|我们?家?)*(?:有事)?(?:去不了|来不了|不去|不来|去不成|不参加|不报名)了*"
)
_COMES = re.compile(r"(?:我们?家?)?(?:也|要|想|来|可以)*(?:参加|报名|报个名)|(?:加|算)我(?:们家)?一个|我也去")
_WISHED = re.compile(
    r"我?(?:有|许|提|发|说)一?个(?:小|微)?心?愿望?[\s,，:：]*(?:就是|是)?(?:想要?|希望要?|要)?(?:一个)?[\s,，:：]*(?P<what>\S.{1,60})",
    re.DOTALL,
)
_MINE = re.compile(r"我(?:想|要)?推荐(?P<words>\S.*)", re.DOTALL)
_JOINS = re.compile(
    r"(?!.*(?:谁|多少|[几哪吗么没不]|怎|取消|什么|帮))(?P<what>[^\s,，。、我]{2,8}?)[\s,，]*(?:也?算我(?:们家)?一个|我(?:也|要|想)?(?:报名|参加|报个名)|报个?名)[了吧!！。]*"
)
_WITH_WORDS = ((_WISHED, Verb.WISH), (_MINE, Verb.NOMINATE), (_JOINS, Verb.SIGN_UP))
_NOT_SAID_WHAT = re.compile(
    r"(?:你好|您好|在吗|[,, ]|我们?|想|要|来|有|跟你|[向给]你们?|请|麻烦|帮我|这里|一?[个下件]|点)*"
    r"(?:投诉|报修|反映|反应|举报|求助|上报|立案|说)(?:一?[个下件]|点|物业|社区|你们)*(?:问题|情况|事情|事儿?)?"
)


_GREETING = re.compile(
    r"(?:[,, ]|[你您]好|在[吗么]|在不在|有人吗|hi|hello|哈喽|嗨|喂|(?:早上|[上中下]午|晚上)好|早|呀|啊|哦)+",
    re.IGNORECASE,
)
_OKAY = re.compile(
    r"(?:[,, ]|好的?|行|可以|嗯|哦|噢|ok|收到|知道|明白|晓得|了解|没事|不用|了|吧|呢|啦|哈|呀"
    r"|再见|拜拜|晚安|(?:新年|春节|元旦|中秋|国庆|节日)(?:快乐|好))+",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(r"(?:是|是的|对|对的|没错|属实|不是|不对|否|[,，\s])+")
_SMALL_TALK = (("greeting", _GREETING), ("okay", _OKAY), ("quote_it", _YES_OR_NO))


def read_own(heard: Heard) -> Command | None:
    """Return the command that plain words to the bot are, about the speaker's own case or their coming."""
    text = without_marks(heard.address.command)
    if not text or len(text) > LONGEST_WITH_WORDS:
        return None
    for pattern, verb in _WITH_WORDS:
        if found := pattern.fullmatch(text):
            return Command(verb, None, found[1].strip())
    if len(text) > LONGEST:
        return None
    if any(_GIVEN_UP.fullmatch(clause) for clause in _CLAUSES.split(text) if clause):
        return _given_up(heard)
    if any(_STAYS_AWAY.fullmatch(clause) for clause in _CLAUSES.split(text) if clause):
        return Command(Verb.SIGN_OFF, None, "")
    return Command(Verb.SIGN_UP, None, "") if _COMES.fullmatch(text) else None


def _given_up(heard: Heard) -> Command:
    """Return 撤回 of the speaker's only open case; with none they hear how theirs stand, as with 催一下."""
    mine = own_open(heard)
    if not mine:
        return Command(Verb.PROGRESS, None, "")
    if len(mine) > 1:
        numbers = "、".join(f"#{case.number}" for case in mine)
        raise UserError("withdraw.which", numbers=numbers, number=mine[0].number)
    where = heard.uow.areas.get(mine[0].community_id).short
    return Command(Verb.WITHDRAW, Reference(mine[0].number, where), "")


def says_nothing_yet(text: str) -> bool:
    """Whether somebody only says that they have something to say: 我要投诉, 反映个问题."""
    lines = [without_marks(line) for line in text.splitlines()]
    return any(lines) and all(_NOT_SAID_WHAT.fullmatch(line) for line in lines if line)


def small_talk(text: str) -> str | None:
    """Return what small talk a text is: `greeting`, `okay`; `say_what` where nothing is said yet."""
    plain = without_marks(text)
    if says_nothing_yet(text):
        return "say_what"
    return next((kind for kind, words in _SMALL_TALK if words.fullmatch(plain)), None)


def own_open(heard: Heard) -> list[Case]:
    """Return the speaker's own open cases that may be spoken of here, the newest first.

    In a group nothing is known of what they said alone.
    """
    mine = [c for c in heard.uow.cases.of_person(heard.person.id) if c.is_open and visible(heard, c)]
    return mine if heard.room is None else [case for case in mine if not was_said_alone(heard, case)]
