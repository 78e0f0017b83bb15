"""Plain words to the bot about one's own: giving up, urging, coming or not; and what is no appeal yet."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from handlers.hearing.own_words import says_nothing_yet, small_talk
from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town


@pytest.mark.parametrize(
    "said",
    [
        "撤了吧",
        "算了不修了",
        "别修了,我自己弄",
        "撤回吧,已经好了",
        "我说的是误会,撤了吧",
        "垃圾收了,不用来了",
        "不用再派人来了",
        "看错了,不好意思",
        "原来是个误会",
        "麻烦撤销一下吧 撤了",
    ],
)
@pytest.mark.parametrize("room", ["grid1", None])
def test_who_gives_up_withdraws_their_only_open_case(town: Town, said: str, room: str | None) -> None:
    town.report("wang", "6栋的垃圾三天没人收了")
    town.news()
    answers = town.says(room, "wang", f"@哨子 {said}" if room else said)
    assert "已撤回" in answers[0].text
    assert town.state(1) == "withdrawn"


@pytest.mark.parametrize(
    "said",
    [
        "算了,你们也不会管",  # resigned, not content
        "不用来软的",
        "别撤了保安亭",
        "物业说不用修,我不同意",
        "你们什么时候撤摊",
        "这个错了吧",
    ],
)
def test_what_only_sounds_like_giving_up_withdraws_nothing(town: Town, said: str) -> None:
    town.report("wang", "6栋的垃圾三天没人收了")
    town.says("grid1", "wang", f"@哨子 {said}")
    assert town.state(1) == "reported"


def test_of_several_open_cases_the_number_is_asked(town: Town) -> None:
    town.report("wang", "6栋的垃圾三天没人收了")
    town.passes(minutes=20)
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.news()
    (answer,) = town.says(None, "wang", "撤了吧")
    assert answer.text == "你提的有好几件还在办:#2、#1。请写编号,例如:撤回 2"
    assert town.state(1) == "reported"
    assert town.state(2) == "reported"


def test_nobody_gives_up_what_is_anothers(town: Town) -> None:
    town.report("wang", "6栋的垃圾三天没人收了")
    town.news()
    (answer,) = town.says("grid1", "liu", "@哨子 撤了吧,不用来了")
    assert answer.text.startswith("你还没有提过诉求")
    assert town.state(1) == "reported"


@pytest.mark.parametrize(
    "said", ["催一下", "麻烦催催", "都三天了还没人来", "怎么还没人来", "快点", "抓紧一点", "一个星期了没动静"]
)
def test_who_urges_hears_how_it_stands(town: Town, said: str) -> None:
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.news()
    (answer,) = town.says(None, "wang", said)
    assert answer.text.startswith("#1【电梯·小事】")
    assert town.says(None, "liu", said)[0].text.startswith("你还没有提过诉求")
    assert town.state(2) == "none"


@pytest.mark.parametrize("said", ["投诉", "我要投诉", "反映个问题", "你好,我想反映一个情况", "报修"])
def test_who_only_says_that_they_have_something_to_say_is_asked_what(town: Town, said: str) -> None:
    (answer,) = town.says("grid1", "wang", f"@哨子 {said}")
    assert answer.text == "@王姐 请直接说:哪里、怎么了。例如:3栋2单元电梯坏了。"
    town.passes(minutes=1)
    town.says("grid1", "wang", "@哨子 6栋的垃圾没人收")
    (acknowledged,) = texts(town.passes(minutes=1), room="grid1")
    assert acknowledged.startswith("@王姐 记为 #1【环境卫生·小事】6栋。")


def test_what_would_be_doubtful_in_the_group_is_an_appeal_when_said_to_the_bot(town: Town) -> None:
    town.says("grid1", "wang", "@哨子 那个,就是我家楼上漏水,漏到我家了,怎么弄")
    (acknowledged,) = texts(town.passes(minutes=1), room="grid1")
    assert acknowledged.startswith("@王姐 记为 #1【渗漏水·小事】")


@pytest.mark.parametrize("said", ["你真聪明", "今天天气怎么样", "好的谢谢", "你怎么不说话", "晚上好"])
def test_small_talk_with_the_bot_opens_nothing(town: Town, said: str) -> None:
    town.says("grid1", "wang", f"@哨子 {said}")
    town.passes(minutes=1)
    assert town.state(1) == "none"


def test_who_adds_to_an_appeal_and_says_so_to_the_bot_hears_it_once(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.news()
    town.says("grid1", "wang", "@哨子 停在一楼不动")
    town.says("grid1", "wang", "@哨子 门也关不上")
    assert texts(town.passes(seconds=30)) == ["@王姐 已补记在 #1 里。"]


def test_what_is_added_without_calling_the_bot_joins_silently(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.news()
    town.says("grid1", "wang", "停在一楼不动")
    assert town.passes(seconds=30) == []


def test_who_is_not_understood_hears_of_their_own_open_case(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.news()
    (answer,) = town.says(None, "wang", "不满意,门还是松的")
    assert answer.text.startswith("没听懂。你提的 #1 还在办")


def test_a_resident_is_not_offered_a_command_of_staff(town: Town) -> None:
    (answer,) = town.says("grid1", "wang", "@哨子 不满意")
    assert "不来" not in answer.text


@pytest.mark.parametrize(
    "said", ["明天去看看3栋501的王奶奶", "谁来把这个弄一下", "5栋那边我看过了", "我下午去3栋2单元"]
)
def test_what_staff_say_alone_to_the_bot_opens_and_changes_nothing(town: Town, said: str) -> None:
    town.says(None, "limin", "巡查 5栋后面消防通道堵了")
    town.passes(minutes=1)
    town.says(None, "limin", said)
    town.passes(minutes=1)
    assert town.state(2) == "none"
    (shown,) = town.says(None, "limin", "进度 1")
    assert shown.text.startswith("#1【消防隐患·小事】5栋消防通道:")


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("你好", "在的。有事直接说"),
        ("在吗", "在的。有事直接说"),
        ("早上好呀", "在的。有事直接说"),
        ("好的", "好,有事随时说。"),
        ("嗯嗯知道了", "好,有事随时说。"),
        ("OK", "好,有事随时说。"),
    ],
)
@pytest.mark.parametrize("who", ["wang", "limin"])
def test_small_talk_is_answered_as_such(town: Town, who: str, said: str, answered: str) -> None:
    (answer,) = town.says(None, who, said)
    assert answer.text.startswith(answered)


@pytest.mark.parametrize(
    "said", ["能不能匿名", "别说我的名字", "会不会让邻居知道是我说的", "不要公开我的电话"]
)
def test_who_fears_to_be_named_hears_what_the_group_is_told(town: Town, said: str) -> None:
    (answer,) = town.says(None, "wang", said)
    assert answer.text.startswith("群里只说编号、类别和楼栋")


def test_undo_of_a_resident_takes_back_their_appeal(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.news()
    town.says(None, "wang", "撤销")
    assert town.state(1) == "withdrawn"


def test_what_is_said_of_a_taken_case_is_progress(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.says(None, "limin", "1我去看看")
    assert town.state(1) == "accepted"
    town.says(None, "limin", "1我下午去看看")
    assert town.state(1) == "in_progress"


def test_staff_without_an_appeal_of_their_own_hear_of_what_is_theirs_to_do(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.news()
    (answer,) = town.says(None, "limin", "进度")
    assert answer.text.startswith("待办 1 件")


def test_words_in_distress_after_an_appeal_belong_to_it(town: Town) -> None:
    town.says(None, "wang", "3栋2单元我家没水了")
    town.passes(minutes=1)
    town.says(None, "wang", "急死人了,娃娃要洗澡")
    town.passes(minutes=1)
    assert town.state(2) == "none"


@pytest.mark.parametrize("flood", ["嗯", "好的", "我想", "在吗", "投诉", "物业不管", "不用来了", "都没人"])
def test_a_flood_of_small_talk_is_read_at_once(flood: str) -> None:
    before = process_time()
    for text in (flood * 2_000 + "x", f"{flood}," * 2_000 + "x"):
        small_talk(text)
        says_nothing_yet(text)
    assert process_time() - before < 2


def test_who_says_much_more_does_not_give_up_by_a_word_of_it(town: Town) -> None:
    town.report("wang", "6栋的垃圾三天没人收了")
    town.says(None, "wang", "昨天物业的人跟我讲了半天道理,说什么忙不过来,叫我在群里说一声,撤了吧")
    assert town.state(1) == "reported"
