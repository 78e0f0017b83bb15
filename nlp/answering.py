"""Which answer of a table a question is for: by its words, or by likeness; none where that is not sure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_LENGTH = 120  # of a question: what is longer tells a story
LIKE, MARGIN = 82.0, 8.0  # of 100: as like as this, and so much more than the next
LEFT_ASKED, LEFT_OVERHEARD = 5, 2  # characters that may be left of a question besides word and filler
MOST_LIKE = 60  # words that are compared in full
_FILLER = re.compile(
    r"请问|你好|您好|麻烦|想问|打听|问一?下|一下|有没有|有人|知道|大家|邻居们?|怎么样|怎么|怎样|如何|什么时候|什么|时候|哪里|哪儿|哪个|哪|谁|多少|几点|几"
    r"|可不可以|能不能|可以|需要|应该|咱们|我们|你们|咱|我|你|他|小区|社区|这里|这边|现在|今天|明天|到底|还|都|也|就|呢|吗|啊|呀|吧|么|嘛|哦|的|了|是|在|有|要|能|会|请|去|找|办理|办|交|缴|收|开门|上班|下班"
    r"|怎|钱|个|人|地方|电话|号码|联系方式|方式|收费|标准|谢谢|[\W_]+"
)
_QUESTION = re.compile(
    r"[?？]|吗[\s。!！]*$|呢[\s。!！]*$|怎么|如何|什么|哪里|哪儿|哪个|谁|多少|几点|能不能|可不可以|有没有|是不是|请问|想问"
)
_EVERYTHING = frozenset(
    [
        "小区",
        "社区",
        "物业",
        "我们",
        "你们",
        "大家",
        "问题",
        "事情",
        "东西",
        "电话",
        "时间",
        "地方",
        "今天",
        "明天",
        "现在",
        "时候",
        "知道",
        "可以",
        "没有",
        "邻居",
        "业主",
        "居民",
    ]
)


class Match(NamedTuple):
    """The entry that answers a question, and whether one may answer who has not asked the bot."""

    key: int
    sure: bool


def is_question(text: str) -> bool:
    """Whether a text asks something."""
    return _QUESTION.search(text) is not None


def essence(text: str) -> str:
    """Return what a question is about: without what all questions have in common."""
    return _FILLER.sub("", _plain(text))


def matches_everything(word: str) -> bool:
    """Whether a word is in so many questions that it tells none from another."""
    plain = _plain(word)
    return len(plain) < 2 or plain in _EVERYTHING or len(essence(plain)) < 2


class AnswerBook:
    """A table of answers, ready to be searched: 5,000 of them in well under two milliseconds."""

    def __init__(self, entries: Iterable[tuple[int, Sequence[str]]]) -> None:
        self._words: list[str] = []
        self._keys: list[int] = []
        for key, words in entries:
            for word in words:
                self._words.append(_plain(word))
                self._keys.append(key)
        self._exact = AhoCorasick(self._words) if self._words else None
        self._pairs: dict[str, list[int]] = {}
        for index, word in enumerate(self._words):
            for pair in _pairs(word):
                self._pairs.setdefault(pair, []).append(index)

    def find(self, question: str) -> Match | None:
        """Return the entry a question is for; None if there is none, or it is not sure which."""
        text = _plain(question)
        if not text or len(text) > MAX_LENGTH or self._exact is None:
            return None
        return self._by_words(text) or self._by_likeness(text)

    def _by_words(self, text: str) -> Match | None:
        found = (self._exact.find_matches_as_indexes(text, overlapping=True)) if self._exact else []
        best: dict[int, int] = {}  # entry → length of its longest word in the text
        for index, start, end in found:
            key = self._keys[index]
            best[key] = max(best.get(key, 0), end - start)
        if not best:
            return None
        longest = max(best.values())
        keys = [key for key, length in best.items() if length == longest]
        word = max((self._words[i] for i, _, _ in found if self._keys[i] == keys[0]), key=len)
        left = len(essence(text.replace(word, " ", 1)))
        if len(keys) > 1 or left > LEFT_ASKED:
            return None
        return Match(keys[0], sure=left <= LEFT_OVERHEARD)

    def _by_likeness(self, text: str) -> Match | None:
        from rapidfuzz import fuzz  # noqa: PLC0415  2.5 MiB where no table of answers is asked

        about = essence(text)
        if len(about) < 2:
            return None
        shared: Counter[int] = Counter()
        for pair in _pairs(about):
            shared.update(self._pairs.get(pair, ())[:2000])
        scores: dict[int, float] = {}
        for index, _ in shared.most_common(MOST_LIKE):
            score = fuzz.ratio(about, essence(self._words[index]) or self._words[index])
            scores[self._keys[index]] = max(scores.get(self._keys[index], 0.0), score)
        ranked = sorted(scores.items(), key=lambda one: -one[1])[:2]
        if not ranked or ranked[0][1] < LIKE:
            return None
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN:
            return None
        return Match(ranked[0][0], sure=False)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def _pairs(word: str) -> set[str]:
    return {word[i : i + 2] for i in range(len(word) - 1)} or {word}
