"""What is passed on is no appeal, a plea for help is; what somebody must be visited for, and despair."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from nlp.understand import Understander

HELD_OUT = Path(__file__).parent / "lines" / "held_out"


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("【早报】3月2日 星期一 1、多地发布公积金新政;2、某地一化工厂发生爆炸;3、今晚油价上调", "digest"),
        ("[链接] 电梯里最容易传染的五种病,快看", "card"),
        ("https://mp.weixin.qq.com/s/abc 物业费涨价合法吗?律师一次讲清", "card"),
        ("卖房,3栋2单元6楼,满五唯一,电梯房,非诚勿扰", "advert"),
        ("急售3栋电梯房,两室一厅,精装", "advert"),
        ("本报讯 记者从市水务局获悉,城区供水管网改造将于年内完工", "article"),
        ("震惊!自来水烧开了也不能喝,医生说出真相", "article"),
        ("专业疏通下水道、马桶,24小时上门,电话13800000000", "advert"),
        ("招聘小区保安两名,五十岁以下,月薪3500,包吃住", "advert"),
        ("各位业主:因水箱清洗,3栋明日9:00至17:00停水,不便之处敬请谅解", "notice"),
        ("关于3号楼电梯维保的通知:本周四上午电梯停运两小时,特此通知", "notice"),
        ("您好,您反映的路灯不亮问题已收悉,经核实已安排维修人员处理", "reply"),
        ("来信收悉。经了解,该路段积水系管网老化所致,将纳入今年改造计划", "reply"),
    ],
)
def test_what_is_passed_on_is_left_alone(understander: Understander, text: str, shape: str) -> None:
    found = understander.understand(text)
    assert (found.shape, found.is_appeal, found.urgency) == (shape, False, "normal")
    assert found.probability < 0.1
    assert any(e.part == "shape" for e in found.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "停电通知说六小时,现在都十六个小时了,我家冰柜里的肉全化了",
        "【反映】我们小区电梯又坏了没人修",
        "楼上房子出租隔成三室住了十几个人,天天吵",
        "小区公告栏玻璃碎了,扎到孩子了",
        "1.我们楼电梯坏了没人修 2.楼道灯不亮 3.垃圾没人收",
    ],
)
def test_the_senders_own_matter_is_not_passed_on(understander: Understander, text: str) -> None:
    found = understander.understand(text)
    assert found.is_appeal
    assert not found.is_passed_on


@pytest.mark.parametrize(
    "text",
    [
        "【求助】我们被困在二楼了,求救",
        "帮转:我爸妈被困在老屋房顶上,水还在涨,求救援",
        "求转发 柳林村还有三十多个老人没撤出来,水到胸口了",
        "两位80岁老人被困一楼,积水超过一人高",
        "我同事失联60小时了,有线索请联系我",
        "寻人启事,老人走失,穿蓝色外套,看到请联系",
    ],
)
def test_a3_a_plea_for_help_that_is_passed_on_is_an_emergency(understander: Understander, text: str) -> None:
    assert understander.understand(text).urgency == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "朋友圈炸了 都在晒雪",
        "困炸了,睡了",
        "一个快递打了16个电话!!",
        "核实了,是熏腊肉,没有着火",
        "某地一居民楼昨晚起火,致3人受伤",
        "我一个人在家,无聊",
    ],
)
def test_a5_no_single_word_is_an_emergency(understander: Understander, text: str) -> None:
    assert understander.understand(text).urgency != "emergency"


@pytest.mark.parametrize(
    ("text", "hazard"), [("煤氣味好大是不是漏氣", "gas"), ("三棟樓道著火了,冒濃煙", "fire")]
)
def test_a8_traditional_letters_are_read_as_plain_ones(
    understander: Understander, text: str, hazard: str
) -> None:
    assert understander.understand(text).hazard == hazard


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我爸走了,昨晚的事", "family"),
        ("谁能帮我爸去取个药", "errand"),
        ("心里难受,不知道找谁", "mood"),
        ("楼上楼下又吵起来了,快打起来了", "dispute"),
        ("我妈出车祸了,现在在急诊", "sudden"),
        ("有律师吗,老公打我想离婚", "dispute"),
        ("我走了,你们慢慢吃", None),
        ("帮我点个赞", None),
    ],
)
def test_what_somebody_must_be_visited_for(understander: Understander, text: str, kind: str | None) -> None:
    assert understander.understand(text).necessary == kind


def test_held_out_lines_of_need_and_despair(understander: Understander) -> None:
    rows = [json.loads(row) for row in (HELD_OUT / "need.jsonl").read_text(encoding="utf-8").splitlines()]
    heard = [(row["need"], understander.understand(row["text"])) for row in rows]
    found = sum(bool(u.necessary or u.despair) for need, u in heard if need)
    assert found >= 0.9 * sum(bool(need) for need, _ in heard)
    assert not any(u.necessary or u.despair for need, u in heard if not need)


def test_nine_of_ten_needs_are_heard_in_lines_that_no_rule_was_made_from(understander: Understander) -> None:
    """155 lines of our own in six kinds, laid aside before the rules were made; 40 near misses."""
    rows = [json.loads(row) for row in (HELD_OUT / "visits.jsonl").read_text(encoding="utf-8").splitlines()]
    heard = [(row["need"], understander.understand(row["text"])) for row in rows]
    found = Counter(need for need, said in heard if said.necessary or said.despair)
    of = Counter(need for need, _ in heard)
    needs = [kind for kind in of if kind]
    assert sum(found[kind] for kind in needs) >= 0.9 * sum(of[kind] for kind in needs)
    assert all(found[kind] >= 0.75 * of[kind] for kind in needs), found
    assert found[None] <= 2


def test_the_parts_of_a_need_say_nothing_by_themselves(understander: Understander) -> None:
    """Only what adds up is a sign for what was learned: 我爸 alone is not said to be a family matter."""
    part, whole = (understander.hear(text).signs for text in ("我爸买了条鱼", "我爸昨晚走了"))
    assert not any(sign.startswith("<necessary") for sign in part)
    assert "<necessary/family>" in whole


@pytest.mark.parametrize(
    ("text", "despair"),
    [
        ("我真的快撑不下去了,想从楼上跳下去", True),
        ("活着没意思,不如死了算了", True),
        ("热得不想活了", False),
        ("股票跌得想跳楼", False),
        ("有人要跳楼,在天台上", False),
    ],
)
def test_words_of_despair_are_the_speakers_own(understander: Understander, text: str, despair: bool) -> None:
    assert understander.understand(text).despair is despair


@pytest.mark.parametrize(
    "text",
    [
        *("陕西宝鸡一面粉厂发生爆炸 两名工人遇难", "秘鲁南部发生6.3级地震", "客船倾覆 已造成九人死亡"),
        *(
            "消防员连夜营救 十二名登山者脱险",
            "广西河池山洪冲毁三座桥",
            "2019年6月2日 某晚报讯 昨日凌晨,城东一仓库起火,半小时后扑灭,原因不明",
        ),
    ],
)
def test_a_headline_is_told_by_nobody_here(understander: Understander, text: str) -> None:
    found = understander.understand(text)
    assert found.is_passed_on
    assert found.probability < 0.02


@pytest.mark.parametrize(
    "text",
    [
        *("北京路8号着火了", "四川饭馆厨房起火 火很大", "重庆路3栋起火", "南京东路那栋楼失火 有人被困"),
        *("消防员还没来 老人困在六楼了", "湖南米粉店着火了"),
    ],
)
def test_a_place_in_a_name_makes_no_headline(understander: Understander, text: str) -> None:
    assert not understander.understand(text).is_passed_on


@pytest.mark.parametrize("text", ["觉得自己是个废物,我快撑不住了", "到处借不到钱,撑不下去了"])
def test_a_faint_sound_of_despair_is_a_mood_to_look_after(understander: Understander, text: str) -> None:
    found = understander.understand(text)
    assert (found.despair, found.necessary) == (False, "mood")


@pytest.mark.parametrize("text", ["药我都吃下去了,你们别找我", "我站在窗台上,想跳下去"])
def test_who_has_the_means_at_hand_is_in_despair(understander: Understander, text: str) -> None:
    assert understander.understand(text).despair


@pytest.mark.parametrize(
    ("text", "beaten"),
    [
        *(("老公天天喝酒打我,怎么办", True), ("他又打我了", True), ("有律师吗,老公打我想离婚", True)),
        *(("男朋友掐我脖子", True), ("我爸喝醉了打我妈", True), ("婆婆扇我耳光,老公看着", True)),
        *(("我老公打我电话没接", False), ("老师打我手心", False), ("小时候我爸天天打我", False)),
        *(("老公打我一下,我回三下", False), ("电视里老公打老婆", False), ("婆婆骂我", False)),
        ("社区反家暴讲座,被家暴了怎么办,周六上午", False),
    ],
)
def test_who_is_beaten_at_home_says_so_of_themselves(
    understander: Understander, text: str, beaten: bool
) -> None:
    assert understander.understand(text).beaten is beaten
