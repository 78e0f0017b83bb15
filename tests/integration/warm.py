"""A process that has loaded what a bot needs and forks into one: so a start that is wanted often is cheap.

What is forked opens its store, reads its rules and begins as any bot does; only the modules are there.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

ROOT = Path(__file__).parents[2]


class Forked:
    """A process that was forked for us by another: known by its number alone."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._ends = os.pidfd_open(pid)

    def kill(self) -> None:
        """Kill it (-9) and wait until it is gone."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait(60)

    def wait(self, seconds: float) -> None:
        """Wait until it is gone."""
        ended = select.poll()
        ended.register(self._ends, select.POLLIN)
        assert ended.poll(seconds * 1000), f"{self.pid} does not end"
        os.close(self._ends)


class Warm:
    """Starts `module:function` with arguments, as often as it is told to."""

    def __init__(self, entry: str, *modules: str) -> None:
        command = [sys.executable, "-m", "tests.integration.warm", entry, *modules]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)  # and what it forked that still runs
        self._process.communicate()

    def start(self, log: Path, *arguments: str) -> Forked:
        """Fork one, which writes to a file what it has to say."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(log), *arguments]) + "\n")
        self._process.stdin.flush()
        return Forked(int(self._process.stdout.readline()))


def main(entry: str, *modules: str) -> None:
    """Load everything, then fork for each line that comes."""
    module, _, function = entry.partition(":")
    for name in (*modules, module):
        import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a child here
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            _become(getattr(import_module(module), function), *json.loads(line))
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def _become(run: Callable[[list[str]], int | None], log: str, *arguments: str) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        out = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        os.dup2(out, 1)
        os.dup2(out, 2)
        code = run(list(arguments)) or 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
