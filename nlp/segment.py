"""Cuts a text into words. The only module that knows jieba (or rjieba, the same in Rust)."""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import tempfile
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

OWN_WORD_FREQUENCY = 500  # as common as 电梯: enough to be kept whole, not enough to swallow its neighbours


def rjieba_installed() -> bool:
    """Whether the extra `fast` is there."""
    return importlib.util.find_spec("rjieba") is not None


class Segmenter:
    """Cuts with jieba's dictionary and our own, without guessing at unknown words.

    Without the guessing (HMM=False) jieba and rjieba cut every line alike, and jieba is half as fast again.
    `fast` asks for rjieba (None: when it is installed); `cache_dir` is for jieba's compiled dictionary.
    """

    def __init__(self, cache_dir: Path | None = None, fast: bool | None = None) -> None:
        self.fast = rjieba_installed() if fast is None else fast
        words = own_words()
        self._cut: Callable[[str, bool], list[str]]
        self._cut = _rust_cut(tuple(words)) if self.fast else _python_cut(words, cache_dir)

    def cut(self, text: str) -> list[str]:
        """The words of the text, in order; joined they are the text again."""
        return self._cut(text, False)


def own_words() -> list[str]:
    """The words of neighbourhoods that jieba's dictionary does not have."""
    text = (resources.files("nlp") / "rules" / "dictionary.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def _rust_cut(words: tuple[str, ...]) -> Callable[[str, bool], list[str]]:
    """Cuts with the dictionary that rjieba loads anyhow: one more is 24 MiB and 0.1 s."""
    import rjieba  # noqa: PLC0415  # optional, and only paid for when used

    for word in words:
        rjieba.add_word(word, OWN_WORD_FREQUENCY, "n")
    cut: Callable[[str, bool], list[str]] = rjieba.cut
    return cut


def _python_cut(words: Iterable[str], cache_dir: Path | None) -> Callable[[str, bool], list[str]]:
    import jieba  # noqa: PLC0415  # its import alone takes a tenth of a second

    for handler in list(jieba.default_logger.handlers):  # it writes to stderr by itself
        jieba.default_logger.removeHandler(handler)
    jieba.default_logger.setLevel(logging.WARNING)
    tokenizer: Any = jieba.Tokenizer()
    folder = Path(cache_dir) if cache_dir else Path(tempfile.gettempdir())
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.tmp_dir = str(folder)
    tokenizer.cache_file = f"jieba-{_dictionary_hash(jieba)}.cache"
    tokenizer.initialize()
    for word in words:
        tokenizer.add_word(word, OWN_WORD_FREQUENCY, "n")

    def cut(text: str, hmm: bool) -> list[str]:
        found: list[str] = tokenizer.lcut(text, HMM=hmm)
        return found

    return cut


def _dictionary_hash(jieba: Any) -> str:
    """Names the cache after the dictionary's content: jieba itself does not notice another one."""
    path = Path(jieba.__file__).parent / "dict.txt"
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
