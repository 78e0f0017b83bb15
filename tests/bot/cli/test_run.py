"""`shaozi run` and `shaozi demo`: what runs as a process of its own, what is refused in this one."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from bot.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[3]
SHAOZI = [sys.executable, "-m", "bot"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Start `shaozi` in a folder, and end it by SIGKILL if nothing else has."""
    process = subprocess.Popen(
        [*SHAOZI, *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def answers(url: str) -> str:
    """Return what a page answers, as soon as there is somebody to answer."""
    for _ in range(1_200):  # a minute: a busy machine starts slowly
        try:
            with urlopen(url, timeout=5) as answer:  # noqa: S310  our own server
                return str(answer.read().decode())
        except URLError:
            time.sleep(0.05)
    raise AssertionError(url)


@contextmanager
def told_to_stop(url: str) -> Iterator[list[str]]:
    """Send this very process SIGINT as soon as a page answers; what it answered is put into the list."""
    found: list[str] = []

    def wait() -> None:
        try:
            found.append(answers(url))
        finally:
            os.kill(os.getpid(), signal.SIGINT)

    thread = Thread(target=wait)
    thread.start()
    yield found
    thread.join()


@pytest.mark.usefixtures("logs_as_before")
def test_both_commands_within_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    port = free_port()
    configured(tmp_path, port)
    with told_to_stop(f"http://127.0.0.1:{port}/") as found:
        assert main(["run"]) == 0
    assert "登录码" in found[0]
    port = free_port()
    with told_to_stop(f"http://127.0.0.1:{port}/") as found:
        assert main(["demo", "--port", str(port)]) == 0
    assert '"demo": true' in found[0]
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        configured(tmp_path, taken)
        assert main(["run"]) == 1
        assert main(["demo", "--port", str(taken)]) == 1


def configured(folder: Path, port: int) -> None:
    (folder / "config.yaml").write_text(f"web: {{port: {port}}}\nlog: {{format: json}}\n", encoding="utf-8")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_bot_runs_until_it_is_told_to_stop(tmp_path: Path, number: signal.Signals) -> None:
    port = free_port()
    configured(tmp_path, port)
    with started(tmp_path, "run") as process:
        assert "登录码" in answers(f"http://127.0.0.1:{port}/?code=never-logged")
        process.send_signal(number)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert '"event": "stopped"' in errors
    assert '"event": "request"' in errors
    assert "never-logged" not in errors
    assert "Traceback" not in errors
    assert (tmp_path / "shaozi.db").exists()


def test_a_taken_port_is_one_line(run: Run, here: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        configured(here, port)
        for command in (["run"], ["demo", "--port", str(port)]):
            code, _, err = run(*command)
            assert code == 1
            assert err.count("\n") == 1
            assert f"127.0.0.1:{port} 已被占用" in err
    assert not (here / "demo").exists()


def test_a_newer_store_is_refused_and_left_alone(run: Run, here: Path) -> None:
    configured(here, free_port())
    assert run("db", "upgrade")[0] == 0
    with closing(sqlite3.connect(here / "shaozi.db")) as store, store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")
    before = (here / "shaozi.db").read_bytes()
    code, _, err = run("run")
    assert code == 2
    assert err.count("\n") == 1
    assert "9999" in err
    assert (here / "shaozi.db").read_bytes() == before


@pytest.mark.parametrize("host", ["0.0.0.0", "203.0.113.7"])  # noqa: S104
def test_a_demo_is_refused_on_another_host(run: Run, here: Path, host: str) -> None:
    before = list(here.iterdir())
    code, _, err = run("demo", "--host", host)
    assert code == 2
    assert "只能开在本机" in err
    assert list(here.iterdir()) == before


def test_a_demo_begins_anew_and_says_where_to_look(tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "mine.txt").write_text("not the demo's")
    (tmp_path / "demo" / "shaozi.db").write_text("an earlier demo's")
    with started(tmp_path, "demo", "--port", str(port)) as process:
        page = answers(f"http://127.0.0.1:{port}/")
        assert '"demo": true' in page
        process.send_signal(signal.SIGTERM)
        said, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert f"http://127.0.0.1:{port}/" in said
    assert errors == ""
    assert (tmp_path / "demo" / "mine.txt").read_text() == "not the demo's"
    with closing(sqlite3.connect(tmp_path / "demo" / "shaozi.db")) as store:
        assert store.execute("SELECT count(*) FROM cases").fetchone()[0] >= 4
        overdue = store.execute("SELECT count(*) FROM outbox WHERE text LIKE '%时限已到%'").fetchone()[0]
    assert overdue == 0


def test_an_invitation_leads_into_the_chat(run: Run, here: Path) -> None:
    port = free_port()
    configured(here, port)
    roster = ROOT / "data" / "samples" / "roster.yaml"
    assert run("roster", "import", str(roster))[0] == 0
    code, out, _ = run("invite", "--person", "李敏")
    assert code == 0
    assert re.search(rf"http://127\.0\.0\.1:{port}/sign-in#[2-9A-Z]{{4}}(-[2-9A-Z]{{4}}){{2}}\s", out)
    assert "15 分钟" in out


def test_f7_the_second_bot_on_one_file_says_who_has_it(run: Run, here: Path) -> None:
    port = free_port()
    configured(here, port)
    with started(here, "run") as process:
        answers(f"http://127.0.0.1:{port}/")
        configured(here, free_port())
        for command in (["run"], ["db", "upgrade"]):
            code, _, err = run(*command)
            assert code == 2
            assert f"(进程号 {process.pid})" in err
            assert err.count("\n") == 1
        assert run("db", "backup", "copy.db")[0] == 0
        code, _, err = run("db", "restore", "copy.db", "--yes")
        assert (code, str(process.pid) in err) == (2, True)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert run("db", "restore", "copy.db", "--yes")[0] == 0


def test_f14_told_twice_it_waits_for_nobody_and_still_ends_well(tmp_path: Path) -> None:
    port = free_port()
    configured(tmp_path, port)
    with started(tmp_path, "run") as process:
        answers(f"http://127.0.0.1:{port}/")
        with socket.create_connection(("127.0.0.1", port)) as slow:
            slow.sendall(b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n")
            time.sleep(0.2)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.1)
            process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            _, errors = process.communicate(timeout=20)
    assert time.monotonic() - began < 4
    assert process.returncode == 0
    assert "Traceback" not in errors
    with closing(sqlite3.connect(tmp_path / "shaozi.db")) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_f14_a_file_that_is_no_database_is_one_line(run: Run, here: Path) -> None:
    configured(here, free_port())
    (here / "shaozi.db").write_bytes(b"this is no database, whatever it is called" * 100)
    for command in (
        ["run"],
        ["db", "check"],
        ["db", "upgrade"],
        ["db", "backup", "x.db"],
        ["export", "-o", "x.xlsx"],
    ):
        code, _, err = run(*command)
        assert code in (1, 2), command
        assert "Traceback" not in err, command
        assert err.count("\n") == 1, err
