"""Lines that one person says one after another: the same appeal, a second matter, or something else."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from nlp.normalise import normalise
from nlp.understanding import Kind, Urgency

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
    r"^(?:哈+|呵+|嗯+|哦+|好的?|ok|收到|知道了|行|\[[^\]]{1,6}\]|谢谢.{0,6}|再见|在吗|早|你好|您好)+[\s!。~,.]*$"
)
_SPLIT = re.compile(
    r"(?:[。!?;\n]|,?(?=另外|还有就是|还有一个|还有,|同时,|其次|第二[,、:]|再就是|顺便说))+|(?:^|\s|[。;,])(?=\d[、.](?!\d))"
    r"|[,\s](?=还有.{0,3}(?:\d|[一二三四五六七八九十])(?:栋|幢|号楼|单元|座))"
)
_CLAUSE = re.compile(r"[,。;!?\n\s]+")
_ALSO = re.compile(r"[也还连]|同样")
# What happens to one thing is told of several: a leak spoils the wall, works make noise and dust.
_ONE_THING = (
    ("城乡建设/渗漏水", "城乡建设/房屋质量", "城乡建设/排水"),
    ("城乡建设/施工", "环境保护/噪音", "环境保护/扬尘"),
    ("环境保护/油烟异味", "环境保护/污水", "城乡建设/环境卫生"),
    ("城乡建设/消防隐患", "城乡建设/充电飞线", "政法/社会治安"),
    ("城乡建设/停车", "城乡建设/占道经营", "政法/交通违法"),
)
MOST_IN_A_ROW = 6
_NUMBERED = re.compile(r"^(?:\d|[一二三四五六七八九])[、.]")
SHORTEST_PART = 5


class Relation(StrEnum):
    """What a later line of the same speaker is to the appeal before it."""

    CONTINUES = "continues"
    SECOND = "second"
    UNRELATED = "unrelated"


def relation(appeal: Understanding, line: Understanding) -> Relation:
    """Whether a line that its speaker says soon after an appeal belongs to it or is a matter of its own.

    Who has just begun goes on: it takes a word for it (“另外”) or another place to make it a second matter.
    """
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
    if _elsewhere(appeal.place, line.place):
        return True
    if appeal.category == line.category:
        return False
    return bool(_ANOTHER.match(normalise(line.text))) or _other_spot(appeal.place, line.place)


def _elsewhere(one: Place, other: Place) -> bool:
    return bool(one.building and other.building and one.building != other.building)


def _other_spot(one: Place, other: Place) -> bool:
    return bool(one.spot and other.spot and one.spot not in other.spot and other.spot not in one.spot)


def matters_in(text: str, understand: Callable[[str], Understanding]) -> list[Understanding]:
    """The matters in one message, each understood by itself; the whole message where it is only one.

    A part begins a matter of its own if it is an appeal of another category, and is numbered, begins with a
    word like “另外”, names another place, or is one of a row: “电梯坏了,楼道灯也不亮,垃圾也没人收”.
    """
    whole = understand(text)
    if whole.is_appeal and len(row := _in_a_row(whole, understand)) > 1:
        return row
    pieces = parts(text)
    if not whole.is_appeal or len(pieces) == 1:
        return [whole]
    matters = [understand(pieces[0])]
    for piece in pieces[1:]:
        found = understand(piece)
        if found.is_appeal and matters[-1].is_appeal and _is_second(matters[-1], found):
            matters.append(found)
        else:
            matters[-1] = understand(f"{matters[-1].text}。{piece}")
    return matters if len(matters) > 1 and all(m.is_appeal for m in matters) else [whole]


def _in_a_row(whole: Understanding, understand: Callable[[str], Understanding]) -> list[Understanding]:
    """The matters of a row whose later ones have an “also”, all at the place of the first; else nothing."""
    clauses = [clause for clause in _CLAUSE.split(normalise(whole.text)) if clause]
    if whole.urgency is Urgency.EMERGENCY or not 1 < len(clauses) <= MOST_IN_A_ROW:
        return []
    matters = [understand(clause) for clause in clauses]
    things = [_thing(matter) for matter in matters]
    alone = all(_ALSO.search(clause) for clause in clauses[1:]) and all(
        matter.is_appeal for matter in matters
    )
    if not alone or None in things or len(set(things)) < len(things):
        return []
    here = matters[0].place
    return [m if m.place.building else m._replace(place=_at(here, m.place)) for m in matters]


def _thing(matter: Understanding) -> str | None:
    """What is wrong, where a word names it: its category, one name for those that go together."""
    if not any(e.part == "category" for e in matter.evidence) or matter.category is None:
        return None
    return next((group[0] for group in _ONE_THING if matter.category in group), matter.category)


def _at(here: Place, there: Place) -> Place:
    return there._replace(building=here.building, unit=there.unit or here.unit)


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
    return merged or [text]
