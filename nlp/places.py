"""Where the matter lies: building, unit, floor, door and place word, as the text states them, normalised."""

from __future__ import annotations

import re
from string import digits
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, MatchKind

from nlp.letters import any_of
from nlp.normalise import without_mentions
from nlp.place_marks import compound_in
from nlp.putting_right import place_put_right
from nlp.reading.numerals import NUMERAL, number
from nlp.understanding import NOWHERE, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_N = rf"(?:\d{{1,3}}|[{NUMERAL}]{{1,4}})"
_STEM = "[甲乙丙丁戊己庚辛]"  # 甲栋
_CODE = rf"(?:{_STEM}(?=栋|幢|座|号)|[a-zA-Z]\d{{1,2}}|\d{{1,2}}[a-zA-Z]|{_N}|[a-zA-Z](?![a-zA-Z]))"
# What comes first in a chain of forms wins its place in the text.
_BUILDING = re.compile(
    rf"(?P<lane>\d{{1,4}})弄\s*(?P<lane_house>{_N})号"
    r"|(?<![\d\-.:#/])(?P<b3>\d{1,3})-(?P<u3>\d{1,2})-(?P<d3>\d{3,4})(?![\d\-])"
    r"|(?<![\d\-.:#/])(?P<b4>\d{1,2}-\d{1,2})\s*(?:号楼|栋楼?|幢|座|#楼?)"
    r"|(?<![\da-zA-Z\-])(?P<b5>[a-zA-Z]\d{1,2})-(?P<u5>\d{1,2})(?![\d\-])"
    r"|(?<![\d\-.:#/])(?P<b2>\d{1,3})-(?P<d2>\d{3,4})(?![\d\-.:/年])"
    rf"|(?<![\d\-.:#/$¥])(?P<b1>\d{{1,3}})-(?P<u1>\d{{1,2}})(?![\d\-.:/号日月点年天个元块楼栋幢层度岁斤次人户万万瓶分米])"
    rf"|(?P<b0>{_CODE})\s*(?:号楼|栋楼?|幢|座(?!椅|位|机|谈)|号院楼|#楼?|号栋)"
)
_UNIT = re.compile(rf"(?P<u>\d{{1,2}}|[{NUMERAL}]{{1,3}}|[a-dA-D甲乙丙丁])\s*(?:号)?(?:单元|門洞|门洞|梯户)")
_UNIT_DOOR = re.compile(rf"^\s*(?P<u>\d|[{NUMERAL}]{{1,2}})(?:号)?门(?!口)")
_FLOOR = re.compile(
    rf"(?P<minus>负|地下|b|B|(?<![\da-zA-Z])-)?(?P<f>\d{{1,2}}|[{NUMERAL}]{{1,3}})(?:楼(?!栋|长|道|上的?人)|层(?!楼?[高的]))"
)
_DOOR = re.compile(
    r"(?<![\d.:/-])(?P<d>[1-9]\d{2,3})(?:室|房间|房(?!子)|号房|号室|户(?!人)|那家|那户|家(?!里有\d))"
)
_BARE_DOOR = re.compile(
    r"(?:^|[楼上下栋幢元门座壁的\s])(?P<d>[1-9]\d?0[1-9]|[1-9]\d?1\d)(?![\d年月日元块号个路斤次多度平分米米位名点.:])"
)
_FOR = re.compile(r"(?:代|帮|替|给)\s*(?P<d>[1-9]\d{2,3})(?:室|号)?(?:房)?的")
_NOT_DOORS = {"110", "119", "112", "114", "120", "1201", "911", "315"}
_LIST = re.compile(rf"{_N}(?:号楼|栋|幢|座|#)?\s*(?:[、,，/和跟与及到至~-]|以及)\s*{_N}(?:号楼|栋|幢|座|#)")
# Homophones that an input method puts for 栋 and 单元, where nothing else can be meant: 3动2单员.
_UNIT_SLIP = re.compile(rf"(?<=\d|[{NUMERAL}])\s*(?:单[员园圆源院原]|丹元)")
_SLIPS = "[动洞冻]"
_BUILDING_SLIP = re.compile(
    rf"(?:(?<=\d)|(?<=[{NUMERAL}])(?={_SLIPS}\s*{_N}\s*单元)){_SLIPS}"
    rf"(?=\s*{_N}\s*单元|楼[上下道梯]|[门电水前后]|$)"
)
# What no building, unit, floor or door is named without; most lines have none of it.
_MORE = re.compile(r"[弄栋幢座楼层#洞梯]|单元|号院|\d-\d|\d{3}")
_LETTERS = any_of("弄栋幢座楼层#洞梯单号0123456789")
_OF_BUILDING, _OF_UNIT, _OF_FLOOR, _OF_DOOR = map(any_of, ("弄栋幢座号#-", "单洞梯", "楼层", digits))
_LINE_NUMBER = re.compile(r"^[ \t]*[(]?\d{1,2}[、.)](?!\d{2})[ \t]*", re.MULTILINE)
_OWN = re.compile(r"(?:我是|我住|我家住|我家是|我们是|本人住|我在|我住在)$")
_TO = re.compile(r"(?:往|给|到|向|朝)$")

