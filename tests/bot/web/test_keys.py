from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet

from bot.limiter import MOST_KEYS, Limiter
from bot.web.keys import metrics_token, session_key
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


@pytest.mark.parametrize("kept", ["", " \n", "short", "十六个字符以上但不是我们写的那种密钥"])
def test_f2_a_secret_that_is_not_whole_is_refused(tmp_path: Path, kept: str) -> None:
    (tmp_path / "secret").write_text(kept, encoding="utf-8")
    with pytest.raises(InputError) as wrong:
        session_key({}, tmp_path)
    assert wrong.value.key in ("web.kept_secret", "web.secret_unusable")
    assert (tmp_path / "secret").read_text(encoding="utf-8") == kept


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from bot.web.keys import session_key
from data.domain.errors import InputError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
try:
    session_key({}, Path(sys.argv[1]))
except InputError as error:
    print(error.key)
"""


def test_f2_on_a_full_disk_no_secret_is_kept(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL_DISK, str(tmp_path)], capture_output=True, check=False)
    assert done.stdout == b"web.secret_unusable\n", done.stderr
    assert list(tmp_path.iterdir()) == []
    assert session_key({}, tmp_path) == session_key({}, tmp_path)


def test_f2_of_two_that_start_at_once_one_secret_stays(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: session_key({}, tmp_path / "new"), range(32)))
    assert len(keys) == 1


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
