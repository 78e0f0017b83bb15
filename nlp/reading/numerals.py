"""Chinese numerals, as far as houses and households need them."""

from __future__ import annotations

_TWENTIES = str.maketrans({"廿": "二十", "卅": "三十"})
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "幺": 1}
_DIGITS |= {c: n for n, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_TENS = {"十": 10, "拾": 10, "百": 100, "千": 1000}
NUMERAL = "零〇一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾廿卅"


def number(text: str) -> int | None:
    """The number that `12`, `十二`, `一百零三` or `三〇一` says (of `二十几` the least), or None."""
    text = text.strip("多几来余第").translate(_TWENTIES)
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
