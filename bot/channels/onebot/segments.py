"""A message of OneBot as segments, whichever form it came in: an array, or a text with CQ codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CODE = re.compile(r"\[CQ:(?P<kind>[a-zA-Z0-9-_.]+)(?P<data>(?:,[a-zA-Z0-9-_.]+=[^,\]]*)*),?\]")
EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a message: `text`, `at`, `reply`, `image`, … and what it holds."""

    kind: str
    data: Mapping[str, Any]

    def __getitem__(self, name: str) -> str:
        """Return a value as text; what is not there is empty."""
        value = self.data.get(name)
        return "" if value is None else str(value)

    def frame(self) -> dict[str, Any]:
        """Return it as it is sent."""
        return {"type": self.kind, "data": dict(self.data)}


def segments_of(message: object) -> list[Segment]:
    """Return the segments of a message; what nobody can read is left out."""
    if isinstance(message, str):
        return list(_codes(message))
    if isinstance(message, dict):
        message = [message]
    if not isinstance(message, list):
        return []
    return [
        Segment(str(one.get("type", "")), one["data"] if isinstance(one.get("data"), dict) else {})
        for one in message
        if isinstance(one, dict)
    ]


def _codes(text: str) -> Iterator[Segment]:
    """Yield the segments of a text with CQ codes."""
    begin = 0
    for code in _CODE.finditer(text):
        if code.start() > begin:
            yield said(unescaped(text[begin : code.start()]))
        begin = code.end()
        pairs = (pair.partition("=") for pair in code["data"].split(",") if pair)
        yield Segment(code["kind"], {name: unescaped(value) for name, _, value in pairs})
    if begin < len(text):
        yield said(unescaped(text[begin:]))


def unescaped(text: str) -> str:
    """Return what stands behind the escapes of a CQ code."""
    for code, sign in (("&#44;", ","), ("&#91;", "["), ("&#93;", "]"), ("&amp;", "&")):
        text = text.replace(code, sign)
    return text


def said(text: str) -> Segment:
    """Return a segment that says something; no code in it is read as one."""
    return Segment("text", {"text": text})


def at(account: str) -> Segment:
    """Return a segment that calls somebody."""
    return Segment("at", {"qq": account})


def reply(message_id: str) -> Segment:
    """Return a segment that quotes a message."""
    return Segment("reply", {"id": message_id})


def image(data: str) -> Segment:
    """Return a segment that shows a picture, given in base64."""
    return Segment("image", {"file": f"base64://{data}"})


def calling(text: str, names: Mapping[str, str]) -> list[Segment]:
    """Return a text in which people are called (account → name) by segments where their names stand."""
    parts = [said(text)]
    missing = []
    for account, name in names.items():
        called = f"@{name}"
        place = next(
            (n for n, part in enumerate(parts) if part.kind == "text" and called in part["text"]), None
        )
        if place is None:
            missing.append(at(account))
            continue
        before, _, after = parts[place]["text"].partition(called)
        gap = "" if after.startswith((" ", "\n")) or not after else " "
        parts[place : place + 1] = [said(before), at(account), said(gap + after)]
    space = [said(" ")] if missing and text else []
    return [part for part in (*missing, *space, *parts) if part.kind != "text" or part["text"]]


def plain(segments: list[Segment]) -> str:
    """Return what segments say, without whom they call and what they show: to know a message again."""
    return " ".join("".join(part["text"] for part in segments if part.kind == "text").split())
