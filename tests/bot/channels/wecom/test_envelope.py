"""The envelope of WeCom's callbacks, and the flat XML in it."""

from __future__ import annotations

import pytest

from bot.channels.wecom.envelope import Envelope, EnvelopeError, read_key
from bot.channels.wecom.fields import XmlError, fields_of
from tests.bot.channels.counterparts.wecom.seals import AES_KEY, CORP, TOKEN, sealed

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8))
    + "]><xml><Encrypt>&i;</Encrypt></xml>"
)


def test_the_envelope_is_that_of_the_documents() -> None:
    envelope = Envelope.of(TOKEN, AES_KEY, CORP)
    echo = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
    envelope.require_signed("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "1409659589", "263014780", echo)
    assert envelope.open(echo) == "1616140317555161061"
    for text in ("", "a", "好" * 1_000, "x" * 12):
        assert envelope.open(envelope.seal(text)) == text
        assert envelope.open(sealed(text, AES_KEY, CORP)) == text
    for damaged in ("", "x", echo[:-4], echo[:-8] + "AAAAAA==", "A" * 44):
        with pytest.raises(EnvelopeError):
            envelope.open(damaged)
    with pytest.raises(EnvelopeError):
        Envelope.of(TOKEN, AES_KEY, "another corp").open(echo)
    for key in ("", "short", "!" * 43):
        with pytest.raises(EnvelopeError):
            read_key(key)


def test_xml_is_read_flat_and_nothing_is_expanded() -> None:
    read = fields_of("<xml><A><![CDATA[<b>&]]></A><B>1 &lt; 2</B><C><D>deep</D></C></xml>")
    assert read == {"A": "<b>&", "B": "1 < 2", "C": ""}
    bad = [
        BOMB,
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml/>',
        "",
        "no",
        "<a>",
        "<a>" * 10_000,
        "<x>&e;</x>",
    ]
    for text in bad:
        with pytest.raises(XmlError):
            fields_of(text)
