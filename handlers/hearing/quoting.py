"""A quotation that comes as words, as on WeChat: which message says them is looked up in what is stored.

Stored is what the bot said and what became an appeal; to quote anything else is a word to somebody else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nlp.reading.quotations import quotation_in

if TYPE_CHECKING:
    from handlers.context import Heard

NOBODYS = "?"  # the id of a message that nobody keeps
_CALLED = re.compile(r"^(?:[@＠]\S+\s+)+")
_SPACE = re.compile(r"[\s\u2005]+")
_CUT = "….·"


def find_quote(heard: Heard) -> None:
    """Give a message that quotes words the id of the last one here that says them, or begins with them.

    A quotation that stands in the text itself is taken out of it.
    """
    if heard.inbound.quote is None and heard.inbound.quoted is None:
        written = quotation_in(heard.inbound.text)
        if written is not None:
            heard.inbound = replace(heard.inbound, text=written.said, quoted=written.quoted)
    words = heard.inbound.quoted
    if words is None or heard.inbound.quote is not None:
        return
    wanted = _plain(words).rstrip(_CUT)
    heard.inbound = replace(heard.inbound, quote=_said_here(heard, wanted) if wanted else NOBODYS)


def _said_here(heard: Heard, wanted: str) -> str:
    """Return the id of the message meant; several rows of the outbox may have gone out as one message."""
    part = max(wanted.split(), key=len)
    room_id = heard.room.id if heard.room is not None else None
    ours = heard.uow.outbox.saying(part, room_id=room_id, account_id=heard.account.id)
    theirs = heard.uow.appeals.lines_saying(part, heard.inbound.channel, room_id, heard.account.id)
    found = [(r.sent_at, r.message_id) for r in ours if _says(r.text, wanted) or _begins(wanted, r.text)]
    found += [(line.at, line.message_id) for line in theirs if _says(line.text, wanted)]
    return max(found)[1] if found else NOBODYS


def _says(text: str, wanted: str) -> bool:
    return _plain(text).startswith(wanted)


def _begins(wanted: str, text: str) -> bool:
    return wanted.startswith(f"{_plain(text)} ")


def _plain(text: str) -> str:
    """Return a text without whom it calls, its gaps made one kind: a channel may have changed both."""
    return _SPACE.sub(" ", _CALLED.sub("", text)).strip()
