from __future__ import annotations

import pytest

from data.domain.references import NOBODYS, Reference, read


@pytest.mark.parametrize(
    ("text", "ref", "rest"),
    [
        ("12 万邦物业", Reference(12), "万邦物业"),
        ("#12", Reference(12), ""),
        ("13 #12", Reference(13), "#12"),
        ("＃12", Reference(12), ""),
        ("百安坝#12 好", Reference(12, "百安坝"), "好"),
        ("百安坝社区#12", Reference(12, "百安坝"), ""),
        ("12万邦物业", Reference(12), "万邦物业"),
        ("12号", Reference(12), ""),
        ("12:修好了", Reference(12), "修好了"),
        ("3栋已修好", None, "3栋已修好"),
        ("500元", None, "500元"),
        ("12-2-501 漏水", None, "12-2-501 漏水"),
        ("万邦物业", None, "万邦物业"),
        ("", None, ""),
        ("#99999999999999999999 x", Reference(NOBODYS), "x"),
        ("9" * 5000, Reference(NOBODYS), ""),
    ],
)
def test_reads_the_number_a_text_begins_with(text: str, ref: Reference | None, rest: str) -> None:
    assert read(text) == (ref, rest)
