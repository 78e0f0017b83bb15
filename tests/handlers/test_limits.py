"""Limits and guards, each tried on both sides: what is falsified here must be noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.domain.case import State
from handlers.queries import lists
from handlers.reports import daily_list, weekly_digest
from tests.town import ROSTER, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

NEIGHBOURS = ("zhou2", "liu", "xiaowu", "he", "xu", "deng")
BUILDINGS = "".join(f"  - {{code: g1b{n}, name: {n}栋, kind: building, parent: g1}}\n" for n in range(11, 40))
WIDE = ROSTER.replace("  - {code: g2,", f"{BUILDINGS}  - {{code: g2,", 1)


def second(town: Town, who: str) -> None:
    town.says("grid1", who, "@哨子 附议 1")


def said_of_seconds(town: Town) -> list[str]:
    return [text for text in texts(town.channel.said, "grid1") if "附议" in text]


def test_a_seconding_is_said_again_after_an_hour_and_not_before(town: Town) -> None:
    town.report()
    town.until("2026-03-02 08:10")
    for who in NEIGHBOURS[:2]:
        town.says("grid1", who, "我家也是,电梯坏了")
    town.until("2026-03-02 08:10:40")
    first = len(said_of_seconds(town))
    town.until("2026-03-02 09:09:00")
    town.says("grid1", NEIGHBOURS[2], "3栋2单元电梯我家也是")
    town.until("2026-03-02 09:09:50")
    assert len(said_of_seconds(town)) == first
    town.until("2026-03-02 09:20:00")
    assert first <= len(said_of_seconds(town)) <= first + 1


def test_a_case_goes_into_none_of_another_community(town: Town) -> None:
    town.report()
    town.report("li9", "8栋电梯坏了没人修", "grid9")
    (answer,) = town.says("street", "zhou", "并案 百安坝#1 电报路#1")
    assert "社区" in answer.text
    assert town.state(1) == "reported"


@pytest.mark.parametrize("ended", ["办结 1 修好了", "不受理 1 不归社区"])
def test_a_case_goes_into_none_that_is_ended(town: Town, ended: str) -> None:
    town.report()
    if ended.startswith("办结"):
        town.says("grid1", "limin", "@哨子 受理 1")
    town.says("grid1", "limin", f"@哨子 {ended}")
    town.report("liu", "5栋门口垃圾没人清")
    town.says("staff", "limin", "并案 2 1")
    assert town.state(2) == "reported"


def test_nobody_whistles_for_their_own_organisation(make_town: Callable[..., Town]) -> None:
    roster = ROSTER.replace(
        "people:\n",
        "people:\n  - {name: 陆队, accounts: [{channel: web, id: ludui}], organisation: 区城管局,"
        ' duties: [{role: officer, area: "1.1.1"}]}\n',
    )
    town = make_town(roster)
    town.report()
    (answer,) = town.says("staff", "ludui", "吹哨 1 城管局")
    assert "城管局" in answer.text
    assert town.state(1) == "reported"
    town.says("staff", "ludui", "吹哨 1 物业")
    assert town.state(1) == "accepted"


def two_appellants(town: Town) -> None:
    town.report()
    town.report("liu", "3栋2单元电梯还是坏的,没人修")
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    town.says("wuye", "chen", "办结 1 换了主板")


def test_a_change_of_mind_undoes_nobody_else_s_discontent(town: Town) -> None:
    two_appellants(town)
    town.says("grid1", "wang", "@哨子 评价 1 不满意")
    town.says("grid1", "liu", "@哨子 评价 1 满意")
    assert town.state(1) == "in_progress"


def test_a_change_of_mind_undoes_one_s_own_discontent(town: Town) -> None:
    two_appellants(town)
    town.says("grid1", "wang", "@哨子 评价 1 不满意")
    assert town.state(1) == "in_progress"
    town.says("grid1", "wang", "@哨子 评价 1 满意")
    assert town.state(1) == "resolved"


@pytest.mark.parametrize(("apart", "asked_back"), [(59, True), (61, False)])
def test_what_was_asked_within_an_hour_is_read_as_one(town: Town, apart: int, *, asked_back: bool) -> None:
    for text in ("3栋2单元电梯坏了,没人修", "5栋门口路灯不亮"):
        town.report("wang", text)
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    town.says("grid1", "limin", "@哨子 派单 2 物业")
    town.says("wuye", "chen", "办结 1 换了主板")
    town.passes(minutes=apart)
    town.says("wuye", "chen", "办结 2 换了灯泡")
    town.says("grid1", "wang", "1")
    rated = [number for number in (1, 2) if town.state(number) == State.CLOSED]
    assert rated == ([] if asked_back else [2])


@pytest.mark.parametrize(("apart", "building"), [(85, "5栋"), (95, "")])
def test_fragments_belong_together_for_ninety_seconds(town: Town, apart: int, building: str) -> None:
    town.says("grid1", "zhou2", "5栋")
    town.says("grid1", "zhou2", "门口路灯不亮,黑漆漆的没人修", after=apart)
    news = town.passes(seconds=45)
    (ack,) = [text for text in texts(news, "grid1") if "记为 #1" in text]
    assert ("5栋" in ack) is bool(building)


def open_cases(town: Town, count: int) -> None:
    for n in range(count):
        town.report(f"u{n}", f"{n + 11}栋1单元路灯不亮,没人修")


@pytest.mark.parametrize("count", [lists.MOST, lists.MOST + 1])
def test_the_list_of_what_is_to_do_has_ten_rows_and_says_how_many_more(
    make_town: Callable[..., Town], count: int
) -> None:
    town = make_town(WIDE)
    open_cases(town, count)
    (answer,) = [said for said in town.says(None, "limin", "待办") if "待办" in said.text]
    rows = [line for line in answer.text.splitlines() if line.startswith("#")]
    assert len(rows) == 10
    assert len(answer.cases) == 10
    assert ("还有 1 件" in answer.text) is (count == 11)


def test_the_lists_of_morning_and_week_keep_to_their_rows() -> None:
    assert (lists.MOST, daily_list.MOST, weekly_digest.MOST) == (10, 10, 8)
