from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Said, Town


def resolved(town: Town) -> list[Said]:
    town.report()
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    return town.says("wuye", "chen", "办结 1 换了主板")


@pytest.mark.parametrize("word", ["1", "１", "满意", "很满意", "👍", "2", "基本满意", "1。"])
def test_content_appellants_let_the_case_rest(town: Town, word: str) -> None:
    resolved(town)
    town.says("grid1", "wang", word)
    assert town.state(1) == "closed"


@pytest.mark.parametrize(
    "word", ["3", "不满意", "4", "没解决", "5", "没人联系过我", "👎", "没解决,还是老样子"]
)
def test_discontent_sends_it_back(town: Town, word: str) -> None:
    resolved(town)
    news = town.says("grid1", "wang", word)
    assert town.state(1) == "in_progress"
    assert texts(news, "grid1") == ["#1 退回重办,3月5日 18:00 前办结。@王姐"]
    assert "退回重办:评价不满意" in texts(news, "wuye")[0]


@pytest.mark.parametrize(
    "text",
    [
        "1号楼的快递到了吗",
        "3个人吃饭",
        "10",
        "1 2 3 开始",
        "满意度怎么查",
        "二号线今天停吗",
        "0",
        "6",
        "3 个人吃饭",
        "2 单元有人没",
    ],
)
def test_what_is_no_answer_is_none(town: Town, text: str) -> None:
    resolved(town)
    town.says("grid1", "wang", text)
    assert town.state(1) == "resolved"


def test_only_who_was_asked_answers(town: Town) -> None:
    resolved(town)
    assert town.says("grid1", "liu", "3") == []
    assert town.says("grid2", "liu", "3") == []
    assert town.state(1) == "resolved"
    (answer,) = town.says("grid1", "liu", "@哨子 评价 1 不满意")
    assert answer.text == "@刘婶 #1 只请提诉求的人评价。"


def test_a_digit_to_a_neighbour_is_no_answer(town: Town) -> None:
    resolved(town)
    town.says("grid1", "liu", "周六去不去?1去 2不去", id="n1")
    town.says("grid1", "wang", "1", quote="n1")
    assert town.state(1) == "resolved"


def two_questions(town: Town, apart: float = 0) -> Said:
    """Ask 王姐 of two cases, the second some hours after the first; return the second question."""
    resolved(town)
    town.passes(hours=apart)
    town.report("wang", "5栋门口路灯不亮好几天了")
    town.says("grid1", "limin", "@哨子 受理 2")
    (second,) = town.says("grid1", "limin", "@哨子 办结 2 换了灯泡")
    return second


@pytest.mark.parametrize("room", ["grid1", None])
@pytest.mark.parametrize("word", ["1", "满意"])
def test_two_questions_at_once_are_asked_back(town: Town, room: str | None, word: str) -> None:
    two_questions(town)
    (answer,) = town.says(room, "wang", word)
    asks = f"「{word}」说的是哪一件:#2、#1?请带上编号回,例如:#2 满意"
    assert (answer.room, answer.text) == (room, f"@王姐 {asks}" if room else asks)
    assert (town.state(1), town.state(2)) == ("resolved", "resolved")
    town.says(room, "wang", "#2 满意")
    assert (town.state(1), town.state(2)) == ("resolved", "closed")
    town.says(room, "wang", word)
    assert town.state(1) == "closed"


@pytest.mark.parametrize(
    ("said", "states"), [("1 4", "in_progress resolved"), ("2 5", "resolved in_progress")]
)
def test_a_number_before_it_says_which(town: Town, said: str, states: str) -> None:
    two_questions(town)
    town.says("grid1", "wang", said)
    assert f"{town.state(1)} {town.state(2)}" == states
    assert town.says("grid1", "wang", "#7 满意") == []  # nobody asked that


@pytest.mark.parametrize("room", ["grid1", None])
def test_what_was_asked_last_is_meant(town: Town, room: str | None) -> None:
    two_questions(town, apart=3)
    (news,) = town.says(room, "wang", "1")
    assert news.text.startswith("#2 已归档,谢谢。")
    assert town.state(1) == "resolved"


def test_asking_again_counts_as_asking(town: Town) -> None:
    two_questions(town, apart=24)
    said = town.until("2026-03-04 09:30")
    assert "#1【电梯】已办结,还没听到你的评价" in texts(said, "grid1")[-1]
    (news,) = town.says("grid1", "wang", "1")
    assert news.text.startswith("#1 已归档")


def test_a_quote_says_which(town: Town) -> None:
    second = two_questions(town)
    town.says("grid1", "wang", "1", quote=second.id)
    assert (town.state(1), town.state(2)) == ("resolved", "closed")


@pytest.mark.parametrize(
    ("text", "digit"),
    [
        ("5 没人跟我说过一声", 5),
        ("速度快,满意", 1),
        ("不满意,还在漏", 3),
        ("5分 谢谢李敏", 1),
        ("1 满意", 1),
        ("4 还是没修好", 4),
        ("师傅态度好，基本满意", 2),
        ("不满意,没解决", 4),
    ],
)
def test_in_the_group_who_was_asked_answers_in_their_own_words(town: Town, text: str, digit: int) -> None:
    resolved(town)
    assert town.says("grid1", "liu", text) == []  # nobody asked them
    town.says("grid1", "wang", text)
    with town.store.read() as uow:
        (asked,) = uow.ratings.of_round(1, 0)
    assert asked.digit == digit


@pytest.mark.parametrize("text", ["5分", "1 不满意", "打3分吧"])
def test_what_may_be_read_either_way_is_asked_back(town: Town, text: str) -> None:
    resolved(town)
    (answer,) = town.says("grid1", "wang", text)
    assert answer.text.startswith(f"@王姐 「{text}」是满意还是不满意?请回一个数:1 满意 2 基本满意")
    assert town.state(1) == "resolved"


