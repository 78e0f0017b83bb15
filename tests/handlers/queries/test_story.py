"""进度: three lines for a resident; for staff who did what when, who came, and since when one waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town


def story(town: Town) -> None:
    town.report("wang", "3栋门口烧烤摊占道油烟大没人管")
    town.says("staff", "limin", "受理 1")
    town.says("staff", "zhao", "吹哨 1 城管局,万邦物业 占道烧烤")
    town.until("2026-03-02 09:30")
    town.says(None, "liudui", "报到 1")
    town.says("staff", "limin", "转级 1 大事")


def test_staff_read_every_step_and_who_has_not_come(town: Town) -> None:
    story(town)
    (answer,) = town.says("staff", "zhao", "进度 1")
    assert answer.text.split("\n") == [
        "@赵主任 #1【占道经营·大事】3栋门口:办理中",
        "李敏在办;3月16日 18:00 前办结;吹哨:区城管局 09:30 已到、万邦物业未到(应 11:00 前)",
        "08:00 王姐 上报:3栋门口烧烤摊占道油烟大没人管",
        "08:00 李敏 受理",
        "08:00 赵主任 吹哨:区城管局、万邦物业 占道烧烤",
        "09:30 刘队 报到:区城管局",
        "09:30 李敏 转级:大事",
        "区城管局:08:00 叫,09:30 到,在办",
        "万邦物业:08:00 叫,应 11:00 前到,还没来",
    ]
    assert texts(town.says(None, "limin", "进度 1"))[0].endswith("还没来")


def test_what_was_undone_and_rated_is_told_to_staff(town: Town) -> None:
    town.report()
    town.says("staff", "limin", "受理 1")
    town.says("staff", "limin", "@哨子 撤销")
    town.says("staff", "limin", "受理 1")
    town.says("staff", "limin", "办结 1 换了主板")
    town.says(None, "wang", "2 还行")
    (answer,) = town.says(None, "limin", "进度 1")
    assert "08:00 李敏 受理(已撤销)\n08:00 李敏 撤销:受理\n08:00 李敏 受理\n" in answer.text
    assert answer.text.endswith("08:00 王姐 评价:基本满意\n08:00 哨子 归档")


def test_a_resident_reads_three_lines(town: Town) -> None:
    story(town)
    (answer,) = town.says("grid1", "liu", "@哨子 进度 1")
    assert len(answer.text.split("\n")) == 3
    (answer,) = town.says("grid1", "limin", "@哨子 进度 1")  # staff, but residents read it
    assert len(answer.text.split("\n")) == 3


def test_who_is_only_called_reads_three_lines_too(town: Town) -> None:
    story(town)
    (answer,) = town.says(None, "liudui", "进度 1")
    assert len(answer.text.split("\n")) == 3


def test_what_was_raised_alone_is_not_spoken_of_in_the_group(town: Town) -> None:
    town.says("grid1", "liu", "大家好")
    town.says(None, "liu", "我婆婆常年卧床,想申请护理补贴没人管")
    town.passes(minutes=1)
    assert town.state(1) == "reported"
    assert texts(town.says("grid1", "xiaowu", "@哨子 进度 1"), "grid1") == ["@小吴 这里没有 #1。"]
    for asked in ("@哨子 进度", "@哨子 进度 1"):
        (answer,) = town.says("grid1", "liu", asked)
        assert (answer.room, answer.to) == (None, "liu")
    (answer,) = town.says("grid1", "liu", "@哨子 天上有几颗星")
    assert "#1" not in answer.text
    assert "进度 1" not in answer.text
    (answer,) = town.says("staff", "limin", "进度 1")
    assert "#1" in answer.text


def test_a_neighbour_sees_no_door_and_nothing_that_was_raised_alone(town: Town) -> None:
    town.report("liu", "我家3栋2单元302漏水了,没人修")
    town.says("grid1", "xiaowu", "大家好")
    town.says("grid1", "zhou2", "大家好")
    town.says(None, "zhou2", "我家3栋1单元101暖气不热没人修")
    town.passes(minutes=1)
    assert [town.state(1), town.state(2)] == ["reported", "reported"]
    (answer,) = town.says(None, "xiaowu", "进度 1")
    assert "3栋2单元:" in answer.text
    assert "302" not in answer.text
    assert town.says(None, "xiaowu", "进度 2")[0].text == "这里没有 #2。"
    assert "302" in town.says(None, "liu", "进度 1")[0].text
    assert "302" in town.says(None, "limin", "进度 1")[0].text
