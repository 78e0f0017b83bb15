"""Doors: which flat of a building, in the ways people write it. The building and its unit stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.texts.folding import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.texts.folding import Folded

HIDDEN = "***"
_SAID = "零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺"
_COUNTED = "一二三四五六七八九十百两"
_SHAPE = r"(?:[1-9]|[1-3]\d)(?:0[1-9]|1\d|2[0-4])"  # floor, and number on the floor
# A number before one of these counts or measures something.
_MEASURES = (
    "[年月日点分秒元块米度路天个人次户条张份斤公吨级届班万千百亿kKwW%℃/比例床辆架艘"
    "场项起多来名位岁页期瓦伏升克寸兆层毫平线栋幢楼]"
)
_UNITS = rf"[ \t]*(?:{_MEASURES}|号(?:楼|线|院)|小时|单元|左右|[gGmM]\b|医院|高地|国道|省道|室一厅)"
_PLACE = r"(?:栋|幢|座|号楼|单元|\d#|期|门(?!口))"
_LINK = r"[ \t:,.\-_/(#、]{0,3}(?:的|住|家|里)?[ \t]?"
_AND = r"[ \t]*(?:[/、,和跟与\-~]|以及)[ \t]*"
_FLOOR = rf"(?:\d{{1,2}}|[{_COUNTED}]{{1,3}})[ \t]*(?:楼|层)"
_AT = "门牌号?|房号|门号|室号|户号|房间号?|住在?|我家在?|我是|家在|隔壁|楼上|楼下|对门"
_SERVICES = r"(?!1(?:10|14|19|20|22)(?!\d))"
_FEASTS = r"(?!315(?:了|晚会|维权|消费|打假|投诉|曝光)|520(?:快乐|礼|节|表白|红包))"
_COMMANDED = "".join(f"(?<!{verb} )" for verb in ("受理", "办结", "派单", "进度", "反馈", "附议"))
_NO_HOUSE = "(?:楼|线|院|桩|车|机|文|令|公告|地块|井|窗|公路|台)"
_NO_BUILDING = "(?:次|型|系列|款|版|口|高速|列车|航班)"
_NO_FLOOR = (
    "(?:号|周|倍|折|寸|岁|期|比|局|节|章|条|成|双|套|只|瓶|杯|遍|趟|轮|种|场|把|口|袋|箱|包|桶|盒|本|片"
    "|胜|负|输|赢|平|放假|劳动)"
)

# Each hides the group `door`; the surest first. The last ones see nothing but a number.
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        (  # 3栋2单元501, 3栋:501, 3栋5楼502, 3栋五零一, 1-2-501
            rf"(?:{_PLACE}|(?<![\d-])\d{{1,2}}-(?:\d{{1,2}}-)?){_LINK}(?:{_FLOOR}[ \t\-]*)?"
            rf"(?P<door>\d{{3,4}}(?:{_AND}{_SHAPE}(?!\d))*|[{_SAID}]{{3,4}})(?![\d{_SAID}]|{_UNITS}|[.:]\d)"
        ),
        (  # 3栋5-1, 2单元25-3
            rf"{_PLACE}{_LINK}(?P<door>\d{{1,2}}[ \t]?-[ \t]?\d{{1,2}})(?![\d\-]|{_UNITS}|[.:]\d)"
        ),
        (  # 2单元3号, 六楼二号, 6层2室
            rf"(?:单元[ \t\-]*|{_FLOOR}[ \t\-的]*)(?P<door>\d{{1,2}}|[{_COUNTED}]{{1,2}})"
            r"(?=[ \t]*(?:号|室|户|房)(?!楼|线|院))"
        ),
        (  # 501室, 五零一室, 501号房, 502户, 12房 (but not 3室2厅)
            rf"(?<![\d.\-#路街道巷弄村])(?P<door>\d{{1,4}}|[{_SAID}]{{3,4}})"
            rf"(?=[ \t]*(?:室(?![ \t]*[\d{_COUNTED}][ \t]*[厅卫])"
            r"|号房|房(?!子|[屋价东租产])|户型?外?(?=[家的住里人])))"
        ),
        (  # 501号 (but not 解放路501号, which is a building)
            rf"(?<![\d.\-#路街道巷弄村第])(?P<door>{_SHAPE}|[{_SAID}]{{3,4}})(?=[ \t]*号(?!{_NO_HOUSE}))"
        ),
        (  # 门牌501, 房号1203, 家住25-3
            rf"(?:{_AT})[是:为 \t]{{0,2}}"
            rf"(?P<door>\d{{3,4}}|\d{{1,2}}-\d{{1,2}}(?:-\d{{1,2}})?|[{_SAID}]{{3,4}})"
            rf"(?![\d\-{_SAID}]|{_UNITS}|[.:]\d)"
        ),
        (  # B602, A-1203
            rf"(?<![A-Za-z0-9.])[A-FHa-fh][ \-]?(?P<door>{_SHAPE})(?![\dA-Za-z]|{_UNITS}|{_NO_BUILDING})"
        ),
        (  # 501/502, 501-503: beside a door stands a door
            rf"(?<![\d.:a-zA-Z]){_SERVICES}(?!19[1-9]\d|20[1-3]\d)"
            rf"(?P<door>{_SHAPE}(?:{_AND}{_SHAPE})+)(?![\d.:/]|{_UNITS})"
        ),
        (  # 五零一
            rf"(?<![{_SAID}十百千万第])(?P<door>[一二三]?[一二三四五六七八九][零〇○][一二三四五六七八九])"
            rf"(?![{_SAID}十百千万]|{_UNITS}|后|[厂所])"
        ),
        (  # 501
            rf"(?<![\d.#a-zA-Z+*/:第¥$\-])(?<![费价共付约])(?<!\d,){_COMMANDED}{_SERVICES}{_FEASTS}"
            rf"(?!20[1-3]\d)(?P<door>{_SHAPE})(?![\d.:\-]|,\d{{3}}|[ \t]*号|{_UNITS})"
        ),
        (  # 25-3, 5-1
            r"(?<![\d.#a-zA-Z+*/:第¥$\-年月周期班图表比初高])(?P<door>(?:[1-9]|[1-3]\d)-(?:[1-9]|1[0-2]))"
            rf"(?![\d.:\-a-zA-Z]|{_UNITS}|[ \t]*{_NO_FLOOR})"
        ),
    )
)
BARE = 4  # patterns that see nothing but a number
_AT_HOME = re.compile(r"[住栋幢户]|单元|业主|邻居|楼上|楼下|隔壁|我家|他家|她家|漏水")
_ELSEWHERE = re.compile(
    r"公交|路车|路等|站位|车站|始发|末班|首班|发车|线路|快专|司机|地铁|高铁|列车|航班"
    r"|比分|战胜|击败|惜败|不敌|险胜|主场|客场|赛季|决赛|[进球射]球|票房"
)
_BUILDING = re.compile(r"[ \t]*(?:号楼|栋|幢|座|单元|期|号院)")


def spans(folded: Folded) -> Iterator[Replacement]:
    """Yield the doors, the surest first."""
    elsewhere = _ELSEWHERE.search(folded.text) and not _AT_HOME.search(folded.text)
    for pattern in _PATTERNS[:-BARE] if elsewhere else _PATTERNS:
        for found in pattern.finditer(folded.text):
            start, end = found.span("door")
            if not _BUILDING.match(folded.text, end):
                yield Replacement(start, end, HIDDEN)
