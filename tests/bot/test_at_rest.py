"""What a bot at rest has loaded: what few need, or need seldom, is loaded by whoever needs it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.bench.measures import as_installed

if TYPE_CHECKING:
    from pathlib import Path

ALL_WIRED = """
import sys
from bot.quick_start import quick_start
with quick_start():
    import bot.app, bot.bootstrap, bot.charts, bot.cli.run, bot.observability, bot.web.server, bot.web.site
    from bot.cli.app import config_from
    from bot.understanding import understander_of
    understander_of(config_from(None)).understand("3栋电梯坏了没人修")
print(*sys.modules)
"""
SELDOM = {
    *("PIL", "alembic", "borax", "docx", "jionlp", "lxml", "numpy", "openpyxl", "rapidfuzz", "rich", "segno"),
    *("sklearn", "sqlalchemy.dialects.postgresql", "vl_convert", "wechaty_grpc"),
}


def test_what_is_needed_seldom_is_loaded_when_it_is(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALL_WIRED],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=as_installed(),
    )
    loaded = set(done.stdout.split())
    assert {"sqlalchemy", "aiohttp.web", "bot.web.server", "nlp.understand"} <= loaded
    assert not SELDOM & loaded
