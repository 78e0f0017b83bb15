"""How long words may be, how many at once: each at its limit, and one beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.domain.messages import Inbound, MessageKind
from data.domain.own import OwnKind
from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town


def options(count: int) -> str:
    return "/".join(f"方案{n}" for n in range(count))


REFUSED: dict[
    str, tuple[str, Callable[[int], str], int, str]
] = {  # who says what, of how much, so that one more is refused; and what is said then
    "a wish": ("wang", lambda n: f"心愿 {'书' * n}", 200, "心愿太长了,最多 200 个字"),
    "a motion": ("wang", lambda n: f"议题 {'路' * n}", 200, "最多 200 个字"),
    "an option": ("zhao", lambda n: f"表决 粉刷 {'甲' * n}/乙 至 3月5日", 40, "最多 40"),
    "options": ("zhao", lambda n: f"表决 粉刷 {options(n)} 至 3月5日", 20, "最多 20"),
    "own rules": (
        "zhao",
        lambda n: f"改规则 全文\n#{'规' * (n - 2)}",
        7_500,
        "自己的规则太长,一共最多 7500 字",
    ),
    "numbers": ("zhao", lambda n: f"受理 1-{n}", 30, "一次最多受理 30 件"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_one_more_is_refused(town: Town, what: str) -> None:
    who, said, most, refusal = REFUSED[what]
    town.says("grid1", who, "大家好")
    room, bot = ("grid1", "@哨子 ") if what == "a motion" else (None, "")
    answers = texts(town.says(room, who, bot + said(most)))
    assert answers
    assert not any(refusal in text for text in answers), answers
    answers = texts(town.says(room, who, bot + said(most + 1)))
    assert any(refusal in text for text in answers), answers


def kept(town: Town, table: str, column: str) -> str:
    with town.store.read() as uow:
        row = uow.connection.exec_driver_sql(f"SELECT {column} FROM {table} ORDER BY rowid DESC").first()
    assert row is not None
    return str(row[0])


CUT = {  # what is cut off where, not refused
    "a question passed on": ("grid1", "@哨子 问 {}", 200, "asked_questions", "words"),
    "skills of a party member": ("grid1", "@哨子 党员报到 3栋 特长 {}", 60, "party_members", "skills"),
    "what somebody must be seen for": (None, "@哨子 必到 3栋501 情绪 {}", 200, "duty_calls", "words"),
}


@pytest.mark.parametrize("what", CUT)
def test_more_is_cut_off(town: Town, what: str) -> None:
    room, said, most, table, column = CUT[what]
    who = "limin" if room is None else "wang"
    town.says("grid1", who, "大家好")
    town.says(room, who, said.format("长" * (most + 1)))
    found = kept(town, table, column)
    assert (len(found), found[-9:]) == (most, "长" * 9)


def test_a_rule_that_is_added_has_sixty_words(town: Town) -> None:
    town.says(None, "zhao", "改规则 加 养犬 " + ",".join(f"犬{n}号" for n in range(70)))
    with town.store.read() as uow:
        newest = uow.own.newest(OwnKind.RULES)
    assert newest is not None
    assert [f"犬{n}号" in newest.text for n in (0, 59, 60)] == [True, True, False]


def test_a_room_s_name_is_cut(town: Town) -> None:
    inbound = Inbound("web", "t1", town.clock.now(), "grid1", "limin", "李敏", "群" * 61, MessageKind.TOPIC)
    town.parts.intake.take([inbound.cleaned()])
    with town.store.read() as uow:
        room = uow.rooms.of("web", "grid1")
    assert room is not None
    assert room.topic == "群" * 60


@pytest.mark.parametrize(("days", "until"), [(365, "2027-03-02"), (366, "2027-03-02"), (364, "2027-03-01")])
def test_nobody_is_banned_for_more_than_a_year(town: Town, days: int, until: str) -> None:
    town.says("grid1", "wanger", "大家好", name="王二")
    town.says(None, "zhao", f"封禁 王二 {days}天")
    assert kept(town, "bans", "until")[:10] == until


@pytest.mark.parametrize(("length", "is_answer"), [(30, True), (31, False)])
def test_an_answer_to_an_alarm_is_short(town: Town, length: int, *, is_answer: bool) -> None:
    town.says("grid1", "wang", "5栋那边冒烟了")
    words = "我们马上到,带上灭火器和绳子,再叫上物业的人"
    town.says(None, "limin", words + "呀" * (length - len(words)))
    assert (town.state(1) == "accepted") is is_answer


def test_names_in_the_list_of_who_has_not_read_are_forty(make_town: Callable[..., Town]) -> None:
    town = make_town()
    for n in range(41):
        town.says("grid1", f"u{n}", "大家好", name=f"居民{n}号")
    town.says("staff", "zhao", "通知 第一网格 明天停水")
    (answer,) = [text for text in texts(town.says("staff", "zhao", "通知 1 未回复")) if "居民" in text]
    assert answer.count("居民") == 40


def test_a_list_that_goes_round_has_two_hundred_names(town: Town) -> None:
    town.says("grid1", "limin", "@哨子 议事 今天19:30 党群服务中心 加装电梯")
    names = "\n".join(f"{n}. 张{n}" for n in range(1, 211))
    town.says("grid1", "wang", f"#接龙\n议事会报名\n{names}")
    with town.store.read() as uow:
        assert len(uow.activities.names(1)) == 200
