"""问了一句,回一句:只有一件在等,不写编号也算;有好几件、没问过的,都不算."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town

DAY = "楼栋日 3栋 周五上午9点 院坝 物业"


@pytest.mark.parametrize("said", ["来", "我们来", "能来", "收到,准时到", "好的,会去的"])
def test_a_unit_comes_to_the_one_activity_it_is_invited_to(town: Town, said: str) -> None:
    town.says("staff", "zhao", DAY)
    assert any("来活动 1" in s.text for s in town.says("wuye", "chen", said) if s.to == "zhao")


def test_a_unit_may_still_say_that_it_cannot(town: Town) -> None:
    town.says("staff", "zhao", DAY)
    town.says("wuye", "chen", "来")
    said = town.says("wuye", "chen", "去不了,那天检修")
    assert any("那天检修" in s.text for s in said if s.to == "zhao")


@pytest.mark.parametrize("said", ["来电了", "来个人帮忙", "我去吃饭了", "不来电"])
def test_other_talk_of_a_unit_is_no_answer(town: Town, said: str) -> None:
    town.says("staff", "zhao", DAY)
    assert town.says("wuye", "chen", said) == []


def test_invited_to_two_it_says_to_which(town: Town) -> None:
    town.says("staff", "zhao", DAY)
    town.says("staff", "zhao", "楼栋日 5栋 周四上午9点 院坝 物业")
    assert town.says("wuye", "chen", "来") == []


@pytest.mark.parametrize("said", ["我去", "可以,我来", "我可以去"])
def test_who_was_asked_to_help_takes_it(town: Town, said: str) -> None:
    town.says("grid1", "liu", "大家早")
    town.says(None, "liu", "志愿 取药")
    town.says("staff", "limin", "找志愿者 取药 3栋501 明天上午")
    assert texts(town.says(None, "liu", said), to="liu")[0].startswith("求助 1 归你了")
    assert "归你了" not in town.says(None, "liu", said)[0].text


def test_who_went_says_that_they_were_there(town: Town) -> None:
    town.says(None, "limin", "必到 3栋501 突发 老人摔了")
    (answer,) = town.says(None, "limin", "到了,送医院了")
    assert answer.text.startswith("必到 1(突发,3栋2单元501)到了")


@pytest.mark.parametrize("said", ["是", "是的", "对,是她家"])
def test_the_one_question_where_somebody_lives_is_answered_without_quoting(town: Town, said: str) -> None:
    town.says("grid1", "liu", "大家早")
    town.says(None, "liu", "登记 3栋2单元502")
    assert any(s.to == "liu" and s.text.startswith("确认了") for s in town.says(None, "limin", said))


def test_of_two_questions_one_is_quoted(town: Town) -> None:
    town.says("grid1", "liu", "大家早")
    town.says("grid1", "zhou2", "大家早")
    town.says(None, "liu", "登记 3栋2单元502")
    town.says(None, "zhou2", "登记 3栋1单元101")
    (answer,) = town.says(None, "limin", "是")
    assert answer.text == "回的是哪一条?请引用那条再回一次。"
