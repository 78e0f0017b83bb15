from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Said, Town

LATE = ("超时", "逾期", "超期")


def alone(said: list[Said]) -> list[tuple[str, str | None]]:
    return [(s.at[:11], s.to) for s in said if s.room is None and not s.text.startswith("今天手上")]


STREET = """
people:
  - {name: 郑科长, accounts: [{channel: web, id: zheng}], duties: [{role: officer, area: "1.1"}]}
"""
OPERATOR = """
people:
  - {name: 管理员, accounts: [{channel: web, id: op}], duties: [{role: operator, area: "1.1.2"}]}
"""


def test_the_ladder_of_a_case_nobody_takes_in(town: Town) -> None:
    town.learn(STREET)
    town.report()
    town.news()
    said = town.until("2026-03-04 12:00")
    assert alone(said) == [
        ("03-02 10:36", "limin"),  # at 80 % of two hours
        ("03-02 11:00", "limin"),
        ("03-02 13:00", "zhao"),
        ("03-02 15:00", "zheng"),
        ("03-03 10:00", "zhou"),
    ]
    assert not any(word in s.text for s in said[:2] for word in LATE)
    assert all(any(word in s.text for word in LATE) for s in said[2:] if "今天手上" not in s.text)
    assert [s for s in said if s.room] == []  # never to the group
    assert alone(town.until("2026-03-20 12:00")) == []  # each once


def test_a_case_taken_in_starts_the_next_clock(town: Town) -> None:
    town.learn(STREET)
    town.report()
    town.says("grid1", "limin", "@哨子 派单 1 @小陈")
    town.news()
    said = town.until("2026-03-10 12:00")
    assert alone(said) == [
        ("03-05 10:48", "chen"),
        ("03-05 18:00", "chen"),
        ("03-06 11:00", "zhao"),
        ("03-06 13:00", "zheng"),
        ("03-06 17:00", "zhou"),
    ]


def test_a_short_span_has_no_reminder_before_it_ends(make_town: Callable[..., Town]) -> None:
    town = make_town(config="governance: {deadlines: {accept: 20m}}")
    town.report()
    town.news()
    assert alone(town.until("2026-03-02 12:00")) == [("03-02 09:20", "limin"), ("03-02 11:20", "zhao")]


def test_who_was_told_already_is_not_told_again(make_town: Callable[..., Town]) -> None:
    """One woman leads the grid, is the community's officer and the street's."""
    roster = """
areas:
  - {code: s, name: 小街道, kind: street}
  - {code: c, name: 小社区, kind: community, parent: s}
  - {code: g, name: 一网格, kind: grid, parent: c}
rooms: [{channel: web, id: g, topic: 群, kind: residents, area: g}]
people:
  - name: 何主任
    accounts: [{channel: web, id: he}]
    duties: [{role: grid_leader, area: g}, {role: officer, area: c}, {role: officer, area: s}]
  - {name: 管理员, accounts: [{channel: web, id: op}], duties: [{role: operator, area: s}]}
"""
    town = make_town(roster)
    town.report(room="g")
    town.news()
    said = town.until("2026-03-05 12:00")
    assert alone(said) == [("03-02 10:36", "he"), ("03-02 11:00", "he"), ("03-02 13:00", "op")]


def test_a_ladder_with_nobody_on_it(make_town: Callable[..., Town]) -> None:
    """Nobody has a duty where the case lies; the operator sits elsewhere."""
    roster = """
areas:
  - {code: c, name: 小社区, kind: community}
  - {code: g, name: 一网格, kind: grid, parent: c}
  - {code: d, name: 大社区, kind: community}
rooms: [{channel: web, id: g, topic: 群, kind: residents, area: g}]
people:
  - {name: 管理员, accounts: [{channel: web, id: op}], duties: [{role: operator, area: d}]}
"""
    town = make_town(roster)
    town.report(room="g")
    town.news()
    said = town.until("2026-03-12 12:00")
    assert alone(said) == [("03-02 11:00", "op")]
    assert "没有人管这一片" in said[0].text


def test_an_organisation_is_reminded_in_its_room(town: Town) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    said = town.until("2026-03-05 18:00")
    assert [(s.at, s.room) for s in said if "时限已到" in s.text] == [("03-05 18:00:00", "wuye")]


def test_before_a_deadline_nobody_is_told_late(town: Town) -> None:
    town.report()
    said = town.until("2026-03-02 10:59:59")
    assert not any(word in s.text for s in said for word in LATE)


