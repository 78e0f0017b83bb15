"""People's words for anybody to read: no number that could be a telephone or a door, no plate, no name.

Stricter than in a group, where neighbours know each other anyway: what is not plainly harmless goes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from handlers.texts.masking import mask
from handlers.texts.personal_numbers import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterable

SOMEBODY = "某某"
_NUMERALS = "零〇○一二三四五六七八九十百千两幺壹贰叁肆伍陆柒捌玖拾"
_ADDRESS = re.compile(r"\S*(?:@|https?:|www\.)\S*", re.IGNORECASE)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领学警港澳挂]\s*[A-Z]\s*[·・.\-\s]?\s*(?:[A-Z0-9]\s?){4,6}",
    re.IGNORECASE,
)
# Small numbers before what is counted or numbered stay: 3栋, 2单元, 18楼, 5户, 3天, 10月.
_HARMLESS = re.compile(
    r"(?<![A-Za-z0-9\-—–.:：/、#])\d{1,2}(?=\s*(?:栋|幢|座|号楼|单元|期|楼|层|户|人|个|位|天|次|遍|回|处|盏|辆|月|日|点|小时|分钟|周|年|米|块|元))"
)
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9\s\-—–_.:：/#＃·・、]*[A-Za-z0-9]|\d")
_SPELT = re.compile(rf"[{_NUMERALS}](?:[\s\-—–.、]?[{_NUMERALS}])+")
_SPELT_DOOR = re.compile(rf"[{_NUMERALS}]{{1,3}}\s*(?:号(?!楼|院|线)|室|户主|房(?!屋|价|东|产|间|子|顶))")
_SPELT_PLACE = re.compile(
    rf"([{_NUMERALS}]{{1,3}})\s*(?:栋|幢|座|号楼|单元|期|楼|层|月|日|天|次|个|位|户|人|点|年|周|米|块|元|分)"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_CALLED = re.compile(
    rf"[{_SURNAMES}][\u4e00-\u9fff]?(?:阿姨|大爷|大妈|大娘|大伯|大哥|大姐|奶奶|爷爷|婆婆|公公|师傅|老师|医生|主任|书记|经理|女士|先生|小姐|太太|总|姐|哥|叔|婶|姨|嫂|伯)"
    rf"|[老小阿][{_SURNAMES}](?=[家说,,。、的和与在把被给跟也又]|$)"
)


def public_words(words: str, names: Iterable[str] = ()) -> str:
    """Return words in which nothing names or places a person; `names` are those known to be in them."""
    shown = unicodedata.normalize("NFKC", words)
    for name in sorted({*names, *(unicodedata.normalize("NFKC", n) for n in names)}, key=len, reverse=True):
        if name:
            shown = shown.replace(name, SOMEBODY)
    shown = _ADDRESS.sub(HIDDEN, shown)
    shown = _PLATE.sub(HIDDEN, mask(shown))
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found.group(0))
        return chr(0xE000 + len(kept) - 1)  # a private character stands for it meanwhile

    shown = _HARMLESS.sub(keep, shown)
    shown = _TOKEN.sub(_hidden, shown)
    shown = _SPELT_DOOR.sub(HIDDEN, shown)
    shown = _SPELT_PLACE.sub(keep, shown)
    shown = _SPELT.sub(HIDDEN, shown)
    shown = _CALLED.sub(SOMEBODY, shown)
    for number, harmless in enumerate(kept):
        shown = shown.replace(chr(0xE000 + number), harmless)
    return re.sub(r"\*{4,}", HIDDEN, shown)


def _hidden(found: re.Match[str]) -> str:
    """Hide what has a digit in it, and long words: they may be an account; LED and WiFi stay."""
    token = found.group(0)
    return HIDDEN if any(c.isdigit() for c in token) or len(token) > 8 else token
