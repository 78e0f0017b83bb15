"""Which command was meant where none was said quite right, and whether a number stands with it."""

from __future__ import annotations

import pytest

from handlers.hearing.grammar import WORDS
from handlers.hearing.likely import likely
from handlers.hearing.verbs import Verb, Who


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("受里 12", (Verb.ACCEPT, "受里", True)),
        ("受里", (Verb.ACCEPT, "受里", False)),
        ("12 受里", (Verb.ACCEPT, "受里", True)),
        ("请把#12 受里", (Verb.ACCEPT, "受里", True)),
        ("1、2 派但 物业", (Verb.ASSIGN, "派但", True)),
        ("派但 物业", (Verb.ASSIGN, "派但", False)),
        ("麻烦派但 百安坝#3", (Verb.ASSIGN, "派但", True)),
        ("不受里 5 不归我们", (Verb.REJECT, "不受里", True)),
        ("延期 1 到明天", (Verb.DEFER, "延期", True)),
        ("归档 1", (Verb.RESOLVE, "归档", True)),
        ("1 驳回", (Verb.REJECT, "驳回", True)),
        ("归档", None),
        ("受 12", None),  # one letter is too little
        ("12", None),
        ("", None),
        ("今天天气不错", None),
        ("理受 12", None),  # of a word of two letters the first is right
    ],
)
def test_what_was_meant(text: str, meant: tuple[Verb, str, bool] | None) -> None:
    found = likely(text)
    assert (found and (found.form.verb, found.said, found.numbered)) == meant


def test_only_what_one_may_give_is_meant() -> None:
    found = likely("受里 12", lambda form: form.who is Who.ANYONE)
    assert found is None or found.form.who is Who.ANYONE
    assert likely("进度条 12", lambda form: form.verb is Verb.PROGRESS) is not None
    for word, form in WORDS:
        if len(word) > 1:
            near = likely(f"{word} 12", form.__eq__)
            assert near is not None, word
            assert near.form is form
