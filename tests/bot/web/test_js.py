"""The page's own modules under Node's test runner: what they know, not what they draw."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "js"


@pytest.mark.program("node")  # 18 or newer
def test_the_modules_of_the_chat_page() -> None:
    files = sorted(str(path) for path in FOLDER.glob("*.test.mjs"))
    done = subprocess.run(
        ["node", "--test", *files], capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "# fail 0" in done.stdout
