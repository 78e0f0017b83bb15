"""What is said after an alarm: that somebody has heard it, comes, is there; that the danger is over.

Whole clauses count, wherever they stand (都别开灯,我过去了); a question, a no, another day take them away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from data.domain import references
from handlers.texts.punctuation import without_marks

if TYPE_CHECKING:
    from data.domain.references import Reference

_GO = r"(?:马上|这就|立刻|现在|正在?)?就?(?:过?[到来去]|赶[来去]|赶过去|[来去]?处理|[来去]?看看?|接手)"
_HERE = r"(?:已经?)?(?:到了?现场|到场|到达|到位|到了)"
_ROAD = r"在(?:[来去]|过[来去]|赶[来去]|赶过[来去])?的?路上"
_ANSWER = re.compile(
    rf"(?:好的?[,\uff0c ]?)?(收到|[知晓]道|晓得|明白|(?:我们?)?(?:{_HERE}|{_ROAD})|(?:我们?)?{_GO})[了啦]?"
    rf"(?:[,\uff0c。!\uff01 ]*(?:我们?)?{_GO})?[了啦]?(?=[\s#＃\d。.!\uff01~👌👍✅]|$)"
)
_WHO = (
    r"(?:(?:好的?|收到)?[,\uff0c ]?(?:我们?|人员?"
    r"|维保|师傅|电工|消防队?|救护车|民警|警察|保安|工程师|抢修队?|燃气公司)(?:的人|的?师傅)?)"
)
_PLACE = r"(?:现场|楼下|楼上|门口|这里|这边|小区|单元|电梯|车库|\d+[栋楼号])"
_THERE = re.compile(
    rf"{_WHO}(?:已经?|都|刚|现在)*(?:(?:赶到|来到|到达|到)了?[^,\uff0c。!\uff01]{{0,8}}{_PLACE}"
    rf"|在{_PLACE}了?(?=[,\uff0c。!\uff01 ]|$))"
    r"|我们?(?:已经?|都|刚|也)*(?:到了|到场了?|来了|在现场了?)(?=[,\uff0c。!\uff01 ]|$)"
)
_STOP = r"(?=[,\uff0c。!\uff01 ]|$)"
_NOW = r"(?:马上|这就|立刻|现在|正|就|已经?|都|也|先)"
_COMING = re.compile(
    rf"{_WHO}?{_NOW}*(?:{_ROAD}|出发|在赶|往(?:那边|现场|\d+[栋楼号])\S{{0,2}}(?:赶|走|去))了?{_STOP}"
    rf"|{_WHO}?(?:[\d一二两三四五十半]+)分钟(?:内|左右|后|以内)?(?:就|能|可以)?(?:赶)?到{_STOP}"
    rf"|{_WHO}{_NOW}+"
    rf"(?:过[来去]|[下上]来|下楼|赶[来去过]|[来去]看|到{_PLACE}|到{_STOP})"
    rf"|我们?{_NOW}*(?:赶?过[来去]|赶[来去]|[下上][来去])(?:看看?|瞧瞧|处理|一下|[了啦])+{_STOP}"
    rf"|(?:我们?)?{_NOW}+在?(?:安排|派|叫|喊|联系|通知)(?:了|好)?[一-鿿\d]{{1,8}}{_STOP}"
)
_ASKS = re.compile(r"[吗?\uff1f]|昨|前天|上次|上周|待会|等会|晚点|明天|改天")
_NO = re.compile("[没不]")
_CLAUSES = re.compile(r"[\s,\uff0c。.!\uff01;\uff1b、~]+")
ARRIVED = "到了"
LONGEST = 30  # characters: longer talk tells of something else
_ARRIVED = re.compile(rf"(?:我们?)?{_HERE}")

# That it is over: in any alarm's words, and in those of one sort of danger.
_ANYBODY = (
    r"(?:人|大家|大人|娃娃?|孩子|小孩|小朋友|学生|小学生|老人|老人家|大爷|奶奶|爷爷|婆婆|阿姨|师傅|他们?|她们?|你们|里面的?"
    r"|[我他她]?(?:爸|妈|孙子|孙女|儿子|女儿|老伴|老公|老婆|老头|老太太?)子?)"
)
_ONE = rf"{_ANYBODY}|已经?|都|全部?|刚刚?|现在|终于|总算|自己|被|的"
_ALL = rf"(?:[一-鿿]{{1,4}}的人)?(?:{_ONE})*+(?:安全)?"  # possessive: no tiling is tried twice
_OVER_ANYHOW = re.compile(
    rf"(?:原来|应该|估计)?是?(?:一?场|个|纯属|大家)?(?:虚惊一场|虚惊|误会|误报|误报警|搞错|弄错|看错|报错)(?:一场|了|的|就好)*"
    rf"|{_ALL}(?:没(?:啥|什么|得|有)?事(?:儿|情)?|平安|安全|脱险)[了啦]?|警报?解除了?|险情(?:已经?)?(?:解除|排除)了?"
    r"|已经?(?:处理|处置|解决|控制)(?:好|完|完毕|住)?了?|都?(?:处理|处置|解决|搞定|控制)(?:好|完|住)?了"
)
_OVER = {
    "fire": r"(?:大?火|明火|火苗|烟|已经?|都|全|被|消防|自己|刚刚?)*(?:扑|浇|泼|弄|踩|压|熄)?灭(?:掉|火)?了"
    r"|(?:根本|并)?没有?(?:着|起|失|冒)火|(?:根本|并)?不是(?:着火|起火|失火|火灾|火)|烟(?:都|已经?)?(?:散|没)了",
    "gas": r"(?:总?阀门?|总?闸|煤气|燃气|天然气|气|开关|灶)(?:已经?|都|全)*(?:关|拧)(?:好|上|紧|掉|住|死)?了"
    r"|(?:已经?|现在)?(?:不漏|没漏|没味|没味道|味道散)[了气]*|不是(?:煤气|燃气|天然气|漏气)(?:泄漏|漏了)?",
    "lift": rf"(?:[哦啊噢哎]|好了|门(?:撬开|打开|开)了)*{_ALL}"
    r"[救放弄接拉走爬跑]?(?:出来|下来|脱困|得救|救出)[了啦]",
    "missing": rf"(?:{_ALL}(?:找到|找着|寻到|找回来|回来|回家|到家|接到|看到)[了啦])+",
    "danger": rf"(?:[一-鿿]{{1,4}}的人)?(?:警察|派出所|民警|警车|{_ONE})*+"
    r"(?:(?:抓|带|控制)(?:走|住)|抓到|制服|[拉劝]开|劝下来|[散走跑]|下来|[救拉]?上来)[了啦]|水(?:已经?|都|全)*(?:退|抽干|下去)了"
    r"|没有?(?:压|砸|伤|埋|咬|撞)(?:到|着)?人?|没人(?:受伤|被压|被埋)",
    "medical": rf"(?:救护车|120|医生|把|将|{_ONE})*+[拉接送抬](?:走|去医院|到医院|医院|上车)[了啦]?"
    rf"|{_ALL}(?:醒|醒过来|缓过来|好多)[了啦]",
    "electricity": r"(?:电|总?电?闸|电源)(?:已经?|都)*[断拉关切](?:掉|开|断|下来)?了"
    r"|(?:我们?|已经?|都|把)*[断拉关切](?:掉|了)?(?:总?电?闸|电源?)了?|(?:已经?|现在)*不(?:漏电|冒(?:火花|烟)?|打火)了",
}
_OVER_OF = {hazard: re.compile(words) for hazard, words in _OVER.items()}
ANY_DANGER = frozenset({*_OVER_OF, ""})
_NOT_OVER = re.compile(r"[吗?\uff1f]|还在|还有|又|快来|救命|万一|要是|如果|昨|前天|上次|上周|怎么")
LONGEST_OVER = 40


class AnswerSaid(NamedTuple):
    """The words of an answer to an alarm, and the case it names."""

    words: str
    ref: Reference | None


def answer_in(text: str, *, public: bool) -> AnswerSaid | None:
    """Return the answer to an alarm that a text is, if one is; among residents a bare 收到 is none."""
    said = text.strip()
    found = None if public else _ANSWER.match(said)
    if found is not None:
        ref, rest = references.read(without_marks(said[found.end() :]))
        if not without_marks(rest):
            return AnswerSaid(found[1], ref)
    if len(said) > LONGEST or _ASKS.search(said):
        return None
    for start in (0, *(gap.end() for gap in _CLAUSES.finditer(said))):
        clause = said[start:]
        if _NO.search(_CLAUSES.split(clause, maxsplit=1)[0]):
            continue
        if _THERE.match(clause):
            return AnswerSaid(ARRIVED, None)
        if _COMING.match(clause):
            return AnswerSaid(said, None)
    return None


def says_arrived(words: str) -> bool:
    """Whether the words of an answer say that somebody is there."""
    return _ARRIVED.fullmatch(words) is not None


def over_in(text: str, hazards: frozenset[str]) -> frozenset[str]:
    """Return for which of some dangers a text says that it is over; none where it does not."""
    said = text.strip()
    if len(said) > LONGEST_OVER or _NOT_OVER.search(said):
        return frozenset()
    clauses = [without_marks(clause) for clause in _CLAUSES.split(said) if clause]
    named = frozenset(h for h, words in _OVER_OF.items() if any(map(words.fullmatch, clauses)))
    if named:
        return named & hazards
    return hazards if any(map(_OVER_ANYHOW.fullmatch, clauses)) else frozenset()
