"""Weights: how they are kept, learned, and put right by corrections."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from nlp.learned import Learned
from nlp.learning import measuring
from nlp.learning.adjusting import Correction, adjusted, flips
from nlp.learning.corpus import CorpusLine, Petition, first_sentence, group_lines, groups
from nlp.learning.training import Learner, TrainingTexts, write
from nlp.weights import Weights, WeightsError, parse, render

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.understand import Understander

WEIGHTS = Weights.of_table({"电梯": (("a", 1.25), ("b", -0.5)), "坏": (("a", 0.3),)}, {"a": -1.0, "b": 0.5})


def test_a_table_is_read_as_it_was_written() -> None:
    text = render(WEIGHTS, ["a note"])
    assert text.splitlines()[:3] == ["# a note", "[a] -1.00", "1.25 电梯"]
    assert parse(text) == WEIGHTS


def test_sums_are_what_adding_up_by_hand_gives() -> None:
    assert dict(WEIGHTS.of(["电梯", "坏", "没有的"]).items()) == pytest.approx({"a": 0.55, "b": 0.0})
    assert dict(WEIGHTS.of_values({"电梯": 2.0, "坏": 0.5}).items()) == pytest.approx({"a": 1.65, "b": -0.5})
    assert WEIGHTS.telling("b", ["电梯", "坏"]) == [("电梯", -0.5)]


@pytest.mark.parametrize(("text", "line"), [("[a] x", 1), ("1 电梯", 1), ("[a] 1\n电梯", 2)])
def test_a_bad_table_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(WeightsError, match=f"weights:{line}:"):
        parse(text)


def test_the_places_own_weights_stand_before_ours(tmp_path: Path) -> None:
    write(Learned(WEIGHTS, WEIGHTS, WEIGHTS), tmp_path)
    assert Learned.load(tmp_path).talk == WEIGHTS
    assert Learned.load(tmp_path / "nothing").talk == Learned.load().talk


def test_a_correction_is_understood_rightly_afterwards(understander: Understander) -> None:
    text = "小广场那排椅子老是湿漉漉的没法坐"
    was = understander.category_of(text)
    now = "城乡建设/绿化" if was != "城乡建设/绿化" else "城乡建设/公共设施"
    mind = adjusted(understander, [Correction(text, now), Correction("3栋电梯坏了没人修", "chat")])
    assert mind.category_of(text) == now
    assert mind.understand("3栋电梯坏了没人修").kind == "chat"
    assert understander.category_of(text) == was


def test_few_other_lines_flip_and_each_is_shown(understander: Understander) -> None:
    mind = adjusted(understander, [Correction("小广场那排椅子老是湿漉漉的没法坐", "城乡建设/绿化")])
    lines = group_lines()[:400]
    found = flips(understander, mind, lines)
    assert len(found) <= 8
    assert all(flip.before != flip.after for flip in found)


def test_what_is_already_right_changes_nothing(understander: Understander) -> None:
    mind = adjusted(understander, [Correction("3栋2单元电梯坏了没人修", "城乡建设/电梯")])
    assert mind.learned == understander.learned


def test_near_copies_are_one_group() -> None:
    texts = [
        "丽新小区 旁边 搅拌站 噪音 扰民 粉尘 污染",
        "丽新小区 旁边 搅拌站 噪音 粉尘 污染 扰民 求助",
        "公交车 等待 时间 太长",
    ]
    one, copy, other = groups(texts, str.split)
    assert one == copy != other


def test_the_first_sentence() -> None:
    assert first_sentence("电梯坏了!没人修。") == "电梯坏了"


def test_figures_are_what_counting_by_hand_gives() -> None:
    counts = Counter({("a", "a"): 3, ("a", "b"): 1, ("b", "b"): 4, ("b", "a"): 2})
    assert measuring.recall(counts, "a") == 0.75
    assert measuring.precision(counts, "a") == 0.6
    assert measuring.accuracy(counts) == 0.7
    assert measuring.f1(counts, "a") == pytest.approx(2 / 3)
    assert measuring.confused(counts) == [("b", "a", 2), ("a", "b", 1)]


@pytest.mark.slow
def test_learning_from_a_few_texts_tells_them_apart() -> None:
    pytest.importorskip("sklearn")
    petitions = [
        Petition(f"{place}的公交车等了一个小时不来,出租车拒载", "交通运输", n)
        for n, place in enumerate("甲乙丙丁戊己庚辛")
    ]
    petitions += [
        Petition(f"{place}学校乱收补课费,老师体罚学生", "教育文体", n + 8)
        for n, place in enumerate("甲乙丙丁戊己庚辛")
    ]
    chat = [
        CorpusLine(f"{word}真好吃,今晚去看电影吧", "chat", "x") for word in ("火锅", "烤鸭", "米粉", "饺子")
    ] * 5
    texts = TrainingTexts(petitions, (), chat, group_lines()[::24])
    figures = measuring.cross_validated(texts, Learner(), measuring.Bounds(0.5, 0.1), folds=2)
    assert measuring.macro_f1(figures.whole) == 1.0
    assert measuring.said_share(figures.everyday, "appeal") == 0.0
    assert measuring.recall(figures.kinds, "appeal") > 0.6
