"""How long something holds, how many rows are shown: each just inside of its limit, and just outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town

TALK = ("今天天气真好", "菜市场鱼便宜了", "谁家的猫在院子里", "晚上跳舞去不去")


def seconds(town: Town) -> int:
    with town.store.read() as uow:
        return len(uow.appeals.seconded_by(1))


@pytest.mark.parametrize(
    ("said", "minutes", "between", "counts"),
    [
        ("我家也是", 9, 0, True),  # ten minutes since it was spoken of
        ("我家也是", 11, 0, False),
        ("我家也是", 1, 3, True),  # three lines of other talk
        ("我家也是", 1, 4, False),
        ("3栋2单元电梯我家也是", 118, 4, True),  # what names it: two hours, whatever is said between
        ("3栋2单元电梯我家也是", 121, 4, False),
    ],
)
def test_what_an_endorsement_seconds(
    town: Town, said: str, minutes: int, between: int, *, counts: bool
) -> None:
    town.report()
    for line in TALK[:between]:
        town.says("grid1", "he", line)
    town.passes(minutes=minutes)
    town.says("grid1", "liu", said)
    assert seconds(town) == int(counts)


@pytest.mark.parametrize(("hours", "reads"), [(23, True), (25, False)])
def test_a_bare_received_is_for_a_notice_of_the_day(town: Town, hours: int, *, reads: bool) -> None:
    town.says("grid1", "wang", "大家早")
    town.says("staff", "zhao", "通知 第一网格 明天停水")
    town.passes(hours=hours)
    town.says("grid1", "wang", "收到")
    (answer,) = town.says("staff", "zhao", "通知 1")
    assert ("1 人" in answer.text.replace("0 人", "")) is reads, answer.text


@pytest.mark.parametrize(("ends", "is_right"), [("晚上8点", True), ("晚上9点", False)])
def test_an_activity_lasts_twelve_hours_at_most(town: Town, ends: str, *, is_right: bool) -> None:
    said = town.says("staff", "limin", f"活动 周六上午8点-{ends} 广场 大扫除")
    assert any("大扫除" in text and "活动 1" in text for text in texts(said)) is is_right, texts(said)


@pytest.mark.parametrize(("days", "is_right"), [(365, True), (366, False)])
def test_a_publicity_runs_for_a_year_at_most(town: Town, days: int, *, is_right: bool) -> None:
    said = town.says("grid1", "zhao", f"@哨子 公示 {days}天 加装电梯方案:东侧加装")
    assert any("要在 1 到 365 天之间" in text for text in texts(said)) is not is_right


@pytest.mark.parametrize(("length", "asks"), [(30, True), (31, False)])
def test_who_asks_how_it_goes_asks_in_a_few_words(town: Town, length: int, *, asks: bool) -> None:
    town.report()
    said = "啊" * (length - 4) + "进展如何"
    answers = town.says(None, "wang", said)
    assert any("#1【电梯" in text for text in texts(answers)) is asks


@pytest.mark.parametrize("more", [0, 1])
def test_a_story_has_forty_lines_and_says_how_many_more(town: Town, more: int) -> None:
    town.report()
    town.says("staff", "limin", "受理 1")
    for n in range(38 + more):
        town.says("staff", "limin", f"办理 1 第{n}次去", after=3)
    town.passes(minutes=1)
    (answer,) = town.says("staff", "limin", "进度 1")
    assert ("第0次去" in answer.text, "上报:" in answer.text) == (True, not more)
    assert ("还有 1 " in answer.text or "前面 1 " in answer.text or " 1 条" in answer.text) is bool(more), (
        answer.text
    )


@pytest.mark.parametrize(("length", "shown"), [(60, "长" * 60), (61, f"{'长' * 60}…")])
def test_of_minutes_the_group_reads_a_line(town: Town, length: int, shown: str) -> None:
    town.says("grid1", "limin", "@哨子 议事 今天19:30 党群服务中心 停车")
    town.until("2026-03-02 20:30")
    said = town.says("staff", "limin", f"@哨子 议事 纪要 1 {'长' * length}") + town.until("2026-03-03 09:01")
    assert any(f"{shown}" in text and f"{shown}长" not in text for text in texts(said, "grid1")), texts(
        said, "grid1"
    )