OWN_BUILDING = re.compile(
    r"(?:我们|咱们|咱|俺们|俺|本|我|阿拉|我哋|这)(?:这|那)?(?:一)?(?:栋|幢|楼(?!道|上|下|梯|层|顶|主|长|里)|座)"
    rf"|(?:我们|咱们|咱|俺们)(?:这|那)?(?:边)?(?:\d{{1,2}}|[{NUMERAL}]{{1,2}})(?:号)?单元"
)
OWN_UNIT = re.compile(r"(?:我们|咱们|咱|俺们|俺|本|我|阿拉|这)(?:这|那)?(?:个)?单元")
# What “my home” is followed by when the matter lies there: “我家孩子在学校被打” lies elsewhere.
OWN_HOME = re.compile(
    r"(?:我|俺|咱|我们|咱们|俺们|阿拉|我哋|偶)(?:们)?(?:家|屋里?|屋头|屋企|房子)(?:里|的|那|这|又|也|还|都|现在|今天|一直)*"
    r"(?:楼[上下道梯]|单元|隔壁|对门|天花板?|顶|厨房|卫生间|厕所|洗手间|浴室|阳台|窗|墙|屋顶|房顶|地板|客厅|卧室|次卧|主卧|门锁?|门口"
    r"|水|电|网|煤气|燃气|天然气|暖|马桶|下水|管|漏|渗|滴|停|没|冒|进|被[淹泡]|灯|表|信号|宽带|发霉|返|堵)"
)


# Above and below whom? The speaker's home.
OWN_NEAR = re.compile(
    r"楼[上下](?!的?人|商|店|超市|饭|餐|棋|茶|理发|幼儿园)|(?:我们|咱们|这)(?:这|那)?(?:一)?层"
)


_OWN_FAMILY = re.compile(
    r"(?:我|俺|咱)们?(?:家)?(?:的)?(?:老?[妈爸爹娘]|妈妈|爸爸|母亲|父亲|奶奶|爷爷|外婆|外公|姥姥|姥爷|婆婆|公公|岳母|岳父|老伴|老公|老婆"
    r"|爱人|媳妇|丈夫|妻子|儿子|女儿|孩子|小孩|娃|宝宝|孙子|孙女|弟弟|妹妹|哥哥|姐姐)"
)


def is_of_own_family(text: str) -> bool:
    """Whether somebody of the speaker's family is spoken of: in an emergency, who is at home."""
    return bool(_OWN_FAMILY.search(text))


def is_own_building(text: str) -> bool:
    """Whether the place is the speaker's own building: “我们楼”, “楼下”, or the home in it."""
    return bool(OWN_BUILDING.search(text) or OWN_HOME.search(text) or OWN_NEAR.search(text))


def is_own_unit(text: str) -> bool:
    """Whether the place is the speaker's own unit: “我们单元”, or the home in it."""
    return bool(OWN_UNIT.search(text) or OWN_HOME.search(text))


class Gazetteer:
    """The place words of a neighbourhood: those everybody uses, and the names in its roster."""

    def __init__(self, spots: Iterable[str], names: Iterable[str] = ()) -> None:
        self._spots = list(dict.fromkeys([*names, *spots]))
        self._automaton = AhoCorasick(self._spots, matchkind=MatchKind.LeftmostLongest)

    def spot(self, text: str) -> str | None:
        """The first place word in the text; the longer one where two begin together."""
        found = self._automaton.find_matches_as_indexes(text)
        return self._spots[found[0][0]] if found else None