@pytest.mark.parametrize("text", ["3 栋路灯不亮好几天了", "5 楼的灯又坏了没人修", "太差,5栋垃圾三天没人收了"])
def test_another_appeal_is_no_rating(town: Town, text: str) -> None:
    resolved(town)
    town.says("grid1", "wang", text)
    assert town.state(1) == "resolved"
    assert town.state(2) == "reported"


def test_a_rating_in_private_and_by_command(town: Town) -> None:
    resolved(town)
    town.says(None, "wang", "1 谢谢小陈")
    assert town.state(1) == "closed"
    town.report("liu", "5栋门口路灯不亮好几天了")
    (answer,) = town.says("grid1", "liu", "@哨子 评价 2 满意")
    assert answer.text == "@刘婶 #2 现在是已上报,不能评价,办结以后会请你评价。"
    town.says("grid1", "limin", "@哨子 受理 2")
    town.says("grid1", "limin", "@哨子 办结 2 换了灯泡")
    (answer,) = town.says("grid1", "liu", "@哨子 评价 2 好像吧")
    assert answer.text.startswith("@刘婶 评价要写 1-5")
    town.says("grid1", "liu", "@哨子 评价 满意")
    assert town.state(2) == "closed"


def test_all_appellants_are_asked_and_the_last_one_closes(town: Town) -> None:
    town.report("wang")
    town.report("liu", "3栋2单元电梯坏了没人来修,急人")
    town.says("grid1", "limin", "@哨子 受理 1")
    (news,) = town.says("grid1", "limin", "@哨子 办结 1 修好了")
    assert news.mentions == ("wang", "liu")
    (thanks,) = town.says("grid1", "wang", "1")
    assert (thanks.to, thanks.text) == ("wang", "记下了:#1 满意。谢谢。")
    assert town.state(1) == "resolved"
    (news,) = town.says("grid1", "liu", "2")
    assert (news.to, news.text) == ("liu", "#1 已归档,谢谢。")


def test_a_change_of_mind_counts(town: Town) -> None:
    resolved(town)
    town.says("grid1", "wang", "1")
    assert town.says("grid1", "wang", "3") == []  # a stray digit in the group is none any more
    town.says("grid1", "wang", "@哨子 评价 1 不满意 又坏了")
    assert town.state(1) == "in_progress"


def test_after_seven_days_it_is_filed(town: Town) -> None:
    resolved(town)
    said = town.passes(days=7)
    assert not any("归档" in text for text in texts(said))  # nobody waits to hear that
    assert town.state(1) == "closed"
    assert town.says("grid1", "wang", "4") == []  # too late for a bare digit
    town.says("grid1", "wang", "@哨子 评价 1 没解决")
    assert town.state(1) == "in_progress"


def test_the_fault_goes_on(town: Town) -> None:
    """Who was asked and says that the fault is still there has answered: not solved."""
    resolved(town)
    town.says("grid1", "wang", "3栋2单元电梯还是坏的,根本没修好")
    assert town.state(1) == "in_progress"
    assert town.state(2) == "none"


def test_seconders_elsewhere_hear_the_end_and_are_not_asked(town: Town) -> None:
    town.report()
    town.says("grid1", "liu", "大家好")
    town.says(None, "liu", "附议 1")
    town.says("grid1", "zhou2", "我家也是")
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    said = town.says("wuye", "chen", "办结 1 换了主板")
    assert texts(said, to="liu") == ["#1 已办结:换了主板(2 人附议)。"]
    assert texts(said, to="zhou2") == []


def test_who_spoke_in_private_is_asked_in_private(town: Town) -> None:
    town.says("grid1", "liu", "大家好")
    town.says(None, "liu", "5栋门口路灯不亮好几天了")
    town.says("staff", "limin", "受理 1")
    said = town.says("staff", "limin", "办结 1 换了灯泡")
    assert texts(said, "grid1") == []
    assert texts(said, to="liu")[0].startswith("#1 已办结:换了灯泡。办得怎么样?")


def test_after_a_second_round_the_last_answer_counts(town: Town) -> None:
    resolved(town)
    town.says("grid1", "wang", "4")
    town.says("wuye", "chen", "办结 1 这回真好了")
    town.says("grid1", "wang", "1")
    (answer,) = town.says("grid1", "limin", "@哨子 统计")
    assert "评价 1 人:响应率 100.0%,解决率 100.0%,满意率 100.0%" in answer.text


def test_a_month_after_it_was_filed_it_is_too_late(town: Town) -> None:
    resolved(town)
    town.says("grid1", "wang", "1")
    town.passes(days=31)
    (answer,) = town.says("grid1", "wang", "@哨子 评价 1 没解决")
    assert answer.text == "@王姐 #1 归档已超过 30 天,请重新提。"
    assert town.state(1) == "closed"


def test_the_unit_reads_what_the_group_has_read(town: Town) -> None:
    town.report()
    town.says("staff", "limin", "派单 1 物业")
    town.says("wuye", "chen", "办结 1 换了主板")
    said = town.says("grid1", "wang", "电梯又坏了", after=60)
    assert any("退回重办:电梯又坏了" in text for text in texts(said, "wuye"))
    assert not any("又坏了" in text for text in texts(said, "grid1"))


def test_what_was_said_alone_is_not_passed_on(town: Town) -> None:
    town.report()
    town.says("staff", "limin", "派单 1 物业")
    town.says("wuye", "chen", "办结 1 换了主板")
    said = town.says(None, "wang", "没解决 师傅态度也差", after=60)
    assert any("退回重办:评价不满意" in text for text in texts(said, "wuye"))
