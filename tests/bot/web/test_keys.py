from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet

from bot.web.keys import metrics_token, session_key
from bot.web.limiter import MOST_KEYS, Limiter
from data.domain.clock import ManualClock
from data.domain.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 3, 2, tzinfo=UTC)


def test_a_key_is_made_once_and_kept_for_oneself(tmp_path: Path) -> None:
    key = session_key({}, tmp_path / "new")
    assert session_key({}, tmp_path / "new") == key
    assert session_key({}, tmp_path / "other") != key
    assert (tmp_path / "new" / "secret").stat().st_mode & 0o777 == 0o600
    Fernet(key)


def test_a_key_from_outside_goes_first(tmp_path: Path) -> None:
    secret = {"SHAOZI_SECRET": "一个足够长的秘密,至少十六个字符"}
    assert session_key(secret, tmp_path) == session_key(secret, tmp_path / "elsewhere")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(InputError) as wrong:
        session_key({"SHAOZI_SECRET": "short"}, tmp_path)
    assert wrong.value.key == "web.short_secret"


def test_no_token_opens_nothing() -> None:
    assert metrics_token({}) is None
    assert metrics_token({"SHAOZI_METRICS_TOKEN": ""}) is None
    assert metrics_token({"SHAOZI_METRICS_TOKEN": "x"}) == "x"


def test_a_limit_holds_for_each_key_and_ends() -> None:
    clock = ManualClock(AT)
    limit = Limiter(clock, 2, timedelta(minutes=1))
    assert [limit.allow("a") for _ in range(3)] == [True, True, False]
    assert limit.allow("b")
    clock.set(AT + timedelta(minutes=1))
    assert limit.allow("a")


def test_a_limiter_does_not_grow_without_end() -> None:
    limit = Limiter(ManualClock(AT), 1, timedelta(minutes=1))
    for number in range(MOST_KEYS + 1):
        limit.count(str(number))
    assert limit.allow("0")  # forgotten: it was silent longest
    assert not limit.allow(str(MOST_KEYS))
