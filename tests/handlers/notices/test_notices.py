"""通知: one officer to several groups, with pictures, progress, receipts, and a way back while it waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import ROSTER, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Said, Town

WATER = "明天 9 点到 12 点停水,请提前接水"
SAID = f"【社区通知】{WATER}\n看到请回:收到"


def give(town: Town, to: str = "全部", words: str = WATER, room: str | None = "staff") -> list[Said]:
    town.until("2026-03-02 10:00")
    return town.says(room, "zhao", f"@哨子 通知 {to} {words}")


def test_all_groups_of_the_community_hear_it_once(town: Town) -> None:
    said = give(town)
    assert texts(said, "staff") == ["@赵主任 通知 #1 发往 2 个群。查看:通知 1 未回复;收回没发的:通知 撤回 1"]
    assert texts(said, "grid1") == texts(said, "grid2") == [SAID]
    assert texts(said, "grid9") == []  # another community
    assert texts(said, to="zhao") == ["通知 #1 已发 2/2 个群。"]


@pytest.mark.parametrize(
    ("to", "rooms"),
    [
        ("第一网格", {"grid1"}),
        ("第一网格,第二网格", {"grid1", "grid2"}),
        ("第一网格 、 第二网格", {"grid1", "grid2"}),
        ("一网格", {"grid1"}),
        ("2网格", {"grid2"}),
        ("百安坝社区", {"grid1", "grid2"}),
        ("第一网格,第一网格", {"grid1"}),
    ],
)
def test_some_groups_by_name(town: Town, to: str, rooms: set[str]) -> None:
    said = give(town, to)
    assert {s.room for s in said if s.text == SAID} == rooms


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("通知 第八网格 停水", "没有「第八网格」,可以写:全部,或 第一网格、第二网格"),
        ("通知 网格 停水", "「网格」有好几个:第一网格、第二网格。请写全名。"),
        ("通知 全部", "还差内容,例如:通知 第一网格,第二网格 明天"),
        ("通知", "通知后面还要写内容"),
        ("通知 电报路社区 停水", "电报路社区不归你管,不能在那里发通知。"),
        ("通知 撤回 7", "没有通知 #7。"),
        ("通知 7 未回复", "没有通知 #7。"),
        ("通知 撤回", "要写通知编号,例如:通知 撤回 5"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(town: Town, text: str, says: str) -> None:
    (answer,) = town.says("staff", "zhao", f"@哨子 {text}")
    assert says in answer.text
    assert "\n" not in answer.text


def test_only_officers_give_notices(town: Town) -> None:
    (answer,) = town.says("grid1", "limin", "@哨子 通知 全部 停水")
    assert answer.text == "@李敏 「通知」要有相应职责才能用(社区干部以上)。"
    town.says("grid1", "wang", "通知 大家晚上别停车")  # a neighbour's own words
    assert [s for s in town.news() if "社区通知" in s.text] == []


def test_the_street_tells_one_community_or_all(town: Town) -> None:
    duty = 'duties: [{role: officer, area: "1.1"}]'
    town.learn(f"people: [{{name: 郑科, accounts: [{{channel: web, id: zheng}}], {duty}}}]")
    said = town.says("street", "zheng", f"@哨子 通知 全部 {WATER}")
    assert {s.room for s in said if s.text == SAID} == {"grid1", "grid2", "grid9"}
    said = town.says("street", "zheng", f"@哨子 通知 电报路 {WATER}")
    assert {s.room for s in said if s.text == SAID} == {"grid9"}


def test_a_notice_keeps_quiet_hours_and_may_be_withdrawn_till_then(town: Town) -> None:
    town.until("2026-03-02 22:30")
    town.says("staff", "zhao", f"@哨子 通知 全部 {WATER}")
    (answer,) = town.says("staff", "zhao", "通知 撤回 1")
    assert answer.text == "@赵主任 通知 #1 撤回了:2 个群不发了,0 个群已经发出。"
    assert [s for s in town.until("2026-03-03 08:00") if "社区通知" in s.text] == []
    (answer,) = town.says("staff", "zhao", "@哨子 通知 撤回 1")
    assert answer.text == "@赵主任 通知 #1 已经撤回过了。"


def test_in_the_morning_it_is_said_and_the_officer_told(town: Town) -> None:
    town.until("2026-03-02 22:30")
    town.says("staff", "zhao", f"@哨子 通知 全部 {WATER}")
    said = town.until("2026-03-03 08:00")
    assert [(s.at, s.room) for s in said if s.text == SAID] == [
        ("03-03 07:00:00", "grid1"),
        ("03-03 07:00:00", "grid2"),
    ]
    assert "通知 #1 已发 2/2 个群。" in texts(said, to="zhao")


def test_progress_while_a_group_cannot_be_reached(town: Town) -> None:
    town.channel.failing = {"grid2"}
    give(town)
    said = town.passes(minutes=2)
    assert texts(said, to="zhao") == ["通知 #1 已发 1/2 个群。"]
    town.channel.failing = set()
    said = town.passes(minutes=20)
    assert texts(said, to="zhao") == ["通知 #1 已发 2/2 个群。"]


def test_receipts_are_counted_without_a_word(town: Town) -> None:
    town.says("grid1", "liu", "大家好")
    town.says("grid1", "zhou2", "早")
    town.says("grid2", "xiaowu", "早")
    (notice,) = [s for s in give(town) if s.room == "grid1"]
    assert town.says("grid1", "liu", "收到,谢谢") == []
    assert town.says("grid1", "wang", "收到", quote=notice.id) == []
    assert town.says("grid1", "wang", "收到") == []  # twice is once
    (answer,) = town.says("staff", "zhao", "@哨子 通知 1 未回复")
    assert answer.text == (
        "@赵主任 通知 #1 已发 2/2 个群,收到 2 人。\n"
        "第一网格居民群 未回复 1 人:老周\n"
        "第二网格居民群 未回复 1 人:小吴"
    )
    (answer,) = town.says(None, "zhao", "通知 1")
    assert answer.text == "通知 #1 已发 2/2 个群,收到 2 人。"


@pytest.mark.parametrize(
    "text", ["通知 1 未回复", "通知1未回复", "查看:通知 1 未回复", "查看通知 #1", "通知 1"]
)
def test_among_staff_a_notice_s_number_is_command_enough(town: Town, text: str) -> None:
    give(town)
    (answer,) = town.says("staff", "zhao", text)
    assert answer.text.startswith("@赵主任 通知 #1 已发 2/2 个群,收到 0 人。")
    assert town.says("grid1", "zhao", text) == []  # in a residents' room that is talk
    assert texts(town.says("staff", "zhao", "/撤销"), "grid1")  # the notice is still the last command


@pytest.mark.parametrize("text", ["通知大家开会", "通知 12 点开会", "通知:12 点开会", "通知下来了没有"])
def test_a_notice_is_never_given_by_the_way(town: Town, text: str) -> None:
    assert not [said for said in town.says("staff", "zhao", text) if said.room != "staff"]


def test_households_of_the_roster_count_with_their_door(town: Town) -> None:
    give(town, "第一网格")
    (answer,) = town.says("grid1", "zhao", "@哨子 通知 1 未回复")
    assert answer.to == "zhao"  # names and doors are not for the group
    assert answer.text.endswith("第一网格居民群 未回复 1 人:王姐(3栋2单元501)")


def test_received_without_a_notice_is_talk(town: Town) -> None:
    assert town.says("grid1", "wang", "收到") == []
    give(town, "第二网格")
    town.says("grid1", "wang", "收到")  # nothing was said here
    (answer,) = town.says("staff", "zhao", "@哨子 通知 1")
    assert "收到 0 人" in answer.text
    town.passes(days=2)
    town.says("grid2", "xiaowu", "收到")  # what for, two days later?
    (answer,) = town.says("staff", "zhao", "@哨子 通知 1")
    assert "收到 0 人" in answer.text


def test_pictures_go_with_it(town: Town) -> None:
    town.says("staff", "zhao", kind="image", media="map.jpg")
    town.says("staff", "zhao", kind="image", media="list.jpg")
    said = town.says("staff", "zhao", f"@哨子 通知 第一网格 {WATER}")
    assert [(s.text, s.media) for s in said if s.room == "grid1"] == [(SAID, "map.jpg"), ("[图]", "list.jpg")]
    said = town.says("staff", "zhao", "@哨子 通知 第一网格 晚上看电影", kind="image", media="film.jpg")
    assert [s.media for s in said if s.room == "grid1"] == ["film.jpg"]


def test_a_picture_held_till_morning_is_not_lost(town: Town) -> None:
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.until("2026-03-02 22:30")
    town.says("staff", "limin", "受理 1")
    town.says("staff", "zhao", f"@哨子 通知 第一网格 {WATER}", kind="image", media="map.jpg")
    said = [s for s in town.until("2026-03-03 07:01") if s.room == "grid1"]
    assert [(s.text.split("\n")[0][:6], s.media) for s in said] == [
        ("#1 已受理", None),
        ("【社区通知】", "map.jpg"),
    ]


def test_undone_a_moment_later_the_groups_are_told(town: Town) -> None:
    give(town)
    town.says("staff", "zhao", "@哨子 通知 1")  # to ask is nothing to take back
    said = town.says("staff", "zhao", "@哨子 撤销")
    assert texts(said, "grid1") == texts(said, "grid2") == [f"更正:刚才的通知「{WATER}」作废。"]
    assert texts(said, to="zhao") == ["通知 #1 撤回了:0 个群不发了,2 个群已经发出。"]


def test_f9_an_office_s_own_notice_is_not_masked(town: Town) -> None:
    said = give(town, "第一网格", "找李敏 13812345678,@所有人")
    assert texts(said, "grid1") == ["【社区通知】找李敏 13812345678,所有人\n看到请回:收到"]


def test_numbers_count_in_the_community(make_town: Callable[..., Town]) -> None:
    town = make_town(ROSTER)
    give(town)
    give(town, "第二网格", "晚上看电影")
    (answer,) = town.says("staff", "zhao", "@哨子 通知 2")
    assert "通知 #2 已发 1/1" in answer.text


def test_deleting_ones_data_takes_the_receipt_along(town: Town) -> None:
    give(town)
    town.says("grid1", "liu", "收到")
    answer, _ = town.says(None, "liu", "我的数据")
    assert "通知回执 1 次" in answer.text
    town.says(None, "liu", "删除我的数据")
    town.says(None, "liu", "确认删除")
    (answer,) = town.says("staff", "zhao", "@哨子 通知 1")
    assert "收到 0 人" in answer.text


def test_e10_of_a_group_nobody_is_known_in_it_does_not_say_that_all_answered(town: Town) -> None:
    town.says("staff", "zhao", "通知 第一网格,第二网格 明天停水")
    (status,) = town.says(None, "zhao", "通知 1 未回复")
    assert "第一网格居民群 未回复 1 人:王姐" in status.text
    assert "第二网格居民群 还不知道群里有谁,看不出谁没回复" in status.text
    town.says("grid1", "wang", "收到")
    (status,) = town.says(None, "zhao", "通知 1 未回复")
    assert "第一网格居民群 都回复了" in status.text
    town.says("grid2", "liu", "大家好")
    (status,) = town.says(None, "zhao", "通知 1 未回复")
    assert "第二网格居民群 未回复 1 人:刘婶" in status.text


@pytest.mark.parametrize(
    "words", ["明天停水,看到请回收到", "明天停水,收到请回复1", "明天停水,请大家回复:收到!"]
)
def test_e10_what_a_notice_asks_for_is_not_asked_twice(town: Town, words: str) -> None:
    said = town.says("staff", "zhao", f"通知 第一网格 {words}")
    assert texts(said, "grid1") == [f"【社区通知】{words}"]
