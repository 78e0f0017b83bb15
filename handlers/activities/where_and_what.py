"""Where something is held and what it is about, in any order: 活动 包粽子 周六下午2点 活动室."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.errors import UserError
from handlers.hearing.verbs import Verb

if TYPE_CHECKING:
    from handlers.hearing.grammar import Command

_LABELS = "地点|地址|会场|议题|主题|内容"
_LABELLED = re.compile(
    rf"({_LABELS})\s*(?:[:：是为]|(?=\s))\s*([^,，;；\n]+?)(?=\s*(?:[,，;；\n]|{_LABELS}|$))"
)
_TRIM = " \t,，;；:：。"
_GAP = re.compile(r"[\s,，;；]+")
# How the names of places end that people meet at.
_LIKE_A_PLACE = re.compile(
    r"\S*(?:室|中心|院坝?|坝子?|场|楼|栋|单元|门口?|广场|亭子?|店|校|公园|花园|园|站|大厅|厅|堂|馆|棚|库|架空层|楼[上下]|门前|旁边?|边|空地|基地|驿站|空间)"
)


def place_first(words: str) -> tuple[str, str]:
    """Return the place among words and the rest: the first word, but for a later one that looks like one.

    Where the first looks like a place, or none does, it is the first.
    """
    said = [word for word in _GAP.split(words.strip(_TRIM)) if word]
    if not said:
        return "", ""
    like = [n for n, word in enumerate(said) if _LIKE_A_PLACE.fullmatch(word)]
    if not like or like[0] == 0:
        rest = _GAP.split(words.strip(_TRIM), maxsplit=1)
        return said[0], rest[1] if len(rest) > 1 else ""
    return said[like[0]], " ".join(word for n, word in enumerate(said) if n != like[0])


def place_and_topic(rest: str, command: Command) -> tuple[str, str]:
    """Return where something is held and what it is about, from what stands around its time, or raise."""
    labelled = {found[1]: found[2].strip(_TRIM) for found in _LABELLED.finditer(rest)}
    plain = _LABELLED.sub("", rest).strip(_TRIM)
    place = next((labelled[name] for name in ("地点", "地址", "会场") if name in labelled), "")
    topic = next((labelled[name] for name in ("议题", "主题", "内容") if name in labelled), "")
    if not place and plain:
        place, plain = place_first(plain)
    topic = topic or plain.strip(_TRIM)
    if not place or not topic:
        key = "meeting.form" if command.verb is Verb.CALL_MEETING else "activity.form"
        raise UserError(key, example=command.form.example)
    return place, topic