def place_in(text: str, gazetteer: Gazetteer) -> Place:
    """Where the matter lies in the end, as far as the (normalised) text says it."""
    text = _respelt(without_mentions(_unnumbered(text)))
    right = place_put_right(text, lambda part: _place(part, gazetteer))
    return _place(text, gazetteer) if right is None else right


def _place(text: str, gazetteer: Gazetteer) -> Place:
    spot = gazetteer.spot(text)
    compound = compound_in(text)
    if not _LETTERS.search(text) or not _MORE.search(text):
        return Place(spot=spot, compound=compound) if spot or compound else NOWHERE
    building, unit, door, end = _building(text)
    if unit is None:
        unit = _unit(text, end)
    return Place(
        building=building,
        unit=unit,
        floor=_floor(text),
        door=door or _door(text),
        spot=spot,
        compound=compound,
    )


def _unnumbered(text: str) -> str:
    """The text without the numbers of its lines: “1、6栋冒烟” as the first of several is not 1栋 and 6栋."""
    if "\n" not in text or len(_LINE_NUMBER.findall(text)) < 2:
        return text
    return _LINE_NUMBER.sub("", text)


def _respelt(text: str) -> str:
    """The text with 栋 and 单元 spelt right where homophones stand for them."""
    if "单" in text or "丹" in text:
        text = _UNIT_SLIP.sub("单元", text)
    if "动" in text or "洞" in text or "冻" in text:
        text = _BUILDING_SLIP.sub("栋", text)
    return text


def _building(text: str) -> tuple[str | None, str | None, str | None, int]:
    """The building with the unit and door said in the same breath, and where that ends."""
    found = list(_BUILDING.finditer(text)) if _OF_BUILDING.search(text) else ()
    if not found:
        return None, None, None, 0
    if _is_list(text, found):
        return None, None, None, 0
    match = found[0] if len(found) == 1 else _of_the_matter(text, found)
    groups = match.groupdict()
    name = next(groups[g] for g in ("lane_house", "b3", "b4", "b5", "b2", "b1", "b0") if groups[g])
    unit, door = groups["u3"] or groups["u5"] or groups["u1"], groups["d3"] or groups["d2"]
    return _plain(name), _plain(unit), door, match.end()


def _is_list(text: str, found: Sequence[re.Match[str]]) -> bool:
    if len(found) == 1 and (pair := found[0].group("b4")):
        first, second = map(int, pair.split("-"))
        return first <= second  # 3-5号楼 are three houses, 9-1号楼 is one
    return len({m.group() for m in found}) > 3 or bool(_LIST.search(text))


def _of_the_matter(text: str, found: Sequence[re.Match[str]]) -> re.Match[str]:
    """Of several buildings the one that is neither the speaker's address nor only the direction."""
    for match in found:
        before = text[max(0, match.start() - 5) : match.start()]
        if not _OWN.search(before) and not _TO.search(before):
            return match
    return found[0]


def _unit(text: str, end: int) -> str | None:
    match = None
    if _OF_UNIT.search(text):
        match = _UNIT.search(text, max(0, end - 2)) or _UNIT.search(text)
    if match is None and end:
        match = _UNIT_DOOR.search(text[end:])
    return _plain(match.group("u")) if match else None


def _floor(text: str) -> str | None:
    if not _OF_FLOOR.search(text):
        return None
    for match in _FLOOR.finditer(text):
        floor = _plain(match.group("f"))
        if floor:
            return f"-{floor}" if match.group("minus") else floor
    return None


def _door(text: str) -> str | None:
    if not _OF_DOOR.search(text):
        return None
    for form in (_FOR, _DOOR, _BARE_DOOR):
        for match in form.finditer(text):
            if match.group("d") not in _NOT_DOORS:
                return match.group("d")
    return None


def _plain(name: str | None) -> str | None:
    """`三` → `3`, `b` → `B`, `03` → `3`."""
    if not name:
        return None
    value = None if "-" in name else number(name)
    return str(value) if value is not None else name.upper()
