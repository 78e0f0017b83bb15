"""Lines that one person says one after another: the same appeal, a second matter, or something else."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from nlp.categories import first_level
from nlp.normalise import normalise
from nlp.place_marks import differ, marks_in
from nlp.putting_right import puts_right
from nlp.understanding import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from nlp.understanding import Place, Understanding

_BACK = re.compile(
    r"(?:就是|还是|说的|关于)?(?:昨天|前天|上次|上回|刚才|刚刚|之前|前面|上午|早上|前几天|上周|那天)(?:我)?(?:说|讲|反映|报|提|发|问)(?:过)?的?(?:那个|那件|那事|这个|事|问题)?"
    r"|^(?:就是|还是)(?:那个|那件|这个|这件|那事|老问题|上面那个)|那件事(?:怎么样|咋样|有结果)|老问题"
)
_ANOTHER = re.compile(
    r"^(?:@\S+\s)?(?:哦|噢|诶|欸|嗯)?[,、]?(?:另外|还有|再说一个|再反映|再问|顺便|顺带|对了|此外|另|第二|再一个|再有|再就是|其次)"
)
_EMPTY_TALK = re.compile(
    r"^(?:哈+|呵+|嗯+|哦+|好的?|ok|收到|知道了|行|\[[^\]]{1,6}\]|谢谢.{0,6}|再见|在吗|早|你好|您好)++[\s!。~,.]*$"
)
_SPLIT = re.compile(
    r"(?:[。!?;\n]|,?(?=另外|还有就是|还有一个|还有,|同时,|其次|第二[,、:]|再就是|顺便说))+|(?:^|\s|[。;,])(?=\d(?:[、.](?!\d)|、\d+[栋幢号]))"
    r"|[,\s](?=还有.{0,3}(?:\d|[一二三四五六七八九十])(?:栋|幢|号楼|单元|座))"
)
_CLAUSE = re.compile(r"[,。!?;、\n]+|,?(?=还有|而且|并且|同时|以及)")
_NUMBERED = re.compile(r"^(?:\d|[一二三四五六七八九])[、.]")
SHORTEST_PART = 5


A_THING = 2.0  # what a rule's word must weigh to name a thing
_ONLY_WHERE = re.compile(r"(?:底下|下面|旁边|对面|前面|后面|上面|边上)(?:就|还)?(?:是|有)")  # 底下是人行道
_OF_A_NEIGHBOURHOOD = {"城乡建设", "环境保护", "政法", "国土资源"}
# Complaints about how it is handled, whatever the matter is.
_HANDLING = {"物业服务", "作风", "社区服务", "其他", "法律服务", "党务"}
# Nobody came, whatever for: 打了三次电话物业没人来.
_NOT_HELPED = re.compile(
    r"没人(?:管|来|修|理|接|处理)|不(?:管|来|修|理|接|处理|解决|作为|干事)|没(?:来|修|处理|解决)|打.{0,6}电话|电话.{0,4}(?:打不通|没人)"
    r"|报修|报了|催|反映|投诉|推(?:来推去|诿|脱)|踢皮球|拖着"
)
_WITH_ITS_MANAGERS = re.compile(r"费|收钱|押金|收益|基金|资金|业委会|业主大会|换届|保安|门岗|门卫|岗亭")
# What comes of one another: kinds that one event may raise together.
_FAMILIES = (
    {"供水", "渗漏水", "排水", "污水", "道路", "房屋质量"},
    {"供电", "电梯", "通信网络", "供水"},
    {"供电", "路灯", "消防隐患", "充电飞线"},
    {"环境卫生", "油烟异味", "污水", "排水", "公共卫生"},
    {"噪音", "施工", "扬尘", "油烟异味", "占道经营", "社会治安", "邻里纠纷"},
    {"停车", "消防隐患", "道路", "充电飞线", "交通违法", "占道经营"},
    {"房屋质量", "高空抛物", "消防隐患", "施工"},
    {"养犬", "环境卫生", "邻里纠纷", "社会治安"},
    {"欠薪", "社保", "就业"},
    {"违建", "绿化", "消防隐患", "停车"},
    {"燃气", "供暖", "油烟异味"},
    {"电梯", "油烟异味", "房屋质量"},
    {"电梯", "消防隐患", "医疗服务", "社会治安"},
)


class Relation(StrEnum):
    """What a later line of the same speaker is to the appeal before it."""

    CONTINUES = "continues"
    SECOND = "second"
    UNRELATED = "unrelated"


def relation(appeal: Understanding, line: Understanding) -> Relation:
    """Whether a line that its speaker says soon after an appeal belongs to it or is a matter of its own.

    Who has just begun goes on: it takes a word for it (“另外”) or another place to make it a second matter.
    """
    if puts_right(line.text):
        return Relation.CONTINUES
    if line.kind is Kind.APPEAL:
        return Relation.SECOND if _another_matter(appeal, line) else Relation.CONTINUES
    if line.kind in (Kind.ANSWER, Kind.THANKS):
        return Relation.UNRELATED
    text = normalise(line.text).lower()
    if not text or _EMPTY_TALK.match(text) or (line.score < PLAINLY_CHAT and not line.place):
        return Relation.UNRELATED
    return Relation.CONTINUES


PLAINLY_CHAT = -10.0


def _another_matter(appeal: Understanding, line: Understanding) -> bool:
    if _elsewhere(appeal.place, line.place) or differ(marks_in(appeal.text), marks_in(line.text)):
        return True
    if appeal.category == line.category:
        return False
    begins = bool(_ANOTHER.match(normalise(line.text))) or _other_spot(appeal.place, line.place)
    return begins or another_kind(appeal, line)


def another_kind(one: Understanding, other: Understanding) -> bool:
    """Whether a line said after an appeal names a thing of its own that is wrong: a lamp, a door, rubbish.

    What follows from the first (the street floods because the pipe burst) is of one family with it. Who goes
    on to complain of how it is handled says nothing new; who began with nobody coming says next to what.
    """
    if one.category == other.category or not (_is_of_a_kind(one) and _names_a_thing(other)):
        return False
    if _second_level(other) in _HANDLING or _waits_for_its_thing(one):
        return False
    return not _in_a_family(one, other)


def _waits_for_its_thing(said: Understanding) -> bool:
    """Whether a complaint of how things are handled has yet to say what: nobody came, for what comes next."""
    handling = _second_level(said) in _HANDLING and not _WITH_ITS_MANAGERS.search(said.text)
    return handling and bool(_NOT_HELPED.search(said.text))


def akin(one: Understanding, other: Understanding) -> bool:
    """Whether two lines that are no appeals by themselves can be parts of one: of one kind, or one family."""
    return one.category == other.category or _in_a_family(one, other)


def _in_a_family(one: Understanding, other: Understanding) -> bool:
    return any({_second_level(one), _second_level(other)} <= family for family in _FAMILIES)


def _second_level(said: Understanding) -> str:
    return (said.category or "").rpartition("/")[2]


def _names_a_thing(said: Understanding) -> bool:
    """Whether a text names a thing of the neighbourhood that is wrong, not only where something is."""
    here = first_level(said.category or "") in _OF_A_NEIGHBOURHOOD and not _ONLY_WHERE.search(said.text)
    return here and _is_of_a_kind(said)


def _is_of_a_kind(said: Understanding) -> bool:
    """Whether rules, not only learned weights, say what a text is about."""
    where_only = first_level(said.category or "") in _OF_A_NEIGHBOURHOOD and _ONLY_WHERE.search(said.text)
    return not where_only and any(e.part == "category" and e.weight >= A_THING for e in said.evidence)


def _elsewhere(one: Place, other: Place) -> bool:
    return bool(one.building and other.building and one.building != other.building)


def _other_spot(one: Place, other: Place) -> bool:
    return bool(one.spot and other.spot and one.spot not in other.spot and other.spot not in one.spot)


def matters_in(text: str, understand: Callable[[str], Understanding]) -> list[Understanding]:
    """The matters in one message, each understood by itself; the whole message where it is only one.

    A part begins a matter of its own if it is an appeal of another category, and is numbered, begins with a
    word like “另外”, names another place or another thing. What names no building lies where the first does.
    """
    whole = understand(text)
    if not whole.is_appeal:
        return [whole]
    matters = _split(parts(text), understand, _is_second)
    if len(matters) == 1:
        matters = _split(_clauses(text), understand, another_kind)
    if len(matters) == 1 or not all(matter.is_appeal for matter in matters):
        return [whole]
    return [matters[0], *(_where_the_first_is(matters[0], matter) for matter in matters[1:])]


def _split(
    pieces: list[str],
    understand: Callable[[str], Understanding],
    apart: Callable[[Understanding, Understanding], bool],
) -> list[Understanding]:
    """Join the pieces of a message that are about one matter; `apart` tells whether two are not."""
    matters = [understand(pieces[0])]
    for piece in pieces[1:]:
        found = understand(piece)
        if found.is_appeal and matters[-1].is_appeal and all(apart(matter, found) for matter in matters):
            matters.append(found)
        else:
            matters[-1] = understand(f"{matters[-1].text},{piece}")
    return matters


def _clauses(text: str) -> list[str]:
    """The clauses of a text between its commas."""
    return [clause for clause in (part.strip() for part in _CLAUSE.split(normalise(text))) if clause] or [
        text
    ]


def _where_the_first_is(first: Understanding, matter: Understanding) -> Understanding:
    """Return a later matter in the building of the first, unless it names one of its own."""
    own = matter.place
    if own.building or own.compound:
        return matter
    place = own._replace(
        building=first.place.building, unit=own.unit or first.place.unit, compound=first.place.compound
    )
    return matter._replace(
        place=place,
        own_building=matter.own_building or first.own_building,
        own_unit=matter.own_unit or first.own_unit,
    )


def _is_second(one: Understanding, other: Understanding) -> bool:
    numbered = _NUMBERED.match(one.text) and _NUMBERED.match(other.text) and one.category != other.category
    return bool(numbered) or _another_matter(one, other)


def refers_back(text: str) -> bool:
    """Whether a line points to something said before: “就是昨天说的那个”."""
    return bool(_BACK.search(normalise(text)))


def parts(text: str) -> list[str]:
    """The parts of a text that could each be a matter of their own; the whole text if there is only one."""
    pieces = [piece.strip(" ,、") for piece in _SPLIT.split(normalise(text))]
    merged: list[str] = []
    for piece in pieces:
        if not piece:
            continue
        if merged and len(piece) < SHORTEST_PART:
            merged[-1] = f"{merged[-1]},{piece}"
        else:
            merged.append(piece)
    if len(merged) > 2 and merged[0].endswith(":") and _NUMBERED.match(merged[1]):
        merged = merged[1:]  # what stands above a numbered list is no part of its first line
    return merged or [text]
