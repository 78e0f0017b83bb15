"""FOUND rows B1-B6: who is heard where, in any order of words and numbers; staff's mistakes open no case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town


def three(town: Town) -> None:
    """Let three cases of different kinds be open: #1, #2, #3."""
    town.report()
    town.report("liu", "5栋门口垃圾没人清")
    town.report("zhou2", "小区大门口路灯不亮好几天了")
    town.news()


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("chen", "办结 1 修好了"),
        ("chen", "办结1 修好了"),
        ("chen", "办结 #1 修好了"),
        ("luo", "#1 办结 修好了"),
        ("limin", "办结:1 修好了"),
        ("chen", "。办结 1 修好了"),
        ("chen", "已办结 1 修好了"),
    ],
)
def test_b1_who_has_a_duty_is_heard_in_any_room(town: Town, who: str, said: str) -> None:
    town.report()
    town.says("staff", "limin", "派单 1 物业")
    (done, *_) = town.says("grid1", who, said)
    assert done.text.startswith("#1 已办结:修好了")
    assert town.state(1) == "resolved"


def test_b1_no_number_no_duty_no_case_that_lives(town: Town) -> None:
    town.report()
    assert town.says("grid1", "limin", "办结 修好了") == []
    assert town.says("grid1", "liu", "办结 1 修好了") == []
    (answer,) = town.says("grid1", "limin", "办结 9 电梯修好了")
    assert (answer.to, answer.text) == ("limin", "这里没有 #9。")
    assert town.state(2) == "none"


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("待办", "待办 1 件"),
        ("撤销", "两分钟内没有可撤销的命令"),
        ("统计", "百安坝社区本周:上报 1 件"),
        ("值班", "今后两周还没有排值班"),
        ("帮助", "办件:待办 受理"),
        ("督办", "督办要带编号"),
        ("督办 1", "#1 已督办"),
        ("通知 第一网格 明天停水", "通知 #1 发往 1 个群"),
        ("巡查 3栋 消防通道堵塞", "巡查记为 #2"),
        ("走访 记录 3栋501 王奶奶 一切都好", "走访已记"),
        ("#1 受理", "#1 已受理"),
        ("1 办结 修好了", "#1 现在是已上报"),
        ("进度 1", "#1【电梯"),
        ("1号派给物业", "#1 已派给万邦物业"),
    ],
)
def test_b2_all_commands_are_bare_among_staff(town: Town, said: str, answered: str) -> None:
    town.report()
    news = town.says("staff", "zhao", said)
    assert any(answered in s.text for s in news), news


@pytest.mark.parametrize(
    "said", ["统计局的人来了", "今天待办事项发群里了", "好的", "1号楼的人来开会了", "收到", "辛苦了"]
)
def test_b2_talk_stays_talk(town: Town, said: str) -> None:
    town.report()
    assert town.says("staff", "zhao", said) == []


@pytest.mark.parametrize(
    ("room", "who", "said"),
    [
        ("grid1", "limin", "@哨子 议程 1 加装电梯"),
        ("grid1", "limin", "@哨子 受里 1"),
        ("grid1", "limin", "@哨子 1派五业"),
        (None, "limin", "走访 搬家 3栋501"),
        (None, "limin", "派蛋 1 物业"),
        (None, "zhao", "1号那个漏水的让他们快点"),
        ("staff", "zhao", "受里 1"),
        ("staff", "zhao", "办接 1 好了"),
        ("grid1", "chen", "@哨子 办完 1 垃圾清了没人管"),
        ("wuye", "chen", "报道 1"),
    ],
)
def test_b3_staffs_mistakes_open_no_case(town: Town, room: str | None, who: str, said: str) -> None:
    town.report()
    (answer,) = town.says(room, who, said)
    assert answer.to == who or "@" in answer.text
    town.passes(minutes=2)
    assert town.state(2) == "none"
    assert town.state(1) == "reported"


@pytest.mark.parametrize(
    "said", ["巡查 一切正常", "巡查 3栋 一切正常", "巡查 没发现问题", "巡查 都好", "巡查 5栋 无异常"]
)
def test_b3_a_patrol_that_finds_nothing_is_no_case(town: Town, said: str) -> None:
    (answer,) = town.says("staff", "limin", said)
    assert "没有发现问题" in answer.text
    assert town.state(1) == "none"


@pytest.mark.parametrize(
    ("said", "to"),
    [
        ("@哨子 把1派给物业", "万邦物业"),
        ("@哨子 1 派单 万邦物业", "万邦物业"),
        ("。派单 1 万邦物业", "万邦物业"),
        ("@哨子 派单 万邦物业 1", "万邦物业"),
        ("@哨子 派单 物业 #1", "万邦物业"),
        ("@哨子 派单 物业#1", "万邦物业"),
        ("@哨子 1号派给物业", "万邦物业"),
        ("@哨子 1 派物业", "万邦物业"),
        ("@哨子 请把#1转给万邦物业处理", "万邦物业"),
        ("@哨子 将 1 交给物业", "万邦物业"),
    ],
)
def test_b3_any_order_is_a_command(town: Town, said: str, to: str) -> None:
    town.report()
    news = town.says("grid1", "limin", said)
    assert any(s.text.startswith(f"#1 已派给{to}") for s in news), news


