"""Each preset as its document has it (E5): its own kinds, who ends what, who is asked for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import ROSTER, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Said, Town

STREET = ROSTER.replace(
    "\nhouseholds:",
    "\n  - {name: 郑科长, accounts: [{channel: web, id: zheng}], duties: [{role: officer, area: '1.1'}]}"
    "\nhouseholds:",
)


def preset(make_town: Callable[..., Town], name: str, roster: str = ROSTER) -> Town:
    town = make_town(roster, config=f"governance: {{preset: {name}}}")
    town.until("2026-03-02 09:00")
    return town


def raised(town: Town, text: str) -> list[Said]:
    town.says("grid1", "wang", text)
    return town.passes(seconds=15)


def test_e5_wanzhou_a_great_matter_is_whistled_for_and_ended_by_the_officer(
    make_town: Callable[..., Town],
) -> None:
    town = preset(make_town, "wanzhou")
    said = raised(town, "门口烧烤摊占道,油烟大,整栋楼都受不了,十几户人没法开窗")
    assert any("建议吹哨:吹哨 1 区城管局" in text for text in texts(said, to="zhao"))
    assert not any("建议吹哨" in text for text in texts(said, to="limin"))
    town.says("staff", "limin", "受理 1")
    (refused,) = town.says("staff", "limin", "办结 1 说好了")
    assert refused.text.startswith("@李敏 #1 是大事,要社区干部办结。")
    town.says("staff", "zhao", "办结 1 摊子进了店里")
    assert town.state(1) == "resolved"


def test_e5_wanzhou_a_hard_one_has_a_leader_until_a_day(make_town: Callable[..., Town]) -> None:
    town = preset(make_town, "wanzhou")
    said = raised(town, "老旧小区改造拆了我们的雨棚,好几年了没人赔,没人管")
    (told,) = texts(said, to="zhou")
    assert "【老旧改造·难事】" in told
    assert "督办到 4月14日:时间过半和到期时提醒,办结时告诉你。" in told
    town.says("staff", "zhao", "受理 1")
    said = town.until("2026-04-14 18:30")
    half = [s for s in said if s.to == "zhou" and "时间过半" in s.text]
    assert [s.at[:5] for s in half] == ["03-23"]
    town.says("staff", "zhao", "办结 1 补上了")
    assert "【督办】" in texts(town.channel.said, to="zhou")[-1]


def test_e5_a_small_matter_is_ended_by_the_grid(make_town: Callable[..., Town]) -> None:
    for name in ("wanzhou",):
        town = preset(make_town, name)
        raised(town, "3栋2单元楼道灯坏了没人修")
        town.says("staff", "limin", "受理 1")
        town.says("staff", "limin", "办结 1 换了灯泡")
        assert town.state(1) == "resolved"


def test_e5_jiaxing_what_goes_to_the_street_is_ended_there(make_town: Callable[..., Town]) -> None:
    town = preset(make_town, "jiaxing", STREET)
    raised(town, "3栋2单元楼道灯坏了没人修")
    said = town.says("staff", "zhao", "转级 1 街道办")
    assert any("刚转成这一级" in text for text in texts(said, to="zheng"))
    town.says("staff", "zhao", "受理 1")
    (refused,) = town.says("staff", "zhao", "办结 1 好了")
    assert "要街道干部办结" in refused.text
    town.says(None, "zheng", "办结 1 修好了")
    assert town.state(1) == "resolved"


def test_e5_yongren_what_is_dangerous_waits_for_no_four_discussions(make_town: Callable[..., Town]) -> None:
    town = preset(make_town, "yongren")
    raised(town, "3栋一楼消防通道被电动车堵死了,出不去")
    town.says("staff", "zhao", "转级 1 大事")
    town.says("staff", "zhao", "受理 1")
    town.says("staff", "zhao", "办结 1 清空了")
    assert town.state(1) == "resolved"


def test_e5_yongren_money_is_decided_by_four_discussions(make_town: Callable[..., Town]) -> None:
    town = preset(make_town, "yongren")
    said = raised(town, "3栋电梯坏了要动用维修资金换新的,没人管")
    assert any("要四议两公开:四议 1 提议" in text for text in texts(said, to="zhao"))
    town.says("staff", "zhao", "受理 1")
    town.says("staff", "zhao", "办结 1 换了")
    assert town.state(1) == "accepted"


def test_e5_beichen_the_grid_worker_ends_what_they_found(make_town: Callable[..., Town]) -> None:
    town = preset(make_town, "beichen")
    raised(town, "3栋2单元楼道灯坏了没人修")
    town.says("staff", "zhao", "转级 1 上报事")
    town.says("staff", "limin", "受理 1")
    (refused,) = town.says("staff", "limin", "办结 1 好了")
    assert "要社区干部办结" in refused.text


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("3栋电梯坏了没人修", "一类"),
        ("3栋2单元楼道灯坏了没人修", "一类"),
        ("我家燃气表坏了,没人来换", "二类"),
        ("六楼水压太小了,洗澡都没水", "二类"),
        ("小区门口道闸坏了抬不起来", "三类"),
        ("我们楼想加装电梯,没人牵头", "三类"),
    ],
)
def test_e5_pingcheng_has_its_own_kinds(make_town: Callable[..., Town], text: str, grade: str) -> None:
    said = raised(preset(make_town, "pingcheng"), text)
    assert f"·{grade}】" in texts(said, "grid1")[0]


@pytest.mark.parametrize("text", ["工地欠我三个月工资不给,找谁都不管", "29路公交半小时不来一趟,没人管"])
def test_e5_pingcheng_wages_and_buses_are_none_of_the_property_s(
    make_town: Callable[..., Town], text: str
) -> None:
    said = raised(preset(make_town, "pingcheng"), text)
    assert texts(said, "wuye") == []
    assert any("新诉求 #1" in said for said in texts(said, to="zhao"))


def test_e5_pingcheng_the_third_kind_is_talked_over(make_town: Callable[..., Town]) -> None:
    said = raised(preset(make_town, "pingcheng"), "小区门口道闸坏了抬不起来")
    assert any("请物管会、居民代表、网格员、结对单位一起商量" in text for text in texts(said, to="zhao"))
