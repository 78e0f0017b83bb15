"""五个必到 (嘉兴): heard from residents' own words, told in private, never in a group; counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from nlp.understand import Understander
from nlp.understanding import Necessary
from tests.town import ROSTER, Town, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlp.understanding import Understanding

GONE = "我爸走了,昨天夜里"


class Marking(Understander):
    """An understanding in which these very words say that somebody must be seen."""

    def __init__(self, inner: Understander) -> None:
        self._inner = inner

    @override
    def understand(self, text: str) -> Understanding:
        found = self._inner.understand(text)
        return found._replace(necessary=Necessary.FAMILY) if text.startswith("我爸走了") else found


@pytest.fixture
def town(store_url: str, understander: Understander) -> Iterator[Town]:
    town = Town(store_url, Marking(understander), ROSTER, "2026-03-02 08:00")
    yield town
    town.close()


def test_heard_in_the_group_it_is_told_to_who_looks_after_the_household(town: Town) -> None:
    town.says("staff", "zhao", "@哨子 联户 李敏 3栋2单元501")
    said = town.says("grid1", "wang", GONE)
    assert texts(said, room="grid1") == []
    (told,) = texts(said, to="limin")
    assert told.startswith("【必到 1】红白:3栋2单元501王姐,我爸走了,昨天夜里\n请 3月3日 08:00 前到。")
    (answer,) = town.says(None, "limin", "到了 1 都安顿好了")
    assert answer.text == "必到 1(红白,3栋2单元501)到了,记下了。"
    assert [s for s in town.until("2026-03-03 12:00") if "必到" in s.text] == []
    (answer,) = town.says("staff", "zhao", "@哨子 统计 本月 五个必到")
    assert "红白 1 次(按时到 100%)" in answer.text


def test_nobody_goes_and_the_officer_hears(town: Town) -> None:
    said = town.says(None, "limin", "必到 3栋501 突发 老人摔了")
    assert any(s.to == "limin" and s.text.startswith("必到 1(突发,3栋2单元501)") for s in said)
    said = [s for s in town.passes(hours=2, minutes=1) if s.to == "zhao"]
    assert [s.text for s in said if "还没有人到" in s.text]
    (answer,) = town.says("staff", "zhao", "@哨子 统计 本月 五个必到")
    assert "突发 1 次(按时到 0%)" in answer.text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("必到 3栋501 喜洋洋 看看", "代办、情绪、突发、纠纷、红白"),
        ("必到 9栋501 红白 老人走了", "没有 9栋"),
        ("到了 9 好", "没有必到 9"),
    ],
)
def test_wrong_words_get_one_line(town: Town, text: str, says: str) -> None:
    (answer,) = town.says(None, "limin", text)
    assert says in answer.text


def test_taken_back(town: Town) -> None:
    town.says(None, "limin", "必到 3栋501 红白 老人走了")
    (answer,) = town.says(None, "limin", "撤销")
    assert answer.text == "必到 1 撤销了。"
    assert [s for s in town.passes(days=2) if "还没有人到" in s.text] == []


def test_once_a_day_and_who_may_close_it(town: Town) -> None:
    town.says("grid1", "wang", GONE)
    said = town.says("grid1", "wang", "我爸走了,谁能来帮帮忙", after=60)
    assert [s for s in said if "必到" in s.text] == []
    (answer,) = town.says(None, "liu", "到了 1 好")
    assert "不归你管" in answer.text or "没有必到" in answer.text


@pytest.mark.parametrize(
    "said",
    [
        "必到 3栋501 红白 老人走了",
        "必到 红白 3栋501 老人走了",
        "必到 3栋 501 王姐 父亲去世",
        "必到 3栋501 办喜事",
    ],
)
def test_entered_in_any_order_and_by_what_is_told(town: Town, said: str) -> None:
    (told,) = texts(town.says("staff", "limin", said), "staff")
    assert "红白" in told
    assert "3栋" in told


def test_what_is_of_no_kind_is_asked_about(town: Town) -> None:
    (told,) = texts(town.says("staff", "limin", "必到 3栋501 去看看"), "staff")
    assert "哪一种" in told
