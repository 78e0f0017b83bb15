"""A place's own rules and wordings: in force at once, refused when bad, gone back from one step at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.domain.own import OwnKind

if TYPE_CHECKING:
    from tests.town import Town

LINE = "望江亭的坐板脱落了"


def kind_of(town: Town, text: str) -> str | None:
    with town.store.read():  # as everything that reads does
        return town.house.understander.understand(text).category


def says(town: Town, text: str, who: str = "zhao") -> str:
    return town.says(None, who, text)[-1].text


def test_a_rule_is_in_force_at_once_and_gone_after_a_step_back(town: Town) -> None:
    before = kind_of(town, LINE)
    assert "自己的规则共 1 条" in says(town, "改规则 加 养犬 坐板脱落,坐板掉了")
    assert kind_of(town, LINE) == "政法/养犬" != before
    assert "坐板脱落" in says(town, "改规则 退回")
    assert kind_of(town, LINE) == before
    assert "没有可退的了" in says(town, "改规则 退回")


def test_steps_back_go_further_back_each_time(town: Town) -> None:
    for word in ("坐板甲", "坐板乙", "坐板丙"):
        says(town, f"改规则 加 养犬 {word}")
    gone = [says(town, "改规则 退回") for _ in range(3)]
    assert ["坐板丙" in gone[0], "坐板乙" in gone[1], "坐板甲" in gone[2]] == [True] * 3


def test_bad_rules_are_refused_with_their_line_and_the_old_ones_stay(town: Town) -> None:
    says(town, "改规则 加 养犬 坐板脱落")
    said = says(town, "改规则 全文\n养犬:\n- {weight: 3, words: [x]}")
    assert "第 1 行不对(「养犬」要写全:政法/养犬)" in said
    assert "原来的照用" in said
    assert "第 2 行" in says(town, "改规则 全文\nappeal:\n- {weight: 99, words: [x]}")
    assert kind_of(town, LINE) == "政法/养犬"
    with town.store.read() as uow:
        assert len(uow.own.of(OwnKind.RULES, 9)) == 1


def test_a_wording_is_said_from_the_next_message_on_and_comes_back(town: Town) -> None:
    key = "error.category.unknown"
    assert "用语改好了" in says(town, f"改用语 {key} {{at}}没这一类:{{said}}")
    town.report()
    assert "没这一类:幺蛾子" in says(town, "改类 1 幺蛾子")
    says(town, f"改用语 恢复 {key}")
    assert "没有改过" in says(town, f"改用语 恢复 {key}")
    assert "没这一类" not in says(town, "改类 1 幺蛾子")


@pytest.mark.parametrize(
    "wrong",
    ["no.such.key 你好", "error.category.unknown {phone} 你好", "error.category.unknown {坏", "一句话"],
)
def test_bad_wordings_are_refused(town: Town, wrong: str) -> None:
    assert "用语没有改" in says(town, f"改用语 {wrong}") or "没看懂" in says(town, f"改用语 {wrong}")
    with town.store.read() as uow:
        assert uow.own.newest(OwnKind.WORDINGS) is None


def test_only_officers_change_them_and_it_is_audited(town: Town) -> None:
    says(town, "改规则 加 养犬 坐板脱落", who="limin")
    assert kind_of(town, LINE) != "政法/养犬"
    says(town, "改规则 加 养犬 坐板脱落")
    with town.store.read() as uow:
        assert ("改规则", "done") in [(row.command, row.outcome) for row in uow.audit.refusals()]


def test_undoing_takes_the_change_back(town: Town) -> None:
    says(town, "改规则 加 养犬 坐板脱落")
    says(town, "撤销")
    assert kind_of(town, LINE) != "政法/养犬"


def test_what_is_kept_and_unusable_leaves_the_shipped_in_force(town: Town) -> None:
    says(town, "改规则 加 养犬 坐板脱落")
    with town.store.write() as uow:
        uow.own.keep(OwnKind.RULES, town.clock.now(), 1, "x", "nonsense: [", before=0)
        uow.own.keep(OwnKind.WORDINGS, town.clock.now(), 1, "x", "no.such: key", before=0)
        uow.commit()
    assert kind_of(town, LINE) != "政法/养犬"
    assert "没有" in says(town, "受理 99")
