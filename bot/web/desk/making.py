"""From a form that is filled in to the command that it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.web.desk.register_parts import Field, Make

_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def command_of(make: Make, given: Mapping[str, str]) -> str | None:
    """Return what a form says; None while something that must be filled in is not."""
    parts = [make.verb]
    for number, one in enumerate(make.fields):
        said = _said(one, given.get(f"f{number}", ""))
        if said:
            parts.append(f"{one.before}{said}{one.after}")
        elif one.must:
            return None
    return " ".join(parts)


def _said(one: Field, given: str) -> str:
    """Return what is filled in as one would say it: a moment as 3月7日 19:30, lines joined."""
    text = given.strip() if one.kind == "long" else " ".join(given.split())
    if found := _TIME.fullmatch(text):
        return f"{int(found[2])}月{int(found[3])}日{found[4]}"
    if found := _DATE.fullmatch(text):
        return f"{int(found[2])}月{int(found[3])}日"
    return text.replace(" ", ",") if one.kind == "list" else text
