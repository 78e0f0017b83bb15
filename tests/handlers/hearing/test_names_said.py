"""FOUND rows D4-D6: several names, names of several people, names with marks around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import ROSTER, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

MORE = (
    ROSTER.replace(
        "rooms:\n",
        '  - {name: 渝东燃气公司, kind: department, aliases: [燃气公司], area: "1"}\nrooms:\n'
        "  - {channel: web, id: ranqi, topic: 燃气群, kind: department, organisation: 渝东燃气公司}\n",
    )
    + "people:\n"
)
TWINS = ROSTER.replace(
    "households:\n",
    """  - {name: 小何, accounts: [{channel: web, id: he1}], organisation: 万邦物业}
  - {name: 小何, accounts: [{channel: web, id: he2}], duties: [{role: building_head, area: g1b3}]}
households:
""",
)


@pytest.fixture
def gas_town(make_town: Callable[..., Town]) -> Town:
    return make_town(MORE.removesuffix("people:\n"))


@pytest.fixture
def twins(make_town: Callable[..., Town]) -> Town:
    town = make_town(TWINS)
    town.report()
    return town


@pytest.mark.parametrize(
    "said",
    [
        "@城管局 @燃气公司 占道烧烤",
        "城管局 和 燃气公司 占道烧烤",
        "城管局和燃气公司 占道烧烤",
        "城管局、燃气公司 占道烧烤",
        "城管局 燃气公司 占道烧烤",
        "城管局 与 渝东燃气 占道烧烤",
        "@城管局@燃气公司 占道烧烤",
    ],
)
def test_d4_a_whistle_calls_all_that_are_named(gas_town: Town, said: str) -> None:
    gas_town.report()
    news = gas_town.says("staff", "zhao", f"吹哨 1 {said}")
    assert any("请区城管局、渝东燃气公司来办" in s.text for s in news), news


@pytest.mark.parametrize(
    "said", ["城管局 和 然气公司 占道", "@城管局 @消防队 占道", "城管局、消防队 占道", "城管局,燃气公司,占道"]
)
def test_d4_a_name_nobody_bears_is_said(gas_town: Town, said: str) -> None:
    gas_town.report()
    (answer,) = gas_town.says("staff", "zhao", f"吹哨 1 {said}")
    assert "没找到" in answer.text


@pytest.mark.parametrize(
    "said",
    [
        "第一网格 第二网格 明天停水",
        "第一网格,第二网格 明天停水",
        "第一网格 和 第二网格 明天停水",
        "第一网格和第二网格 明天停水",
        "第一网格、第二网格:明天停水",
        "1网格 2网格 明天停水",
    ],
)
def test_d4_a_notice_goes_to_all_that_are_named(town: Town, said: str) -> None:
    news = town.says("staff", "zhao", f"通知 {said}")
    assert {s.room for s in news if "明天停水" in s.text} == {"grid1", "grid2"}
    assert all("网格" not in s.text for s in news if s.room in ("grid1", "grid2"))


@pytest.mark.parametrize("said", ["小何", "@小何", "小何,尽快", "小何 请今天去"])
def test_d5_two_of_a_name_are_told_apart(twins: Town, said: str) -> None:
    (answer,) = twins.says("staff", "limin", f"派单 1 {said}")
    assert "1 小何(万邦物业)、2 小何(3栋楼栋长)" in answer.text
    assert "例如:小何1、万邦物业小何" in answer.text


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("小何1", "he1"),
        ("小何2", "he2"),
        ("小何 2", "he2"),
        ("万邦物业小何", "he1"),
        ("物业的小何", "he1"),
        ("小何(3栋)", "he2"),
        ("3栋小何", "he2"),
        ("楼栋长小何", "he2"),
        ("小何(万邦物业),尽快", "he1"),
        ("万邦物业 小何", "he1"),
    ],
)
def test_d5_a_number_or_a_word_beside_the_name_decides(twins: Town, said: str, who: str) -> None:
    news = twins.says("staff", "limin", f"派单 1 {said}")
    assert texts(news, to=who), news


@pytest.mark.parametrize(("mentioned", "who"), [("he1", "he1"), ("he2", "he2")])
def test_d5_the_id_of_an_at_decides(twins: Town, mentioned: str, who: str) -> None:
    text = "@哨子 派单 1 @小何 尽快"
    news = twins.says("grid1", "limin", text, mentions=("bot", mentioned))
    (told,) = texts(news, to=who)
    assert "尽快" in told  # what else was said goes with it


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("万邦物业。", "万邦物业"),
        ("万邦物业,尽快", "万邦物业"),
        ("万邦物业,,尽快!", "万邦物业"),
        ("李　敏", "李敏"),
        ("李 敏", "李敏"),
        ("万邦物业公司", "万邦物业"),
        ("物业公司", "万邦物业"),
        ("“万邦物业”", "万邦物业"),
        ("万邦物业那边", "万邦物业"),
        ("@李敏!", "李敏"),
        ("【万邦物业】", "万邦物业"),
        ("城管局", "区城管局"),
    ],
)
def test_d6_names_with_marks_are_found(town: Town, said: str, name: str) -> None:
    town.report()
    news = town.says("staff", "limin", f"派单 1 {said}")
    assert any(s.text.startswith(f"#1 已派给{name}") for s in news), news


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("@百安坝小助手 派单 1 万邦物业", ("bot",)),
        ("@百安坝小助手\u2005派单 1 万邦物业", ("bot",)),
        ("@哨子@王姐 派单 1 万邦物业", ("bot", "wang")),
        ("@王姐 @小助手 派单 1 万邦物业", ("wang", "bot")),
        ("@小助手 @王姐 派单 1 万邦物业", ("wang", "bot")),
        ("派单 1 万邦物业 @小助手", ("bot",)),
        ("＠小助手:派单 1 万邦物业", ("bot",)),
        ("@百安坝小助手派单 1 万邦物业", ("bot",)),
        ("@百安坝小助手#1 派给万邦物业", ("bot",)),
        ("@小帮助手派单 1 万邦物业", ("bot",)),
        ("@小助手把1派给万邦物业", ("bot",)),
        ("@哨子@王姐派单 1 万邦物业", ("bot", "wang")),
        ("\u2005@百安坝第一网格小助手\u2005 把1派给物业", ("bot",)),
    ],
)
def test_b9_who_is_mentioned_decides(town: Town, text: str, mentions: tuple[str, ...]) -> None:
    town.report()
    news = town.says("grid1", "limin", text, mentions=mentions)
    assert any(s.text.startswith("#1 已派给万邦物业") for s in news), news


def test_b9_somebody_else_of_the_bot_s_name_is_meant(town: Town) -> None:
    town.report()
    town.says("grid1", "zhou2", "大家好", name="哨子")
    assert town.says("grid1", "liu", "@哨子 进度 1", mentions=("zhou2",)) == []
    (answer,) = town.says("grid1", "liu", "@哨子 进度 1", mentions=("bot",))
    assert "#1【电梯" in answer.text


@pytest.mark.parametrize("text", ["@百安坝小助手3栋2单元路灯不亮", "@小助手3栋2单元路灯不亮好几天了"])
def test_b9_an_appeal_glued_to_the_name_is_not_lost(town: Town, text: str) -> None:
    town.says("grid1", "zhou2", text, mentions=("bot",))
    assert any("记为 #1【路灯" in s.text for s in town.passes(minutes=1))


@pytest.mark.parametrize("text", ["@百安坝小助手", "@小助手 ", "@帮助小助手"])
def test_b9_a_name_alone_says_nothing(town: Town, text: str) -> None:
    assert town.says("grid1", "zhou2", text, mentions=("bot",)) == []


def test_what_somebody_is_to_do_may_be_glued_to_the_name(town: Town) -> None:
    town.report()
    said = town.says("staff", "limin", "1转给吴大爷做工作")
    assert any(s.to == "wudaye" and "做工作" in s.text for s in said)
    said = town.says("staff", "limin", "派单 1 万邦物业明天上午清掉")
    assert any(s.room == "wuye" and "明天上午清掉" in s.text for s in said)
