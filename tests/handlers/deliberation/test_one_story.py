"""One story: each link shows its neighbours; what a preset demands; what stays and what is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handlers.deliberation.town import NEIGHBOURS
from tests.town import Said, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town


@pytest.fixture
def yongren(make_town: Callable[..., Town]) -> Town:
    return make_town(NEIGHBOURS, config="governance: {preset: yongren}")


def told(town: Town, command: str, who: str = "zhao") -> str:
    return "\n".join(texts(town.says(None, who, command)))


def story(town: Town) -> None:
    """From a motion to a publicity: motion 1, meeting 1, ballot 1, case 1, publicities 1 and 2."""
    town.says("grid1", "wang", "@哨子 议题 楼道充电桩装在哪")
    town.says("grid1", "limin", "@哨子 议事 今天19:30 党群服务中心 充电桩")
    town.says("staff", "limin", "列入 1 #1")
    town.says("grid1", "limin", "@哨子 表决 议题1 充电桩 至 3月3日18:00")
    town.says(None, "wang", "同意")
    town.until("2026-03-02 20:00")
    town.says("grid1", "limin", "@哨子 议事 决议 1 议题1 装在南门 立件")
    town.until("2026-03-03 18:00")
    for step in ("提议", "商议", "审议", "决议", "决议公开"):
        town.says("staff", "zhao", f"四议 1 {step} 装在南门")


def test_each_link_shows_its_neighbours_in_one_line(neighbours: Town) -> None:
    story(neighbours)
    assert told(neighbours, "进度 1").count("前后:议题 1 → 议事会 #1 → 表决 1 → 公示 1") == 1
    assert "前后:议事会 #1 → 表决 1 → #1" in told(neighbours, "进度 议题1")
    assert "前后:议题 1 → #1" in told(neighbours, "进度 议事会1")
    assert "前后:议题 1" in told(neighbours, "进度 表决1")
    assert "前后:#1" in told(neighbours, "进度 公示1")
    for link in ("议题1", "议事会1", "表决1", "公示1"):
        assert told(neighbours, f"进度 {link}").count("前后") == 1


def test_a_year_later_it_is_still_told(neighbours: Town) -> None:
    story(neighbours)
    before = [told(neighbours, f"进度 {link}") for link in ("议题1", "表决1")]
    neighbours.until("2027-03-03 09:00")
    after = [told(neighbours, f"进度 {link}") for link in ("议题1", "表决1")]
    assert [text.split("前后")[1] for text in before] == [text.split("前后")[1] for text in after]


# 永仁: 大事 after 四议; what is urgent first, and 四议 afterwards; what is dangerous never


def opened(town: Town, words: str, number: int = 1) -> list[Said]:
    said = town.says("grid1", "wang", words)
    said += town.passes(minutes=1)
    said += town.says("staff", "zhao", f"转级 {number} 大事")
    town.says("staff", "zhao", f"受理 {number}")
    return said


def test_yongren_a_great_matter_is_ended_after_the_four(yongren: Town) -> None:
    said = opened(yongren, "小区门口想把绿化带改成停车位,大家同意吗,请社区管一管")
    if yongren.state(1) == "none":
        pytest.fail("no case")
    assert said
    (refused,) = yongren.says("staff", "zhao", "办结 1 改好了")
    assert refused.text.endswith("要先走四议两公开,决议公开期满才能办结。看走到哪一步发:四议 1")


def test_yongren_what_is_urgent_is_done_first_and_owes_the_four(yongren: Town) -> None:
    opened(yongren, "3栋整栋停水两天了,老人小孩没水喝,急死了")
    said = yongren.says("staff", "zhao", "办结 1 修好了")
    assert yongren.state(1) == "resolved"
    owes = "#1【供水·大事】3栋 是大事,急事先办了;四议两公开还要补。请发:四议 1 提议 内容"
    assert owes in texts(said, to="zhao")
    yongren.says("staff", "zhao", "四议 1 提议 换主管道")
    later = yongren.until("2026-03-10 12:00")
    assert [s.at for s in later if "还没有补完" in s.text and s.to == "zhao"] == ["03-09 18:00:00"]
    assert any("四议 1 商议 内容" in s.text for s in later if "还没有补完" in s.text)
    assert not any("还没有补完" in s.text for s in yongren.until("2026-04-10 12:00"))


def test_yongren_what_is_dangerous_never_waits_for_the_four(yongren: Town) -> None:
    said = opened(yongren, "5栋消防通道被车堵死了,消防车进不来")
    assert not any("四议" in s.text for s in said)
    said = yongren.says("staff", "zhao", "办结 1 清走了")
    assert yongren.state(1) == "resolved"
    assert not any("四议" in s.text for s in [*said, *yongren.until("2026-03-12 12:00")])


# few words


def test_a_ballot_is_three_messages_and_the_extension_stands_for_the_day_before(neighbours: Town) -> None:
    said = neighbours.says("grid1", "limin", "@哨子 表决 换门禁 至 3月10日18:00")
    said += neighbours.until("2026-03-08 09:00")
    said += neighbours.says("grid1", "limin", "@哨子 表决 延期 1 3月12日18:00 参与的户数不够")
    said += neighbours.until("2026-03-13 09:00")
    assert [s.text[:4] for s in said if s.room == "grid1"] == ["表决 1", "表决 1", "表决 1"]


def test_an_extension_after_the_day_before_was_said_is_told_to_the_households_alone(neighbours: Town) -> None:
    said = neighbours.says("grid1", "limin", "@哨子 表决 换门禁 至 3月10日18:00")
    neighbours.says(None, "li", "同意")
    said += neighbours.until("2026-03-10 09:00")
    last_day = neighbours.says("grid1", "limin", "@哨子 表决 延期 1 3月12日18:00 参与的户数不够")
    said += last_day + neighbours.until("2026-03-13 09:00")
    heard = [s.text for s in said if s.room == "grid1"]
    assert len(heard) == 3
    assert "延期" not in heard[1]
    told = {s.to for s in last_day if "延期到 3月12日(周四) 18:00" in s.text}
    assert told == {"limin", "wang", "li", "zhang", "zhang2", "chen2", "sun"}
