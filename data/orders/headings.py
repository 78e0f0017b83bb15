"""What the columns of a hotline's sheet may be headed with, and which column a row of headings means."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIELDS: dict[str, str] = {
    "number": "工单编号",
    "text": "诉求内容",
    "name": "来电人",
    "phone": "联系电话",
    "address": "地址",
    "category": "类别",
    "deadline": "办理时限",
    "contacted": "是否联系",
    "solved": "是否解决",
    "satisfied": "是否满意",
}
NEEDED = ("number", "text")
WITHIN = 8  # rows: titles may stand above the headings
_LEAST = 3  # so many headings make a row of headings
_GUESSES: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "contacted": r"是否(?:已)?(?:联系|响应|联络)|(?:联系|响应)情况|先行联系|联系群众",
        "solved": r"是否(?:已)?(?:解决|办结)|解决情况",
        "satisfied": r"满意",
        "number": r"(?:工单|受理|诉求|事项|派单|任务|件|单|流水|登记)(?:编号|单号|编码|流水号|号码|号|ID)$"
        r"|^(?:编号|单号|order|ticket)(?:号|no|id)?$",
        "phone": r"电话|手机|联系方式|来电号码|主叫|号码$",
        "deadline": r"时限|截止|到期|限办|限时|期限"
        r"|(?:要求|应|最迟|规定).{0,4}(?:办结|反馈|回复|完成|办理).{0,3}(?:时间|日期)?$",
        "text": r"(?:诉求|反映|问题|事项|来电|工单|主要|具体|投诉|受理|情况)"
        r"(?:的)?(?:内容|描述|详情|事由|情况|问题|摘要|说明)"
        r"|^(?:内容|诉求|描述|问题|事由|摘要|正文)$",
        "address": r"地址|地点|位置|住址|点位|(?:事发|所属|发生)(?:地|区域)",
        "category": r"类别|分类|类型|归口|^(?:诉求|问题|事项)?类$",
        "name": r"(?:来电|诉求|反映|投诉|联系|当事|报事|报修|求助|申请)(?:人|者|市民)(?:姓名|名称|称呼)?$"
        r"|^(?:姓名|市民|称呼|来电者|市民姓名|客户姓名|群众姓名|联系人)$",
    }.items()
}
_REMARK = re.compile(r"[(（\[【].*?[)）\]】]")
_MARKS = re.compile(r"[\s*＊:：/、。,，_-]+")


class Columns(NamedTuple):
    """Which column (from 0) holds each field, how it is headed, and the headings that mean nothing here."""

    at: dict[str, int]
    heads: dict[str, str]
    ignored: list[str]


def plain(heading: object) -> str:
    """Return a heading without its remarks, spaces and marks."""
    said = unicodedata.normalize("NFKC", "" if heading is None else str(heading))
    return _MARKS.sub("", _REMARK.sub("", said))


def guess(row: Sequence[object]) -> Columns:
    """Return the columns that a row of headings means; of two for one field the likelier, then the first."""
    said = [plain(cell) for cell in row]
    at: dict[str, int] = {}
    for column, heading in enumerate(said):
        exact = next((field for field, name in FIELDS.items() if heading in (name, field)), None)
        if exact is not None:
            at.setdefault(exact, column)
    for column, heading in enumerate(said):
        if not heading or len(heading) > 20 or column in at.values():
            continue
        field = next((name for name, pattern in _GUESSES.items() if pattern.search(heading)), None)
        if field is not None:
            at.setdefault(field, column)
    return _columns(said, at)


def mapped(row: Sequence[object], told: Mapping[str, str]) -> Columns:
    """Return the columns as somebody told them: heading by field, none for an empty one, else guessed."""
    said, found = [plain(cell) for cell in row], guess(row)
    at = {field: column for field, column in found.at.items() if field not in told}
    for field, heading in told.items():
        if heading and plain(heading) in said:
            column = said.index(plain(heading))
            at = {name: other for name, other in at.items() if other != column}
            at[field] = column
    return _columns(said, at)


def headings_in(rows: Sequence[Sequence[object]], told: Mapping[str, str]) -> tuple[int, Columns] | None:
    """Return where the data begin (a row, from 0) and the columns, in the first rows of a sheet.

    Headings may take two rows: a group above, what is in it below, or one cell over both. None if there are
    none.
    """
    best: tuple[int, Columns] | None = None
    for number, row in enumerate(rows[:WITHIN]):
        options = [(number + 1, mapped(row, told))]
        if number + 1 < min(len(rows), WITHIN):
            options.append((number + 2, mapped(_both(row, rows[number + 1]), told)))
        for begins, columns in options:
            if best is None or len(columns.at) > len(best[1].at):
                best = begins, columns
    return best if best is not None and len(best[1].at) >= _LEAST else None


def _both(upper: Sequence[object], lower: Sequence[object]) -> list[object]:
    """Return two rows of headings as one: the lower, or the upper where the lower says nothing."""
    width = max(len(upper), len(lower))
    above, below = ([*row, *[None] * (width - len(row))] for row in (upper, lower))
    return [under if plain(under) else over for over, under in zip(above, below, strict=True)]


def _columns(said: Sequence[str], at: dict[str, int]) -> Columns:
    heads = {field: said[column] for field, column in at.items()}
    taken = set(at.values())
    return Columns(at, heads, [head for column, head in enumerate(said) if head and column not in taken])
