"""A quick start, and a small rest: what is loaded stays, so nobody need look through it for garbage.

Of 2.2 s of processor time from the first import to the first answer, collecting garbage took 0.4 s, and rich,
which structlog loads for tracebacks that nobody asks for, 0.15 s and 6 MiB. What reading rules and weights
leaves behind is given back to the machine: 5 MiB, in 5 ms.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def quick_start() -> Iterator[Callable[[], None]]:
    """Collect no garbage until told that all is loaded; what is there then is never looked at again."""
    gc.disable()
    _load_logs_without_rich()
    try:
        yield _settled
    finally:
        gc.enable()


def _settled() -> None:
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
