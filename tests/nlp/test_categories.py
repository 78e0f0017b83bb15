"""Which category an appeal is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nlp.categories import CATEGORIES, resolve

if TYPE_CHECKING:
    from nlp.understand import Understander


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("电梯里的灯不亮了", "城乡建设/电梯"),
        ("有人把电动车推进电梯里", "城乡建设/充电飞线"),
        ("地下车库一点信号都没有", "科技与信息产业/通信网络"),
        ("一楼坚决不同意加装电梯", "城乡建设/老旧改造"),
        ("楼道灯坏了一个月没人换", "城乡建设/路灯"),
        ("我家卫生间天花板往下滴水", "城乡建设/渗漏水"),
        ("下水道堵了污水往外冒", "城乡建设/排水"),
        ("楼上天天半夜拖桌子", "环境保护/噪音"),
        ("消防通道又被车堵死了", "城乡建设/消防隐患"),
        ("工地拖欠我们三个月工资", "劳动和社会保障/欠薪"),
        ("窗外又扔下来一个酒瓶,差点砸到人", "政法/高空抛物"),
    ],
)
def test_what_must_be_put_right_decides(understander: Understander, text: str, category: str) -> None:
    assert understander.understand(text).category == category


def test_only_an_appeal_has_a_category(understander: Understander) -> None:
    assert understander.understand("电梯广告真难看哈哈").category is None


def test_a_category_may_be_asked_for_among_first_level_classes(understander: Understander) -> None:
    assert understander.category_of("学校食堂电梯坏了", ["教育文体"]).startswith("教育文体/")


@pytest.mark.parametrize(
    ("said", "category"),
    [
        ("电梯", "城乡建设/电梯"),
        ("消防", "城乡建设/消防隐患"),
        ("城乡建设", "城乡建设/其他"),
        ("政法／养犬", "政法/养犬"),
    ],
)
def test_a_category_is_known_by_its_short_names(said: str, category: str) -> None:
    assert resolve(said).category == category


def test_an_unknown_category_gets_suggestions() -> None:
    found = resolve("噪声污染")
    assert found.category is None or found.category in CATEGORIES
    assert resolve("路登").suggestions
