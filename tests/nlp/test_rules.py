"""Rule files: what they may say, and how a bad one is refused."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from nlp.rules import RuleError, load_rules, parse_rules
from nlp.understand import Understander

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("城乡建设/电梯:\n- {weight: 2, wrds: [梯]}", 2, "unknown key 'wrds'"),
        ("城乡建设/火箭:\n- {weight: 2, words: [箭]}", 1, "unknown target"),
        ("appeal:\n- {words: [坏]}", 2, "weight is missing"),
        ("appeal:\n- {weight: viel, words: [坏]}", 2, "a number was expected"),
        ("appeal:\n- {weight: 99, words: [坏]}", 2, "between -30 and 30"),
        ("appeal:\n- {weight: 1, words: [$没有]}", 2, "no list is named"),
        ("appeal:\n- {weight: 1, words: [<nothing>]}", 2, "no shape is named"),
        ("appeal:\n- {weight: 1, words: [坏], at: middle}", 2, "at: one of"),
        ("appeal:\n- {weight: 1, words: [坏], near: -1}", 2, "near: a number"),
        ("appeal: 坏", 1, "a list of rules"),
        ("- appeal", 1, "a mapping"),
        ("appeal: [\n", 2, "not YAML"),
        ("lists: [a]", 1, "lists: a mapping"),
    ],
)
def test_a_bad_file_is_refused_with_file_line_and_reason(text: str, line: int, reason: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse_rules([("own.yaml", text)])
    assert (caught.value.file, caught.value.line) == ("own.yaml", line)
    assert reason in caught.value.reason


def test_an_operators_rule_counts_beside_ours(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("城乡建设/公共设施:\n- {weight: 6, appeal: 4, words: [望江亭]}\n", encoding="utf-8")
    found = Understander(tmp_path, extra_rules=own).understand("望江亭的座位坏了")
    assert found.category == "城乡建设/公共设施"
    assert ("望江亭", 6.0) in {(e.why, e.weight) for e in found.evidence}


def test_a_folder_of_rules_is_read_whole(tmp_path: Path) -> None:
    before = len(load_rules())
    (tmp_path / "a.yaml").write_text("appeal:\n- {weight: 1, words: [甲乙丙]}\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("# nothing yet\n", encoding="utf-8")
    assert len(load_rules(tmp_path)) == before + 1


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        load_rules(tmp_path / "none.yaml")


def test_what_looks_like_a_regular_expression_is_a_word_and_hangs_nothing(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text('appeal:\n- {weight: 1, words: ["(a+)+$"]}\n', encoding="utf-8")
    mind = Understander(tmp_path, extra_rules=own)
    start = time.process_time()
    mind.understand("a" * 4000 + "!")
    assert time.process_time() - start < 1  # a regular expression would take for ever


@pytest.mark.parametrize(
    ("rule", "holds", "fails"),
    [
        ("{weight: 20, words: [甲甲], with: [乙乙], near: 3}", "甲甲和乙乙", "甲甲离得很远很远才有乙乙"),
        ("{weight: 20, words: [甲甲], without: [丙丙]}", "甲甲", "甲甲不过丙丙"),
        ("{weight: 20, words: [甲甲], not_near: [丁丁]}", "甲甲", "甲甲丁丁"),
        ("{weight: 20, words: [甲甲], not_after: [没]}", "甲甲", "没甲甲"),
        ("{weight: 20, words: [甲甲], not_in: [甲甲虫]}", "甲甲", "甲甲虫"),
        ("{weight: 20, words: [甲甲], at: end}", "这甲甲", "甲甲这样吗"),
        ("{weight: 20, words: [甲甲], at_most: 6}", "甲甲", "甲甲在这里说了很多话"),
    ],
)
def test_what_must_and_must_not_stand_with_a_word(tmp_path: Path, rule: str, holds: str, fails: str) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(f"城乡建设/电梯:\n- {rule}\n", encoding="utf-8")
    mind = Understander(tmp_path, extra_rules=own)
    assert [rule.target for rule, word in mind.hear(holds).fired if word == "甲甲"] == ["城乡建设/电梯"]
    assert [rule.target for rule, word in mind.hear(fails).fired if word == "甲甲"] == []
