"""志愿服务队, 以德换得积分制, 微心愿 (万州, 平城): skills, points as a ledger, wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

GOODS = "points: {goods: [{name: 洗衣液, price: 2, stock: 1}, {name: 米, price: 30, stock: 5}]}"


def hello(town: Town, *who: str, room: str = "grid1") -> None:
    """Let people say something, so that the bot knows where they belong."""
    for one in who:
        town.says(room, one, "大家早")


def test_who_has_the_skill_is_asked_first_and_the_first_to_answer_has_it(town: Town) -> None:
    hello(town, "liu", "zhou2", "xiaowu")
    hello(town, "li8", room="grid2")
    assert texts(town.says(None, "liu", "志愿 取药,理发"))[0].startswith("记下了,你的特长:取药、理发。")
    town.says(None, "zhou2", "志愿 水电")
    town.says(None, "li8", "志愿 取药")  # of another grid
    said = town.says("staff", "limin", "@哨子 找志愿者 取药 3栋501 明天上午")
    assert texts(said, to="liu") == ["求助 1:取药 3栋501 明天上午(李敏找人)。能去的发:接 1,第一个接的算"]
    assert texts(said, to="zhou2") == []
    said = town.passes(minutes=31)
    assert texts(said, to="zhou2")[0].startswith("求助 1:取药")
    said = town.says(None, "zhou2", "接 1")
    assert texts(said, to="zhou2") == ["求助 1 归你了:取药 3栋501 明天上午。有事找李敏"]
    assert texts(said, to="liu") == ["求助 1 已有老周去了,谢谢。"]
    assert texts(said, to="limin") == ["求助 1 老周接了:取药 3栋501 明天上午"]
    (answer,) = town.says(None, "liu", "接 1")
    assert answer.text == "求助 1 已经有人接了,谢谢。"
    said = town.says("staff", "limin", "@哨子 志愿 完成 1 2小时")
    assert texts(said, to="zhou2") == ["求助 1 记了 2 小时,得 2 分,辛苦了。"]
    (answer,) = town.says("staff", "limin", "@哨子 志愿 完成 1 2小时")
    assert "已经记过了" in answer.text
    (answer,) = town.says(None, "zhou2", "积分")
    assert answer.text == "你有 2 分。\n3月2日 +2 帮邻居(求助 1)"


def test_nobody_comes_in_two_hours(town: Town) -> None:
    hello(town, "liu")
    town.says(None, "liu", "志愿 理发")
    town.says("staff", "limin", "@哨子 找志愿者 理发 3栋501")
    said = town.passes(hours=2, minutes=1)
    assert texts(said, to="limin") == ["求助 1 两小时了还没人接:理发 3栋501。请另想办法"]
    (answer,) = town.says(None, "xiaowu", "接 1")
    assert "没有求助 1" in answer.text or "没有问到你" in answer.text


def test_points_have_a_reason_and_bounds(town: Town) -> None:
    hello(town, "liu")
    said = town.says("grid1", "limin", "@哨子 加分 刘婶 2 清楼道")
    assert texts(said, to="liu") == ["李敏给你记了 +2 分:清楼道。现在 2 分。"]
    assert texts(said, to="limin") == ["刘婶 +2 分(清楼道),现在 2 分。已单独告诉他。"]
    assert texts(said, room="grid1") == []
    (answer,) = town.says("staff", "limin", "@哨子 扣分 刘婶 3 记错了")
    assert answer.text == "@李敏 刘婶只有 2 分,不够扣。"
    (answer,) = town.says("staff", "limin", "@哨子 加分 刘婶 9 值守")
    assert "今天已经给了 2 分" in answer.text
    said = town.says("staff", "zhao", "@哨子 加分 刘婶 9 值守")  # another giver
    assert texts(said, to="liu") == ["赵主任给你记了 +9 分:值守。现在 11 分。"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("刘婶 0 清楼道", "积分「0」不行,要写 1 到 10"),
        ("刘婶 -1 清楼道", "积分「-1」不行"),
        ("刘婶 1000000000 清楼道", "积分「1000000000」不行"),
        ("李敏 2 自己", "不能给自己加分"),
        ("刘婶 2", "要写谁、几分、为什么"),
        ("没这人 2 清楼道", "没找到「没这人」"),
    ],
)
def test_wrong_points_get_one_line(town: Town, words: str, says: str) -> None:
    hello(town, "liu")
    (answer,) = town.says("staff", "limin", f"@哨子 加分 {words}")
    assert says in answer.text


def test_several_of_one_name_are_asked_about(town: Town) -> None:
    town.says("grid1", "w1", "早", name="小王")
    town.says("grid1", "w2", "早", name="小王")
    (answer,) = town.says("staff", "limin", "@哨子 加分 小王 2 清楼道")
    assert "叫「小王」的有好几个:w1(第一网格)、w2(第一网格)" in answer.text
    said = town.says("staff", "limin", "@哨子 加分 w2 2 清楼道")
    assert [s.to for s in said if s.to] == ["w2"]


def test_only_who_wants_to_be_seen_is_on_the_board(town: Town) -> None:
    hello(town, "liu", "zhou2")
    town.says("staff", "limin", "@哨子 加分 刘婶 2 清楼道")
    town.says("staff", "limin", "@哨子 加分 老周 5 值守")
    (answer,) = town.says("grid1", "liu", "@哨子 积分 榜")
    assert "还没有人公开积分" in answer.text
    town.says(None, "liu", "积分 公开")
    (answer,) = town.says("grid1", "liu", "@哨子 积分 榜")
    assert answer.text == "积分榜(只列愿意公开的):\n1. 刘婶 2 分"
    (answer,) = town.says("grid1", "liu", "@哨子 积分")
    assert (answer.room, answer.to) == (None, "liu")


def test_the_last_piece_goes_once_and_comes_back_when_cancelled(make_town: Callable[..., Town]) -> None:
    town = make_town(config=GOODS)
    hello(town, "liu", "zhou2")
    town.says("staff", "limin", "@哨子 加分 刘婶 3 清楼道")
    town.says("staff", "limin", "@哨子 加分 老周 3 清楼道")
    (answer,) = town.says(None, "liu", "兑换")
    assert answer.text.startswith("你有 3 分,可以换:\n洗衣液 2 分(还有 1)\n米 30 分(还有 5)")
    (answer,) = town.says(None, "liu", "兑换 米")
    assert answer.text == "米要 30 分,你有 3 分。"
    (answer,) = town.says(None, "liu", "兑换 洗衣液")
    assert answer.text.startswith("兑换 1:洗衣液,用 2 分,还剩 1 分。")
    (answer,) = town.says(None, "zhou2", "兑换 洗衣液")
    assert answer.text == "洗衣液换完了。"
    (answer,) = town.says(None, "zhou2", "兑换 取消 1")
    assert "不归你管" in answer.text
    town.says(None, "liu", "兑换 取消 1")
    (answer,) = town.says(None, "liu", "积分")
    assert answer.text.startswith("你有 3 分。\n3月2日 +2 洗衣液\n3月2日 -2 洗衣液")
    town.says(None, "zhou2", "兑换 洗衣液")
    said = town.says("staff", "limin", "@哨子 兑换 发放 2")
    assert texts(said, to="zhou2") == ["兑换 2 领到了:洗衣液。"]
    (answer,) = town.says(None, "zhou2", "兑换 取消 2")
    assert "已经发放或取消了" in answer.text
    (answer,) = town.says(None, "zhou2", "兑换 金条")
    assert "没有「金条」,可以换:洗衣液、米" in answer.text


def test_who_checked_in_gets_the_points_of_the_activity(town: Town) -> None:
    town.says("grid1", "limin", "@哨子 活动 周六上午9点 广场 大扫除 积分2")
    town.until("2026-03-07 09:00")
    town.says("grid1", "liu", "签到")
    town.says("grid1", "limin", "@哨子 活动 结束 1 干净了")
    (answer,) = town.says(None, "liu", "积分")
    assert answer.text == "你有 2 分。\n3月7日 +2 活动 1「大扫除」签到"


def test_a_wish_is_published_without_its_name_and_claimed_once(town: Town) -> None:
    hello(town, "liu", "zhou2", "xiaowu")
    said = town.says(None, "liu", "心愿 一副老花镜,电话13812345678")
    assert texts(said, to="zhao")[0].startswith("心愿 1(刘婶):一副老花镜,电话13812345678")
    said = town.says("staff", "zhao", "@哨子 心愿 发布 1")
    assert texts(said, room="grid1") == ["【心愿 1】一副老花镜,电话138****5678\n谁能帮忙?发:@哨子 认领 心愿1"]
    (answer,) = town.says(None, "liu", "认领 心愿1")
    assert "就是你的" in answer.text
    said = town.says("grid1", "zhou2", "@哨子 认领 心愿1")
    assert texts(said, to="zhou2")[0].startswith("心愿 1 归你了")
    assert texts(said, to="liu")[0].endswith("老周认领了。")
    (answer,) = town.says("grid1", "xiaowu", "@哨子 认领 心愿1")
    assert "已经有人认领了" in answer.text
    said = town.says(None, "zhou2", "心愿 完成 1 送到了")
    assert texts(said, to="liu") == ["心愿 1「一副老花镜,电话13812345678」实现了,谢谢老周。送到了"]


def test_wishes_that_are_no_good(town: Town) -> None:
    hello(town, "liu")
    (answer,) = town.says("grid1", "liu", "@哨子 心愿 一副老花镜")
    assert "请单独发给我" in answer.text
    (answer,) = town.says(None, "liu", "心愿 " + "长" * 300)
    assert "最多 200 个字" in answer.text
    (answer,) = town.says(None, "liu", "志愿 " + "长" * 500)
    assert "不超过 12 个字" in answer.text
    (answer,) = town.says("staff", "zhao", "@哨子 心愿 发布 9")
    assert "没有心愿 9" in answer.text


def test_what_is_off_is_said_to_be_off(make_town: Callable[..., Town]) -> None:
    town = make_town(config="community: {points: false, wishes: false, activities: false}")
    for text in ("积分", "心愿 一副老花镜", "活动安排"):
        (answer,) = town.says(None, "wang", text)
        assert answer.text == "这里没有开这一项。"


PARTS = {
    "activities": "活动安排",
    "volunteers": "志愿",
    "points": "积分",
    "wishes": "心愿",
    "pairs": "我的联系户",
    "elections": "评选",
    "answers": "问答",
}


@pytest.mark.parametrize(
    ("preset", "off"),
    [
        ("wanzhou", set()),
        ("jiaxing", {"elections"}),
        ("yongren", {"points"}),
        ("beichen", {"points", "wishes", "elections"}),
        ("pingcheng", {"elections"}),
    ],
)
def test_a_preset_has_the_parts_its_document_has(
    make_town: Callable[..., Town], preset: str, off: set[str]
) -> None:
    town = make_town(config=f"governance: {{preset: {preset}}}")
    answers = {part: town.says(None, "zhao", text)[0].text for part, text in PARTS.items()}
    assert {part for part, answer in answers.items() if answer == "这里没有开这一项。"} == off
    help_text = town.says(None, "zhao", "帮助 全部")[0].text
    assert ("评选" in help_text) is ("elections" not in off)
    assert ("兑换" in help_text) is ("points" not in off)


def test_a_place_may_have_what_its_preset_has_not(make_town: Callable[..., Town]) -> None:
    town = make_town(config="governance: {preset: beichen}\ncommunity: {points: true, answers: false}")
    assert town.says(None, "wang", "积分")[0].text != "这里没有开这一项。"
    assert town.says(None, "zhao", "问答")[0].text == "这里没有开这一项。"


@pytest.mark.parametrize("text", ["志愿者什么时候来", "接孩子去了", "积分卡丢了", "我来接 5 点的班"])
def test_everyday_words_are_no_commands(town: Town, text: str) -> None:
    assert town.says("grid1", "wang", text) == []


@pytest.mark.parametrize("said", ["给刘婶加2分 清楼道", "积分 加 刘婶 2 清楼道", "给刘婶加2积分,清楼道"])
def test_points_in_natural_order(town: Town, said: str) -> None:
    town.says("grid1", "liu", "大家好")
    assert "刘婶 +2 分(清楼道)" in texts(town.says("staff", "limin", said), "staff")[0]


def test_a_wish_in_plain_words_to_its_end(town: Town) -> None:
    hello(town, "wang", "liu")
    said = town.says(None, "wang", "我有个心愿,想要一个助听器")
    assert texts(said, to="wang")[0].startswith("心愿 1 记下了:助听器。")
    assert any("助听器" in text for text in texts(town.says("staff", "zhao", "发布心愿 1"), "grid1"))
    said = town.says(None, "liu", "认领心愿1")
    assert texts(said, to="liu")[0].startswith("心愿 1 归你了")
    said = town.says(None, "liu", "心愿1 送到了")
    assert "心愿 1「助听器」实现了" in texts(said, to="wang")[0]


def test_a_group_does_not_hear_of_a_wish_that_was_claimed_meanwhile(town: Town) -> None:
    hello(town, "wang", "liu")
    for topic in ("剪纸", "理发"):  # the group has had its two messages of the day
        town.says("staff", "zhao", f"活动 周六上午9点 广场 {topic}")
    town.says(None, "wang", "心愿 助听器")
    town.says("staff", "zhao", "心愿 发布 1")
    town.says(None, "liu", "认领 心愿1")
    assert not any("助听器" in s.text for s in town.passes(hours=26) if s.room == "grid1")
