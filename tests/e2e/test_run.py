"""`shaozi run` in a real browser: in by a link, and through the bot's sudden death."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.e2e.conftest import ROOT, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
SHAOZI = [sys.executable, "-m", "bot"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a bot that has been set up."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = f"bot: {{hold_seconds: 0, quiet_hours: 'off'}}\nweb: {{port: {port}}}\n"
    (tmp_path / "config.yaml").write_text(config, encoding="utf-8")
    shaozi(tmp_path, "roster", "import", str(ROOT / "data" / "samples" / "roster.yaml"))
    return tmp_path


def shaozi(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [*SHAOZI, *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def invited(folder: Path, *whom: str) -> str:
    """Return the link of an invitation."""
    found = re.search(r"http\S+", shaozi(folder, "invite", *whom))
    assert found is not None
    return found[0]


@contextmanager
def running(folder: Path, where: str) -> Iterator[None]:
    """Run the bot until the end of the block, and then kill it without a word."""
    with subprocess.Popen(
        [*SHAOZI, "run"], cwd=folder, env=ENVIRONMENT, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_for(where)
            yield
        finally:
            process.kill()


def test_a_new_resident_comes_in_by_a_link_and_survives_the_bots_death(
    folder: Path, chromium: Browser
) -> None:
    link = invited(folder, "--name", "孙哥", "--room", "grid1")
    where = link.partition("/sign-in")[0]
    with chromium.new_context(viewport={"width": 1000, "height": 700}) as context:
        context.set_default_timeout(20_000)
        page = context.new_page()
        with running(folder, where):
            page.goto(link)
            assert "#" not in page.url  # the code stays in no history
            page.keyboard.press("Enter")
            page.locator(".message.bot", has_text="欢迎 @孙哥").wait_for()
            assert page.locator(".room").count() == 2  # their group, and the bot alone
            page.fill("#text", "3栋2单元电梯又坏了,老人上不去")
            page.press("#text", "Enter")
            page.locator(".message.bot", has_text="@孙哥 记为 #1").wait_for()
            page.fill("#text", "大家吃了吗")
            page.press("#text", "Enter")
            page.locator(".message:not(.pending)", has_text="大家吃了吗").wait_for()
            page.fill("#text", "@哨子 帮助")  # answered in order: the line before is not sent again
            page.press("#text", "Enter")
            page.locator(".message.bot", has_text="有事直接说就行").wait_for()
        page.locator("#status", has_text="连接断了").wait_for()
        page.fill("#text", "@哨子 进度 1")
        page.press("#text", "Enter")
        page.locator(".message.pending", has_text="进度 1").wait_for()
        with running(folder, where):
            page.locator(".message.bot", has_text="#1【电梯").last.wait_for()
            page.locator(".message.own:not(.pending)", has_text="进度 1").wait_for()
            assert page.locator("#status").inner_text() == ""
            assert page.locator(".message", has_text="@孙哥 记为 #1").count() == 1
            assert page.locator(".message.own", has_text="老人上不去").count() == 1
            assert page.locator(".message", has_text="大家吃了吗").count() == 0  # chat is not kept
            page.click("#swap")
            page.locator("#door").wait_for()
            page.goto(link)
            page.keyboard.press("Enter")
            page.locator("#wrong", has_text="已用过").wait_for()
