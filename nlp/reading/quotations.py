"""A quotation written into a text, as WeChat and its gateways write one: the words quoted, and the answer.

“「名字：话」\n- - - -\n好了”, with either colon and any line of dashes; WeCom's “这是一条引用/回复消息：…”;
the XML in which some gateways hand a quoting message on.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

_NAMED = r"[^「」\n:：]{1,60}[:：]\s*"
_NAME = rf"(?:{_NAMED})?"
_LINE = r"[ \t]*(?:[-—–―_=~－─━·*][ \t]*){3,}"
_FORMS = (
    re.compile(rf"\s*[「『]\s*{_NAME}(?P<quoted>.*?)\s*[」』]\s*\n+{_LINE}\n+(?P<said>.*)", re.DOTALL),
    re.compile(
        rf"\s*(?:这是一条引用/回复消息[:：]\s*\n)?\s*[\"“]\s*{_NAME}(?P<quoted>.*?)\s*[\"”]\s*\n+{_LINE}\n+(?P<said>.*)",
        re.DOTALL,
    ),
    re.compile(rf"\s*[「『]\s*{_NAMED}(?P<quoted>[^」』]*?)\s*[」』]\s*\n(?P<said>[^\n「『].*)", re.DOTALL),
    re.compile(rf"(?:>\s?{_NAMED}(?P<quoted>[^\n]+)\n)+\n*(?P<said>[^>].*)", re.DOTALL),
)
_XML = re.compile(r"<refermsg>(?P<quoted>.*?)</refermsg>", re.DOTALL)
_CONTENT = re.compile(r"<content>(?P<words>.*?)</content>", re.DOTALL)
_TITLE = re.compile(r"<title>(?P<said>.*?)</title>", re.DOTALL)


class Quotation(NamedTuple):
    """What a text quotes, and what it says itself."""

    quoted: str
    said: str


def quotation_in(text: str) -> Quotation | None:
    """Return the quotation that a text is made of, None if it quotes nothing in a form that is known."""
    if "<refermsg>" in text:
        return _from_xml(text)
    for form in _FORMS:
        found = form.fullmatch(text)
        if found is not None and found["quoted"].strip():
            return Quotation(found["quoted"].strip(), found["said"].strip())
    return None


def _from_xml(text: str) -> Quotation | None:
    title, refers = _TITLE.search(text), _XML.search(text)
    content = _CONTENT.search(refers["quoted"]) if refers is not None else None
    if title is None or content is None:
        return None
    words, said = (_plain(part) for part in (content["words"], title["said"]))
    return Quotation(words, said) if words and said else None


def _plain(text: str) -> str:
    return html.unescape(text.removeprefix("<![CDATA[").removesuffix("]]>")).strip()
