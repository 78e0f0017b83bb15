"""The form of a command: how it is said, what it needs, who may give it (design, §6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain.references import Several

if TYPE_CHECKING:
    from handlers.hearing.verbs import Needs, Verb, Who


class Form(NamedTuple):
    """How a command is said: its words, what it is about, whether words follow, and a right example."""

    verb: Verb
    who: Who
    needs: Needs
    words: bool  # must be followed by words
    example: str
    also: tuple[str, ...] = ()
    to_oneself: bool = False  # the answer concerns the one who asks: it is given in private
    by_number: bool = False  # an everyday word (来, 接): no command without its number
    secret: bool = False  # its words are kept nowhere, and what is wrong with it is said in private
    several: Several = Several.NO  # how freely several numbers may stand after it
    again: str = ""  # another right example, where none can be made of the first (帮助 …)
    numbered: Verb | None = None  # what it is if nothing but a number (and 未回复) follows: 通知 5
