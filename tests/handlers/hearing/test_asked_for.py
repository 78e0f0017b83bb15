"""What is asked of the bot without a command's word: done at once, or told how; never taken for an appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.hearing.asked_for import asked_for
from handlers.hearing.verbs import Verb

if TYPE_CHECKING:
    from tests.town import Town

ASKED = {
    Verb.HELP: "你会什么|使用说明|怎么用|教我用|菜单|你能做什么|有哪些命令",
    Verb.POINTS: "我有多少积分|看看我的积分|积分还剩多少",
    Verb.EXCHANGE: "积分能换什么|积分可以兑换哪些东西",
    Verb.ACTIVITIES: "最近有什么活动|这周有活动吗|小区里有啥活动",
    Verb.MY_DATA: "你记了我什么|帮我看看我登记了没",
    Verb.MINE: "我提过哪些诉求|我以前报过什么",
    Verb.PROGRESS: "谁在办|为什么还没弄好|太慢了|没人联系我|怎么没人来|换个人来办",
    Verb.VOLUNTEER: "我想报名志愿者|怎么当志愿者|想做义工",
    Verb.WISH: "我要许个愿|怎么发心愿",
    Verb.GOOD_PERSON: "我想表扬一下保安小李",
    Verb.VOTE: "怎么投票|我投同意|在哪里投票",
    Verb.ENTRUST: "我想代我妈投票|能不能让邻居帮我投票",
    Verb.BALLOT: "表决结果出来了吗|投票结果怎么看",
    Verb.PUBLICITY: "公示在哪看|有哪些公示",
    Verb.OBJECT: "我有异议|这个决定我不同意|对方案有意见",
    Verb.REGISTER: "登记住户|怎么登记|我是3栋2单元501的|我搬走了",
    Verb.CORRECT: "我改一下,是5栋不是3栋|说错了,是5栋|地址写错了",
    Verb.WITHDRAW: "撤回刚才那条|图片发错了",
    Verb.DELETE_MY_DATA: "删掉我说的|别再@我|不要发给我了|退出|把我从名单去掉",
    Verb.RATE: "满意|很满意,谢谢|不满意|给五星",
    Verb.SECOND: "我家也是|我也遇到了",
}


@pytest.mark.parametrize(
    ("said", "verb"), [(said, verb) for verb, texts in ASKED.items() for said in texts.split("|")]
)
def test_what_is_asked_for(said: str, verb: Verb) -> None:
    found = asked_for(said)
    assert found is not None
    assert found.verb is verb


@pytest.mark.parametrize(
    "said",
    [
        "我要投诉网格长",
        "投诉物业不作为",
        "电梯坏了",
        "3栋2单元电梯坏了没人来修",
        "楼上漏水没人管,我家被淹了",
        "没人管的野狗到处跑",
        "活动室的灯坏了",
        "投影仪坏了",
        "投票箱坏了",
        "改装的电瓶车太吵",
        "6栋的垃圾没人收",
        "3栋501漏水",
        "登记处的人态度差",
        "退订的牛奶还在送",
        "心愿墙被撕了",
        "表扬什么表扬,楼道还是黑的",
    ],
)
def test_what_tells_of_something_wrong_is_none_of_these(said: str) -> None:
    assert asked_for(said) is None


@pytest.mark.parametrize("room", ["grid1", None])
def test_what_can_be_done_at_once_is_done(town: Town, room: str | None) -> None:
    town.report()
    town.news()
    at = "@哨子 " if room else ""
    assert town.says(room, "wang", f"{at}太慢了")[0].text.removeprefix("@王姐 ").startswith("#1【电梯")
    assert town.says(room, "wang", f"{at}我有多少积分")[0].text == "你有 0 分。"


def test_what_needs_more_words_is_told_how(town: Town) -> None:
    (answer,) = town.says(None, "wang", "说错了,是5栋")
    assert answer.text == "更正自己说过的话。发:更正 12 是4栋的电梯,不是3栋"
    (answer,) = town.says(None, "wang", "不满意")
    assert answer.text.startswith("现在没有等你评价的")
    (answer,) = town.says(None, "wang", "有什么表决")
    assert answer.text.startswith("看一个表决发「表决 编号」")
    (answer,) = town.says(None, "wang", "公示在哪看")
    assert answer.text.startswith("看一个公示发「公示 编号」")
    (answer,) = town.says(None, "wang", "别再@我")
    assert answer.text.startswith("我只在你提的事有进展")


def test_an_answer_to_what_was_asked_comes_first(town: Town) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 办结 1 换了主板")
    town.says("grid1", "limin", "@哨子 受理 1")
    town.says("grid1", "limin", "@哨子 办结 1 换了主板")
    town.news()
    town.says(None, "wang", "满意")
    assert town.state(1) == "closed"


def test_among_neighbours_nobody_is_answered(town: Town) -> None:
    for said in ("太慢了", "最近有什么活动", "说错了,是5栋", "满意", "菜单"):
        assert [one for one in town.says("grid1", "wang", said) if one.room == "grid1"] == []


@pytest.mark.parametrize("said", ["人工", "转人工", "我要找领导", "有没有真人", "叫个管事的人来"])
def test_who_wants_a_human_hears_who_is_there(town: Town, said: str) -> None:
    (answer,) = town.says(None, "wang", said)
    assert answer.text.startswith("网格长是李敏。社区干部是赵主任。")


def test_of_thirty_characters_at_most() -> None:
    assert asked_for("请问" * 12 + "我有多少积分") is not None
    assert asked_for("请问" * 13 + "我有多少积分") is None


def test_why_it_was_not_taken_in_shows_what_became_of_it(town: Town) -> None:
    town.report("liu", "5栋门口垃圾没人清")
    town.says("staff", "limin", "不受理 1 归环卫所管")
    town.passes(minutes=11)
    (answer,) = town.says("grid1", "liu", "@哨子 为什么不受理啊")
    assert "#1【环境卫生" in answer.text


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("我有异议,挡光", "对公示提异议"),
        ("委托给陈老师", "把自己家的票委托"),
        ("不要再给我发消息了", "我只在你提的事有进展"),
        ("你们存了我什么", "哨子留着你的"),
        ("不认可 我没有拖椅子", "现在没有等你核对的"),
        ("我那天要上夜班,来不了了", "现在没有要报名的议事会"),
        ("我支持陈老师那个", "没听懂。有事直接说"),
        ("我那个 呃", "没听懂。有事直接说"),
    ],
)
def test_what_elders_say_is_answered_by_what_they_want(town: Town, said: str, begins: str) -> None:
    town.says("grid1", "liu", "早上好")
    assert town.says(None, "liu", said)[0].text.startswith(begins)


@pytest.mark.parametrize(
    "asked",
    ["我刚才说的路灯有人看了吗", "上面路灯那事谁管", "5栋路灯修好莫得", "昨天说的路灯怎么样了"],
)
@pytest.mark.parametrize("who", ["wang", "liu"])
def test_a_question_names_what_was_said_in_the_group(town: Town, who: str, asked: str) -> None:
    town.report("wang", "5栋门口路灯不亮好几天了")
    town.passes(minutes=20)
    (answer,) = town.says("grid1", who, f"@哨子 {asked}")
    assert answer.text.split(" ", 1)[1].startswith("#1【路灯·小事】5栋门口:已上报")


def test_what_was_raised_alone_is_named_by_nobody_s_question(town: Town) -> None:
    town.says("grid1", "wang", "早上好")
    town.says(None, "wang", "5栋门口路灯不亮好几天了", after=5)
    town.passes(minutes=20)
    said = town.says("grid1", "liu", "@哨子 上面路灯那事谁管")
    assert not any("5栋" in s.text for s in said)
