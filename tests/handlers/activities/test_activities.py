"""楼栋工作日, 服务日, 志愿活动 (万州, 嘉兴): one mechanism for what happens at a time and a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nlp.reading.jielong import heads_of
from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

DAY = "@哨子 楼栋日 3栋 周五上午9点 院坝 物业,城管"
CLEAN = "@哨子 活动 周六上午9点 广场 大扫除 招2人 积分2"


def test_a_building_day_is_announced_and_units_are_invited_in_theirs(town: Town) -> None:
    said = town.says("staff", "limin", DAY)
    (announced,) = texts(said, room="grid1")
    assert announced == (
        "活动 1:3栋楼栋工作日\n时间:3月6日(周五) 09:00\n地点:院坝\n来的单位:万邦物业、区城管局"
        "\n有事到时当面说,到了发:签到"
    )
    (invited,) = texts(said, room="wuye")
    assert invited.startswith("活动 1「3栋楼栋工作日」3月6日(周五) 09:00 在院坝,请你们派人来。能来发:来 1")
    assert [s.to for s in said if s.room is None] == ["liudui"]  # a unit without a room
    told = town.says("wuye", "chen", "来 1")
    assert texts(told, room="wuye") == ["@小陈 记下了:万邦物业来活动 1(3月6日(周五) 09:00)。到了发:签到"]
    assert texts(told, to="limin") == ["万邦物业来活动 1「3栋楼栋工作日」。"]
    told = town.says(None, "liudui", "不来 1 那天有任务")
    assert texts(told, to="limin") == ["区城管局不来活动 1「3栋楼栋工作日」:那天有任务"]
    said = town.until("2026-03-06 08:59")
    assert [(s.at, s.room) for s in said if s.to is None] == [
        ("03-05 09:00:00", "grid1"),
        ("03-05 09:00:00", "wuye"),
        ("03-06 08:00:00", "grid1"),
    ]


def test_the_rooms_of_an_area(make_town: Callable[..., Town]) -> None:
    town = make_town()
    town.learn("rooms: [{channel: web, id: b3, topic: 3栋群, kind: residents, area: g1b3}]")
    said = town.says("staff", "limin", "@哨子 楼栋日 3栋 周五上午9点 院坝")
    assert [s.room for s in said] == ["b3", "staff"]
    said = town.says("staff", "zhao", "@哨子 活动 周六上午9点 广场 大扫除")
    assert [s.room for s in said] == ["grid1", "grid2", "staff"]


def test_what_is_found_there_is_named_in_the_result_and_its_outcome_three_days_later(town: Town) -> None:
    town.says("staff", "limin", DAY)
    town.says("wuye", "chen", "来 1")
    town.until("2026-03-06 08:40")
    assert texts(town.says("grid1", "wang", "签到"), to="wang") == ["签到好了:活动 1「3栋楼栋工作日」。"]
    (noted,) = texts(town.says("grid1", "limin", "@哨子 活动 记 1 二楼消防门坏了"), to="limin")
    assert noted.startswith("记在活动 1:#1【")
    assert "3栋" in noted
    assert [s for s in town.passes(minutes=2) if s.room == "grid1"] == []  # not announced
    town.until("2026-03-06 11:00")
    said = town.says("grid1", "limin", "@哨子 活动 结束 1 看了消防,修了两盏灯")
    (result,) = texts(said, room="grid1")
    assert result.startswith("活动 1「3栋楼栋工作日」结束:看了消防,修了两盏灯\n来了 1 户 1 人")
    assert "到场单位:万邦物业" in result
    assert "收下 1 件:#1【" in result
    town.says("staff", "limin", "@哨子 受理 1")
    town.says("staff", "limin", "@哨子 办结 1 门换好了")
    said = [s for s in town.until("2026-03-11 18:00") if "双亮" in s.text]
    assert [(s.at, s.room) for s in said] == [("03-11 18:00:00", "grid1")]
    assert "收下的 1 件,办好 1 件" in said[0].text
    assert "门换好了" in said[0].text


def test_shown_after_three_days_with_the_pictures_of_before_and_after(town: Town) -> None:
    """双亮: the fault as it was found, and as it was mended; of a withdrawn one nothing."""
    town.says("staff", "limin", DAY)
    town.until("2026-03-06 09:10")
    town.says("staff", "limin", "@哨子 活动 记 1 二楼消防门坏了", media="media/door/broken.jpg")
    town.says("staff", "limin", "@哨子 活动 记 1 三楼的灯不亮", media="media/lamp/dark.jpg")
    town.says("staff", "limin", "@哨子 活动 结束 1 看了消防")
    town.says("staff", "zhao", "派单 1 物业")
    town.says("wuye", "chen", "办结 1 门换好了", media="media/door/new.jpg")
    said = [s for s in town.until("2026-03-11 18:05") if s.room == "grid1"]
    outcome = next(s for s in said if "双亮" in s.text)
    assert outcome.at == "03-11 18:00:00"
    assert "收下的 2 件,办好 1 件" in outcome.text
    shown = [s.media for s in said if s.media]
    assert shown == ["media/door/broken.jpg", "media/door/new.jpg", "media/lamp/dark.jpg"]
    assert outcome.media == shown[0]


def test_places_and_a_waiting_list_that_moves_up(town: Town) -> None:
    (called,) = town.says("grid1", "limin", CLEAN)
    assert called.text.endswith("招 2 人,报满了可以候补\n签到得 2 分\n要来的请发:报名 活动1")
    (answer,) = town.says("grid1", "wang", "报名 活动1")
    assert (answer.room, answer.to) == (None, "wang")
    town.says("grid1", "liu", "报名")
    (answer,) = town.says("grid1", "zhou2", "@哨子 报名 活动1")
    assert answer.text == "活动 1 名额满了,你候补第 1;有人退出就轮到你,会告诉你。"
    said = town.says("grid1", "wang", "@哨子 取消报名 活动1")
    assert texts(said, to="zhou2")[0].startswith("有人退出,轮到你了:活动 1「大扫除」")
    (reminder,) = [s for s in town.until("2026-03-06 09:00") if s.room == "grid1"]
    assert reminder.text == "提醒:活动 1「大扫除」3月7日(周六) 09:00 在广场,已报名 2 人。"


def test_who_comes_with_others_takes_as_many_places(town: Town) -> None:
    town.says("grid1", "limin", "@哨子 活动 周六上午9点 广场 大扫除 限4人")
    town.says("grid1", "wang", "报名 三个人")
    (answer,) = town.says("grid1", "liu", "报名 2人")  # one place is left
    assert "候补第 1" in answer.text
    (answer,) = town.says("grid1", "zhou2", "报名")
    assert answer.text.startswith("报上了")
    said = town.says("grid1", "wang", "取消报名")
    assert texts(said, to="liu")[0].startswith("有人退出,轮到你了")


def test_a_meeting_and_an_activity_take_names_side_by_side(town: Town) -> None:
    town.says("grid1", "limin", CLEAN)
    town.says("grid1", "limin", "@哨子 议事 周日晚上7点半 党群服务中心 加装电梯")
    (answer,) = town.says("grid1", "wang", "报名")
    assert "有好几场:活动1 大扫除、#1 加装电梯" in answer.text
    town.says("grid1", "wang", "报名 议事会1")
    (names,) = town.passes(seconds=12)
    assert names.text == "议事会 #1 已报名 1 人:王姐"


def test_a_row_is_announced_three_days_before_each_time(town: Town) -> None:
    (answer,) = town.says("staff", "limin", "@哨子 服务日 每月15日9点 党群服务中心 律师,社区医生")
    assert answer.text.startswith("记下了:服务日每月15日 09:00,党群服务中心。每次提前 3 天在群里说")
    assert "下一次 3月15日(周日) 09:00" in answer.text
    said = [s for s in town.until("2026-04-12 09:00") if s.room == "grid1"]
    assert [s.at for s in said] == ["03-12 09:00:00", "03-14 09:00:00", "03-15 08:00:00", "04-12 09:00:00"]
    assert said[0].text.startswith("服务日(活动 1):律师,社区医生\n时间:3月15日(周日) 09:00")
    assert said[3].text.startswith("服务日(活动 2)")
    said = town.says("staff", "limin", "@哨子 活动 取消 2 全部")
    assert texts(said, room="grid1") == ["活动 2「律师,社区医生」取消了。"]
    assert [s for s in town.until("2026-06-20 09:00") if s.room == "grid1"] == []


def test_one_time_of_a_row_cancelled_leaves_the_others(town: Town) -> None:
    town.says("staff", "limin", "@哨子 楼栋日 3栋 每月第一个周六9点 院坝")
    town.until("2026-03-04 12:00")
    said = town.says("staff", "limin", "@哨子 活动 取消 1")
    assert "活动 1「3栋楼栋工作日」取消了。" in texts(said)
    said = [s for s in town.until("2026-04-04 12:00") if s.room == "grid1"]
    assert said[0].text.startswith("活动 2:3栋楼栋工作日")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("服务日 每月32日9点 中心 律师", "这一天不会来"),
        ("服务日 每月第六个周六9点 中心 律师", "这一天不会来"),
        ("服务日 每年2月30日9点 中心 律师", "这一天不会来"),
        ("服务日 每月31日9点 中心 律师", "不是每个月都有"),
        ("服务日 每月15日 中心 律师", "还要写几点"),
        ("楼栋日 3栋 周五上午9点 院坝 火星局", "没找到单位「火星局」,没有发出去"),
        ("楼栋日 周五上午9点 院坝", "要先写是几栋"),
        ("楼栋日 9栋 周五上午9点 院坝", "没有 9栋"),
        ("活动 周六9:00-8:00 广场 大扫除", "结束在开始之前"),
        ("活动 昨天上午9点 广场 大扫除", "已经过了"),
        ("活动 周六上午9点 广场", "还差地点或内容"),
        ("活动 周六上午9点 广场 大扫除 积分0", "积分「0」不行"),
        ("活动 周六上午9点 广场 大扫除 积分-1", "积分「-1」不行"),
        ("活动 周六上午9点 广场 大扫除 积分1000000000", "积分「1000000000」不行"),
        ("活动 周六上午9点 广场 大扫除 招0人", "招「0」人不行"),
        ("活动 记 9 门坏了", "没有活动 9"),
        ("活动 改期 9 周日9点", "没有活动 9"),
    ],
)
def test_wrong_calls_get_one_line(town: Town, text: str, says: str) -> None:
    (answer,) = town.says("staff", "limin", f"@哨子 {text}")
    assert says in answer.text
    assert [s for s in town.passes(hours=1) if s.room == "grid1"] == []


def test_moved_past_its_end(town: Town) -> None:
    town.says("grid1", "limin", CLEAN)
    (answer,) = town.says("grid1", "limin", "@哨子 活动 改期 1 周日14:00-9:00")
    assert "结束在开始之前" in answer.text
    (moved,) = town.says("grid1", "limin", "@哨子 活动 改期 1 周日上午9点")
    assert moved.text == "活动 1「大扫除」改到 3月8日(周日) 09:00,地点 广场,已报名 0 人。"
    town.until("2026-03-08 12:00")
    (answer,) = town.says("grid1", "limin", "@哨子 活动 改期 1 周一上午9点")
    assert "已经办过或取消了" in answer.text


def test_signing_up_twice_and_off_when_not_on_the_list(town: Town) -> None:
    town.says("grid1", "limin", CLEAN)
    town.says("grid1", "wang", "报名")
    (answer,) = town.says("grid1", "wang", "@哨子 报名 活动1")
    assert "已经报过活动 1 了" in answer.text
    (answer,) = town.says("grid1", "liu", "@哨子 取消报名 活动1")
    assert "名单里没有你" in answer.text


def test_checking_in_too_early_elsewhere_and_twice(town: Town) -> None:
    town.says("grid1", "limin", CLEAN)
    town.until("2026-03-07 08:20")
    assert town.says("grid1", "wang", "签到") == []  # talk, as long as the doors are shut
    (answer,) = town.says("grid1", "wang", "@哨子 签到")
    assert answer.text == "@王姐 活动 1「大扫除」还早,08:30 起签到。"
    town.until("2026-03-07 08:31")
    (answer,) = town.says("grid2", "li8", "@哨子 签到 活动1")
    assert "不在这里签到" in answer.text
    (answer,) = town.says("grid2", "li8", "@哨子 签到")
    assert "现在没有要签到的活动" in answer.text
    (answer,) = town.says("grid1", "wang", "签到")
    assert (answer.to, answer.text) == ("wang", "签到好了:活动 1「大扫除」。")
    (answer,) = town.says("grid1", "wang", "签到了")
    assert "已经签过到了" in answer.text
    town.until("2026-03-07 15:00")  # until it is ended
    assert texts(town.says("grid1", "liu", "签到"), to="liu") == ["签到好了:活动 1「大扫除」。"]
    town.says("grid1", "limin", "@哨子 活动 结束 1 干净了")
    (answer,) = town.says("grid1", "zhou2", "@哨子 签到 活动1")
    assert "已经办过或取消了" in answer.text


def test_a_meeting_s_doors_close_by_the_clock(town: Town) -> None:
    town.says("grid1", "limin", "@哨子 议事 周六19:30-20:15 党群服务中心 加装电梯")
    town.until("2026-03-07 19:05")
    assert texts(town.says("grid1", "wang", "签到"), to="wang") == ["签到好了:议事会 #1「加装电梯」。"]
    town.until("2026-03-07 20:16")
    (answer,) = town.says("grid1", "liu", "@哨子 签到 议事会1")
    assert "已经开过或取消了" in answer.text


def test_who_may_call_note_and_end(town: Town) -> None:
    (answer,) = town.says("grid1", "wang", CLEAN)
    assert "要有相应职责" in answer.text
    town.says("grid1", "limin", CLEAN)
    (answer,) = town.says("staff", "wangqiang", "@哨子 活动 取消 1")
    assert "不归你管" in answer.text
    (answer,) = town.says("staff", "limin", "@哨子 活动 结束 1 好")
    assert "还没开始" in answer.text
    (answer,) = town.says("wuye", "chen", "@哨子 来 1")
    assert "没有请你们单位" in answer.text


def test_taken_back_within_two_minutes(town: Town) -> None:
    town.says("grid1", "limin", CLEAN)
    said = town.says("grid1", "limin", "@哨子 撤销")
    assert texts(said, room="grid1") == ["活动 1「大扫除」取消了。"]
    town.says("staff", "limin", "@哨子 服务日 每月15日9点 中心 律师")
    (answer,) = town.says("staff", "limin", "@哨子 撤销")
    assert "这一排活动撤销了" in answer.text
    assert [s for s in town.until("2026-03-16 09:00") if s.room == "grid1"] == []


def test_what_is_ahead(town: Town) -> None:
    (answer,) = town.says("grid1", "wang", "@哨子 活动安排")
    assert answer.text == "@王姐 近期没有活动。"
    town.says("grid1", "limin", CLEAN)
    (answer,) = town.says("grid1", "wang", "@哨子 活动安排")
    assert answer.text.endswith("活动 1 大扫除,3月7日(周六) 09:00,广场,已报名 0 人")


@pytest.mark.parametrize("text", ["来 我家看看", "来了", "你来 5 楼一趟", "签到了吗你们单位"])
def test_everyday_words_are_no_commands(town: Town, text: str) -> None:
    assert town.says("grid1", "wang", text) == []


@pytest.mark.parametrize(
    "said",
    [
        "活动 周六下午2点 社区活动室 包粽子",
        "活动 包粽子 周六下午2点 社区活动室",
        "活动 周六下午2点 包粽子 社区活动室",
        "活动 周六下午2点 地点:社区活动室 内容:包粽子",
    ],
)
def test_place_and_topic_in_any_order(town: Town, said: str) -> None:
    (told,) = texts(town.says("staff", "zhao", said), "staff")
    assert told.startswith("活动 1:包粽子\n时间:3月7日(周六) 14:00\n地点:社区活动室\n")


@pytest.mark.parametrize(
    ("said", "heads"),
    [
        ("报名 包粽子", 1),
        ("报名包粽子", 1),
        ("@哨子 我和老伴报名活动", 2),
        ("报名 活动", 1),
        ("报名 剪纸", 0),
        ("报名时间是什么", 0),
    ],
)
def test_signed_up_by_title_and_for_two(town: Town, said: str, heads: int) -> None:
    town.says("staff", "zhao", "活动 周六下午2点 社区活动室 包粽子")
    town.says("grid1", "liu", said)
    with town.store.read() as uow:
        (one,) = uow.activities.ahead(next(iter(uow.areas.communities())).id, town.clock.now())
        assert sum(heads_of(name.name) for name in uow.activities.names(one.id)) == heads


@pytest.mark.parametrize("head", ["团购鸡蛋接龙", "土鸡蛋 5元一斤 要的接龙", "周末爬山报名接龙"])
def test_a_list_of_something_else_is_not_the_meeting_s(town: Town, head: str) -> None:
    town.says("staff", "limin", "议事 周六晚上7点半 党群服务中心 加装电梯")
    town.says("grid1", "wang", "#接龙\n议事会报名\n1. 王姐\n2. 老周 2人")
    town.says("grid1", "liu", f"{head}\n1. 王姐 30个\n2. 刘婶 60个")
    said = town.passes(minutes=15)
    assert texts(said, "grid1") == ["议事会 #1 已报名 3 人:王姐、老周 2人"]


@pytest.mark.parametrize("head", ["接龙", "周六开会报名接龙", "加装电梯的会,来的接龙", "请大家接龙:"])
def test_a_list_of_the_meeting_is(town: Town, head: str) -> None:
    town.says("staff", "limin", "议事 周六晚上7点半 党群服务中心 加装电梯")
    town.says("grid1", "liu", f"{head}\n1. 王姐\n2. 刘婶")
    assert "议事会 #1 已报名 2 人:王姐、刘婶" in texts(town.passes(minutes=15), "grid1")


@pytest.mark.parametrize("said", ["大扫除算我一个", "大扫除报名", "大扫除我参加", "报名活动1"])
def test_signed_up_in_plain_words(town: Town, said: str) -> None:
    town.says("staff", "zhao", "活动 周六上午9点 广场 大扫除 招10人")
    (answer,) = town.says("grid1", "wang", f"@哨子 {said}")
    assert answer.text.startswith("报上了:活动 1「大扫除」")


def test_moved_in_plain_words(town: Town) -> None:
    town.says("staff", "zhao", "活动 周六上午9点 广场 大扫除 招10人")
    said = town.says("staff", "zhao", "活动1 改到周日上午9点")
    assert any("改到 3月8日(周日) 09:00" in text for text in texts(said, "grid1"))


@pytest.mark.parametrize("said", ["都有谁报名了", "有多少人报名", "怎么报名", "取消报名", "孩子上学在哪报名"])
def test_who_asks_about_signing_up_does_not(town: Town, said: str) -> None:
    town.says("staff", "zhao", "活动 周六上午9点 广场 大扫除 招10人")
    assert not any(s.text.startswith("报上了") for s in town.says("grid1", "wang", f"@哨子 {said}"))
