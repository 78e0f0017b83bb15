"""三率 and 五个第一时间: the same figures for an area, an organisation, a person and a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.town import Town


@pytest.fixture
def busy(town: Town) -> Town:
    """A Monday with four cases: two done and rated, one open, one in the other grid."""
    town.until("2026-03-02 09:00")
    town.report("wang", "3栋2单元电梯坏了,没人修")  # 1
    town.report("liu", "5栋门口路灯不亮好几天了")  # 2
    town.report("xiaowu", "3栋楼下垃圾堆成山没人清")  # 3
    town.says("grid2", "zhou2", "8栋门口积水,下水道堵了")  # 4
    town.until("2026-03-02 10:00")
    town.says("staff", "limin", "派单 1 物业")
    town.says("staff", "limin", "受理 2")
    town.until("2026-03-02 12:00")
    town.says("wuye", "chen", "办结 1 换了主板")
    town.says("staff", "limin", "办结 2 换了灯泡")
    town.says("grid1", "wang", "1")
    town.says("grid1", "liu", "2")
    town.news()
    return town


def test_the_group_hears_totals_and_rates(busy: Town) -> None:
    (answer,) = busy.says("grid1", "limin", "@哨子 统计 今天")
    assert answer.room == "grid1"
    assert answer.text == (
        "百安坝社区今天:上报 4 件,受理 2,办结 2,在办 2,重办 0。\n"
        "评价 2 人:响应率 100.0%,解决率 100.0%,满意率 95.0%,综合 98.0%。"
    )


def test_staff_see_the_five_times_what_was_late_and_who_did_what(busy: Town) -> None:
    (answer,) = busy.says("staff", "limin", "@哨子 统计 今天")
    _, _, times, late, *rows = answer.text.splitlines()
    assert times.startswith("从发现起(中位数):受理 1 小时 0 分,办结 3 小时 0 分,反馈 3 小时 0 分,")
    assert late == "超时:#3 受理、#4 受理。"
    assert rows == [
        "第一网格:上报 3,办结 2,综合 98.0%(2 人)",
        "第二网格:上报 1,办结 0,综合 –(0 人)",
        "万邦物业:上报 1,办结 1,综合 100.0%(1 人)",
    ]


def test_what_was_late_stays_late_when_it_is_taken_up_again(busy: Town) -> None:
    busy.says("staff", "limin", "受理 3")
    busy.until("2026-03-06 10:00")
    busy.says("staff", "limin", "办结 3 清走了")  # due the day before
    busy.says("staff", "zhao", "重办 3 又堆起来了")
    busy.news()
    (answer,) = busy.says("staff", "limin", "@哨子 统计 今年")
    assert "超时:#3 受理、办结、#4 受理。" in answer.text
    busy.says("staff", "limin", "办结 3 又清走了")
    busy.news()
    (answer,) = busy.says("staff", "limin", "@哨子 统计 今年")
    assert "超时:#3 受理、办结、#4 受理。" in answer.text


def test_who_was_called_and_came_late_is_shown(busy: Town) -> None:
    busy.says("staff", "zhao", "吹哨 3 城管局,物业 垃圾成山")
    busy.says("wuye", "chen", "报到 3")
    busy.until("2026-03-02 14:30")  # two hours would have been up at 14:00
    busy.news()
    (answer,) = busy.says("staff", "limin", "@哨子 统计 今天")
    assert "超时:#3 受理、报到、#4 受理。" in answer.text  # 城管局 has not come
    busy.says(None, "liudui", "报到 3")
    busy.news()
    (answer,) = busy.says("staff", "zhao", "@哨子 统计 今天 城管")
    assert "超时:#3 报到。" in answer.text
    (answer,) = busy.says("staff", "zhao", "@哨子 统计 今天 物业")
    assert "超时" not in answer.text


@pytest.mark.parametrize(
    ("said", "begins", "answers"),
    [
        ("今天 第一网格", "第一网格今天:上报 3 件", 2),
        ("2网格", "第二网格本周:上报 1 件", 0),
        ("第二网格", "第二网格本周:上报 1 件", 0),
        ("本月 百安坝", "百安坝社区本月:上报 4 件", 2),
        ("今年 物业", "万邦物业今年:上报 1 件", 1),
        ("2026-03 李敏", "李敏2026-03:上报 1 件", 1),
        ("2026年3月", "百安坝社区2026年3月:上报 4 件", 2),
    ],
)
def test_of_a_grid_an_organisation_a_person(busy: Town, said: str, begins: str, answers: int) -> None:
    (answer,) = busy.says("staff", "zhao", f"@哨子 统计 {said}")
    assert answer.text.startswith(f"@赵主任 {begins}" if answer.text.startswith("@") else begins)
    assert f"评价 {answers} 人" in answer.text


def test_how_one_person_does_is_not_said_in_the_group(busy: Town) -> None:
    (answer,) = busy.says("grid1", "limin", "@哨子 统计 本周 李敏")
    assert (answer.room, answer.to) == (None, "limin")


@pytest.mark.parametrize("room", ["street", None])
def test_a_street_sees_its_communities_a_line_each(busy: Town, room: str | None) -> None:
    (answer,) = busy.says(room, "zhou", "/统计 今天")
    first, *_, late, one, two, company = answer.text.splitlines()
    assert first == "高笋塘街道今天:上报 4 件,受理 2,办结 2,在办 2,重办 0。"
    assert late == "超时:百安坝#3 受理、百安坝#4 受理。"
    assert (one, two, company) == (
        "百安坝社区:上报 4,办结 2,综合 98.0%(2 人)",
        "电报路社区:上报 0,办结 0,综合 –(0 人)",
        "万邦物业:上报 1,办结 1,综合 100.0%(1 人)",
    )
    (answer,) = busy.says("staff", "zhou", "/统计 今天")
    assert answer.text.startswith("百安坝社区今天:")


def test_a_street_may_still_name_a_part(busy: Town) -> None:
    (answer,) = busy.says("street", "zhou", "/统计 今天 第一网格")
    assert answer.text.startswith("第一网格今天:上报 3 件")


@pytest.mark.parametrize("said", ["2026-13", "9999-12", "第八网格", "上上周 第一网格", "3"])
def test_what_is_not_understood_is_one_line(busy: Town, said: str) -> None:
    (answer,) = busy.says("staff", "zhao", f"@哨子 统计 {said}")
    assert "没看懂「" in answer.text


def test_a_name_that_several_bear_is_asked_about(busy: Town) -> None:
    (answer,) = busy.says("staff", "zhao", "@哨子 统计 本周 网格")
    assert "「网格」有好几个:第一网格、第二网格。" in answer.text


def test_another_community_is_none_of_ones_business(busy: Town) -> None:
    (answer,) = busy.says("grid9", "limin", "@哨子 统计 本周")
    assert answer.text == "@李敏 电报路社区不归你管,不能看它的统计。"
    (answer,) = busy.says(None, "zhou", "统计 本周 电报路")  # the street is his
    assert answer.text.startswith("电报路社区本周:上报 0 件")


def test_residents_do_not_ask_for_figures(busy: Town) -> None:
    (answer,) = busy.says("grid1", "wang", "@哨子 统计")
    assert "要有相应职责" in answer.text
