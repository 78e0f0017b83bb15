"""A demo of its own, and a real browser with several tabs to look at it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
USUAL = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/snap/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """Return the Chromium of this machine, if it has one."""
    found = [shutil.which(name) for name in NAMES] + [path for path in USUAL if Path(path).exists()]
    return next((path for path in found if path), None)


def wait_for(where: str) -> None:
    """Wait until somebody answers there."""
    for _ in range(900):
        try:
            urlopen(where, timeout=5).close()  # noqa: S310  our own server
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(where)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a demo and return where it is."""
    with demo(tmp_path_factory.mktemp("demo")) as where:
        yield where


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """Run a demo in a folder of its own, as it is before anybody has said anything."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", str(port)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )
    where = f"http://127.0.0.1:{port}"
    with process:
        try:
            wait_for(where)
            yield where
        finally:
            process.send_signal(signal.SIGTERM)


@pytest.fixture(scope="module")  # while it lives, no other event loop can run in this process
def chromium() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.skip(f"no Chromium on this machine (looked for {', '.join(NAMES)})")
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class Tabs:
    """Tabs of one browser, each somebody else; what goes wrong in one is noted."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.site = site
        self.wrong: list[str] = []

    def page(self, path: str) -> Page:
        """Open a tab at an address."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", self._console)
        page.on("dialog", self._dialog)
        page.goto(f"{self.site}{path}")
        return page

    def open(self, account: str, room: str = "grid1") -> Page:
        """Open a tab as somebody, in a room."""
        page = self.page(f"/?as={account}#/{room}")
        page.wait_for_selector(".log > *")
        return page

    def _console(self, line: ConsoleMessage) -> None:
        if line.type == "error" and "status of 403" not in line.text:
            self.wrong.append(f"{line.text} {line.location.get('url', '')}")

    def _dialog(self, dialog: Dialog) -> None:
        self.wrong.append(f"a script ran: {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def tabs(chromium: Browser, site: str) -> Iterator[Tabs]:
    with chromium.new_context(viewport={"width": 1280, "height": 800}) as context:
        context.set_default_timeout(15_000)
        opened = Tabs(context, site)
        yield opened
        assert opened.wrong == []
