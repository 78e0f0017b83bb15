"""What a 表决 says: 题目 选项1/选项2 至 3月10日18:00 [规则] [记名]."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING, NamedTuple

from data.domain.ballot import MOST_OPTIONS, USUAL, BallotRule, folded
from data.domain.errors import UserError
from handlers.saying.days import day_and_time
from nlp.reading.times import read_time

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.context import Heard

LONGEST_OPTION = 40
DEFAULT_END = time(18)  # an end without an hour
RULES = {
    "简单多数": BallotRule.SIMPLE,
    "一般事项": BallotRule.GENERAL,
    "重大事项": BallotRule.MAJOR,
}
NAMED = {"记名": True, "实名": True, "不记名": False, "匿名": False}
_UNTIL = re.compile(
    r"(?:^|\s)(?:截止到?|截至|至|到)\s*(?=\d|[一二三四五六七八九十]{1,3}月|今|明|后|大后|本|这|下|周|星期|礼拜)"
)
_MARKS = re.compile("[][【】,，。;；]")
_SLASH = re.compile("[/／]")
_OPTIONS = re.compile("选项[:：]?")
_BETWEEN = re.compile(r"[\s、,，;；/／]+")


class BallotForm(NamedTuple):
    """A ballot as it was asked for; `ends_at` is aware."""

    title: str
    options: tuple[str, ...]
    rule: BallotRule
    named: bool
    ends_at: datetime


def read_form(heard: Heard, words: str, example: str) -> BallotForm:
    """Read what is asked for, or raise a keyed error that says what is wrong with it."""
    until = _UNTIL.search(words)
    if until is None:
        raise UserError("ballot.no_end", example=example)
    ends_at, rest = read_end(heard, words[until.end() :], example)
    rule, named = _settings(rest.split(), example)
    title, options = _title(words[: until.start()].split(), example)
    if rule is not BallotRule.SIMPLE and options != USUAL:
        raise UserError("ballot.usual_only", rule=_name_of(rule))
    return BallotForm(title, options, rule, named, ends_at)


def read_end(heard: Heard, words: str, example: str) -> tuple[datetime, str]:
    """Return when something ends that words begin with (18:00 where no hour is said), and the rest.

    Raises for what is no time, is past, or more than a year away.
    """
    now = heard.policy.work.local(heard.now)
    said = read_time(words, now)
    if said is None:
        raise UserError("ballot.no_end", example=example)
    if not said.sure:
        raise UserError("meeting.which_half", hour=f"{said.at:%H:%M}", example=example)
    ends_at = said.at if said.has_hour else said.at.replace(hour=DEFAULT_END.hour, minute=0, second=0)
    if ends_at <= now:
        raise UserError("ballot.past", time=day_and_time(heard, ends_at))
    if ends_at > _in_a_year(now):
        raise UserError("ballot.too_late", time=day_and_time(heard, ends_at))
    return ends_at, said.rest


def _in_a_year(now: datetime) -> datetime:
    day = 28 if (now.month, now.day) == (2, 29) else now.day
    return now.replace(year=now.year + 1, day=day)


def _title(tokens: list[str], example: str) -> tuple[str, tuple[str, ...]]:
    """Take what follows 选项, or the last word with a slash, for the options; before it stands the title."""
    said = next((i for i, token in enumerate(tokens) if i and _OPTIONS.match(token)), None)
    if said is not None:
        listed = " ".join([_OPTIONS.sub("", tokens[said], count=1), *tokens[said + 1 :]])
        return " ".join(tokens[:said]), _options("/".join(_BETWEEN.split(listed.strip())))
    last = next((i for i in range(len(tokens) - 1, 0, -1) if _SLASH.search(tokens[i])), None)
    options = _options(tokens.pop(last)) if last is not None else USUAL
    title = " ".join(tokens)
    if not title:
        raise UserError("ballot.no_title", example=example)
    return title, options


def _options(word: str) -> tuple[str, ...]:
    options = tuple(part.strip() for part in _SLASH.split(word) if part.strip())
    if len(options) < 2:
        raise UserError("ballot.one_option")
    if len(options) > MOST_OPTIONS:
        raise UserError("ballot.many_options", most=MOST_OPTIONS, count=len(options))
    seen: set[str] = set()
    for option in options:
        if folded(option) in seen or not folded(option):
            raise UserError("ballot.twice", option=option)
        if len(option) > LONGEST_OPTION:
            raise UserError("ballot.long_option", option=option[:LONGEST_OPTION], most=LONGEST_OPTION)
        seen.add(folded(option))
    return options


def _settings(tokens: list[str], example: str) -> tuple[BallotRule, bool]:
    rule, named = BallotRule.SIMPLE, False
    for token in tokens:
        word = _MARKS.sub("", token)
        if word in RULES:
            rule = RULES[word]
        elif word in NAMED:
            named = NAMED[word]
        else:
            raise UserError("ballot.unread", said=token[:20], example=example)
    return rule, named


def _name_of(rule: BallotRule) -> str:
    return next(name for name, one in RULES.items() if one is rule)
