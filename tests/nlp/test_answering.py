from __future__ import annotations

import time

import pytest

from nlp.answering import AnswerBook, essence, matches_everything

BOOK = AnswerBook(
    [(1, ["停车费", "月租"]), (2, ["老年卡"]), (3, ["暖气费"]), (4, ["装修押金"]), (5, ["电动车充电"])]
)


@pytest.mark.parametrize(
    ("question", "key", "sure"),
    [
        ("停车费怎么交", 1, True),
        ("请问月租多少钱啊?", 1, True),
        ("老年卡在哪里办", 2, True),
        ("装修的押金多少", 4, False),
        ("电动车在哪里充电", 5, False),
    ],
)
def test_by_words_and_by_likeness(question: str, key: int, sure: bool) -> None:
    match = BOOK.find(question)
    assert match is not None
    assert (match.key, match.sure) == (key, sure)


@pytest.mark.parametrize(
    "question",
    [
        "停车费和暖气费哪个先交",  # of two it cannot be sure
        "昨天我家楼上漏水把停车费的单子都泡了找谁赔呢",
        "图书馆几点开门",
        "怎么办",
        "",
        "问" * 500,
    ],
)
def test_never_when_not_sure(question: str) -> None:
    assert BOOK.find(question) is None


@pytest.mark.parametrize("word", ["怎么", "小区", "的", "请问", "多少钱"])
def test_words_that_match_everything(word: str) -> None:
    assert matches_everything(word)
    assert not matches_everything("停车费")
    assert essence("请问停车费怎么交?") == "停车费"


def test_five_thousand_under_two_milliseconds() -> None:
    names = [a + b for a in ("停车", "暖气", "装修", "医保", "户口") for b in ("卡", "费", "证", "登记")]
    first, second = (names[i % 20] for i in range(5_000)), (names[i // 20 % 20] for i in range(5_000))
    entries = [(i, [f"{a}{b}{i}", f"{a}{i}号"]) for i, (a, b) in enumerate(zip(first, second, strict=True))]
    book = AnswerBook(entries)
    questions = [f"请问{names[i % 20]}的{names[(i * 7) % 20]}怎么办理" for i in range(200)]
    start = time.process_time()
    for question in questions:
        book.find(question)
    assert (time.process_time() - start) / len(questions) < 0.002
