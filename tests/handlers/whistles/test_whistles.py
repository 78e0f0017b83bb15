"""社区吹哨,部门报到;事不完,人不走."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import ROSTER, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

GAS = """
organisations:
  - {name: 渝东燃气, kind: company, aliases: [燃气公司, 燃气], area: "1"}
  - {name: 渝西燃气, kind: company, aliases: [燃气公司], area: "1"}
people:
  - {name: 钱工, accounts: [{channel: web, id: qian}], organisation: 渝东燃气}
  - {name: 高科长, accounts: [{channel: web, id: gao}], organisation: 区城管局, rank: section_head}
  - {name: 马局长, accounts: [{channel: web, id: ma}], organisation: 区城管局, rank: chief}
"""


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    town = make_town()
    town.learn(ROSTER)
    town.learn(GAS)
    town.report("wang", "3栋门口烧烤摊占道,天天摆到半夜没人管")
    return town


def test_the_whistle_story(town: Town) -> None:
    said = town.says("staff", "zhao", "吹哨 1 城管局,渝东燃气 占道烧烤,气罐不安全")
    assert texts(said, "grid1") == ["#1 已吹哨,请区城管局、渝东燃气来办。@王姐"]
    assert texts(said, "staff") == ["#1 已吹哨,请区城管局、渝东燃气来办。"]
    called = {s.to: s.text for s in said if s.room is None}
    assert set(called) >= {"liudui", "qian"}
    assert "原因:占道烧烤,气罐不安全" in called["qian"]
    assert "请 11:00 前报到" in called["qian"]

    said = town.says(None, "liudui", "报到 1")
    assert texts(said, "grid1") == ["#1 区城管局已报到。@王姐"]
    assert texts(said, "staff") == ["#1 区城管局已报到。"]
    assert town.state(1) == "in_progress"
    (answer,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert "吹哨:区城管局 08:00 已到、渝东燃气未到(应 11:00 前)" in answer.text

    (refused,) = town.says("staff", "limin", "办结 1 好了")
    assert refused.text == "@李敏 #1 吹哨还没完(区城管局、渝东燃气),事不完、人不走,不能办结。"

    said = town.says(None, "liudui", "办结 1 烧烤摊已清走")
    assert texts(said, "grid1") == ["#1 区城管局已办完:烧烤摊已清走。@王姐"]
    assert town.state(1) == "in_progress"
    (refused,) = town.says("staff", "zhao", "销哨 1")
    assert refused.text == "@赵主任 渝东燃气还没来。不用来的先发:销哨 1 免到 单位"
    town.says(None, "qian", "反馈 1 气罐检查过了")  # who reports has come
    said = town.says("staff", "zhao", "销哨 1 城管局 5 4 5,渝东燃气 3 4 4")
    assert texts(said, "staff") == ["#1 已销哨。"]
    assert texts(said, "grid1") == []
    with town.store.read() as uow:
        (whistle,) = uow.whistles.of_case(1)
        scores = [part.scores for part in uow.whistles.parts(whistle.id)]
    assert [(s.arrival, s.cooperation, s.outcome) for s in scores if s] == [(5, 4, 5), (3, 4, 4)]
    town.says("staff", "zhao", "办结 1 摊贩入店经营")
    assert town.state(1) == "resolved"


def test_who_blew_it_hears_when_all_are_done(town: Town) -> None:
    town.says("staff", "zhao", "吹哨 1 城管局")
    said = town.says(None, "liudui", "办结 1 清走了")
    assert "各单位都办完了" in texts(said, to="zhao")[0]


def test_a_whistle_on_a_new_case_takes_it_in(town: Town) -> None:
    town.says("staff", "zhao", "吹哨 1 城管局")
    assert town.state(1) == "accepted"


def test_handing_a_part_back(town: Town) -> None:
    town.says("staff", "zhao", "吹哨 1 城管局、渝东燃气")
    said = town.says(None, "qian", "退哨 1 不是我们的管网")
    assert texts(said, "grid1") == []
    assert "渝东燃气退哨:不是我们的管网" in texts(said, "staff")[0]
    (refused,) = town.says("staff", "zhao", "销哨 1")
    assert "区城管局、渝东燃气还没来" in refused.text
    town.says("staff", "zhao", "销哨 1 免到 渝东燃气")
    town.says(None, "liudui", "报到 1")
    town.says("staff", "zhao", "销哨 1")
    town.says("staff", "zhao", "办结 1 好了")
    assert town.state(1) == "resolved"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("外星局", "没找到「外星局」"),
        ("燃气公司", "「燃气公司」有好几个:渝东燃气、渝西燃气"),
        ("", "吹哨后面还要写内容"),
    ],
)
def test_names_nobody_can_be_sure_of(town: Town, words: str, says: str) -> None:
    (answer,) = town.says("staff", "zhao", f"吹哨 1 {words}")
    assert says in answer.text
    assert town.state(1) == "reported"


def test_twice_to_nobody_and_by_strangers(town: Town) -> None:
    town.says("staff", "zhao", "吹哨 1 城管局")
    (answer,) = town.says("staff", "zhao", "吹哨 1 城管局")
    assert answer.text == "@赵主任 区城管局已经叫过了。"
    (answer,) = town.says("staff", "limin", "吹哨 1 物业")
    assert "要有相应职责" in answer.text
    (answer,) = town.says("wuye", "chen", "报到 1")
    assert answer.text == "@小陈 #1 没有吹哨叫你们,不能报到。"
    (answer,) = town.says("grid1", "wang", "@哨子 报到 1")
    assert "要有相应职责" in answer.text
    town.says(None, "liudui", "报到 1")
    (answer,) = town.says(None, "liudui", "报到 1")
    assert answer.text == "区城管局已报到,不能这样做。"
    (answer,) = town.says("staff", "zhao", "销哨 1 免到 物业")
    assert answer.text == "@赵主任 #1 没有叫过「物业」。"
    town.says("staff", "zhao", "销哨 1")
    (answer,) = town.says("staff", "zhao", "销哨 1")
    assert answer.text == "@赵主任 #1 现在没有吹哨。"


def test_a_second_call_joins_the_open_whistle(town: Town) -> None:
    town.says("staff", "zhao", "吹哨 1 城管局")
    town.says("staff", "zhao", "吹哨 1 物业 搬桌子")
    with town.store.read() as uow:
        (whistle,) = uow.whistles.of_case(1)
        assert len(uow.whistles.parts(whistle.id)) == 2


def test_the_colour_says_whom_it_calls(town: Town) -> None:
    said = town.says("staff", "zhao", "吹哨 1 蓝 城管局 占道")
    assert {s.to for s in said if s.room is None} == {"gao"}
    assert "蓝哨" in texts(said, to="gao")[0]


def test_red_is_urgent_and_runs_on_the_clock(town: Town) -> None:
    town.until("2026-03-02 17:50")
    said = town.says("staff", "zhao", "吹哨 1 红哨 城管局 有危险")
    assert "请 18:20 前报到" in texts(said, to="ma")[0]
    said = town.until("2026-03-02 18:20:01")
    assert {s.to for s in said} == {"ma"}


def test_who_does_not_come_is_reminded_then_reported(town: Town) -> None:
    town.says("staff", "limin", "受理 1")
    town.says("staff", "zhao", "吹哨 1 渝东燃气 气罐")
    town.news()
    said = [s for s in town.until("2026-03-03 12:00") if "报到" in s.text]
    assert [(s.at[:11], s.to) for s in said] == [
        ("03-02 10:36", "qian"),
        ("03-02 11:00", "qian"),
        ("03-02 13:00", "zhao"),
        ("03-03 10:00", "zhou"),
    ]
    assert "超时" not in said[0].text


def test_the_whistle_is_undone(town: Town) -> None:
    town.says("staff", "zhao", "吹哨 1 渝东燃气 气罐")
    said = town.says("staff", "zhao", "@哨子 撤销")
    assert any("吹哨撤销了,不用来了" in text for text in texts(said, to="qian"))
    (answer,) = town.says(None, "qian", "报到 1")
    assert "没有吹哨叫你们" in answer.text or "这里没有" in answer.text
    town.says("staff", "zhao", "吹哨 1 城管局")
    town.says(None, "liudui", "报到 1")
    town.says("staff", "zhao", "销哨 1")
    town.says("staff", "zhao", "@哨子 撤销")
    (refused,) = town.says("staff", "limin", "办结 1 好了")
    assert "事不完、人不走" in refused.text


def test_a_case_is_not_resolved_before_the_whistle_is_ended(town: Town) -> None:
    town.says("staff", "zhao", "吹哨 1 城管局")
    town.says(None, "liudui", "办结 1 清走了")
    (refused,) = town.says("staff", "limin", "办结 1 好了")
    assert refused.text == "@李敏 #1 各单位都办完了,先发:销哨 1,再办结。"
    town.says("staff", "zhao", "销哨 1")
    town.says("staff", "limin", "办结 1 好了")
    assert town.state(1) == "resolved"


def test_who_was_excused_may_be_called_again(town: Town) -> None:
    town.says("staff", "zhao", "吹哨 1 城管局,物业")
    town.says("staff", "zhao", "销哨 1 免到 物业")
    said = town.says("staff", "zhao", "吹哨 1 物业 还是要来")
    assert "【吹哨】" in texts(said, "wuye")[0]
    town.says("wuye", "chen", "报到 1")
    (refused,) = town.says("staff", "zhao", "吹哨 1 物业")
    assert "已经叫过了" in refused.text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("很好", "打分要写单位和 到场、配合、结果(1-5),例如:销哨 1 城管局 5 4 5"),
        ("物业 5 4 5", "#1 没有叫过「物业」。"),
        ("免到 城管局,物业", "#1 没有叫过「物业」。"),
    ],
)
def test_ending_with_words_nobody_understands_ends_nothing(town: Town, words: str, says: str) -> None:
    town.says("staff", "zhao", "吹哨 1 城管局")
    town.says(None, "liudui", "报到 1")
    (answer,) = town.says("staff", "zhao", f"销哨 1 {words}")
    assert says in answer.text
    (answer,) = town.says("staff", "zhao", "进度 1")
    assert "区城管局 08:00 已到" in answer.text


def test_feedback_that_is_taken_back_leaves_one_who_has_not_come(town: Town) -> None:
    town.says("staff", "zhao", "吹哨 1 城管局")
    town.says(None, "liudui", "反馈 1 在路上")
    town.says(None, "liudui", "撤销")
    (answer,) = town.says("staff", "zhao", "进度 1")
    assert "区城管局:08:00 叫,应 11:00 前到,还没来" in answer.text
    assert any(s.to == "liudui" for s in town.until("2026-03-02 11:00:01"))


def test_a_case_that_is_gone_calls_nobody(town: Town) -> None:
    town.says("staff", "zhao", "吹哨 1 物业 搬走")
    (refused,) = town.says("staff", "zhao", "并案 1 1")
    assert "不能把 #1 并到它自己" in refused.text
    town.report("liu", "5栋门口路灯不亮好几天了")
    (refused,) = town.says("staff", "zhao", "并案 1 2")
    assert "事不完、人不走,不能并案" in refused.text
    said = town.says("grid1", "wang", "@哨子 撤回 1")
    assert "不用来了" in texts(said, "wuye")[0]
    assert all("报到" not in s.text for s in town.until("2026-03-03 12:00"))


def test_the_place_says_whom_a_colour_calls(make_town: Callable[..., Town]) -> None:
    town = make_town(config="governance: {colours: {blue: chief}}")
    town.learn(GAS)
    town.report("wang", "3栋门口烧烤摊占道,天天摆到半夜没人管")
    said = town.says("staff", "zhao", "吹哨 1 蓝 城管局 占道")
    assert {s.to for s in said if s.room is None} == {"ma"}


def test_without_a_staff_room_the_officer_hears_it_alone(make_town: Callable[..., Town]) -> None:
    town = make_town("\n".join(line for line in ROSTER.splitlines() if "id: staff" not in line))
    town.report("wang", "3栋门口烧烤摊占道油烟大没人管")
    town.says(None, "zhao", "吹哨 1 城管局 占道")
    said = town.says(None, "liudui", "退哨 1 归执法队")
    assert "区城管局退哨:归执法队" in texts(said, to="zhao")[0]


def test_what_a_whistle_stands_on_is_not_undone(town: Town) -> None:
    town.says("staff", "limin", "受理 1")
    town.says("staff", "zhao", "吹哨 1 城管局")
    (refused,) = town.says("staff", "limin", "@哨子 撤销")
    assert "之后又有了新进展" in refused.text