@pytest.mark.parametrize("said", ["受里 1", "在吗", "走访", "1号那个呢", "派单", "呵呵"])
def test_b4_each_time(town: Town, said: str) -> None:
    town.report()
    for _ in range(3):
        (answer,) = town.says(None, "limin", said)
        assert answer.to == "limin"


@pytest.mark.parametrize(
    ("said", "state", "numbers"),
    [
        ("受理 1 2 3", "accepted", (1, 2, 3)),
        ("受理 1,2", "accepted", (1, 2)),
        ("受理 1、2和3", "accepted", (1, 2, 3)),
        ("受理 #1#3", "accepted", (1, 3)),
        ("受理 1-3", "accepted", (1, 2, 3)),
        ("派单 2,3 物业", "assigned", (2, 3)),
        ("派单 1-3 物业", "assigned", (1, 2, 3)),
        ("1,2 派单 物业", "assigned", (1, 2)),
        ("把1和2派给物业", "assigned", (1, 2)),
        ("1号和3号受理", "accepted", (1, 3)),
    ],
)
def test_b5_several_numbers_at_once(town: Town, said: str, state: str, numbers: tuple[int, ...]) -> None:
    three(town)
    news = town.says("staff", "limin", said)
    assert len([s for s in news if s.room == "staff"]) == 1
    assert len([s for s in news if s.room == "grid1"]) == 1
    for number in (1, 2, 3):
        assert town.state(number) == (state if number in numbers else "reported")


def test_b5_each_is_refused_for_itself(town: Town) -> None:
    three(town)
    town.says("staff", "limin", "受理 2")
    (answer,) = [s for s in town.says("staff", "limin", "受理 1 2 3 9") if s.room == "staff"]
    assert answer.text.splitlines() == [
        "@李敏 #2 已经受理了,不用再发。",
        "这里没有 #9。",
        "#1 已受理,3月5日 18:00 前办结。",
        "#3 已受理,3月5日 18:00 前办结。",
    ]
    (answer,) = town.says("staff", "limin", "受理 1-99")
    assert "一次最多受理 30 件" in answer.text
    town.says("staff", "limin", "受理 1 1")  # named twice, done once
    town.says("staff", "limin", "办结 1 2 3 都弄好了")
    assert [town.state(n) for n in (1, 2, 3)] == ["resolved"] * 3
    town.says("staff", "limin", "撤销")
    assert [town.state(n) for n in (1, 2, 3)] == ["accepted"] * 3


@pytest.mark.parametrize(
    "said",
    [
        "@哨子 1号处理了没有",
        "@哨子 进展如何",
        "@哨子 我的事办得怎么样了",
        "@哨子 什么时候来修",
        "@哨子 #1 怎么样了",
        "@哨子 1 修好了吗",
        "@哨子 电梯什么时候修好",
        "@哨子 有消息了吗",
        "@哨子 到哪一步了",
        "@哨子 怎么还没人来",
        "@哨子 派人了没有",
    ],
)
def test_b6_asking_how_it_goes_is_progress(town: Town, said: str) -> None:
    town.report()
    (answer,) = town.says("grid1", "wang", said)
    assert "#1【电梯" in answer.text
    assert town.state(2) == "none"
    (answer,) = town.says(None, "wang", said.removeprefix("@哨子 "))
    assert "#1【电梯" in answer.text


@pytest.mark.parametrize("said", ["#1", "1号", "#1?", "#1 怎么样了", "进度1", "办结 1 了没有"])
def test_b6_a_number_alone_in_private(town: Town, said: str) -> None:
    town.report()
    for who in ("wang", "limin"):
        (answer,) = town.says(None, who, said)
        assert "#1【电梯" in answer.text
    assert texts(town.news()) == []
    assert town.state(1) == "reported"


@pytest.mark.parametrize(
    "said",
    [
        "网格长是谁",
        "下次开会什么时候",
        "社区上班时间",
        "社保卡丢了去哪里补办",
        "物业电话多少",
        "社区几点下班",
        "楼栋长是哪个",
        "你是谁",
    ],
)
def test_b12_a_question_opens_no_case_and_is_answered(town: Town, said: str) -> None:
    assert town.says("grid1", "wang", f"@哨子 {said}")
    assert town.says(None, "liu", said)
    town.passes(minutes=2)
    town.says("grid1", "zhou2", said)
    assert not [s for s in town.passes(minutes=2) if "记为" in s.text]
    assert town.state(1) == "none"


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("网格长是谁", "网格长是李敏。"),
        ("下次开会什么时候", "近期还没有定下议事会。"),
        ("社区上班时间", "社区工作日 09:00 到 18:00 上班,节假日休息。"),
        ("社区几点下班", "社区工作日 09:00 到 18:00 上班,节假日休息。"),
        ("居委会什么时候上班啊", "社区工作日 09:00 到 18:00 上班,节假日休息。"),
        ("物业是哪家", "物业是万邦物业。"),
    ],
)
def test_b12_what_is_known_is_answered_unasked(town: Town, said: str, answered: str) -> None:
    (answer,) = town.says("grid1", "wang", said)
    assert (answer.room, answer.text) == ("grid1", answered)
    (alone,) = town.says(None, "wang", said)
    assert alone.text == answered


