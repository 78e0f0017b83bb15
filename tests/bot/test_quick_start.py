"""A quick start compiles our patterns when they are first used, and leaves nothing behind."""

from __future__ import annotations

import gc
import re
from importlib.machinery import SourceFileLoader
from types import ModuleType
from typing import TYPE_CHECKING, Any

from bot.quick_start import quick_start

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = """
import re
DAYS = re.compile(r"(\\d+)[天日]", re.IGNORECASE)
LONGER = re.compile(DAYS.pattern + "后")
"""


def loaded(name: str, folder: Path) -> Any:
    """Return a module of that name with two patterns, one made of the other."""
    file = folder / "module.py"
    file.write_text(SOURCE, encoding="utf-8")
    module = ModuleType(name)
    SourceFileLoader(name, str(file)).exec_module(module)
    return module


def test_patterns_of_ours_are_compiled_when_they_are_used(tmp_path: Path) -> None:
    with quick_start():
        ours, theirs = loaded("nlp.reading.days", tmp_path), loaded("yaml.reader", tmp_path)
    assert isinstance(theirs.DAYS, re.Pattern)
    assert not isinstance(ours.LONGER, re.Pattern)
    assert "_compiled" not in vars(ours.LONGER)
    assert ours.LONGER.search("3天后").group(1) == "3"
    assert ours.LONGER.sub("_", "过3天后来") == "过_来"
    assert vars(ours.LONGER)["search"] == theirs.LONGER.search
    assert ours.DAYS.flags == theirs.DAYS.flags


def test_once_all_is_loaded_patterns_are_what_they_were(tmp_path: Path) -> None:
    compiled = re.compile
    with quick_start() as settled:
        assert re.compile is not compiled
        settled()
        assert re.compile is compiled
        assert isinstance(loaded("nlp.reading.days", tmp_path).DAYS, re.Pattern)
    with quick_start():
        pass
    assert re.compile is compiled
    assert gc.isenabled()
    gc.unfreeze()
