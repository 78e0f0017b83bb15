"""公示、异议、台账、四议两公开."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handlers.deliberation.town import NAMES, NEIGHBOURS
from tests.town import Said, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

PUBLISH = "@哨子 公示 7天 加装电梯方案:2单元东侧加装,每户出资 35000 元"


def in_group(said: list[Said]) -> list[str]:
    return [s.text for s in said if s.room == "grid1" and "公示" in s.text]


def test_it_ends_at_the_same_hour_on_the_seventh_day(neighbours: Town) -> None:
    (begun,) = neighbours.says("grid1", "zhao", PUBLISH)
    assert begun.text == (
        "公示 1:加装电梯方案\n2单元东侧加装,每户出资 35000 元\n公示到 3月9日(周一) 08:00。"
        "有不同意见请私聊我发:异议 1 原因"
    )
    said = neighbours.until("2026-03-09 08:30")
    assert [
        (s.at[:11], s.text.split("」")[1].split("。")[0]) for s in said if s.room and "公示" in s.text
    ] == [
        ("03-08 08:00", "明天到期(3月9日(周一) 08:00)"),
        ("03-09 08:00", "公示期满,没有异议"),
    ]


def test_objections_are_the_staff_s_to_see_and_answered(neighbours: Town) -> None:
    neighbours.says("grid1", "zhao", PUBLISH)
    said = neighbours.says("grid1", "sun", "@哨子 异议 1 挡了一楼采光", name="孙哥")
    assert [(s.room, s.to) for s in said] == [(None, "sun"), (None, "zhao")]
    assert said[0].text == "收到你对公示 1 的异议(1-1),会核实并答复你,不在群里说。"
    neighbours.says(None, "li", "异议 公示1 费用太高", name="李四")
    (shown,) = neighbours.says("staff", "limin", "公示 1")
    assert "1-1 孙哥" in shown.text
    assert "挡了一楼采光" in shown.text
    (shown,) = neighbours.says(None, "li", "公示 1", name="李四")
    assert "采光" not in shown.text
    said = neighbours.says("staff", "zhao", "回复异议 1-1 已请设计院看过,不挡光")
    assert texts(said, to="sun") == ["你对公示 1「加装电梯方案」的异议(1-1)有答复:已请设计院看过,不挡光"]
    said = neighbours.until("2026-03-09 08:30")
    assert in_group(said)[-1] == "公示 1「加装电梯方案」公示期满,有 2 条异议,正在核实。"
    (asked,) = [s for s in said if s.to == "zhao" and "请逐条答复异议" in s.text]
    assert "1-2 李四" in asked.text


def test_an_objection_after_the_end_is_too_late(neighbours: Town) -> None:
    neighbours.says("grid1", "zhao", PUBLISH)
    neighbours.until("2026-03-09 08:00:01")
    (told,) = neighbours.says(None, "li", "异议 1 太贵", name="李四")
    assert told.text == "公示 1 已经结束了,不能再提异议。有事请直接找社区。"


def test_what_ends_while_down_is_marked(neighbours: Town) -> None:
    neighbours.says("grid1", "zhao", PUBLISH)
    neighbours.until("2026-03-08 09:00")
    neighbours.clock.set(neighbours.clock.now().replace(day=9, hour=6))
    assert in_group(neighbours.passes(seconds=1)) == ["[补发] 公示 1「加装电梯方案」公示期满,没有异议。"]


@pytest.mark.parametrize(
    ("who", "said", "answer"),
    [
        ("zhao", "公示 0天 标题:内容", "公示天数要在 1 到 365 天之间"),
        ("zhao", "公示 400天 标题:内容", "公示天数要在 1 到 365 天之间"),
        ("zhao", "公示 7天 只有标题", "要写标题和内容"),
        ("zhao", "公示 9", "没有公示 9"),
        ("wang", "公示 7天 标题:内容", "不能在这里发起公示"),
        ("limin", "公示 7天 标题:内容", "不能在这里发起公示"),
        ("wang", "异议 9 不同意", "没有公示 9"),
        ("zhao", "回复异议 1 好", "要写异议的编号和答复"),
        ("zhao", "回复异议 1-7 好", "没有第 7 条异议"),
        ("wangqiang", "回复异议 1-1 好", "不归你管"),
        ("zhao", "公开 本月资金", "还差文件或图片"),
    ],
)
def test_what_is_wrong_is_said(neighbours: Town, who: str, said: str, answer: str) -> None:
    neighbours.says("grid1", "zhao", PUBLISH)
    told = neighbours.says("grid1", who, f"@哨子 {said}")
    assert answer in told[0].text


def test_taken_back_within_two_minutes(neighbours: Town) -> None:
    neighbours.says("grid1", "zhao", PUBLISH)
    said = neighbours.says("grid1", "zhao", "@哨子 撤销")
    assert in_group(said) == ["更正:公示 1「加装电梯方案」收回,作废。"]
    assert in_group(neighbours.passes(days=9)) == []


def test_a_ledger_needs_its_file(neighbours: Town) -> None:
    neighbours.says("staff", "zhao", media="media/ledger.jpg", kind="image")
    said = neighbours.says("staff", "zhao", "公开 本月资金:物业费收支")
    assert {s.room for s in said} == {"grid1", "grid2", "staff"}
    assert [(s.text, s.media) for s in said if s.room == "grid1"] == [
        ("公开:本月资金\n物业费收支", "media/ledger.jpg")
    ]
    assert neighbours.passes(days=40) is not None
    with neighbours.store.read() as uow:
        (kept,) = uow.publicities.of_community(3)
        assert (kept.kind.value, kept.ends_at) == ("ledger", None)


# 四议两公开


def test_the_whole_of_it_on_a_case(neighbours: Town) -> None:
    neighbours.report("wang", "3栋整栋水压太小没人管")
    neighbours.says("staff", "zhao", "受理 1")
    for step, words in (("提议", "党支部提"), ("商议", "两委商量过"), ("审议", "党员大会同意")):
        said = neighbours.says("staff", "zhao", f"四议 1 {step} {words}")
        assert f"{step}记下了。" in texts(said)[0]
    (refused,) = neighbours.says("staff", "zhao", "四议 1 决议 户代表同意")
    assert "还没有议事会的决议,也没有通过的表决" in refused.text
    neighbours.says("grid1", "limin", "@哨子 表决 换水泵 #1 至 3月3日")
    for who in ("wang", "li", "sun"):
        neighbours.says(None, who, "同意", name=NAMES.get(who))
    (refused,) = neighbours.says("staff", "zhao", "四议 1 决议 户代表同意")
    assert "表决还没结束" in refused.text
    neighbours.until("2026-03-03 18:00")
    neighbours.says("staff", "zhao", "四议 1 决议 户代表同意")
    said = neighbours.says("staff", "zhao", "四议 1 决议公开 换水泵,用公共收益 8000 元")
    (begun,) = in_group(said)
    assert begun.split("\n") == [
        "公示 1:#1【供水·大事】3栋 决议",
        "换水泵,用公共收益 8000 元",
        "公示到 3月10日(周二) 18:00。有不同意见请私聊我发:异议 1 原因",
    ]
    (refused,) = neighbours.says("staff", "zhao", "四议 1 结果公开 换好了")
    assert "决议公开到 3月10日 18:00 才期满" in refused.text
    neighbours.until("2026-03-10 18:30")
    (refused,) = neighbours.says("staff", "zhao", "四议 1 结果公开 换好了")
    assert "办结以后才能结果公开" in refused.text
    neighbours.says("staff", "zhao", "办结 1 换了新泵")
    said = neighbours.says("staff", "zhao", "四议 1 结果公开 换了新泵,花了 7600 元")
    assert "公示到 3月13日(周五) 18:30" in in_group(said)[0]
    (shown,) = neighbours.says("staff", "zhao", "四议 1")
    assert shown.text.count("\n") == 7
    assert shown.text.endswith("六步都走完了。")
    (story,) = neighbours.says("staff", "limin", "进度 1")
    assert "前后:表决 1 → 公示 1 → 公示 2" in story.text
    assert "赵主任 四议:商议 两委商量过" in story.text


def test_in_this_order_only(neighbours: Town) -> None:
    neighbours.report("wang", "3栋整栋水压太小没人管")
    (refused,) = neighbours.says("staff", "zhao", "四议 1 商议 商量过")
    assert "现在该提议,不能先商议" in refused.text
    (refused,) = neighbours.says("staff", "zhao", "四议 1 提议")
    assert "还要写内容" in refused.text
    (refused,) = neighbours.says("staff", "limin", "四议 1 提议 网格提")
    assert "不归你管,不能记四议" in refused.text
    neighbours.says("staff", "zhao", "四议 1 提议 党支部提")
    (refused,) = neighbours.says("staff", "zhao", "四议 1 提议 再提一次")
    assert "现在该商议,不能先提议" in refused.text
    (refused,) = neighbours.says("staff", "zhao", "四议 1 投票 好")
    assert "四议后面写编号、步骤和内容" in refused.text


def test_nothing_but_the_publications_is_said_in_the_group(neighbours: Town) -> None:
    neighbours.report("wang", "3栋整栋水压太小没人管")
    said = neighbours.says("grid1", "zhao", "@哨子 四议 1 提议 党支部提")
    assert [s.room for s in said] == [None]


def test_the_officer_is_reminded_once_after_five_working_days(neighbours: Town) -> None:
    neighbours.report("wang", "3栋整栋水压太小没人管")
    neighbours.says("staff", "zhao", "四议 1 提议 党支部提")
    said = [s for s in neighbours.until("2026-03-31 12:00") if "五个工作日" in s.text]
    assert [(s.at[:5], s.to) for s in said] == [("03-09", "zhao")]
    assert said[0].text == "#1【供水·大事】3栋 提议已过五个工作日,还没有商议。请发:四议 1 商议 内容"


def test_on_a_motion(neighbours: Town) -> None:
    neighbours.says("grid1", "wang", "@哨子 议题 加装电梯")
    neighbours.says("staff", "zhao", "四议 议题1 提议 党支部提")
    (shown,) = neighbours.says("staff", "zhao", "四议 议题1")
    assert "议题 1「加装电梯」 四议两公开:\n提议" in shown.text
    for step in ("商议", "审议"):
        neighbours.says("staff", "zhao", f"四议 议题1 {step} 好")
    neighbours.says("grid1", "limin", "@哨子 表决 议题1 加装电梯 至 3月3日")
    neighbours.says(None, "wang", "反对")
    neighbours.until("2026-03-03 18:00")
    (refused,) = neighbours.says("staff", "zhao", "四议 议题1 决议 同意")
    assert "没有通过的表决" in refused.text
    (shown,) = [
        s for s in neighbours.says("grid1", "li", "@哨子 进度 表决1", name="李四") if "前后" in s.text
    ]
    assert shown.text == "前后:议题 1"


def test_yongren_demands_it_for_great_matters(make_town: Callable[..., Town]) -> None:
    """大事 after 四议; never what is dangerous; what is urgent may be decided afterwards."""
    town = make_town(NEIGHBOURS, config="governance: {preset: yongren}")
    town.report("wang", "3栋整栋水压太小没人管")
    town.says("staff", "zhao", "转级 1 大事")
    town.says("staff", "zhao", "受理 1")
    (refused,) = town.says("staff", "zhao", "办结 1 修好了")
    if "四议" not in refused.text:  # urgent: it may be decided afterwards
        assert town.state(1) == "resolved"
    town.report("liu", "小区门口想把绿化带改成停车位", room="grid1")
    town.says("staff", "zhao", "转级 2 大事")
    town.says("staff", "zhao", "受理 2")
    (refused,) = town.says("staff", "zhao", "办结 2 改好了")
    assert refused.text.endswith("#2 是大事,要先走四议两公开,决议公开期满才能办结。看走到哪一步发:四议 2")
    town.says("grid1", "limin", "@哨子 议事 今天19:30 党群服务中心 停车位")
    for step in ("提议", "商议", "审议"):
        town.says("staff", "zhao", f"四议 2 {step} 好")
    town.until("2026-03-02 20:30")
    town.says("grid1", "limin", "@哨子 议事 决议 1 同意改一半 #2")
    town.says("staff", "zhao", "四议 2 决议 同意")
    town.says("staff", "zhao", "四议 2 决议公开 同意改一半")
    (refused,) = town.says("staff", "zhao", "办结 2 改好了")
    assert "四议两公开" in refused.text
    town.until("2026-03-10 09:00")
    town.says("staff", "zhao", "办结 2 改好了")
    assert town.state(2) == "resolved"
