"""Forms that words alone cannot name: spans of time, prices, phones. Rules use them as `<duration>`."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from nlp.letters import any_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NUMBER = r"(?:\d{1,4}(?:\.\d)?|[一二两三四五六七八九十百几好多数半]{1,5})"
_FORMS = {
    "<duration>": (
        rf"{_NUMBER}来?多?(?:个)?多?(?:年|月|星期|礼拜|周|天|日|小时|钟头|分钟|晚上|宿|夜)(?:多|半)?"
    ),
    "<times>": rf"{_NUMBER}多?(?:次|回|遍|趟|起)",
    "<price>": (
        r"(?:\d{1,7}(?:\.\d{1,2})?(?:元|块|万|角|毛|r\b|米一|/月|/斤|一斤|一盒|一箱|每斤)"
        r"|[¥¥]\d{1,7})"
    ),
    "<phone>": r"(?<!\d)(?:1[3-9]\d[\dx*-]{7,10}|0\d{2,3}-?\d{7,8}|[48]00-?\d{3}-?\d{4})(?!\d)",
    "<date>": (
        r"\d{1,2}月\d{1,2}[日号]|\d{1,2}:\d{2}|\d{4}[年./-]\d{1,2}|(?<!\d)\d{1,2}[点时](?:-|到|至"
        r"|~)\d{1,2}[点时]"
    ),
    "<bus>": r"(?<![\da-z])(?:[a-z]|专|快|夜|运通|高峰)?\d{1,3}路(?![灯口段边面旁上人])",
    "<order>": (
        r"(?:\d{1,3}|[一二两三四五六七八九十半])(?:斤|箱|盒|份|桶|板|袋|瓶|提|只|串|束|张票|人份"
        r"|大[一二两三]小)|[*×xX]\d{1,2}(?!\d)|\d大\d小"
    ),
    "<points>": r"(?:\d{1,3}|[一二两三四五六七八九十零满])(?:分(?![钟之开])|星|颗星)",
    "<entry>": r"^\s*\d{1,3}\s*[.、)]\s*[^\d\s.]",
    "<town>": (
        r"[a-z]\d{0,2}(?:市|区|县)|[一-鿿]{2}(?:省|县(?!城))"
        r"|(?<![小社片学景园辖地库厂校军特郊山])[一-鿿](?<!小|社|片|学|景|园|辖|地|库|厂|校"
        r"|军)[一-鿿](?<!小|社|片|学|景|园|辖|地|库|厂|校|军)(?:镇|乡(?!亲|下|村)|街道办?)"
    ),
    "<households>": rf"{_NUMBER}多?(?:户|家人|家(?=都|全|一起)|口人|来户)",
}
# Marks of a text that is passed on, looked for in what is long enough to be it.
_LINK = re.compile(r"https?:|www\.|\.com/|\.cn/")
_ITEM = re.compile(r"(?<!\d)([1-3])[.、)](?=\D)")
_SHORTEST_ITEM = 4
SHORT = 12  # no text as short as this is passed on with a mark
_MARK_HINT = re.compile(r"http|www|\.c|1[.、)]")
SHAPES = (*_FORMS, "<link>", "<items>")
# A form is tried only where it can begin, which takes a third of the time of trying all of them everywhere.
_AHEAD = r"(?=[\d\sa-z¥¥*×X专快夜运高一二两三四五六七八九十百几好多数半零满])"
_TOWN_AHEAD = r"(?=[^\n]{1,3}[市区县省镇乡街])"


def _alternatives(forms: Iterable[tuple[str, str]]) -> Iterator[str]:
    for is_town, alike in groupby(forms, key=lambda form: form[0] == "<town>"):
        named = "|".join(f"(?P<{name[1:-1]}>{form})" for name, form in alike)
        yield f"{_TOWN_AHEAD if is_town else _AHEAD}(?:{named})"


_FORM = re.compile("|".join(_alternatives(_FORMS.items())))
# Most lines have none of them; this says so quickly, and by their letters alone still more quickly.
_LETTERS = any_of("0123456789¥市县省镇乡街一二两三四五六七八九十百几好多数半零满")
_HINT = re.compile(
    r"[\d¥市县省镇乡]|街道|[a-z]区|[一二两三四五六七八九十百几好多数半零满][一二两三四五六七八九十百几好多数半个来大]{0,8}"
    r"[年月星礼周天日小钟分晚宿夜次回遍趟起点时斤箱盒份桶板袋瓶提只串束张颗户家口]"
)


def shapes_in(text: str) -> list[tuple[str, int, int]]:
    """Each form in the text: its name, where it begins and ends. The first form in the table wins a place."""
    if not _LETTERS.search(text) or not _HINT.search(text):
        return _marks_in(text)
    found = [(f"<{m.lastgroup}>", m.start(), m.end()) for m in _FORM.finditer(text)]
    return found + _marks_in(text) if len(text) > SHORT else found


def _marks_in(text: str) -> list[tuple[str, int, int]]:
    if len(text) <= SHORT or not _MARK_HINT.search(text):
        return []
    link = _LINK.search(text)
    found = [("<link>", link.start(), link.end())] if link else []
    items = _items_in(text)
    return [*found, ("<items>", *items)] if items else found


def _items_in(text: str) -> tuple[int, int] | None:
    """Where the first three items of a numbered list stand: 1. … 2. … 3."""
    starts: list[int] = []
    for match in _ITEM.finditer(text):
        far = not starts or match.start() - starts[-1] > _SHORTEST_ITEM
        if far and int(match[1]) == len(starts) + 1:
            starts.append(match.start())
            if len(starts) == 3:
                return starts[0], match.end()
    return None
