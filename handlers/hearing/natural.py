"""Words in natural order, put into the order of the command table: “把1派给物业” is 派单 1 物业.

Only what can be nothing else. `None` means that the words are in no order that is known here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from handlers.hearing.verbs import Verb

_N = r"[\dA-Za-z一二三四五六七八九十甲乙丙丁]"
_ADDRESS = (
    rf"{_N}+\s*(?:号楼|栋|幢|座|号院)(?:\s*{_N}+\s*单元)?(?:\s*[\d一二三四五六七八九十-]+(?:室|号|户)?)?"
)
_LATELY = r"(?:我们?|今天|昨天|刚才|刚刚?|上午|下午|早上|中午|已经?|都)*"
_WHO = r"(?:的?(?P<who>[一-鿿]{2,4}?))?"
_VISITED = (
    re.compile(
        rf"{_LATELY}(?:去|到)?(?P<where>{_ADDRESS})\s*{_WHO}{_LATELY}走访(?:了|过了?|完了?)?[\s,，:：。]*(?P<words>.+)",
        re.DOTALL,
    ),
    re.compile(
        rf"{_LATELY}走访(?:了|过了?|完了?)?[\s:：]*(?P<where>{_ADDRESS})(?:的?(?P<who>[一-鿿]{{2,4}}))?[\s,，:：。]+(?P<words>.+)",
        re.DOTALL,
    ),
)
_NOT_YET = re.compile(r"每|计划|准备|明天|后天|下周|下个?月|要去|打算|安排")

_MEETING = re.compile(
    r"(?:召开|召集|举行|组织|开|办)(?:一?[个次场])?"
    r"(?:(?P<sure>(?:楼栋|院坝|居民)*议事会|院坝会|居民(?:代表)?会(?:议(?!事))?|业主(?:代表)?(?:大)?会(?:议(?!事))?|楼栋会|恳谈会|协商会|听证会|议事)|会议|个?会)"
)
_TOPIC = re.compile(
    r"[\s,，。;；:：]*(?:议题|主题|内容|主要)?(?:是|为)?[\s:：]*(?:讨论|商量|研究|商议|议一?议|说说|聊聊|关于)?[\s:：]*"
)
_TOPIC_SAID = re.compile(r"议题|主题|讨论|商量|商议|研究")
_PLACE = re.compile(r"[\s,，]*(?:地点)?[\s:：]*(?:在|到|于)\s*(?P<place>[^\s,，。;；]+)[\s,，]*$")
_ASKED = re.compile(r"[?？]|[吗么呢]\s*$|什么时候|几点")
_GIVEN = re.compile(
    r"(?:请|麻烦|帮忙|帮我)*(?:指派|分派|派|转)\s*[#＃]?(?P<number>\d{1,9})\s*号?(?:单|件)?\s*(?:派?给|到)\s*(?P<words>\S.*)"
)
_ALL_GIVEN = re.compile(
    r"(?:请|麻烦)*(?:这些|那些|这几[件个]|它们|剩下的|其他的)?(?:都|全部?|一起|统统)+(?:派单?给|转给|交给|派到|派)(?P<words>\S{2,16})"
)
_N_LIST = r"[#＃]?\d{1,9}号?(?:[\s,，、和-]+[#＃]?\d{1,9}号?)*"
_URGED = re.compile(
    rf"(?:请|麻烦|帮我|帮忙|再)*催(?:一?催|一下|下|办|促)?\s*(?:(?P<after>{_N_LIST})|所有的?|全部的?)[。!！]?"
    rf"|(?P<before>{_N_LIST})(?:再|请)*催(?:一?催|一下|下|办|促)[了吧]?[。!！]?"
)
_SAME = re.compile(
    r"(?P<joined>合并\s*)?[#＃]?(?P<one>\d{1,9})号?(?:\s*[和跟与、,，]\s*|\s+)[#＃]?(?P<other>\d{1,9})号?\s*"
    r"(?(joined)|是?(?:同?一|同)(?:个|件|码|回)?事[。了啊]?)"
)
_NOTICE = re.compile(
    r"(?:请|麻烦|帮忙|帮我)*(?:给|向|在)(?P<to>\S{2,40}?)(?:发|下)(?:一?[个条份])?通知(?:说)?[\s,，:：]*(?P<words>.+)",
    re.DOTALL,
)

_WHICH = r"(?:把)?(?P<which>[^,，。]{0,12}?(?:议事会|会议|(?:(?<=的)|^)会)(?:[#＃]?\d{1,3}号?)?)"
_MOVED = re.compile(
    rf"{_WHICH}(?:时间)?(?:改到|改期到?|改成|改在|推迟到|提前到|延到|延期到|挪到)\s*(?P<words>\S.*)"
)
_CALLED_OFF = re.compile(rf"{_WHICH}(?:取消(?:了|掉)?|不开了|开不成了)(?:吧)?(?:[,，\s]+(?P<words>.*))?")
_NUMBER = re.compile(r"[#＃]\d+|\d+(?=号的|号$)|(?<=会)\d+$")
_OF_MEETING = re.compile(
    r"(?P<what>纪要|决议|改期|议程)\s*(?P<rest>[#＃]?\d{1,6}(?:[\s:：,，].*)?)", re.DOTALL
)
_TOLD_OF_MEETING = re.compile(r"(?P<what>纪要|决议)[\s:：]+(?P<words>\S.*)", re.DOTALL)
_OBJECTION = re.compile(r"(?:回复|答复)(?:异议)?\s*(?P<words>\d{1,6}-\d{1,3}[\s:：,，]+\S.*)", re.DOTALL)
_ON_SHIFT = re.compile(
    r"(?:看看?|查看?)?(?:今天|今晚|今夜|现在|明天|明晚|周末|这周|本周|晚上)*(?:是|都|轮到)?(?:谁|哪个|哪些人)在?值班的?[呢啊]?[?？]?"
    r"|(?:看看?|查看?)?值班(?:表|安排|名单)[?？]?"
)
_MOTION = re.compile(r"我?们?(?:想|要|来)?提(?:一?个|一条)?议题[\s:：,，]+(?P<words>\S.*)", re.DOTALL)
_COUNTED = re.compile(
    r"(?:看看?|查看?|看一下|查一下)?(?P<when>今天|昨天|今年|去年|(?:本|上|这)个?(?:周|月|季度?|星期))的?"
    r"(?:统计|数据|数字|情况怎么?样|有(?:多少|几)件"
    r"|(?:一共)?(?:办|办结|办好|受理|上报)了?(?:多少|几)件?(?:事|诉求)?)[?？]?"
)
_STATISTICS = re.compile(rf"{Verb.STATISTICS}(?P<when>[本上这近今去昨前最]\S.*)")
_ON_HAND = re.compile(
    r"(?:我|今天|现在|手上|手里|还)*有些?(?:什么|啥|哪些|多少|几)(?:事情?|事儿|件|活|任务)?"
    r"(?:(?<=[事儿件活务情])|(?=[要没]))(?:要办|要做|没办|没做|没完|没办完|没办好|没处理|没弄完)?的?[?？]?"
)
_UNREAD = re.compile(
    r"(?:还有)?(?:谁|哪些人|哪几户)还?没有?(?:回复?|收到|读|看)的?\s*(?:通知)?"
    r"\s*[#＃]?(?P<number>\d{1,6})号?(?:通知)?[?？]?"
)
_PATROLLED = re.compile(
    r"(?:今天|刚才|刚刚|上午|下午)?巡查(?:时|中|的时候)?(?:发现|看到|看见)了?[\s:：,，]*(?P<words>\S.*)",
    re.DOTALL,
)

_WORK = r"(?:修|弄|搞|处理|解决|办|换|清理|清|疏通|打扫|恢复|维修|更换|安排)"
_HANDS = "[焊铲擦抽装补接刷冲拧粘锯搬移拖铺填调通掏捞洗消盖换清扫加固紧]"  # what is done with them
_TO_DO = re.compile(r"(?:[,，\s]*(?:去|来|那边)?(?:处理|办理|办|修理?|看看?|解决|跟进|负责)(?:一下|吧)?)$")
_AFTER_NUMBER: tuple[tuple[re.Pattern[str], Verb], ...] = (
    (
        re.compile(r"(?:派单?给|派到|派去|转派?给|交给|分给|指派给|派)\s*(?P<words>\S.*)", re.DOTALL),
        Verb.ASSIGN,
    ),
    (re.compile(r"(?:给|让|叫)\s*(?P<words>\S{1,12}?(?:去|来)?(?:处理|办|修|看|解决)\S{0,3})$"), Verb.ASSIGN),
    (re.compile(r"(?:合并?|并)(?:案)?(?:到|入|进|给)\s*(?P<words>[#＃]?\s*\d.*)"), Verb.MERGE),
    (re.compile(r"(?:改成|改为|转成|转为|转到|转|定为|算)\s*(?P<words>\S{1,4}[事类])$"), Verb.REGRADE),
    (re.compile(r"(?:改成|改为|归到|算)\s*(?P<words>\S{2,12})$"), Verb.RECLASSIFY),
    (re.compile(r"(?:退回去?|退了|退掉)[\s,，:：]+(?P<words>\S.*)", re.DOTALL), Verb.HAND_BACK),
    (
        re.compile(
            r"(?P<words>(?:(?:我来|我接|接了|接单|收下|接下)(?:处理|办)?"
            r"|我?(?:马上|现在|这就|下午|明天|一会儿?)*去(?:看看?|看一?下|处理|现场|办))[了吧]?)[。!！]?$"
        ),
        Verb.ACCEPT,
    ),
    (
        re.compile(
            rf"(?P<words>(?:还|现在|正|已经?)*(?:正?在(?:{_WORK}|{_HANDS}|路上|等|联系|查|看)|(?:等|约|联系|报|订|买|申请)(?:了|着|配件|材料|货|师傅|厂家|维保)"
            r"|(?:配件|材料|师傅|厂家|维保)\S).*)",
            re.DOTALL,
        ),
        Verb.NOTE,
    ),
    (re.compile(r"(?:我们)?(?:已经?)?(?:到了?现场|到场|到了)[了。!！]?$"), Verb.CHECK_IN),
    (
        re.compile(
            rf"(?P<words>(?:已经?|都|全部|刚刚?)*{_WORK}?(?:好|完|完成|完毕|妥|通|掉|恢复|搞定|修复|解决|处理|更换)(?:了|啦|咯|喽)(?!没|吗|么).*"
            r"|(?!.*[没还])\S.*[,，\s](?:已经?|都|现在)*(?:不[滴漏堵响臭晃吵闪卡]了|(?:可以|能)(?:正常)?[用走进开]了|正常了)[。!！]?$"
            rf"|(?:已经?|都|全部|刚刚?)*{_HANDS}{{1,2}}"
            r"(?:好|完|干净|牢固?|平|走|上|亮|结实|紧)(?:了|啦|咯|喽)(?!没|吗|么).*)",
            re.DOTALL,
        ),
        Verb.RESOLVE,
    ),
)

_DOES = r"(?:处理|办理?|解决|修理?|弄|搞|落实|安排|回复|答复|受理|派|来|去|清理?|换)"
_PROGRESS = re.compile(
    r"^谁在?(?:办|管|负责|处理|修|跟)|(?:事儿?|事情|问题|那件|[的个])谁在?(?:办|管|负责|处理|修|跟)(?:[呢啊的]|着呢)*[?？]?$|^(?:现在)?(?:在|是)谁(?:手[上里]|那|在?办|在?管|负责)|"
    r"(?:进展|进度|情况|结果)(?:如何|怎么?样|咋样|呢|是?什么|到哪)|(?:有没?有?)(?:什么)?(?:消息|结果|进展|下文|回音|回复)"
    rf"|{_DOES}(?:得|的)?(?:怎么?样|咋样|如何|到哪(?:一步|里|儿)?)|到哪(?:一步|里|儿)了"
    rf"|{_DOES}(?:好|完|掉|单|人)?了?(?:没有?|吗|么)(?:呢|啊|呀)?[?？!！。]*$"
    rf"|(?:什么时候|啥时候?|几时|哪天|何时|多久|多长时间|要等多久)(?:才|能|会|可以|有人|人|再)*(?:{_DOES}|有|好|到|结果)"
    r"|(?:怎么?样|咋样|如何)了[?？!！。]*$|(?:要|还要)等多久|怎么还(?:没|不)"
    r"|(?:有)?人?(?:处理|管|来|修)(?:了没|没有|了吗|没)[?？]*$|有人(?:去|来)?(?:看|弄|管|理|处理|修|办)(?:过|了)*(?:没有?|吗|么)[?？]*$"
    r"|(?:修|弄|搞|办|处理)(?:好|完)?了?(?:莫得|没得|冇)[?？]*$"
)
_OF_OTHER_THINGS = re.compile("表决|投票|评选|公示")  # whose results are no case's
_QUESTION_TAIL = re.compile(
    r"(?:好|完)?了?(?:没有?|吗|么|了没)?[呢啊呀]?[?？]+|(?:好|完)?了?(?:没有?|吗|么|了没)[呢啊呀]?[?？。!！]*"
)
LONGEST_QUESTION = 30


class Done(NamedTuple):
    """A verb that follows a number in natural words, and what is said with it."""

    verb: Verb
    words: str


def after_number(rest: str) -> Done | None:
    """Return what is to be done with the case whose number stands before `rest` (派给物业, 修好了)."""
    for pattern, verb in _AFTER_NUMBER:
        found = pattern.match(rest)
        if found is not None:
            words = found.groupdict().get("words") or ""
            if verb is Verb.ASSIGN:
                words = _TO_DO.sub("", words.strip().rstrip("。.!！")) or words
            return Done(verb, words.strip())
    return None


def rearranged(text: str) -> str | None:
    """Return a text as the command it is in other words: a meeting, a visit, a notice, a question."""
    ways = (
        _given_to,
        _all_given_to,
        _urged,
        _the_same,
        _visited,
        _of_what_was_said,
        _meeting,
        _meeting_changed,
        _noticed,
        _of_pattern,
    )
    return next((said for way in ways if (said := way(text)) is not None), None)


def asks_progress(text: str) -> bool:
    """Whether a text asks how it goes with a case: 处理了没有, 进展如何, 什么时候来修."""
    if len(text) > LONGEST_QUESTION or _OF_OTHER_THINGS.search(text):
        return False
    return _PROGRESS.search(text) is not None


def before_question(text: str) -> str:
    """Return what stands before the words that ask how it goes: 3栋灯 of 3栋灯修好了吗."""
    found = _PROGRESS.search(text)
    return text[: found.start()] if found is not None else ""


def is_question_tail(words: str) -> bool:
    """Whether words after a command make a question of it: 办结 1 了没有."""
    return bool(words) and _QUESTION_TAIL.fullmatch(words) is not None


def _given_to(text: str) -> str | None:
    found = _GIVEN.fullmatch(text)
    return f"{Verb.ASSIGN} {found['number']} {found['words'].strip()}" if found is not None else None


def _all_given_to(text: str) -> str | None:
    """What is given away without a number: who says so is asked for it (都派给物业)."""
    found = _ALL_GIVEN.fullmatch(text)
    return f"{Verb.ASSIGN} {found['words'].strip()}" if found is not None else None


def _urged(text: str) -> str | None:
    """Who is to be urged, said as people say it: 催一下3, 3号催一催."""
    found = _URGED.fullmatch(text)
    return f"{Verb.URGE} {found['before'] or found['after'] or ''}".strip() if found is not None else None


def _the_same(text: str) -> str | None:
    """Two cases that are one: the later goes into the earlier."""
    found = _SAME.fullmatch(text)
    if found is None:
        return None
    first, second = sorted((int(found["one"]), int(found["other"])))
    return f"{Verb.MERGE} {second} {first}"


def _visited(text: str) -> str | None:
    if "走访" not in text or _NOT_YET.search(text):
        return None
    for pattern in _VISITED:
        found = pattern.fullmatch(text)
        if found is not None:
            parts = (re.sub(r"\s", "", found["where"]), found["who"] or "", found["words"].strip())
            return f"{Verb.RECORD_VISIT} {' '.join(part for part in parts if part)}"
    return None


def _meeting(text: str) -> str | None:
    found = _MEETING.search(text)
    if found is None or _ASKED.search(text) or not (found["sure"] or _TOPIC_SAID.search(text)):
        return None
    before, after = text[: found.start()].strip(" ,，"), text[found.end() :]
    if not before:
        return None
    place = _PLACE.search(before)
    when = before[: place.start()] if place else before
    topic = _TOPIC.sub("", after, count=1).strip(" ,，。")
    if not re.search(r"[\d点周号日天早晚午]", when):
        return None
    return f"{Verb.CALL_MEETING} {when.strip(' ,，')} {place['place'] if place else ''} {topic}"


def _meeting_changed(text: str) -> str | None:
    """A meeting that is moved or called off; which one is said by its number, or it is the only one."""
    for pattern, verb in ((_MOVED, Verb.MOVE_MEETING), (_CALLED_OFF, Verb.CANCEL_MEETING)):
        found = pattern.fullmatch(text)
        if found is not None:
            number = _NUMBER.search(found["which"])
            return f"{verb} {number[0] if number else ''} {found['words'] or ''}".strip()
    return None


def _of_pattern(text: str) -> str | None:
    """What is told or asked in words that name no command: 巡查发现 …, 上个月办了多少件, 手上有什么事."""
    if found := _PATROLLED.fullmatch(text):
        return f"{Verb.PATROL} {found['words']}"
    if found := _OF_MEETING.fullmatch(text):
        return f"{Verb.CALL_MEETING} {found['what']} {found['rest']}"
    if found := _MOTION.fullmatch(text):
        return f"{Verb.MOTION} {found['words']}"
    if found := _COUNTED.fullmatch(text) or _STATISTICS.fullmatch(text):
        return f"{Verb.STATISTICS} {found['when']}"
    if found := _UNREAD.fullmatch(text):
        return f"{Verb.NOTICE} {found['number']} 未回复"
    asked = ((Verb.SHIFT, _ON_SHIFT), (Verb.TODO, _ON_HAND))
    return next((str(verb) for verb, pattern in asked if pattern.fullmatch(text)), None)


def _of_what_was_said(text: str) -> str | None:
    """What is told of a meeting or an objection by its plain name: 纪要 …, 回复 4-1 …."""
    if found := _TOLD_OF_MEETING.fullmatch(text):
        return f"{Verb.CALL_MEETING} {found['what']} {found['words']}"
    if found := _OBJECTION.fullmatch(text):
        return f"{Verb.ANSWER_OBJECTION} {found['words']}"
    return None


def _noticed(text: str) -> str | None:
    found = _NOTICE.fullmatch(text)
    return f"{Verb.NOTICE} {found['to']} {found['words'].strip()}" if found is not None else None
