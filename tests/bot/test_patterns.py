"""No pattern of the project hangs on a short line: all are tried on floods of what they look for."""

from __future__ import annotations

import importlib
import pkgutil
import re
import warnings
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSES = ("bot", "handlers", "nlp", "data")
NOT_LOADED = ("bot.__main__", "data.migrations")  # run rather than imported
LOOKED_FOR = (
    "嗯|好的|我想|在吗|投诉|物业|不管|来了|3栋|1|,|。|a|议事会|的|走访|周六|12月|每|我家|也|支持|报名|没有|人|号"
    '|=|1-|:|的会|给|什么|五一|后天|谢谢|哈呵|[a]|501|https://a.b/| |\n|#1 |@哨子 |"'
)
TIMES = 24  # what doubles with each would take seconds
LONGEST = 0.5  # seconds of the processor's time


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the patterns that modules hold, by themselves or in tables, with their names."""
    for house in HOUSES:
        for found in pkgutil.walk_packages(importlib.import_module(house).__path__, f"{house}."):
            if found.name.startswith(NOT_LOADED):
                continue
            with warnings.catch_warnings(action="ignore"):  # of what others import
                module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                yield from ((f"{found.name}.{name}", one) for one in _in(value))


def _in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from _in(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _in(one)


def test_no_pattern_hangs() -> None:
    slow = []
    tried = dict(patterns())
    for name, pattern in tried.items():
        for flood in LOOKED_FOR.split("|"):
            for text in (f"{flood * TIMES}\x01", f"我{flood}" * TIMES + "\x01"):
                before = process_time()
                pattern.fullmatch(text)
                pattern.search(text)
                if process_time() - before > LONGEST:
                    slow.append((name, flood))
    assert slow == []
    assert len(tried) > 200


def test_it_would_notice() -> None:
    before = process_time()
    re.compile("(?:嗯+|a)+").fullmatch("嗯" * TIMES + "\x01")
    assert process_time() - before > LONGEST / 10
