"""双报到 (平城 红色网格), 代报, 好人: who does something for their neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town


def test_a_party_member_reports_and_claims_a_small_case(town: Town) -> None:
    town.says("grid1", "liu", "早")
    said = town.says(None, "liu", "党员报到 3栋 特长 法律")
    (asked,) = [s for s in said if s.to == "zhao"]
    assert asked.text.startswith("刘婶说自己是3栋的党员,特长:法律")
    (answer,) = town.says(None, "liu", "认领 1")
    assert "党员报到、社区确认后" in answer.text
    said = town.says(None, "zhao", "是", quote=asked.id)
    assert texts(said, room="grid1") == ["欢迎党员刘婶到3栋报到,有事可以找。"]
    assert texts(said, to="liu")[0].startswith("党员报到确认了(3栋)")
    town.report(text="3栋2单元路灯坏了没人修")
    (answer,) = town.says(None, "liu", "认领 1")
    assert "现在不能认领" in answer.text
    town.says("staff", "limin", "@哨子 可认领 1")
    town.says(None, "liu", "认领 1")
    assert town.state(1) == "assigned"
    town.says(None, "liu", "办结 1 灯泡换好了")
    assert town.state(1) == "resolved"
    (answer,) = town.says("staff", "zhao", "@哨子 统计 党员")
    assert "百安坝社区党员:报到 1 人" in answer.text


def test_on_behalf_news_goes_to_who_reported_and_the_rating_is_counted_apart(town: Town) -> None:
    said = town.says("staff", "limin", "@哨子 代报 王奶奶 3栋501 停水两天了没人管 13812345678")
    said += town.passes(seconds=45)
    assert town.state(1) == "reported"
    assert [s for s in said if s.room == "grid1"] == []
    town.says("staff", "zhao", "@哨子 派单 1 物业")
    town.says("wuye", "chen", "办结 1 水管换好了")
    told = town.says(None, "limin", "评价 1 满意 代王奶奶")
    assert any("#1" in s.text for s in told)
    (answer,) = town.says("staff", "zhao", "@哨子 统计 本周")
    assert "评价 0 人" in answer.text
    assert "代报 1 件,代评 1 人(不算在三率里)。" in answer.text
    (answer,) = town.says("staff", "limin", "@哨子 代报 王奶奶")
    assert "要写替谁、地址、什么事" in answer.text


def test_good_people_of_the_month(town: Town) -> None:
    said = town.says("grid1", "wang", "@哨子 好人 刘婶 照顾独居老人")
    assert texts(said, to="zhao")[0].startswith("王姐说好人 1:刘婶,照顾独居老人")
    assert texts(said, room="grid1") == []
    town.says("staff", "zhao", "@哨子 好人 发布 1")
    (answer,) = town.says("grid1", "liu", "@哨子 好人")
    assert answer.text == "本月好人榜:\n刘婶:照顾独居老人"
    (answer,) = town.says("staff", "zhao", "@哨子 好人 发布 1")
    assert "已经在榜上了" in answer.text
    digest = [s for s in town.until("2026-03-09 09:00") if "一周通报" in s.text and s.room == "grid1"]
    assert digest[0].text.endswith("好事:好人 刘婶。")


def test_good_people_are_named_as_they_wish(town: Town) -> None:
    town.says("grid1", "liu", "大家早")
    town.says("grid1", "wang", "@哨子 好人 刘婶 照顾独居老人")
    said = town.says("staff", "zhao", "@哨子 好人 发布 1")
    assert "想只留姓就发:好人 打码 1" in texts(said, to="liu")[0]
    (refused,) = town.says(None, "wang", "好人 打码 1")
    assert "名字由本人或社区干部打码" in refused.text
    (done,) = town.says(None, "liu", "好人 打码 1")
    assert done.text == "好人 1 在榜上写「刘某」了。"
    (answer,) = town.says("grid1", "wang", "@哨子 好人")
    assert answer.text == "本月好人榜:\n刘某:照顾独居老人"
    digest = [s for s in town.until("2026-03-09 09:00") if "一周通报" in s.text and s.room == "grid1"]
    assert digest[0].text.endswith("好事:好人 刘某。")


def test_what_a_resident_says_for_a_neighbour_is_the_residents_appeal_at_the_neighbours(town: Town) -> None:
    town.says("grid1", "wang", "我代302的张大爷报个事,他家停水两天了")
    said = town.passes(seconds=45)
    assert any(s.text.startswith("@王姐 记为 #1【供水") for s in said if s.room == "grid1")
    assert any("#1【供水·小事】302,王姐说" in s.text or "302" in s.text for s in said if s.to == "limin")
    assert not [s for s in said if s.to == "feng"]
    with town.store.read() as uow:
        assert len(uow.appeals.of_case(1)) == 1
        assert uow.cases.get(1).place.door == "302"
    town.says("staff", "limin", "受理 1")
    said = town.says("staff", "limin", "办结 1 水通了")
    assert any("@王姐" in s.text for s in said if s.room == "grid1")


def test_thanks_by_name_are_offered_to_the_officer_once_a_week(town: Town) -> None:
    town.says("grid1", "liu", "早")
    assert town.says("grid1", "wang", "谢谢刘婶帮我妈取药") == []
    town.says("grid1", "wang", "谢谢大家")
    weekly = [s for s in town.until("2026-03-09 09:00") if s.to == "zhao" and "居民夸了" in s.text]
    assert [s.text for s in weekly] == [
        "上周居民夸了这些人:\n1. 刘婶:谢谢刘婶帮我妈取药\n列入本月好人榜发:好人 发布 编号"
    ]


def test_what_party_members_do_stands_in_the_figures_and_the_digest(town: Town) -> None:
    town.says("grid1", "liu", "早")
    asked = next(s for s in town.says(None, "liu", "党员报到 3栋 特长 法律") if s.to == "zhao")
    town.says(None, "zhao", "是", quote=asked.id)
    town.report(text="3栋2单元路灯坏了没人修")
    town.says("staff", "limin", "@哨子 可认领 1")
    town.says(None, "liu", "认领 1")
    town.says(None, "zhao", "联户 刘婶 3栋2单元501")
    town.says("staff", "limin", "@哨子 走访 记录 3栋2单元501 都好")
    town.says("staff", "limin", "@哨子 代报 王奶奶 3栋501 停水两天了没人管")
    town.says(None, "limin", "必到 3栋501 情绪 老人一个人")
    (answer,) = town.says("staff", "zhao", "@哨子 统计 党员")
    assert "报到 1 人,服务 0 小时,走访 0 次,认领 1 件,联户 1 户" in answer.text
    (alls,) = town.says("staff", "zhao", "@哨子 统计 五全 3栋")
    assert "走访 1/1 户" in alls.text
    (calls,) = town.says("staff", "zhao", "@哨子 统计 必到 本月 第一网格")
    assert "情绪 1 次" in calls.text
    (digest,) = [s.text for s in town.until("2026-03-09 09:00") if s.room == "grid1" and "通报" in s.text]
    assert digest.endswith("走访 1/1 户,单位下沉 0 次。\n代报 1 件。\n党员服务 0 小时,走访 0 次,认领 1 件。")
    assert "必到" not in digest
    assert "501" not in digest


@pytest.mark.parametrize(
    "said",
    [
        "代报 王奶奶 3栋501 停水两天了没人管",
        "代报 3栋501 王奶奶 停水两天了没人管",
        "代报 3栋 501 王奶奶 停水两天了没人管",
    ],
)
def test_on_behalf_in_any_order(town: Town, said: str) -> None:
    told = town.says("staff", "limin", said) + town.passes(seconds=45)
    assert any("#1【供水·小事】3栋501" in s.text for s in told)
    with town.store.read() as uow:
        (case,) = uow.cases.everything()
        (appeal,) = uow.appeals.of_case(case.id)
    assert appeal.words == "停水两天了没人管"
    town.says("staff", "limin", "办结 1 来水了")
    assert any("#1" in s.text for s in town.says(None, "limin", "评价 1 满意 代王奶奶"))
