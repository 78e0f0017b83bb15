"""Chinese numerals, as far as houses and households need them."""

from __future__ import annotations

import re

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "幺": 1}
_DIGITS |= {c: n for n, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_TENS = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_TWENTIES = {"廿": "二十", "卅": "三十"}
NUMERAL = "零〇一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾廿卅"
# 两三户, 七八户, 十七八户, 二三十户: one number or the next.
_ONE_OR_THE_NEXT = re.compile(r"(.*?)([一二两三四五六七八])([二三四五六七八九])([十百千]?)")


def number(text: str) -> int | None:
    """The number that `12`, `十二`, `一百零三` or `三〇一` says (of `二十几` the least), or None."""
    text = text.strip("多几来余第")
    for one, plain in _TWENTIES.items():
        text = text.replace(one, plain)
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 9 else None
    if not text or any(c not in _DIGITS and c not in _TENS for c in text):
        return None
    if not any(c in _TENS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text[:9]))
    total, digit = 0, 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            total += (digit or 1) * _TENS[c]
            digit = 0
    return total + digit


def about(text: str) -> int | None:
    """How many that is, said roughly: of one number or the next (两三, 十七八, 二三十) the greater."""
    match = _ONE_OR_THE_NEXT.fullmatch(text)
    if match and 1 <= _DIGITS[match.group(3)] - _DIGITS[match.group(2)] <= 2:
        return number(match.group(1) + match.group(3) + match.group(4))
    return number(text)
