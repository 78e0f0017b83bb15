"""What tells two places of one number apart: the compound, phase, lane, road, level or side.

东区 and 西区, 一期 and 二期, 88弄 and 99弄, 9-1 and 9-2号楼, B1 and B2, 左梯 and 右梯, 人民路 and 解放路:
each is a *mark* of some sort (区, 期, 弄 …) with a value. Two texts that both have a mark of one sort, and
share none, speak of different places.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.letters import any_of
from nlp.reading.numerals import NUMERAL, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Marks = dict[str, frozenset[str]]

_COUNT = rf"\d{{1,4}}|[{NUMERAL}叁肆伍陆柒捌玖拾廿卅]{{1,4}}"
_STEM = "甲乙丙丁戊己庚辛"
_SIDE = "东南西北中左右前后内外上下"
# How each sort of mark is written; `v` is its value.
_SORTS: dict[str, re.Pattern[str]] = {
    "弄": re.compile(rf"(?P<v>{_COUNT})弄"),
    "期": re.compile(rf"(?P<v>{_COUNT})期(?!工程|[待望间限末])"),
    "区": re.compile(
        rf"(?P<v>[{_SIDE}]{{1,2}}|[a-zA-Z](?![a-zA-Z])\d?|[{_STEM}]|(?<![{NUMERAL}\d])(?:{_COUNT}))"
        r"(?:组团|片区|区|苑)(?![域别分间政长委块子里内])"
    ),
    "路": re.compile(r"(?P<v>[\u4e00-\u9fff]{2,4}?)(?:路(?![灯面障])|大道|大街|街(?!道办|坊)|巷(?!子))"),
    "栋": re.compile(
        rf"(?P<v>[a-zA-Z]?\d{{1,4}}(?:-\d{{1,3}})?[a-zA-Z]?|[a-zA-Z]|[{_STEM}]|{_COUNT})"
        r"\s*(?:号楼|栋|幢|座(?!位|椅|机|谈)|号院)"
    ),
    "层": re.compile(r"(?:地下|负|[bB]|(?<![\d栋楼幢座元-])-)\s*(?P<v>[1-5]|[一二三四五])(?![\d栋幢座号-])"),
    "梯": re.compile(
        rf"(?P<v>[{_SIDE}]|[a-zA-Z]|[{_STEM}]|货|客|消防|(?:{_COUNT})号?)"
        r"(?:边|侧|手边|面)?的?(?:那?[部台个]|号)?(?:电梯|梯(?!户|形|田))"
    ),
    "门": re.compile(
        rf"(?P<v>[东南西北正侧后前]{{1,2}}|(?:{_COUNT})号|[a-zA-Z])(?:大门|门(?!禁|锁|卫|诊|面|店|市|铃|把))"
    ),
    "园": re.compile(
        r"(?P<v>[\u4e00-\u9fff]{2})(?:花园|家园|嘉园|花苑|佳苑|雅苑|名苑|公寓|新村|小区|山庄|华庭|华府|大厦|大院)"
    ),
    "村": re.compile(r"(?P<v>[\u4e00-\u9fff]{2})村(?![民委里口支头])"),
    "组": re.compile(rf"(?P<v>{_COUNT})组(?![织团合长])"),
    "楼": re.compile(r"(?P<v>[东南西北中主副前后])楼(?![上下梯道顶])"),
    "号": re.compile(
        rf"(?P<v>(?:{_COUNT})号(?:充电|停车|地块|岗亭|门岗|车位|窗口|配电|泵房|院|桩|井|杆|柱|桶|池|桥|亭))"
    ),
    "侧": re.compile(r"(?P<v>[东南西北左右])(?:侧|边|面|头)(?!的?[那这]?[部台个]?电?梯)"),
}
# What no road is called: 马路, 半路, and a verb's last letters, as in 看不见路 or 注意路.
_NO_ROAD = re.compile(
    r"(?:[马道公铁小水电线管走一半让过挡修问沿网思套条段这那主辅侧好个盏在到了的上下去出进各通]|门口|门前|楼下|我们"
    r"|[见错找迷赶认绕抄拦截铺堵占拓抢]|注意|留意|[不得]清|认识|带着|领着|没有)$"
)
_NAMES = ("园", "村", "号")
_NO_NAME = re.compile(
    r"我们|咱们|整个|这个|那个|全|本|老旧|回迁|附近|隔壁|旁边|中心|安置|高档|别的|其他|每个|各个|[的在是从到]"
)
_LEAD = re.compile(r"^.*(?:我们|咱们|的|在|是|从|到|去|住|把|给|往|说|报|下|上)(?=..)")
_CLASSICAL = str.maketrans("叁肆伍陆柒捌玖拾", "三四五六七八九十")
COMPOUND = ("路", "弄", "期", "区")  # those that stand before a building
# What a mark of a sort is not written without; most lines have none.
_LETTERS_OF = {"路": any_of("路道街巷"), "弄": any_of("弄"), "期": any_of("期"), "区": any_of("区苑团")}
_OF_COMPOUND = any_of("弄期区路道街巷苑团")


def marks_in(text: str, sorts: Iterable[str] = _SORTS) -> Marks:
    """The marks of a (normalised) text by their sort, of some sorts: `{"区": {"东"}}`."""
    found: Marks = {}
    for sort in sorts:
        letters = _LETTERS_OF.get(sort)
        if letters and not letters.search(text):
            continue
        form = _SORTS[sort]
        values = frozenset(value for match in form.finditer(text) if (value := _value(sort, match)))
        if values:
            found[sort] = values
    return found


def differ(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> bool:
    """Whether two texts' marks name different places: of one sort, and none in common."""
    return any(one[sort].isdisjoint(other[sort]) for sort in one.keys() & other.keys())


def compound_in(text: str) -> str | None:
    """What stands before a building and tells it from others of its number: 人民路88弄, 二期, 东区."""
    if not _OF_COMPOUND.search(text):
        return None
    marks = marks_in(text, COMPOUND)
    parts = [f"{min(marks[sort])}{sort}" for sort in COMPOUND if len(marks.get(sort, ())) == 1]
    return "".join(parts) or None


def _value(sort: str, match: re.Match[str]) -> str | None:
    said = match.group("v")
    if sort == "路":
        return _road(said)
    if sort in _NAMES:
        return None if _NO_NAME.search(said) else said
    plain = _plain(said.removesuffix("号"))
    return plain if sort != "层" else f"-{plain}"


def _road(said: str) -> str | None:
    """The name of a road by its last letters: what stands before them belongs to the sentence."""
    if _NO_ROAD.search(said):
        return None
    return _LEAD.sub("", said)[-3 if said[-1] in "东南西北中" else -2 :]


def _plain(said: str) -> str:
    """`三` → `3`, `廿一` → `21`, `b` → `B`."""
    chinese = said.translate(_CLASSICAL).replace("廿", "二十").replace("卅", "三十")
    value = number(chinese)
    return str(value) if value is not None else said.upper()
