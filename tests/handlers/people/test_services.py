"""三官一律、三官三师: “找律师” reaches the one on the service roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

SERVICES = """
people:
  - {name: 赵律师, accounts: [{channel: web, id: lawyer}]}
  - {name: 钱律师, accounts: [{channel: web, id: lawyer2}]}
  - {name: 孙法官}
services:
  - {name: 法律顾问, words: [找律师, 法律咨询], person: 赵律师, area: "1.1.1"}
  - {name: 二网格律师, words: [找律师], person: 钱律师, area: g2}
  - {name: 社区法官, words: [找法官], person: 孙法官}
"""


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    town = make_town()
    town.learn(SERVICES)
    town.says("grid1", "wang", "早上好")
    return town


@pytest.mark.parametrize("text", ["找律师", "我想找律师,离婚财产怎么分", "请问能不能法律咨询"])
def test_who_asks_in_the_group_is_put_in_touch_alone(town: Town, text: str) -> None:
    said = town.says("grid1", "wang", text)
    assert {(s.room, s.to) for s in said} == {(None, "lawyer"), (None, "wang")}
    assert texts(said, to="lawyer") == [f"第一网格的王姐想法律顾问帮忙:{text}\n请尽快联系。"]
    assert texts(said, to="wang") == ["已告诉法律顾问赵律师,会尽快联系你。"]


def test_in_private_the_word_may_stand_anywhere(town: Town) -> None:
    said = town.says(None, "wang", "我家的事想咨询一下,在哪找律师啊")
    assert {s.to for s in said} == {"lawyer", "wang"}


@pytest.mark.parametrize("text", ["你再这样我就去找律师告你", "律师函都收到了"])
def test_talk_about_lawyers_in_the_group_is_talk(town: Town, text: str) -> None:
    assert all(s.to != "lawyer" for s in town.says("grid1", "wang", text))


def test_the_nearest_one_is_asked(town: Town) -> None:
    said = town.says("grid2", "liu", "找律师")
    assert {s.to for s in said} == {"lawyer2", "liu"}


def test_asking_again_the_same_day_says_nothing_new(town: Town) -> None:
    town.says("grid1", "wang", "找律师")
    assert town.says("grid1", "wang", "找律师") == []
    town.passes(days=1)
    assert len(town.says("grid1", "wang", "找律师")) == 2


def test_somebody_who_cannot_be_reached_is_the_officer_s_to_find(town: Town) -> None:
    said = town.says("grid1", "wang", "找法官")
    assert "孙法官在哨子上联系不上" in texts(said, to="zhao")[0]
    assert "已告诉社区干部" in texts(said, to="wang")[0]


def test_another_community_s_lawyer_is_not_ours(town: Town) -> None:
    town.says("grid9", "li9", "找律师")
    assert all(s.to != "lawyer" for s in town.channel.said)


def test_the_service_roster_is_imported_once(town: Town) -> None:
    town.learn(SERVICES)
    with town.store.read() as uow:
        assert [s.name for s in uow.services.all_of_them()] == ["法律顾问", "二网格律师", "社区法官"]