def test_b12_where_to_go_is_said_to_who_asks_the_bot(town: Town) -> None:
    (answer,) = town.says("grid1", "wang", "@哨子 社保卡丢了去哪里补办")
    assert answer.to == "wang"
    assert "12333" in answer.text
    assert town.says("grid1", "zhou2", "社保卡丢了去哪里补办") == []


@pytest.mark.parametrize("said", ["我今天几点下班", "你们几点下班", "老公几点下班啊", "幼儿园几点开门"])
def test_b12_neighbours_own_hours_are_talk(town: Town, said: str) -> None:
    assert town.says("grid1", "wang", said) == []


@pytest.mark.parametrize(
    "asked", ["1号谁在办", "1在谁手上", "有人管没", "有没有人管", "到底有没有人来修啊", "谁负责"]
)
def test_b6_whose_it_is_is_asked_of_a_case(town: Town, asked: str) -> None:
    town.report()
    (answer,) = town.says("grid1", "wang", f"@哨子 {asked}")
    assert "#1【电梯" in answer.text
    assert town.state(2) == "none"


def test_b5_several_commands_in_one_message_are_each_done(town: Town) -> None:
    three(town)
    said = town.says("staff", "limin", "受理 1,派单 2 物业,尽快;3号也派给物业")
    assert [town.state(n) for n in (1, 2, 3)] == ["accepted", "assigned", "assigned"]
    (told,) = texts(said, "wuye")
    assert "尽快" in told.split("#3")[0]
    assert "派给物业" not in told
    said = town.says("wuye", "chen", "2通了,3 办结 换了灯泡,亮了")
    assert [town.state(n) for n in (1, 2, 3)] == ["accepted", "resolved", "resolved"]
    assert "#3 已办结:换了灯泡,亮了" in texts(said, "wuye")[0]


def test_b5_a_list_of_numbers_is_one_command(town: Town) -> None:
    three(town)
    town.says("staff", "limin", "受理 1,#2,3")
    assert [town.state(n) for n in (1, 2, 3)] == ["accepted"] * 3


def test_b2_what_a_unit_tells_of_its_case_is_heard(town: Town) -> None:
    town.report()
    town.says("staff", "limin", "派单 1 物业")
    (noted,) = texts(town.says("wuye", "chen", "1号在修了"), "wuye")
    assert noted.startswith("#1 办理中:在修了")
    (meant,) = texts(town.says("wuye", "chen", "1 换了主板"), "wuye")
    assert meant == "@小陈 要记下来吗?要就发:办结 #1 换了主板"
    (meant,) = texts(town.says("wuye", "chen", "1 主板要等厂家寄来"), "wuye")
    assert meant == "@小陈 要记下来吗?要就发:办理 #1 主板要等厂家寄来"
    assert town.says("wuye", "chen", "1 个师傅去了") == []
    town.report("liu", "5栋门口垃圾没人清")
    assert town.says("wuye", "chen", "2 换了新桶") == []  # theirs it is not
    assert town.says("staff", "limin", "1 换了主板") == []


def test_b2_what_staff_tell_of_a_case_they_have_in_hand_is_asked_about(town: Town) -> None:
    town.report()
    town.says("staff", "limin", "受理 1")
    (meant,) = texts(town.says("staff", "limin", "1 主板换了新的"), "staff")
    assert meant == "@李敏 要记下来吗?要就发:办结 #1 主板换了新的"
    assert town.says("staff", "zhao", "1 主板换了新的") == []  # it is not theirs


def test_b2_a_unit_with_one_case_in_hand_need_not_name_it(town: Town) -> None:
    town.report()
    town.says("staff", "limin", "派单 1 物业")
    (meant,) = texts(town.says("wuye", "chen", "修好了,换了主板"), "wuye")
    assert meant == "@小陈 要记下来吗?要就发:办结 #1 修好了,换了主板"
    (meant,) = texts(town.says("wuye", "chen", "1 业主不在家,进不去"), "wuye")
    assert meant == "@小陈 要记下来吗?要就发:办理 #1 业主不在家,进不去"
    assert town.says("wuye", "chen", "中午吃啥") == []
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.says("staff", "limin", "派单 2 物业")
    assert town.says("wuye", "chen", "修好了") == []  # which of two?
