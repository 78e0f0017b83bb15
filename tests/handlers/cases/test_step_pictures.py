"""Pictures travel with what they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.town import Said, Town


def shown(said: list[Said]) -> list[tuple[str | None, str | None]]:
    return [(one.room or one.to, one.media) for one in said if one.media]


def raised(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元楼道堆满了装修垃圾,没人清")
    town.says("grid1", "wang", kind="image", media="before.jpg")
    town.passes(minutes=1)


def test_e3_the_picture_of_an_appeal_goes_to_the_unit_it_is_given_to(town: Town) -> None:
    raised(town)
    said = town.says("grid1", "limin", "@哨子 派单 1 万邦物业")
    assert shown(said) == [("wuye", "before.jpg")]


def test_e3_a_result_s_picture_goes_where_the_result_is_told_and_belongs_to_the_step(town: Town) -> None:
    raised(town)
    town.says("grid1", "limin", "@哨子 派单 1 万邦物业")
    town.says("wuye", "chen", kind="image", media="after.jpg")
    said = town.says("wuye", "chen", "办结 1 已清运干净")
    assert shown(said) == [("grid1", "after.jpg")]
    with town.store.read() as uow:
        step = next(s for s in uow.timeline.of_case(1) if s.action == "resolve")
        assert step.note.pictures == ("after.jpg",)
        assert "after.jpg" in uow.history.pictures()


def test_a_command_may_be_the_words_of_a_picture(town: Town) -> None:
    raised(town)
    town.says("grid1", "limin", "@哨子 受理 1")
    said = town.says("staff", "limin", "@哨子 办理 1 正在清", kind="image", media="now.jpg")
    assert ("grid1", "now.jpg") in shown(said)
    assert ("staff", "now.jpg") not in shown(said)


def test_a_dispute_s_pictures_are_in_no_group(town: Town) -> None:
    town.says("grid1", "wang", "楼上的天天半夜打麻将吵死人,说了几次都不听还骂人")
    town.passes(minutes=1)
    town.says(None, "feng", "受理 1")
    town.says(None, "feng", kind="image", media="paper.jpg")
    said = town.says(None, "feng", "办理 1 双方都谈了")
    assert [one.room for one in said if one.media and one.room] == []
