"""One warm pytest session tries all mutants: a fork for each, the nearest tests first, until one fails.

mutmut starts pytest anew for every mutant, which builds the understanding and the stores again each time
(three seconds); a fork of a session that has them takes a fraction of a second. The session first runs every
test once without a mutant, to learn which tests reach which function.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from _pytest.runner import runtestprotocol
from mutmut.configuration import config
from mutmut.state import state
from mutmut.utils.format_utils import mangled_name_from_mutant_name as function_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ACTIVE = "MUTANT_UNDER_TEST"  # mutmut's: which mutant the trampolines choose; `stats` notes what is reached
LONGEST = 60  # seconds a test may take; a mutant that never ends is noticed
FAILED, PASSED = 1, 0
ARGUMENTS = ["--rootdir=.", "--tb=short", "-q", *config().pytest_add_cli_args, "-o", "timeout=0"]
CHOSEN = config().pytest_add_cli_args_test_selection


class Session:
    """A pytest plugin: what it does instead of running the tests once."""

    def __init__(self, mutants: Sequence[str]) -> None:
        self.mutants = mutants
        self.verdicts: dict[str, str] = {}
        self._reach: dict[str, list[pytest.Item]] = defaultdict(list)
        self._took: dict[str, float] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn what reaches what, then try each mutant."""
        if session.testsfailed:
            raise session.Interrupted("what does not load cannot be tried")
        self._learn(session.items)
        gc.collect()
        gc.freeze()  # or every fork would copy all there is
        for number, mutant in enumerate(self.mutants, start=1):
            self.verdicts[mutant] = self._try(mutant)
            sys.stdout.write(f"{number}/{len(self.mutants)} {self.verdicts[mutant]:<9} {mutant}\n")
            sys.stdout.flush()
        return True

    def _learn(self, items: Sequence[pytest.Item]) -> None:
        """Run every test once; the last looks on to the first, so that the session's fixtures stay."""
        os.environ[ACTIVE] = "stats"
        for item, following in zip(items, [*items[1:], items[0]], strict=True):
            state()._stats.clear()  # noqa: SLF001  mutmut has no other way to it
            start = time.process_time()
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                raise pytest.UsageError(f"{item.nodeid} fails without any mutant")
            self._took[item.nodeid] = time.process_time() - start
            for function in state()._stats:  # noqa: SLF001
                self._reach[function].append(item)
        os.environ[ACTIVE] = ""

    def _try(self, mutant: str) -> str:
        items = self._in_turn(mutant, self._reach[function_of(mutant)])
        if not items:
            return _at_loading(mutant)
        child = os.fork()
        if not child:
            _run(mutant, items)
        _, status = os.waitpid(child, 0)
        return "lived" if os.waitstatus_to_exitcode(status) == PASSED else "noticed"

    def _in_turn(self, mutant: str, items: Iterable[pytest.Item]) -> list[pytest.Item]:
        """Return tests in the order they are run: of each one row first, the room's own before others."""
        near = room_of(mutant)
        rows: dict[str, int] = defaultdict(int)
        ranked = []
        for item in sorted(items, key=lambda one: self._took[one.nodeid]):
            test = item.nodeid.partition("[")[0]
            ranked.append(((rows[test] > 0, not test.startswith(near), self._took[item.nodeid]), item))
            rows[test] += 1
        return [item for _, item in sorted(ranked, key=lambda pair: pair[0])]


def _run(mutant: str, items: Sequence[pytest.Item]) -> NoReturn:
    """Run tests in a fork until one fails; the exit code says whether one did."""
    code = FAILED
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.environ[ACTIVE] = mutant
        for item, following in zip(items, [*items[1:], items[0]], strict=True):
            signal.alarm(LONGEST)
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                break
        else:
            code = PASSED
    finally:
        os._exit(code)


def _at_loading(mutant: str) -> str:
    """Try a mutant of what runs only when its module is loaded, in a process that loads it."""
    command = [sys.executable, "-m", "pytest", *ARGUMENTS, "-x", room_of(mutant)]
    done = subprocess.run(command, check=False, capture_output=True, env=os.environ | {ACTIVE: mutant})
    return "unreached" if done.returncode == PASSED else "noticed"


def room_of(mutant: str) -> str:
    """Return where the tests of a mutant's own room lie."""
    return "/".join(["tests", *mutant.split(".")[:2]])


def main() -> int:
    """Try the mutants of a file, a name a line, and write what became of each as JSON."""
    mutants, out = (Path(given) for given in sys.argv[1:])
    session = Session(mutants.read_text(encoding="utf-8").split())
    code = pytest.main([*ARGUMENTS, *CHOSEN], plugins=[session])
    out.write_text(json.dumps(session.verdicts, indent=1), encoding="utf-8")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
