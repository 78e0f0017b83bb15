"""五好楼栋、最美楼栋长选举 (万州), 星级文明户 (永仁): nominated, made public, voted for by household."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town

CALL = "@哨子 评选 五好楼栋 推荐至 3月10日 投票至 3月20日 名额1"


def at_home(town: Town) -> None:
    """Let 王姐 and 刘婶 live in households of their own, confirmed."""
    town.learn("households: [{building: g1b3, unit: '2', door: '501', people: [{channel: web, id: wang}]}]")
    town.learn("households: [{building: g1b5, unit: '1', door: '602', people: [{channel: web, id: liu}]}]")


def test_from_nominations_to_the_result(town: Town) -> None:
    at_home(town)
    said = town.says("staff", "zhao", CALL)
    called, how = texts(said, room="grid1")[0].split("\n")
    assert called == "评选 1:五好楼栋,选 1 个。推荐到 3月10日 18:00,投票到 3月20日 18:00"
    assert how == "推荐请发:@哨子 推荐 五好楼栋 名字 理由"
    (answer,) = town.says("grid1", "wang", "@哨子 推荐 五好楼栋 3栋 楼道干净")
    assert (answer.to, answer.text) == ("wang", "推荐记下了:五好楼栋 3栋。")
    (answer,) = town.says(None, "wang", "推荐 五好楼栋 三号楼 再说一遍")
    assert "你家已经推荐过 3栋 了" in answer.text
    town.says(None, "liu", "推荐 五好楼栋 5栋 邻里和气")
    (asked,) = [s for s in town.until("2026-03-10 18:00") if s.to == "zhao" and "推荐结束" in s.text]
    assert "3栋 1 户、5栋 1 户" in asked.text
    said = town.says("staff", "zhao", "@哨子 评选 名单 1 3栋,5栋")
    assert any("五好楼栋候选名单" in s.text for s in said if s.room == "grid1")
    said = [s for s in town.until("2026-03-14 12:00") if s.room == "grid1" and "开始投票" in s.text]
    assert "候选:3栋、5栋" in said[0].text
    (answer,) = town.says(None, "wang", "评选 投票 1 3栋,5栋")
    assert "最多选 1 个" in answer.text
    (answer,) = town.says(None, "wang", "评选 投票 1 5栋")
    assert answer.text.startswith("记下了:评选 1 选 5栋。")
    town.says(None, "wang", "评选 投票 1 3栋")
    town.says("grid1", "zhou2", "中午好")
    (answer,) = town.says(None, "zhou2", "评选 投票 1 3栋")
    assert "按户投票,先登记住处" in answer.text
    (result,) = [s.text for s in town.until("2026-03-20 18:00") if s.room == "grid1" and "结果" in s.text]
    assert result == "评选 1「五好楼栋」结果:3栋\n1 户投票:3栋 1 票、5栋 0 票"
    assert "INSERT INTO election_votes" not in town.dump()


@pytest.mark.parametrize(
    ("who", "text", "says"),
    [
        ("zhao", "评选 五好楼栋 推荐至 3月10日 投票至 3月11日", "日子不够"),
        ("zhao", "评选 五好楼栋 推荐至 3月10日", "要写评什么"),
        ("limin", "评选 五好楼栋 推荐至 3月10日 投票至 3月20日", "要有相应职责"),
        ("limin", "推荐 五好楼栋 3栋 干净", "没有「五好楼栋」的评选"),
    ],
)
def test_wrong_words_get_one_line(town: Town, who: str, text: str, says: str) -> None:
    (answer,) = town.says(None, who, text)
    assert says in answer.text


def test_a_building_that_is_not_there_is_not_nominated(town: Town) -> None:
    town.says("staff", "zhao", CALL)
    (answer,) = town.says("grid1", "wang", "@哨子 推荐 五好楼栋 99栋 早拆了")
    assert "这里没有 99栋" in answer.text
    (answer,) = town.says("staff", "zhao", "@哨子 评选 名单 1 3栋")
    assert "没人推荐:3栋" in answer.text


def test_taken_back(town: Town) -> None:
    town.says("staff", "zhao", CALL)
    said = town.says("staff", "zhao", "@哨子 撤销")
    assert texts(said, room="grid1") == ["评选 1「五好楼栋」取消了。"]


def test_in_plain_words_and_not_twice(town: Town) -> None:
    at_home(town)
    said = town.says("staff", "zhao", "评选 最美楼栋长 推荐到周五 投票到下周五 1个名额")
    assert texts(said, room="grid1")[0].startswith("评选 1:最美楼栋长,选 1 个。推荐到 3月6日 18:00")
    (again,) = town.says("staff", "zhao", "评选 最美楼栋长 推荐至 3月6日 投票至 3月13日")
    assert again.text == "@赵主任 评选 1「最美楼栋长」还没结束,不用再开一个。"
    (answer,) = town.says("grid1", "wang", "@哨子 我推荐吴大爷,天天帮我们收快递")
    assert (answer.to, answer.text) == ("wang", "推荐记下了:最美楼栋长 吴大爷。")
