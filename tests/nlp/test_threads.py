"""Which lines are one appeal, and which are two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nlp import threads
from nlp.threads import Relation

if TYPE_CHECKING:
    from nlp.understand import Understander

APPEAL = "3栋2单元电梯坏了没人修"


@pytest.mark.parametrize(
    ("line", "relation"),
    [
        ("老人家爬不动楼", Relation.CONTINUES),
        ("在2单元门口那部", Relation.CONTINUES),
        ("电梯里还有一股臭味", Relation.CONTINUES),
        ("另外5栋门口路灯也不亮了", Relation.SECOND),
        ("对了,垃圾三天没人收了", Relation.SECOND),
        ("好的谢谢", Relation.UNRELATED),
        ("哈哈哈", Relation.UNRELATED),
    ],
)
def test_what_a_later_line_is_to_the_appeal(
    understander: Understander, line: str, relation: Relation
) -> None:
    assert threads.relation(understander.understand(APPEAL), understander.understand(line)) is relation


@pytest.mark.parametrize(
    ("first", "line", "relation"),
    [
        ("保安天天睡觉,谁都能进", "3栋2单元路灯不亮", Relation.SECOND),
        ("物业乱收费", "3栋停水了半天了", Relation.SECOND),
        ("业委会换届没人管", "地下车库漏水", Relation.SECOND),
        ("公共收益从来没公示过", "楼道堆满杂物过不去人", Relation.SECOND),
        ("打了三次电话物业都不来", "楼道灯坏了三天了", Relation.CONTINUES),
        ("物业管家电话打不通", "家里停电了", Relation.CONTINUES),
        ("3栋路灯不亮", "物业也不管", Relation.CONTINUES),
        ("养老院的护工太凶了,没人管", "我家5栋1单元601暖气不热", Relation.SECOND),
        ("低保申请交了半年没批", "3栋2单元路灯不亮", Relation.SECOND),
    ],
)
def test_what_is_said_after_a_complaint_of_the_managers(
    understander: Understander, first: str, line: str, relation: Relation
) -> None:
    assert threads.relation(understander.understand(first), understander.understand(line)) is relation


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("3栋电梯坏了没人修,另外5栋门口路灯也不亮", ["城乡建设/电梯", "城乡建设/路灯"]),
        ("楼道灯坏了。还有,垃圾三天没人收了", ["城乡建设/路灯", "城乡建设/环境卫生"]),
        ("3栋电梯坏了,还有5栋门口的垃圾没人清", ["城乡建设/电梯", "城乡建设/环境卫生"]),
        ("3栋电梯坏了,还有一股臭味", ["城乡建设/电梯"]),
        ("大家反映的问题:\n1. 路灯不亮\n2. 垃圾没人收", ["城乡建设/路灯", "城乡建设/环境卫生"]),
        ("1、3栋电梯坏了 2、5栋路灯不亮", ["城乡建设/电梯", "城乡建设/路灯"]),
        ("3、5栋都停水了", ["城乡建设/供水"]),
        ("电梯坏了,老人上不去,能不能快点修", ["城乡建设/电梯"]),
    ],
)
def test_two_matters_in_one_message(understander: Understander, text: str, categories: list[str]) -> None:
    found = threads.matters_in(text, understander.understand)
    assert [matter.category for matter in found] == categories


def test_chat_in_several_sentences_stays_one_message(understander: Understander) -> None:
    (whole,) = threads.matters_in("今天天气真好。另外谁去打球", understander.understand)
    assert not whole.is_appeal


@pytest.mark.parametrize("text", ["就是昨天说的那个", "还是上次反映的问题", "我上次说的路灯怎么样了"])
def test_words_that_point_back(text: str) -> None:
    assert threads.refers_back(text)


@pytest.mark.parametrize("text", ["今天天气不错", "昨天买的菜", "电梯坏了"])
def test_words_that_do_not(text: str) -> None:
    assert not threads.refers_back(text)
