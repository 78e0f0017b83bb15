"""A ballot: opened, counted by household, told with its turnout."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from bot.charts import drawn
from handlers.saying.charts import CHART
from tests.handlers.deliberation.town import NAMES, NEIGHBOURS
from tests.handlers.deliberation.voting import ENDS, OPEN, in_group, vote
from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town


def test_from_opening_to_result(neighbours: Town) -> None:
    (opened,) = neighbours.says("grid1", "limin", OPEN)
    assert opened.text == (
        "表决 1:加装电梯\nA 同意  B 反对  C 弃权\n简单多数,不记名,一户一票,3月10日(周二) 18:00 截止。\n"
        "投票请私聊我发:投票 1 选项(或字母;截止前可以改)。还没登记住户的先发:登记 3栋2单元501"
    )
    (taken,) = vote(neighbours, "wang", "投票 1 同意")
    assert taken.text == "记下了你家对表决 1 的票,3月10日(周二) 18:00 前可以改,以最后一次为准。"
    assert vote(neighbours, "li", "同意")[0].text == taken.text  # an option alone, in private
    assert vote(neighbours, "sun", "b")[0].text == taken.text  # a letter
    said = neighbours.until("2026-03-09 18:00")
    assert in_group(said) == [
        "表决 1「加装电梯」3月10日(周二) 18:00 截止,还有 2 户没投。投票请私聊我发:投票 1 选项(或字母)"
    ]
    assert {s.to for s in said if s.text.startswith("你家还没投")} == {"zhang", "zhang2", "chen2"}
    said = neighbours.until(ENDS)
    (result,) = in_group(said)
    assert result.split("\n") == [
        "表决 1「加装电梯」结果:同意 2 户、反对 1 户、弃权 0 户。",
        "参与 3/5 户,面积 300/500 ㎡。",
        "按简单多数:通过。",
    ]
    assert in_group(neighbours.passes(days=3)) == []


def test_quoting_in_the_group_is_answered_in_private_only(neighbours: Town) -> None:
    (opened,) = neighbours.says("grid1", "limin", OPEN)
    for who, said in (("wang", "同意"), ("li", "A"), ("sun", "投票 反对")):
        (taken,) = neighbours.says("grid1", who, said, quote=opened.id, name=NAMES.get(who))
        assert (taken.room, taken.to) == (None, who)
    assert neighbours.says("grid1", "chen2", "同意", name="陈伯") == []  # said to nobody
    (taken,) = neighbours.says("grid1", "chen2", "@哨子 投票 弃权", name="陈伯")
    assert (taken.room, taken.to) == (None, "chen2")
    assert "同意 2 户、反对 1 户、弃权 1 户" in in_group(neighbours.until(ENDS))[-1]


def test_the_last_one_of_a_household_counts_and_the_others_are_told(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    said = vote(neighbours, "zhang", "投票 1 同意")
    assert texts(said, to="zhang2") == ["张三刚替你们家投了表决 1「加装电梯」。要改就再投,以最后一次为准。"]
    vote(neighbours, "zhang2", "投票 反对")
    vote(neighbours, "zhang", "投票 C")
    vote(neighbours, "zhang2", "B")
    assert "同意 0 户、反对 1 户、弃权 0 户" in in_group(neighbours.until(ENDS))[-1]


def test_two_of_one_household_within_a_second(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    vote(neighbours, "zhang2", "投票 1 弃权")
    neighbours.says(None, "zhang", "投票 1 同意", name="张三", after=0)
    neighbours.says(None, "zhang2", "投票 1 反对", name="张嫂", after=0)
    assert "同意 0 户、反对 1 户、弃权 0 户" in in_group(neighbours.until(ENDS))[-1]


def test_turnout_only_before_the_end_and_never_how(neighbours: Town) -> None:
    neighbours.says("grid1", "zhao", "@哨子 表决 加装电梯 至 3月10日 一般事项")
    vote(neighbours, "wang", "投票 1 反对")
    vote(neighbours, "li", "投票 1 同意")
    (shown,) = neighbours.says("grid1", "sun", "@哨子 表决 1", name="孙哥")
    assert (shown.room, shown.to) == (None, "sun")
    assert shown.text == (
        "表决 1「加装电梯」3月10日(周二) 18:00 截止。\n已参与 2/5 户,面积 180/500 ㎡。"
        "按一般事项(民法典第278条),参与还差 2 户(153.34 ㎡)。"
    )
    neighbours.until(ENDS)
    (shown,) = neighbours.says(None, "sun", "表决 1", name="孙哥")
    assert shown.text == (
        "表决 1「加装电梯」结果:同意 1 户、反对 1 户、弃权 0 户。\n"
        "参与 2/5 户,面积 180/500 ㎡。\n按一般事项(民法典第278条):参与没有达到三分之二,没有通过。"
        "按一般事项(民法典第278条),参与还差 2 户(153.34 ㎡)。"
    )


def test_a_missing_area_counts_heads_only_and_says_so(make_town: Callable[..., Town]) -> None:
    town = make_town(NEIGHBOURS.replace("area_m2: 120, ", ""))
    town.says("grid1", "zhao", "@哨子 表决 加装电梯 至 3月10日 重大事项")
    for who in ("wang", "li", "chen2", "sun"):
        town.says(None, who, "投票 1 同意")
    (result,) = in_group(town.until(ENDS))[-1:]
    assert result.endswith("参与 4/5 户。\n按重大事项(民法典第278条):通过。有住户没有面积,只按户数算。")


def test_a_tie_decides_nothing_and_options_of_ones_own(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", "@哨子 表决 门口刷什么颜色 白/灰/弃权 至 3月10日 记名")
    for who, said in (("wang", "白"), ("li", "灰"), ("sun", "弃权"), ("chen2", "弃权")):
        vote(neighbours, who, said)
    assert "「白」、「灰」票数一样,没有定下来" in in_group(neighbours.until(ENDS))[-1]
    neighbours.says("grid1", "limin", "@哨子 表决 门口刷什么颜色 白/灰 至 3月20日")
    vote(neighbours, "wang", "投票 灰")
    assert "「灰」票最多,选定" in in_group(neighbours.until("2026-03-20 18:00"))[-1]


@pytest.mark.parametrize("listed", ["选项 白 灰 弃权", "选项:白、灰、弃权", "选项:白/灰/弃权", "白/灰/弃权"])
def test_options_may_be_listed_after_their_word(neighbours: Town, listed: str) -> None:
    neighbours.says("grid1", "limin", f"@哨子 表决 门口刷什么颜色 {listed} 至 3月10日")
    (shown,) = texts(neighbours.says(None, "limin", "表决 1"))
    assert "门口刷什么颜色" in shown
    vote(neighbours, "wang", "投票 灰")
    assert "「灰」票最多,选定" in in_group(neighbours.until(ENDS))[-1]


def test_the_named_kind_keeps_both_and_shows_them_to_who_had_a_vote_and_to_staff(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", "@哨子 表决 换门禁 至 3月10日 记名")
    vote(neighbours, "wang", "同意")
    vote(neighbours, "sun", "反对")
    assert "反对" not in "".join(texts(neighbours.says(None, "limin", "表决 1")))  # while it is open
    neighbours.until(ENDS)
    with neighbours.store.read() as uow:
        rows = {row.household_id: (row.took_part, row.choice) for row in uow.ballots.roll(1)}
        assert sorted(rows.values(), key=str) == [(False, None)] * 3 + [(True, 0), (True, 1)]
        assert uow.ballots.chosen(1) == {}
    for who in ("limin", "li"):
        shown = texts(neighbours.says(None, who, "表决 1"))
        assert shown[-1] == "表决 1 记名,各户是:\n3栋2单元501 同意\n5栋301 反对"
    assert "各户" not in "".join(texts(neighbours.says(None, "qian", "表决 百安坝#1")))
    assert "各户" not in "".join(texts(neighbours.says("grid1", "limin", "@哨子 表决 1")))


def test_the_secret_kind_shows_nobody_s_choice_to_anybody(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    vote(neighbours, "wang", "同意")
    neighbours.until(ENDS)
    for who in ("limin", "zhao", "wang", "li"):
        assert "501" not in "".join(texts(neighbours.says(None, who, "表决 1")))


def test_at_most_three_messages_in_the_group(neighbours: Town) -> None:
    said = neighbours.says("grid1", "limin", OPEN)
    for who in NAMES:
        for choice in ("同意", "反对", "C"):
            said += vote(neighbours, who, f"投票 1 {choice}")
        said += neighbours.says("grid1", who, "@哨子 表决 1", name=NAMES[who])
        said += neighbours.says("grid1", who, "@哨子 投票 1 大概同意", name=NAMES[who])
    said += neighbours.until("2026-03-20 18:00")
    assert len(in_group(said)) == 3


def test_an_officer_names_grids_and_buildings_first(neighbours: Town) -> None:
    said = neighbours.says("staff", "zhao", "@哨子 表决 第二网格,5栋 换水表 至 3月10日")
    assert {s.room for s in said if "换水表" in s.text} == {"grid1", "grid2", "staff"}
    with neighbours.store.read() as uow:
        assert len(uow.ballots.roll(1)) == 2  # 5栋301 and 8栋801
    said = neighbours.says(None, "zhao", "表决 全社区换水表 至 3月10日")
    with neighbours.store.read() as uow:
        assert len(uow.ballots.roll(2)) == 6
    (told,) = vote(neighbours, "sun", "同意")
    assert told.text == "有好几个表决:1 换水表、2 全社区换水表。请写编号,例如:投票 2 同意"


def test_a_building_has_its_own_room(make_town: Callable[..., Town]) -> None:
    room = "rooms:\n  - {channel: web, id: b3, topic: 3栋群, kind: residents, area: g1b3}\n"
    town = make_town(NEIGHBOURS.replace("rooms:\n", room))
    said = town.says(None, "limin", "表决 3栋 粉刷楼道 至 3月10日")
    assert {s.room for s in said} == {"b3", None}
    said = town.says("b3", "limin", "@哨子 表决 换门 至 3月10日")
    assert [s.room for s in said] == ["b3"]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("加装电梯 同意/ 至 3月10日", "至少要有两个选项"),
        ("加装电梯 同意/反对/同意 至 3月10日", "选项「同意」写了两次"),
        ("加装电梯 a/b/Ａ 至 3月10日", "选项「Ａ」写了两次"),
        (f"选代表 {'/'.join(f'人选{i}' for i in range(21))} 至 3月10日", "选项最多 20 个,这里有 21 个"),
        ("加装电梯 至 3月1日", "已经过了"),
        ("加装电梯 至 今天早上7点", "已经过了"),
        ("加装电梯 至 2027年3月10日", "太远了,最多一年"),
        ("加装电梯", "要写到什么时候为止"),
        ("同意/反对 至 3月10日", "同意/反对"),
        ("加装电梯 方案一/方案二 至 3月10日 重大事项", "重大事项只能用 同意/反对/弃权"),
        ("加装电梯 至 3月10日 多数票", "没看懂「多数票」"),
    ],
)
def test_bad_ballots_are_told_what_is_wrong(neighbours: Town, words: str, answer: str) -> None:
    said = neighbours.says("grid1", "limin", f"@哨子 表决 {words}")
    if answer == "同意/反对":  # a title it may be
        assert said[0].text.startswith("表决 1:同意/反对\nA 同意")
        return
    (told,) = said
    assert answer in told.text
    assert not re.match("表决 1:", told.text)


def test_no_households_no_ballot(make_town: Callable[..., Town]) -> None:
    town = make_town()
    (told,) = town.says("grid2", "wangqiang", OPEN)
    assert told.text.startswith("@王强 第二网格还没有登记的住户,不能表决。")


@pytest.mark.parametrize("said", ["投票 1 赞成", "投票 1 D", "投票 1", "投票 1 同意 反对"])
def test_an_option_that_is_none_is_told_which_there_are(neighbours: Town, said: str) -> None:
    neighbours.says("grid1", "limin", OPEN)
    (told,) = vote(neighbours, "wang", said)
    assert told.text == "表决 1 没有这个选项,可以投:A 同意  B 反对  C 弃权"


def test_unknown_ballots(neighbours: Town) -> None:
    assert texts(vote(neighbours, "wang", "投票 同意")) == ["现在没有进行中的表决。"]
    assert texts(vote(neighbours, "wang", "投票 7 同意")) == ["没有表决 7。"]
    assert texts(vote(neighbours, "wang", "表决 7")) == ["没有表决 7。"]


def test_a_bar_chart_goes_with_the_result(neighbours: Town) -> None:
    """The row holds the chart's spec, with nothing in it but how many chose what; the sender draws it."""
    neighbours.says("grid1", "limin", OPEN)
    vote(neighbours, "wang", "同意")
    neighbours.until(ENDS)
    with neighbours.store.read() as uow:
        (row,) = [r for r in uow.outbox.said_under("ballot.result:") if r.room_id is not None]
    spec = json.loads(row.media.removeprefix(CHART))
    assert spec["data"]["values"] == [
        {"option": "同意", "heads": 1},
        {"option": "反对", "heads": 0},
        {"option": "弃权", "heads": 0},
    ]
    assert drawn(spec).startswith(b"\x89PNG")


def test_one_s_own_data_say_where_one_took_part_and_not_how(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    vote(neighbours, "zhang", "投票 1 反对")
    for until in ("2026-03-03 10:00", "2026-03-11 10:00"):  # while it is open, and after
        neighbours.until(until)
        with neighbours.store.read() as uow:
            found = uow.people.speaker("web", "zhang")
            assert found is not None
            entries = uow.belongings.everything(found[1].id)["votes"]
        assert [(entry.number, entry.words) for entry in entries] == [(1, "加装电梯")]
