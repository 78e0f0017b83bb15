"""A ballot is at most three messages in a group, a meeting four: whatever happens, and in what order."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.handlers.deliberation.town import NAMES, NEIGHBOURS
from tests.town import ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.town import Said, Town

ONE_TOWN = settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
MOTIONS = re.compile(r"议题 (\d+):")

in_ballots = st.lists(
    st.tuples(
        st.floats(0, 200),
        st.sampled_from(["vote", "show", "extend", "extend in the group", "cancel", "cancel in private"]),
    ),
    max_size=8,
)
in_meetings = st.lists(
    st.tuples(
        st.floats(0, 130),
        st.sampled_from(["报名", "接龙", "取消报名", "改期", "议题", "签到", "取消", "纪要", "决议", "撤销"]),
    ),
    max_size=12,
)


def news_of(said: Iterable[Said], name: str) -> list[str]:
    """Return what a group heard of a thing, answers to somebody's mistake apart."""
    heard = (s.text for s in said if s.room == "grid1" and not s.text.startswith("@"))
    return [text for text in heard if re.search(rf"{name}(?!\d)", text)]


def day(town: Town, *, after: float) -> str:
    """Return a moment as commands say it, some hours from now."""
    at = (town.clock.now() + timedelta(hours=after)).astimezone(ZONE)
    return f"{at.year}年{at.month}月{at.day}日{at:%H:%M}"


def test_a_ballot_is_three_messages_whatever_happens(make_town: Callable[..., Town]) -> None:
    town = make_town(NEIGHBOURS)
    numbers = iter(range(1, 1000))

    @ONE_TOWN
    @given(in_ballots)
    def told(happens: list[tuple[float, str]]) -> None:
        number = next(numbers)
        start = town.clock.now()
        said = town.says("grid1", "limin", f"@哨子 表决 换门禁 至 {day(town, after=150)}")
        for hours, what in sorted(happens):
            said += town.until((start + timedelta(hours=hours)).astimezone(ZONE).isoformat()[:16])
            said += _ballot_goes_on(town, what, number)
        said += town.passes(days=16)
        heard = news_of(said, f"表决 {number}")
        assert len(heard) <= 3, heard
        assert heard[0].startswith(f"表决 {number}:换门禁")
        assert re.search("取消了|参与|没有人", heard[-1]), heard  # how it ended is said in any case

    told()


def _ballot_goes_on(town: Town, what: str, number: int) -> list[Said]:
    room = "grid1" if what.endswith("group") or what == "cancel" else None
    said = {
        "vote": f"投票 {number} 同意",
        "show": f"表决 {number}",
        "extend": f"表决 延期 {number} {day(town, after=100)} 人不够",
        "cancel": f"表决 取消 {number} 写错了",
    }[what.split(" ", maxsplit=1)[0]]
    who = "wang" if what == "vote" else "limin"
    return town.says(room, who, f"@哨子 {said}" if room else said)


def test_a_meeting_is_four_messages_whatever_happens(make_town: Callable[..., Town]) -> None:
    town = make_town(NEIGHBOURS, config="bot: {gather_seconds: 600}")
    numbers = iter(range(1, 1000))

    @ONE_TOWN
    @given(in_meetings)
    def told(happens: list[tuple[float, str]]) -> None:
        number = next(numbers)
        start = town.clock.now()
        said = town.says("grid1", "limin", f"@哨子 议事 {day(town, after=80)} 院坝 充电桩")
        for hours, what in sorted(happens):
            said += town.until((start + timedelta(hours=hours)).astimezone(ZONE).isoformat()[:16])
            said += _meeting_goes_on(town, what, number)
        said += town.passes(days=14)
        heard = news_of(said, f"议事会 #{number}")
        assert len(heard) <= 4, heard
        cancelled = [s for s in said if s.text.endswith("取消了。") and f"议事会 #{number}「" in s.text]
        assert not cancelled or "取消了" in heard[-1]

    told()


def _meeting_goes_on(town: Town, what: str, number: int) -> list[Said]:
    who = sorted(NAMES)[town.clock.now().minute % len(NAMES)]
    if what in ("报名", "接龙", "取消报名", "签到"):
        names = "\n".join(f"{i}. {name}" for i, name in enumerate(NAMES.values(), start=1))
        words = f"#接龙\n充电桩\n{names}" if what == "接龙" else f"@哨子 {what}"
        return town.says("grid1", who, words, name=NAMES[who])
    if what == "议题":
        said = town.says("grid1", who, "@哨子 议题 楼道充电桩装在哪", name=NAMES[who])
        found = next((m[1] for s in said if (m := MOTIONS.match(s.text))), "1")
        return said + town.says("staff", "limin", f"列入 {found} #{number}")
    words = {
        "改期": f"议事 改期 {number} {day(town, after=30)}",
        "取消": f"议事 取消 {number}",
        "纪要": f"议事 纪要 {number} 到会 23 户",
        "决议": f"议事 决议 {number} 装在南门",
        "撤销": "撤销",
    }[what]
    return town.says("staff", "limin", words)
