"""Words of community life in natural order, put into the order of the command table: 给小吴加10分 修电器."""

from __future__ import annotations

import re

from handlers.hearing.verbs import Verb

_POINTS = re.compile(
    r"(?:(?:给|为)(?P<who>\S{2,6}?)(?P<sign>加|扣|减)|积分\s*(?P<sign2>加|扣|减)\s*(?P<who2>[^\s\d]{2,6})\s*)"
    r"(?P<count>\d{1,3})\s*分?(?:积分)?[\s,，:：]*(?P<why>.*)"
)
_CALLED_BARE = re.compile(
    r"(?:通知)?(?:议事会|居民会|院坝会|楼栋会)(?:[\s:：,，]+(?:时间)?(?:定)?在?|(?:时间)?定在)\s*"
    r"(?P<words>(?:[今明后周星礼下本这大月]|\d{1,2}\s*[月.日号/点:]|[一二三四五六七八九十]{1,3}[月日号]).+)",
    re.DOTALL,
)
_BALLOT_MOVED = re.compile(
    r"(?:(?:把)?表决\s*[#＃]?(?P<number>\d{0,6})\s*(?:号)?)(?:时间|截止)*"
    r"(?:延期到?|延长到?|推迟到?|延到)\s*(?P<words>\S.*)"
)
_BALLOT_OFF = re.compile(
    r"(?:取消|作废|不搞了?)\s*(?:这个|那个)?表决\s*[#＃]?(?P<number>\d{0,6})[\s,，:：]*(?P<words>.*)"
)
_BALLOT_STANDS = re.compile(
    r"(?:看看?|查看?)?(?:表决|投票)\s*[#＃]?(?P<number>\d{0,6})号?\s*(?:进行|现在|目前)*(?:得|的)?"
    r"(?:结果|情况|进展|怎么?样|咋样|如何|投了多少|多少(?:人|户)投了|有(?:多少|几)(?:人|户)投了?)"
    r"(?:怎么?样|如何|出来)?(?:了|没有?|吗)*[?？]?"
)
_MOVED = re.compile(
    r"(?:把)?活动\s*[#＃]?(?P<number>\d{1,6})号?\s*(?:时间)?(?:改到|改期到?|改成|改在|推迟到|提前到|延到)\s*(?P<words>\S.*)"
)
_PUBLISHED = re.compile(r"发布\s*(?P<what>心愿|好人)\s*[#＃]?(?P<number>\d{1,6})号?")
_WISH_MADE = re.compile(
    r"心愿\s*[#＃]?(?P<number>\d{1,6})号?[\s,，:：]*(?P<words>(?:已经?|都)?(?:送到|送去|送过去|办好|完成|实现|买好|给了|交给).*)"
)
_VISITED_DOOR = re.compile(
    r"(?:我|我们)?(?:今天|昨天|刚才|上午|下午)*走访(?:了|过)(?P<where>\d{3,4})(?:室|号)?(?:的)?[\s,，]*(?P<words>\S.*)",
    re.DOTALL,
)
_ASKED = re.compile(r"[?？]|[吗么呢]\s*$|什么时候|几点")
_COVERAGE = re.compile(r"走访(?:的?(?:完成|覆盖)(?:率|情况)|了(?:几|多少)户[?？]?)(?P<when>.*)")


def rearranged(text: str) -> str | None:
    """Return a text as the command it is in other words, None if it is none."""
    if found := _POINTS.fullmatch(text):
        verb = Verb.ADD_POINTS if (found["sign"] or found["sign2"]) == "加" else Verb.DEDUCT_POINTS
        return f"{verb} {found['who'] or found['who2']} {found['count']} {found['why']}".strip()
    if found := _PUBLISHED.fullmatch(text):
        return f"{Verb.PUBLISH_WISH if found['what'] == '心愿' else Verb.PUBLISH_GOOD} {found['number']}"
    if (found := _CALLED_BARE.fullmatch(text)) and not _ASKED.search(text):
        return f"{Verb.CALL_MEETING} {found['words']}"
    for pattern, verb in _TABLE:
        if found := pattern.fullmatch(text):
            said = (value for value in found.groupdict().values() if value)
            return " ".join((verb, *said)).strip()
    return None


# What the groups of each pattern say stands behind the verb, in their order.
_TABLE = (
    (_MOVED, Verb.MOVE_ACTIVITY),
    (_WISH_MADE, Verb.WISH_DONE),
    (_VISITED_DOOR, Verb.RECORD_VISIT),
    (_BALLOT_MOVED, Verb.EXTEND_BALLOT),
    (_BALLOT_OFF, Verb.CANCEL_BALLOT),
    (_BALLOT_STANDS, Verb.BALLOT),
    (_COVERAGE, Verb.VISIT_COVERAGE),
)
