from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.texts.masking import harmless, mask


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("3栋501漏水", "3栋***漏水"),
        ("3栋2单元501室", "3栋2单元***室"),
        ("501漏到401", "***漏到***"),
        ("12-2-501", "12-2-***"),
        ("3-1204", "3-***"),
        ("1204室", "***室"),
        ("3栋2单元5楼502", "3栋2单元5楼***"),
        ("电话13812345678", "电话138****5678"),
        ("138-1234-5678", "138****5678"),
        ("023-58123456", "023***3456"),
        ("身份证50010119900101123X", "身份证500***X"),
        ("微信58123456", "微信58***56"),
        # what stays
        ("3栋2单元", "3栋2单元"),
        ("坐101路公交", "坐101路公交"),
        ("花了500元", "花了500元"),
        ("2026年3月2日", "2026年3月2日"),
        ("主板更换,已恢复", "主板更换,已恢复"),
        ("打119和110", "打119和110"),
        ("已并入#501", "已并入#501"),
        ("18:30到", "18:30到"),
        ("12345热线", "12345热线"),
        ("200斤", "200斤"),
    ],
)
def test_masking(words: str, shown: str) -> None:
    assert mask(words) == shown


@pytest.mark.parametrize(
    "call", ["@所有人", "@ 所有人", "＠所有人", "@全体成员", "@all", "@ALL", "@everyone"]
)
def test_nobody_calls_everybody(call: str) -> None:
    assert "@" not in harmless(f"{call} 开会")
    assert "＠" not in harmless(f"{call} 开会")


def test_somebody_may_be_called() -> None:
    assert harmless("@allen 你好") == "@allen 你好"


@given(st.text(alphabet="0123456789栋单元室-#号楼 路元@所有人all", max_size=40))
def test_any_text_is_masked_without_harm(text: str) -> None:
    assert isinstance(mask(harmless(text)), str)
