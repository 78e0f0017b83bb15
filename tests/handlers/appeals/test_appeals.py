from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town


def test_chat_is_left_alone_and_not_kept(town: Town) -> None:
    assert town.says("grid1", "wang", "早上好,今天天气不错") == []
    assert town.passes(hours=2) == []
    with town.store.read() as uow:
        rows = uow.inbox.rows()
    assert [(row.route, row.text) for row in rows] == [("left_alone", None)]


def test_lines_one_after_another_are_one_appeal(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了", after=1)
    town.says("grid1", "wang", "老人家爬不动楼,没人修", after=5)
    town.says("grid1", "wang", "[图片]", kind="image", media="a.jpg", after=5)
    assert town.news() == []
    ack, notice = town.passes(seconds=10)
    assert ack.text.startswith("@王姐 记为 #1")
    assert "没人修" in notice.text
    assert [line.media for line in town.appeal_of("wang")] == [None, None, "a.jpg"]


def test_a_line_that_says_where_makes_the_next_one_whole(town: Town) -> None:
    town.says("grid1", "wang", "5栋")
    town.says("grid1", "wang", "电梯又坏了没人管", after=4)
    (ack, _) = town.passes(seconds=10)
    assert ack.text.startswith("@王姐 记为 #1【电梯·小事】5栋。")


def test_a_picture_before_its_words_belongs_to_them(town: Town) -> None:
    town.says("grid1", "wang", "[图片]", kind="image", media="a.jpg")
    town.says("grid1", "wang", "5栋门口垃圾堆成山没人清", after=20)
    assert [line.media for line in town.appeal_of("wang")] == ["a.jpg", None]


def test_what_waits_in_a_room_is_one_message(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了")
    town.says("grid1", "liu", "5栋门口路灯不亮好几天了", after=6)
    assert town.passes(seconds=8) == []  # ten seconds after the last line
    said = town.passes(seconds=3)
    (ack,) = [s for s in said if s.room == "grid1"]
    assert ack.text.split("\n") == [
        "@王姐 记为 #1【电梯·小事】3栋2单元。已告知网格长李敏,11:00 前受理。",
        "@刘婶 记为 #2【路灯·小事】5栋门口。已告知网格长李敏,11:00 前受理。",
    ]
    assert ack.mentions == ("wang", "liu")
    assert ack.reply_to == "m1"
    assert ack.cases == ("百安坝#1", "百安坝#2")
    (notice,) = [s for s in said if s.to == "limin"]
    assert notice.cases == ("百安坝#1", "百安坝#2")


def test_nobody_waits_longer_than_forty_seconds(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了,8点零1秒说的")
    for i in range(9):
        town.says("grid1", "wang", f"电梯第{i}次坏了没人修", after=5)
    said = [s for s in town.channel.said if s.room == "grid1"]
    assert [s.at for s in said] == ["03-02 08:00:41"]


def test_a_later_line_joins_silently(town: Town) -> None:
    town.report("wang", "电梯坏了没人修")
    assert town.says("grid1", "wang", "在3栋2单元", after=60) == []
    assert town.passes(minutes=5) == []
    (answer,) = town.says("grid1", "limin", "@哨子 进度 1")
    assert "3栋2单元" in answer.text


def test_another_matter_of_the_same_speaker_is_another_case(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了没人修")
    town.says("grid1", "wang", "另外5栋门口路灯也不亮了", after=5)
    (ack, *_) = town.passes(seconds=20)
    assert "#1【电梯" in ack.text
    assert "#2【路灯" in ack.text


def test_the_same_matter_joins_the_open_case(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了没人修")
    assert town.says("grid1", "liu", "3栋2单元电梯坏了怎么还没人来修") == []
    (joined,) = town.passes(seconds=10)
    assert joined.text == "@刘婶 已并入 #1,有进展一并告诉你。"
    town.report("xiaowu", "5栋电梯坏了没人修")
    assert town.state(2) == "reported"
    news = town.says("grid1", "limin", "@哨子 受理 1")
    assert news[0].mentions == ("wang", "liu")


def test_in_quiet_hours_the_group_sleeps_until_seven(town: Town) -> None:
    town.until("2026-03-02 22:30")
    town.says("grid1", "wang", "3栋2单元电梯坏了没人修")
    town.says("grid1", "liu", "5栋门口路灯不亮好几天了", after=3600)
    said = town.until("2026-03-03 06:59:59")
    assert {(s.room, s.to) for s in said} == {(None, "limin")}  # the leader is told alone, at once
    (ack,) = [s for s in town.until("2026-03-03 07:00") if s.room == "grid1"]
    assert ack.text.count("记为") == 2


def test_a_command_at_night_is_answered_alone(town: Town) -> None:
    town.report()
    town.until("2026-03-02 23:00")
    town.news()
    (answer,) = town.says("grid1", "limin", "@哨子 受理 1")
    assert (answer.room, answer.to) == (None, "limin")
    (news,) = town.until("2026-03-03 07:00")
    assert news.room == "grid1"
    assert news.text == "#1 已受理,3月5日 18:00 前办结。@王姐"


def test_said_in_private_it_belongs_to_the_room_last_spoken_in(town: Town) -> None:
    town.says("grid2", "liu", "大家早")
    town.says(None, "liu", "8栋门口路灯不亮好几天了")
    said = town.passes(seconds=10)
    assert {(s.room, s.to) for s in said} == {(None, "liu"), (None, "wangqiang")}
    assert said[0].text == "记为 #1【路灯·小事】8栋门口。已告知网格长王强,11:00 前受理。"


def test_said_in_private_by_a_stranger_the_bot_asks(town: Town) -> None:
    (question,) = town.says(None, "newcomer", "楼下垃圾堆成山没人清,臭死了")
    assert "哪个小区" in question.text
    (hint,) = town.says(None, "newcomer", "不知道")
    assert hint.text.startswith("没听懂")
    town.says(None, "newcomer", "第二网格")
    (ack, _) = town.passes(seconds=10)
    assert ack.text.startswith("记为 #1【环境卫生·小事】")


def test_our_unit_is_the_speakers_own(town: Town) -> None:
    town.says("grid1", "wang", "我们单元门口的灯坏了好几天没人修")
    (ack, _) = town.passes(seconds=10)
    assert "3栋2单元" in ack.text


def test_a_recall_inside_the_hold_silences_both(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了没人修", id="x1")
    town.says("grid1", "wang", kind="recall", quote="x1", after=4)
    assert town.passes(hours=30) == []
    assert town.state(1) == "withdrawn"


def test_a_recall_later_is_told_to_staff_only(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了没人修", id="x1")
    town.passes(seconds=15)
    (told,) = town.says("grid1", "wang", kind="recall", quote="x1", after=30)
    assert told.to == "limin"
    assert town.state(1) == "withdrawn"


def test_a_recall_after_two_minutes_changes_nothing(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了没人修", id="x1")
    town.says("grid1", "wang", kind="recall", quote="x1", after=130)
    assert town.state(1) == "reported"


def test_of_several_lines_one_may_be_recalled(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了没人修", id="x1")
    town.says("grid1", "wang", "电梯里还有一股臭味", id="x2", after=3)
    town.says("grid1", "wang", kind="recall", quote="x2", after=3)
    assert town.state(1) == "reported"
    (_, notice) = town.passes(seconds=20)
    assert "臭味" not in notice.text


def test_the_property_mans_talk_is_no_appeal(town: Town) -> None:
    assert town.says("grid1", "chen", "3栋电梯坏了,正在抢修,请大家走楼梯") == []
    assert town.passes(minutes=5) == []
    assert town.state(1) == "none"


def test_seconders_are_counted_and_said_once_an_hour(town: Town) -> None:
    town.report()
    for who in ("zhou2", "liu", "xiaowu"):
        assert town.says("grid1", who, "我家也是", after=30) == []
    assert town.says("grid1", "zhou2", "+1", after=30) == []  # counts once
    assert town.says("grid1", "wang", "+1", after=30) == []  # one's own
    said = [s for s in town.passes(hours=1) if s.room == "grid1"]
    assert texts(said) == ["#1【电梯】有邻居附议,现在共 3 人。"]
    (answer,) = town.says("grid1", "liu", "@哨子 进度 1")
    assert "(3 人附议)" in answer.text
    (answer,) = town.says("grid1", "newbie", "@哨子 附议 1")
    assert (answer.to, answer.text) == ("newbie", "已为 #1【电梯】附议,共 4 人。")
    (answer,) = town.says("grid1", "newbie", "@哨子 附议 1")
    assert "你已经附议过" in answer.text
    (answer,) = town.says("grid1", "wang", "@哨子 附议 1")
    assert "就是你提的" in answer.text


def test_masking_in_the_residents_group(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元501天花板漏水没人修,电话13812345678")
    (ack, notice) = town.passes(seconds=10)
    assert "501" not in ack.text
    assert "13812345678" in notice.text
    (news, _) = town.says("staff", "limin", "不受理 1 已电话13812345678联系3栋501业主@所有人")
    assert news.text == "#1 不予受理:已电话138****5678联系3栋***业主所有人。@王姐"


def test_a_picture_alone_or_a_stray_frame_is_left_alone(town: Town) -> None:
    assert town.says("grid1", "wang", "[图片]", kind="image", media="a.jpg") == []
    assert town.says("grid1", "wang", "[文件]", kind="file", media="a.pdf") == []
    assert town.says("grid1", "wang", kind="recall", quote="nothing") == []
    assert town.says("nowhere", "wang", "3栋电梯坏了没人修") == []
    assert town.passes(hours=1) == []


def test_newcomers_are_welcomed_once(town: Town) -> None:
    town.says("grid1", "new1", kind="join", name="小新")
    town.says("grid1", "new2", kind="join", name="小旧", after=2)
    (welcome,) = town.passes(seconds=20)
    assert welcome.mentions == ("new1", "new2")
    assert "我的数据" in welcome.text
    town.says("grid1", "new1", kind="join", name="小新")
    town.says("staff", "new3", kind="join")
    assert town.passes(minutes=1) == []
    town.says("grid1", "new1", kind="leave")


def test_names_that_do_mischief(town: Town) -> None:
    town.says("grid1", "x", "5栋门口路灯不亮好几天了", name="@所有人\n\u202e坏人" + "长" * 50)
    (ack, _) = town.passes(seconds=10)
    first = ack.text.split("\n")[0]
    assert "\u202e" not in ack.text
    assert "@所有人" not in ack.text
    assert "记为 #1" in first


def test_a_flood_is_left_alone_but_an_emergency_is_heard(make_town: Callable[..., Town]) -> None:
    town = make_town(config="bot: {flood_per_minute: 5}")
    replies = [town.says("grid1", "liu", f"垃圾{i}没人清,臭死了", after=1) for i in range(9)]
    notices = [s for new in replies for s in new if "一分钟" in s.text]
    assert [s.to for s in notices] == ["liu"]
    said = town.says("grid1", "liu", "5栋着火了快来人", after=1)
    assert any("119" in s.text for s in said)


@pytest.mark.parametrize(
    "listed",
    [
        "#接龙\n商量晾衣架和车棚\n1. 刘婶\n2. 我家老头子",
        "接龙 楼道大扫除\n1、王姐\n2、老周 垃圾袋我带",
        "#接龙 修路灯凑钱\n1. 老周 20",
    ],
)
def test_a_list_of_names_is_no_appeal_whatever_it_is_for(town: Town, listed: str) -> None:
    assert town.says("grid1", "liu", listed) + town.passes(seconds=15) == []
