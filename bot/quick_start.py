"""A quick start, and a small rest: what is loaded stays, so nobody need look through it for garbage.

The 480 patterns of our modules are compiled by whoever first uses them: that saves .14 s of 1.35 until
the first answer, and what nobody asks for (elections, visits, …) is never compiled.

Of 2.2 s of processor time from the first import to the first answer, collecting garbage took 0.4 s, and rich,
which structlog loads for tracebacks that nobody asks for, 0.15 s and 6 MiB. What reading rules and weights
leaves behind is given back to the machine: 5 MiB, in 5 ms.
"""

from __future__ import annotations

import ctypes
import gc
import re
import sys
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


OURS = frozenset({"bot", "data", "handlers", "nlp"})
_COMPILE = re.compile


@contextmanager
def quick_start() -> Iterator[Callable[[], None]]:
    """Collect no garbage until told that all is loaded; what is there then is never looked at again."""
    gc.disable()
    _load_logs_without_rich()
    regex = cast("Any", re)
    regex.compile = _compile_later

    def settled() -> None:
        regex.compile = _COMPILE
        _rest()

    try:
        yield settled
    finally:
        regex.compile = _COMPILE
        gc.enable()


def _rest() -> None:
    gc.freeze()
    gc.enable()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, others do not need it
    if trim is not None:
        trim(0)


def _load_logs_without_rich() -> None:
    modules: dict[str, Any] = sys.modules
    if "rich" in modules:
        return
    modules["rich"] = None  # an import of it fails
    try:
        import structlog.dev  # noqa: F401, PLC0415  loaded here, while there is no rich
    finally:
        del modules["rich"]


class _Later:
    """A pattern that is compiled when it is first used; what is asked of it is kept, and is then as quick."""

    def __init__(self, text: str, flags: int) -> None:
        self._said = text, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return _COMPILE(*self._said)

    def __getattr__(self, name: str) -> Any:
        asked = self.__dict__[name] = getattr(self._compiled, name)
        return asked


def _compile_later(text: Any, flags: int = 0) -> Any:
    """Return a pattern; one of our own modules need not be compiled yet, others get what they expect."""
    who = sys._getframe(1).f_globals["__name__"]  # noqa: SLF001  said nowhere else
    return _Later(text, flags) if who.partition(".")[0] in OURS else _COMPILE(text, flags)
