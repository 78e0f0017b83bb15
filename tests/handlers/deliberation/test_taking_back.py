"""撤销 of a motion, its place on an agenda, minutes, a step of 四议: taken back, or why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Said, Town


def told(town: Town, command: str, who: str = "zhao") -> str:
    return "\n".join(texts(town.says(None, who, command)))


def group(said: list[Said]) -> list[str]:
    return texts(said, room="grid1")


@pytest.fixture
def talk(neighbours: Town) -> Town:
    """Return a grid with a motion of 李四's and a meeting ahead."""
    neighbours.says("grid1", "li", "@哨子 议题 装充电桩", name="李四")
    neighbours.says("grid1", "limin", "@哨子 议事 周六19:30 院坝 充电桩")
    neighbours.passes(minutes=3)
    return neighbours


def test_a_motion_is_withdrawn_and_the_group_hears_so(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", "@哨子 议题 换水管")
    said = neighbours.says("grid1", "limin", "@哨子 撤销")
    assert group(said) == ["议题 1「换水管」撤销了。"]
    assert "0 户" not in told(neighbours, "议题")
    assert "撤销了" in told(neighbours, "进度 议题1")
    assert "议题 1 已经撤销了" in told(neighbours, "支持 议题1", "wang")
    assert "两分钟内没有可撤销的命令" in told(neighbours, "撤销", "zhao")


def test_a_motion_nobody_has_heard_of_goes_without_a_word(neighbours: Town) -> None:
    neighbours.until("2026-03-02 23:00")
    neighbours.says("grid1", "limin", "@哨子 议题 换水管")
    neighbours.says("grid1", "limin", "@哨子 撤销")
    assert group(neighbours.until("2026-03-03 09:00")) == []


@pytest.mark.parametrize(
    ("who", "then", "why"),
    [
        ("li", "支持 议题1", "已经有别的住户支持了"),
        ("zhao", "列入 1 #1", "已经列入、表决或走了四议"),
        ("zhao", "四议 议题1 提议 换水管", "已经列入、表决或走了四议"),
        ("zhao", "表决 议题1 换水管 至 3月10日", "已经列入、表决或走了四议"),
    ],
)
def test_a_motion_that_something_rests_on_stays(neighbours: Town, who: str, then: str, why: str) -> None:
    neighbours.says("grid1", "limin", "@哨子 议事 周六19:30 院坝 充电桩")
    neighbours.passes(minutes=3)
    neighbours.says("grid1", "limin", "@哨子 议题 换水管")
    neighbours.says(None, who, then)
    assert why in told(neighbours, "撤销", "limin")
    assert "换水管" in told(neighbours, "议题")


def test_a_motion_comes_off_the_agenda_and_its_proposer_hears_so(talk: Town) -> None:
    talk.says(None, "zhao", "列入 1 #1")
    said = talk.says(None, "zhao", "撤销")
    assert texts(said, to="zhao") == ["议题 1「装充电桩」的列入撤销了。"]
    assert texts(said, to="li") == ["更正:你提的议题 1「装充电桩」刚才的列入撤销了,现在还没列入议事会。"]
    assert "还没有议题" in told(talk, "议事 议程 1")
    talk.passes(minutes=3)
    assert "列入了议事会 #1" in told(talk, "列入 1 #1")


def test_it_goes_back_to_the_meeting_it_was_before(talk: Town) -> None:
    talk.says("grid1", "limin", "@哨子 议事 周日19:30 院坝 停车")
    talk.says(None, "zhao", "列入 1 #1", after=200)
    talk.says(None, "zhao", "列入 1 #2")
    talk.says(None, "zhao", "撤销")
    assert "议题 1" in told(talk, "议事 议程 1")
    assert "两分钟内没有可撤销的命令" in told(talk, "撤销")


def test_what_was_decided_stays_on_the_agenda(talk: Town) -> None:
    talk.until("2026-03-07 19:31")
    talk.says("grid1", "limin", "@哨子 议事 今天20:30 院坝 充电桩")
    talk.passes(minutes=58)
    talk.says(None, "zhao", "列入 1 #2")
    talk.passes(minutes=1)
    talk.says(None, "limin", "议事 决议 2 议题1 装在南门")
    assert "已经商定了,不能撤销列入" in told(talk, "撤销")


def test_minutes_are_forgotten_the_group_hears_so_and_they_are_asked_for_again(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", "@哨子 议事 今天9:30 院坝 充电桩")  # the hour before is nearly over
    neighbours.until("2026-03-02 10:00")
    assert "有纪要了" in group(neighbours.says(None, "limin", "议事 纪要 1 到会 32 户"))[0]
    said = neighbours.says(None, "limin", "撤销")
    assert group(said) == ["更正:议事会 #1 的纪要刚才撤销了,以重写的为准。"]
    with neighbours.store.read() as uow:
        assert uow.resolutions.minutes(1) == []
    later = neighbours.until("2026-03-05 12:00")
    assert any("还没有纪要" in text for text in texts(later, to="limin"))


def test_a_group_that_heard_four_messages_hears_nothing_of_minutes_taken_back(talk: Town) -> None:
    talk.says("grid1", "wang", "报名")
    talk.until("2026-03-07 20:00")
    talk.says(None, "limin", "议事 纪要 1 到会 32 户")
    said = talk.says(None, "limin", "撤销")
    assert group(said) == []
    assert texts(said, to="wang") == ["更正:议事会 #1 的纪要刚才撤销了,以重写的为准。"]


def test_only_the_last_part_of_minutes_goes(talk: Town) -> None:
    talk.until("2026-03-07 20:00")
    talk.says(None, "limin", "议事 纪要 1 到会 23 户")
    talk.says(None, "limin", "议事 纪要 1 错的")
    assert group(talk.says(None, "limin", "撤销")) == []
    with talk.store.read() as uow:
        assert [part.words for part in uow.resolutions.minutes(1)] == ["到会 23 户"]
    assert not any("还没有纪要" in s.text for s in talk.until("2026-03-20 12:00"))


def test_a_step_of_the_four_is_taken_back_and_the_timeline_keeps_both(neighbours: Town) -> None:
    neighbours.report()
    neighbours.says("staff", "zhao", "受理 1")
    neighbours.says("staff", "zhao", "四议 1 提议 换管", after=200)
    neighbours.says("staff", "zhao", "四议 1 商议 写错了")
    answer = told(neighbours, "撤销")
    assert "的商议撤销了" in answer
    assert answer.endswith("下一步:四议 1 商议 内容")
    assert neighbours.state(1) == "accepted"
    neighbours.says("staff", "zhao", "四议 1 商议 都同意")
    with neighbours.store.read() as uow:
        steps = [step for step in uow.timeline.of_case(1) if step.action == "discuss"]
        assert [(step.words, step.undone) for step in steps] == [
            ("提议 换管", False),
            ("商议 写错了", True),
            ("商议 都同意", False),
        ]


def on_the_way(town: Town) -> None:
    """Take the first four steps on a case."""
    town.report()
    town.says("staff", "zhao", "受理 1")
    town.says("grid1", "limin", "@哨子 议事 今天19:30 院坝 电梯")
    town.until("2026-03-02 20:00")
    town.says("grid1", "limin", "@哨子 议事 决议 1 换主板 #1")
    for step in ("提议", "商议", "审议", "决议"):
        town.says("staff", "zhao", f"四议 1 {step} 换主板", after=60)


def test_with_a_publication_its_publicity_goes(neighbours: Town) -> None:
    on_the_way(neighbours)
    neighbours.says("staff", "zhao", "四议 1 决议公开 换主板")
    said = neighbours.says("staff", "zhao", "撤销")
    assert any("公示 1" in text and "收回" in text for text in group(said))
    assert "下一步:四议 1 决议公开 内容" in texts(said, to="zhao")[-1]
    assert not any("公示" in s.text for s in neighbours.until("2026-03-12 12:00"))


def test_a_publication_that_was_objected_to_stays(neighbours: Town) -> None:
    on_the_way(neighbours)
    neighbours.says("staff", "zhao", "四议 1 决议公开 换主板")
    neighbours.says(None, "wang", "异议 1 太贵了")
    assert "已经有人提了异议" in told(neighbours, "撤销")


def test_a_step_that_was_gone_on_from_stays(neighbours: Town) -> None:
    neighbours.report()
    neighbours.learn(
        "people:\n  - {name: 钱主任, accounts: [{channel: web, id: qianz}],"
        " duties: [{role: officer, area: '1.1.1'}]}\n"
    )
    neighbours.says("staff", "zhao", "四议 1 提议 换管")
    neighbours.says("staff", "qianz", "四议 1 商议 都同意")
    assert "之后已经走了下一步" in told(neighbours, "撤销")


def test_what_is_only_looked_at_does_not_stand_in_the_way(neighbours: Town) -> None:
    neighbours.report()
    neighbours.says("grid1", "li", "@哨子 议题 装充电桩", name="李四")
    neighbours.says("staff", "zhao", "受理 1")
    neighbours.says("staff", "zhao", "议题")
    neighbours.says("staff", "zhao", "四议 1")
    neighbours.says("staff", "zhao", "撤销")
    assert neighbours.state(1) == "reported"


@pytest.mark.parametrize(
    ("before", "said", "why"),
    [
        ("", "支持 议题1", "「支持」不能撤销:支持按户算"),
        ("", "议题 1 支持", "「支持」不能撤销:支持按户算"),
        (
            "表决 换门禁 至 3月10日",
            "表决 延期 1 3月12日 人不够",
            "「表决延期」不能撤销:群里和各户都知道了",
        ),
    ],
)
def test_what_stays_says_so(talk: Town, before: str, said: str, why: str) -> None:
    if before:
        talk.says(None, "limin", before)
        talk.passes(minutes=3)
    talk.says(None, "limin", said)
    assert why in told(talk, "撤销", "limin")
