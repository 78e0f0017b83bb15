"""Voice and video: who sends one hears, seldom, that the bot reads text and pictures only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.context import Reach

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Said, Town

NOTE = "语音和视频我听不懂,只认文字和图片。有事请打字说一句:哪里、怎么了。"


def said_to(said: list[Said]) -> list[tuple[str | None, str | None, str]]:
    return [(s.room, s.to, s.text) for s in said]


@pytest.fixture
def noon(town: Town) -> Town:
    town.until("2026-03-02 12:00")
    return town


def test_a_neighbour_who_chats_by_voice_is_told_alone_once_a_week(noon: Town) -> None:
    assert said_to(noon.says("grid1", "liu", kind="voice")) == [(None, "liu", NOTE)]
    for days in (0, 1, 5):
        noon.passes(days=days)
        assert noon.says("grid1", "liu", kind="voice") == []
    noon.passes(days=1)
    assert noon.says("grid1", "liu", kind="voice")


def test_who_speaks_to_the_bot_alone_is_told_once_a_day(noon: Town) -> None:
    assert said_to(noon.says(None, "liu", kind="video")) == [(None, "liu", NOTE)]
    noon.passes(hours=23.9)
    assert noon.says(None, "liu", kind="voice") == []
    noon.passes(hours=0.2)
    assert noon.says(None, "liu", kind="voice")


def test_a_clip_is_for_the_neighbours_unless_it_follows_an_appeal(noon: Town) -> None:
    assert noon.says("grid1", "liu", kind="video") == []
    noon.says("grid1", "liu", "5栋门口路灯不亮好几天了")
    assert said_to(noon.says("grid1", "liu", kind="video")) == [(None, "liu", NOTE)]


@pytest.mark.parametrize(
    ("room", "who"), [("grid1", "limin"), ("staff", "zhao"), ("wuye", "chen"), (None, "chen")]
)
def test_staff_are_told_nothing(noon: Town, room: str | None, who: str) -> None:
    assert noon.says(room, who, kind="voice") == []


def test_at_night_it_waits(noon: Town) -> None:
    noon.until("2026-03-02 23:00")
    assert noon.says("grid1", "liu", kind="voice") == []
    assert [s.at for s in noon.until("2026-03-03 09:00")] == ["03-03 07:00:00"]


def test_where_nobody_can_be_spoken_to_alone_the_group_hears_one_line_a_day(
    make_town: Callable[..., Town],
) -> None:
    town = make_town(at="2026-03-02 12:00", reach=Reach(private=False))
    assert said_to(town.says("grid1", "liu", kind="voice")) == [("grid1", None, f"@刘婶 {NOTE}")]
    assert town.says("grid1", "zhou2", kind="voice") == []
    town.passes(days=1)
    assert town.says("grid1", "zhou2", kind="voice")


def test_what_did_not_arrive_alone_is_said_in_the_group(noon: Town) -> None:
    noon.channel.failing.add("liu")
    noon.says("grid1", "liu", kind="voice")
    said = noon.passes(hours=3)  # given up by then
    assert said_to(said) == [("grid1", None, f"@刘婶 {NOTE}")]
    noon.says("grid1", "liu", kind="voice")
    assert noon.passes(hours=3) == []
