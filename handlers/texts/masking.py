"""Masking of people's words where residents read them: phone, ID and door numbers; nobody calls everybody."""

from __future__ import annotations

import re

_ID_CARD = re.compile(r"(?<!\d)(\d{3})\d{11,14}([\dXx])(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[- ]?\d{3,4}(\d{4})(?!\d)")
_LONG_NUMBER = re.compile(r"(?<![\d.#])(?!20\d{6}(?!\d))(\d{2})\d{3,}(\d{2})(?!\d)")
_AFTER_BUILDING = re.compile(
    r"((?:栋|幢|座|号楼|单元|门|\d#|期|\d[-—–](?:\d{1,2}[-—–])?)\s*(?:\d{1,2}(?:楼|层)\s*)?)(?<!\d)(\d{3,4})(?![\d年月日号点分元块米])"
)
_NAMED_DOOR = re.compile(r"(?<!\d)\d{1,4}(?=\s*(?:室|号房|房(?![屋价东租产])|户型?外?(?=[家的住里人])))")
_BARE_DOOR = re.compile(
    r"(?<![\d.#a-zA-Z+*/:：第￥¥$])(?!1(?:10|19|20|22)(?!\d))(?:[1-9]|[1-3]\d)(?:0[1-9]|1\d|2[0-4])(?![\d.:：]|\s*(?:[年月日号点分秒元块米度路天个人次户条张份斤公吨级届班万千kKwW%％/℃]|小时|平|线|栋|幢|楼|单元|层|毫|左右))"
)
_EVERYBODY = re.compile(
    r"[@＠]\s*(?:所有人|全体成员|全体人员|全员|大家|all\b|everyone\b|channel\b|here\b)", re.IGNORECASE
)

HIDDEN = "***"


def mask(words: str) -> str:
    """Return people's words fit for a residents' group; building and unit stay, the door goes."""
    words = _ID_CARD.sub(rf"\1{HIDDEN}\2", words)
    words = _MOBILE.sub(r"\1****\2", words)
    words = _LANDLINE.sub(rf"\1{HIDDEN}\2", words)
    words = _LONG_NUMBER.sub(rf"\1{HIDDEN}\2", words)
    words = _AFTER_BUILDING.sub(rf"\1{HIDDEN}", words)
    words = _NAMED_DOOR.sub(HIDDEN, words)
    return _BARE_DOOR.sub(HIDDEN, words)


def harmless(words: str) -> str:
    """Return words that call nobody in particular: `@所有人` loses its @."""
    return _EVERYBODY.sub(lambda found: found.group(0).lstrip("@＠ "), words)