@pytest.mark.parametrize(
    ("at", "by"),
    [
        ("2026-03-02 16:00", "18:00"),  # 18:00 sharp is still office time
        ("2026-03-02 16:30", "3月3日 09:30"),
        ("2026-03-06 17:30", "3月9日 10:30"),  # over the weekend
        ("2026-02-14 10:00", "12:00"),  # a Saturday that is worked
        ("2026-02-15 10:00", "2月24日 11:00"),  # the Spring Festival
        ("2026-12-31 17:00", "2027年1月4日 10:00"),  # the calendar ends: the law counts
        ("2027-01-02 10:00", "1月4日 11:00"),
    ],
)
def test_working_time(make_town: Callable[..., Town], at: str, by: str) -> None:
    town = make_town(at=at)
    town.says("grid1", "wang", "3栋2单元电梯坏了没人修", after=0)
    (ack, _) = town.passes(seconds=10)
    assert f"{by} 前受理" in ack.text


@pytest.mark.parametrize(
    ("at", "by"),
    [
        ("2026-02-13 10:00", "2月25日 18:00"),  # a Saturday that is worked, then the Spring Festival
        ("2026-09-18 10:00", "9月22日 18:00"),  # before a Sunday that is worked
        ("2026-12-30 10:00", "2027年1月5日 18:00"),  # into a year without a calendar
    ],
)
def test_three_working_days(make_town: Callable[..., Town], at: str, by: str) -> None:
    town = make_town(at=at)
    town.report()
    said = town.says("staff", "limin", "受理 1")
    assert texts(said, "grid1") == [f"#1 已受理,{by} 前办结。@王姐"]


def test_missed_at_night_it_is_said_in_the_morning(make_town: Callable[..., Town], store_url: str) -> None:
    town = make_town()
    town.report()
    later = make_town(at="2026-03-02 20:00", url=store_url)
    assert later.until("2026-03-03 08:59") == []
    said = later.until("2026-03-03 09:00")
    assert texts(said, to="limin")[-1].startswith("[补发] #1【电梯·小事】3栋2单元 应在 3月2日 11:00 前受理")


def test_reopening_starts_the_clock_again(town: Town) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 受理 1")
    town.says("grid1", "limin", "@哨子 办结 1 修好了")
    town.until("2026-03-04 10:00")
    town.says("grid1", "wang", "4")
    (answer,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert "3月9日 18:00 前办结" in answer.text


def test_missing_people_on_the_ladder(make_town: Callable[..., Town]) -> None:
    roster = """
areas: [{code: c, name: 小社区, kind: community}, {code: g, name: 一网格, kind: grid, parent: c}]
rooms: [{channel: web, id: g, topic: 群, kind: residents, area: g}]
"""
    town = make_town(roster)
    town.says("g", "wang", "3栋2单元电梯坏了没人修")
    (ack,) = town.passes(seconds=10)
    assert ack.text == "@王姐 记为 #1【电梯·小事】3栋2单元,11:00 前受理。"
    assert [s for s in town.passes(days=9) if "一周通报" not in s.text] == []
    said = town.says("g", "wang", "5栋着火了快跑")
    assert [s.room for s in said] == ["g"]


def test_a_year_without_a_calendar_is_told_to_the_operator_once(make_town: Callable[..., Town]) -> None:
    town = make_town(at="2026-12-31 16:00")
    town.learn(OPERATOR)
    town.report()
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.until("2027-01-04 12:00")
    (said,) = [s for s in town.channel.said if s.to == "op"]
    assert said.text.startswith("2027 年的放假安排还没有公布")


def test_own_holidays_are_a_calendar_too(make_town: Callable[..., Town]) -> None:
    town = make_town(at="2026-12-31 17:00", config="governance: {holidays: [2027-01-01]}")
    town.learn(OPERATOR)
    (ack, *_) = town.says("grid1", "wang", "3栋2单元电梯坏了没人修") or town.passes(seconds=12)
    assert "2027年1月4日 10:00 前受理" in ack.text
    town.passes(hours=20)
    assert [s for s in town.channel.said if s.to == "op"] == []


def test_a_clock_that_jumps_back_an_hour(make_town: Callable[..., Town], store_url: str) -> None:
    """Started again with a clock that is an hour behind, nothing is said twice and work goes on."""
    town = make_town()
    town.report()
    town.until("2026-03-02 11:00")
    again = make_town(at="2026-03-02 10:00", url=store_url)
    assert again.until("2026-03-02 11:30") == []
    again.says(None, "limin", "受理 1", id="after")
    assert again.state(1) == "accepted"


def test_what_is_due_at_one_moment_is_one_message(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了,没人修")
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.news()
    said = [one for one in town.until("2026-03-02 11:00") if one.to == "limin" and "受理" in one.text]
    assert [one.at for one in said] == ["03-02 10:36:00", "03-02 11:00:00"]
    assert all("#1【" in one.text and "#2【" in one.text for one in said)
