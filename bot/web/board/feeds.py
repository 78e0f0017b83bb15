"""The board for other programs: an Atom feed of cases (RFC 4287), a calendar of meetings (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.web.board.shown import BoardCase

ATOM = "http://www.w3.org/2005/Atom"
LASTS = timedelta(hours=2)
FOLD = 73  # bytes of a line, its leading blank apart


class FeedEntry(NamedTuple):
    """One entry of the calendar."""

    uid: str
    start: datetime
    summary: str
    place: str
    cancelled: bool = False
    end: datetime | None = None  # None: two hours after the start


def atom(title: str, where: str, cases: Sequence[BoardCase], now: datetime) -> bytes:
    """Return the feed; `where` is the board's address."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-CN"})
    _text(feed, "id", where)
    _text(feed, "title", title)
    _text(feed, "updated", max((c.changed_at for c in cases), default=now).astimezone(UTC).isoformat())
    ET.SubElement(feed, f"{{{ATOM}}}link", {"href": where})
    ET.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": f"{where}/feed.atom"})
    _text(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", title)
    for case in cases:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        _text(entry, "id", f"{where}/{case.key}")
        _text(entry, "title", f"{case.number} {case.kind} {case.place} {case.state}")
        _text(entry, "updated", case.changed_at.astimezone(UTC).isoformat())
        _text(entry, "published", case.reported_at.astimezone(UTC).isoformat())
        ET.SubElement(entry, f"{{{ATOM}}}link", {"href": f"{where}#{case.key}"})
        summary = "\n".join(part for part in (case.words, case.result) if part)
        _text(entry, "summary", summary or f"{case.kind} {case.place} {case.state}")
    body: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def calendar(name: str, events: Iterable[FeedEntry], now: datetime) -> bytes:
    """Return the calendar as iCalendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//shaozi//board//ZH",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"DTSTAMP:{_utc(now)}",
            f"DTSTART:{_utc(event.start)}",
            f"DTEND:{_utc(event.end or event.start + LASTS)}",
            f"SUMMARY:{_escaped(event.summary)}",
            f"LOCATION:{_escaped(event.place)}",
            f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def host_of(public_url: str | None) -> str:
    """Return what stands behind the @ of an entry's name."""
    return (public_url or "shaozi").partition("//")[2].partition("/")[0] or "shaozi"


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """Return a text as RFC 5545 wants it (3.3.11)."""
    for mark, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(mark, instead)
    return text.replace("\r", "")


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 bytes, cut between characters."""
    pieces, piece = [], ""
    for character in line:
        if len((piece + character).encode()) > FOLD:
            pieces.append(piece)
            piece = ""
        piece += character
    return "\r\n ".join([*pieces, piece])
