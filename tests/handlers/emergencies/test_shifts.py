"""值班表:谁值班,紧急时先叫谁."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town

TWO_GRIDS = """
people:
  - name: 何姐
    accounts: [{channel: web, id: he}]
    duties: [{role: grid_leader, area: g1}, {role: grid_leader, area: g2}]
"""
FIRE = "3栋着火了快来人"


def alarmed(town: Town) -> set[str | None]:
    """Return who is called alone when it burns now."""
    return {s.to for s in town.says("grid1", "liu", FIRE) if s.room is None}


def test_the_roster_is_set_told_and_shown(town: Town) -> None:
    said = town.says(None, "zhao", "值班 李敏 本周 8:00-20:00")
    days = "3月2日(周一)至3月8日(周日) 08:00–20:00"
    assert texts(said, to="zhao") == [f"排好了:{days} 李敏在百安坝社区值班,有紧急情况先叫。"]
    assert texts(said, to="limin") == [f"赵主任排你值班:{days},百安坝社区。有紧急情况先叫你,接手请回:收到"]
    town.says(None, "limin", "值班 吴大爷 周三")
    (shown,) = town.says("staff", "limin", "@哨子 值班")
    assert shown.text == (
        f"值班表(今后两周):\n{days} 李敏(百安坝社区),正在值班\n3月4日(周三) 吴大爷(第一网格)"
    )


def test_in_a_residents_room_it_is_answered_alone(town: Town) -> None:
    said = town.says("grid1", "limin", "@哨子 值班 李敏 今天")
    assert texts(said, "grid1") == []
    assert texts(said, to="limin") == ["排好了:3月2日(周一) 李敏在第一网格值班,有紧急情况先叫。"]


def test_hours_decide_who_is_called(town: Town) -> None:
    town.says(None, "zhao", "值班 小陈 今天 20:00-8:00")
    town.until("2026-03-03 07:30")
    assert alarmed(town) == {"chen"}  # over midnight
    town.says(None, "chen", "收到")
    town.until("2026-03-03 08:00")
    assert {s.to for s in town.says("grid1", "liu", "5栋闻到好大的煤气味") if s.room is None} == {"limin"}


def test_a_grid_s_shift_counts_for_that_grid(town: Town) -> None:
    town.says(None, "wangqiang", "值班 王强 今天")
    assert alarmed(town) == {"limin"}


def test_several_people_and_dates_as_people_write_them(town: Town) -> None:
    town.says(None, "zhao", "值班 李敏，王强 2026-03-04至2026-03-05")
    (shown,) = town.says(None, "zhao", "值班")
    assert shown.text.endswith(
        "3月4日(周三)至3月5日(周四) 李敏(百安坝社区)\n3月4日(周三)至3月5日(周四) 王强(百安坝社区)"
    )


def test_an_officer_names_a_grid(town: Town) -> None:
    said = town.says(None, "zhao", "值班 第一网格 吴大爷 明天")
    assert texts(said, to="zhao") == ["排好了:3月3日(周二) 吴大爷在第一网格值班,有紧急情况先叫。"]


@pytest.mark.parametrize("grid", ["一网格", "1网格", "第1网格", "１网格", "第一"])
def test_a_grid_goes_by_a_part_of_its_name_or_its_number(town: Town, grid: str) -> None:
    said = town.says(None, "zhao", f"值班 {grid} 吴大爷 明天")
    assert texts(said, to="zhao") == ["排好了:3月3日(周二) 吴大爷在第一网格值班,有紧急情况先叫。"]


def test_days_are_taken_off_the_roster(town: Town) -> None:
    town.says(None, "zhao", "值班 李敏 今天至3月5日")
    said = town.says(None, "zhao", "值班 取消 李敏 明天")
    assert texts(said, to="zhao") == ["取消了:3月3日(周二) 李敏在百安坝社区的值班。"]
    assert texts(said, to="limin") == ["你的值班取消了:3月3日(周二),百安坝社区。"]
    (shown,) = town.says(None, "zhao", "值班")
    assert "3月2日(周一)、3月4日(周三)至3月5日(周四) 李敏" in shown.text
    town.says(None, "zhao", "值班取消 李敏")
    (shown,) = town.says(None, "zhao", "值班")
    assert shown.text.startswith("今后两周还没有排值班")


def test_it_is_undone(town: Town) -> None:
    town.says(None, "zhao", "值班 小陈 今天")
    said = town.says(None, "zhao", "撤销")
    assert texts(said, to="zhao") == ["刚才的值班变动撤销了。"]
    assert texts(said, to="chen") == ["你的值班取消了:3月2日(周一),百安坝社区。"]
    assert alarmed(town) == {"limin"}


def test_taking_off_is_undone_too(town: Town) -> None:
    town.says(None, "zhao", "值班 小陈 今天")
    town.says(None, "zhao", "值班 取消 小陈")
    said = town.says(None, "zhao", "撤销")
    assert "排你值班:3月2日(周一)" in texts(said, to="chen")[0]
    assert alarmed(town) == {"chen"}


@pytest.mark.parametrize(
    ("who", "words", "says"),
    [
        ("zhao", "值班 李敏", "要写谁、哪天,例如:值班 李敏 今天 8:00-20:00"),
        ("zhao", "值班 今天", "要写谁、哪天,例如:值班 李敏 今天 8:00-20:00"),
        (
            "zhao",
            "值班 3网格 李敏 今天",
            "你管的没有「3网格」,可以写:百安坝社区、第一网格、第二网格",
        ),
        (
            "zhao",
            "值班 网格 李敏 今天",
            "你管好几处:第一网格、第二网格。请写上是哪一处,例如:值班 第一网格 李敏 今天",
        ),
        ("zhao", "值班 张三 今天", "花名册里没有在百安坝社区办事的「张三」。"),
        ("limin", "值班 孙丽 今天", "花名册里没有在第一网格办事的「孙丽」。"),
        ("zhao", "值班 王姐 今天", "花名册里没有在百安坝社区办事的「王姐」。"),
        ("zhao", "值班 李敏 2026-03-01", "3月1日(周日) 已经过了,请写以后的日子。"),
        ("zhao", "值班 李敏 3月8日至3月3日", "日子写反了或超过两个月"),
        ("zhao", "值班 李敏 2月30日", "花名册里没有"),
        ("zhao", "值班 取消 李敏", "李敏那几天没有值班。"),
        (
            "he",
            "值班 李敏 今天",
            "你管好几处:第一网格、第二网格。请写上是哪一处,例如:值班 第一网格 李敏 今天",
        ),
        ("wudaye", "值班 李敏 今天", "网格长排自己网格的班,社区干部排社区的班。"),
        ("wang", "值班 李敏 今天", "「值班」要有相应职责才能用(楼栋长、网格员、网格长、社区干部)。"),
        ("chen", "值班", "「值班」要有相应职责才能用(楼栋长、网格员、网格长、社区干部)。"),
    ],
)
def test_what_is_not_clear_gets_one_line(town: Town, who: str, words: str, says: str) -> None:
    town.learn(TWO_GRIDS)
    (answer,) = town.says(None, who, words)
    assert says in answer.text
    assert "\n" not in answer.text


def test_twice_the_same(town: Town) -> None:
    town.says(None, "zhao", "值班 李敏 今天")
    (answer,) = town.says(None, "zhao", "值班 李敏 今天")
    assert answer.text == "李敏 3月2日(周一) 已经排过了。"
