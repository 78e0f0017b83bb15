"""议题:提出、支持、列入议程,议事会的纪要和决议."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handlers.deliberation.town import NAMES, NEIGHBOURS
from tests.town import Said, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

CALL = "@哨子 议事 周六晚上7点半 党群服务中心 加装电梯"
HELD = "2026-03-07 20:30"


def says(town: Town, who: str, said: str, room: str | None = "grid1", quote: str | None = None) -> list[Said]:
    return town.says(room, who, said, name=NAMES.get(who), quote=quote)


def test_said_once_with_how_to_support_it(neighbours: Town) -> None:
    (said,) = says(neighbours, "wang", "@哨子 议题 加装电梯,一楼不同意怎么办")
    assert said.room == "grid1"
    assert said.text == ("议题 1:加装电梯,一楼不同意怎么办\n支持的请引用这条回:支持,或发:@哨子 支持 议题1")
    assert says(neighbours, "li", "议题 大家说说停车") == []  # to nobody: never taken for one
    (said,) = says(neighbours, "li", "@哨子 议题")
    assert (said.to, said.text) == (
        "li",
        "还没商定的议题:\n议题 1 加装电梯,一楼不同意怎么办(1 户支持,还没列入议事会)",
    )


def test_people_s_words_are_masked(neighbours: Town) -> None:
    (said,) = says(neighbours, "wang", "@哨子 议题 3栋2单元501长期占楼道,打13812345678没人接")
    assert "501" not in said.text
    assert "13812345678" not in said.text


def test_support_is_counted_by_household(neighbours: Town) -> None:
    (proposed,) = says(neighbours, "wang", "@哨子 议题 加装电梯")
    (thanks,) = says(neighbours, "zhang", "@哨子 支持 议题 1")
    assert (thanks.to, thanks.text) == ("zhang", "记下了,议题 1 现在 2 户支持。")
    assert says(neighbours, "zhang2", "支持", quote=proposed.id) == []  # the same household
    assert says(neighbours, "li", "+1", quote=proposed.id) == []
    (thanks,) = says(neighbours, "liu", "@哨子 附议 议题 1")  # without a household: one of their own
    assert thanks.text == "记下了,议题 1 现在 4 户支持。"
    (told,) = says(neighbours, "zhang", "@哨子 支持 议题1")
    assert "你家已经支持过议题 1 了" in told.text
    said = says(neighbours, "sun", "支持", quote=proposed.id)
    (asked,) = texts(said, to="limin")
    assert asked.split("。") == [
        "议题 1「加装电梯」已有 5 户支持,请列入议事会:列入 1 #会议编号",
        "还没有会就先召集:议事 周六晚上7点半 党群服务中心 加装电梯",
    ]
    said = says(neighbours, "chen2", "支持", quote=proposed.id)
    assert said == []  # asked once
    heard = [s.text for s in neighbours.passes(hours=1.1) if s.room == "grid1" and "议题" in s.text]
    assert heard == ["议题 1「加装电梯」现在 6 户支持。"]  # at most once an hour


def test_a_bare_support_is_for_the_motion_that_was_just_put_forward(neighbours: Town) -> None:
    says(neighbours, "wang", "@哨子 议题 加装电梯,一楼不同意怎么办")
    assert says(neighbours, "zhang", "支持") == []  # the group hears how many within the hour
    neighbours.passes(minutes=11)
    says(neighbours, "li", "支持")  # of what, by now?
    says(neighbours, "sun", "支持 1")  # says which
    (shown,) = says(neighbours, "limin", "议题 1", room=None)
    assert shown.text.splitlines()[1].startswith("3 户支持")


def test_a_bare_support_between_two_motions_is_for_neither(neighbours: Town) -> None:
    says(neighbours, "wang", "@哨子 议题 加装电梯")
    says(neighbours, "li", "@哨子 议题 停车收费")
    says(neighbours, "zhang", "支持")
    shown = [says(neighbours, "limin", f"议题 {number}", room=None)[0].text for number in (1, 2)]
    assert all(text.splitlines()[1].startswith("1 户支持") for text in shown)


def test_the_threshold_is_the_place_s(make_town: Callable[..., Town]) -> None:
    town = make_town(NEIGHBOURS, config="deliberation: {motion_support: 2}")
    town.says("grid1", "wang", "@哨子 议题 加装电梯")
    assert texts(town.says("grid1", "li", "@哨子 支持 议题1", name="李四"), to="limin")


def test_on_the_agenda_and_in_the_reminders(neighbours: Town) -> None:
    says(neighbours, "wang", "@哨子 议题 加装电梯")
    says(neighbours, "li", "@哨子 议题 停车收费")
    says(neighbours, "limin", CALL)
    said = neighbours.says("staff", "limin", "列入 1 #1")
    assert "议题 1「加装电梯」列入了议事会 #1(3月7日(周六) 19:30)。" in texts(said)
    assert texts(said, to="wang") == ["你提的议题 1「加装电梯」列入了议事会 #1(3月7日(周六) 19:30)。"]
    (again,) = neighbours.says("staff", "limin", "列入 1 #1")
    assert "已经列入议事会 #1 了" in again.text
    neighbours.says("staff", "limin", "列入 议题2 议事会 #1")
    (shown,) = says(neighbours, "sun", "@哨子 议事 议程 1")
    assert shown.text.endswith("议程:\n议题 1 加装电梯\n议题 2 停车收费")
    reminders = [s.text for s in neighbours.until("2026-03-07 19:00") if s.text.startswith("提醒")]
    assert len(reminders) == 2
    assert all(text.endswith("议程:\n议题 1 加装电梯\n议题 2 停车收费") for text in reminders)


def test_what_comes_back_becomes_a_motion_with_the_same_command(town: Town) -> None:
    """主动治理 proposes; quoting that, 列入 makes a motion of it."""
    town.report()
    town.says("staff", "limin", "受理 1")
    for _ in range(2):
        town.says("staff", "limin", "办结 1 修好了")
        town.says("staff", "limin", "重办 1 又坏了")
    (proposed,) = [s for s in town.channel.said if "【主动治理】" in s.text]
    assert proposed.to == "zhao"
    town.says("grid1", "limin", CALL)
    said = town.says(None, "zhao", "列入 #1", quote=proposed.id)
    assert "议题 1「3栋2单元电梯」列入了议事会 #1" in texts(said)[0]
    (shown,) = town.says(None, "zhao", "进度 1")
    assert "前后:议题 1" in shown.text


@pytest.mark.parametrize(
    ("who", "said", "answer"),
    [
        ("limin", "列入 7 #1", "没有议题 7"),
        ("limin", "列入", "要写议题和会议的编号"),
        ("limin", "列入 1 #9", "没有议事会 #9"),
        ("wang", "支持 议题 9", "没有议题 9"),
        ("wang", "议题 9", "没有议题 9"),
        ("wang", "议题 " + "长" * 201, "议题太长了"),
    ],
)
def test_what_is_wrong_is_said(neighbours: Town, who: str, said: str, answer: str) -> None:
    says(neighbours, "wang", "@哨子 议题 加装电梯")
    says(neighbours, "limin", CALL)
    (told,) = says(neighbours, who, f"@哨子 {said}")
    assert answer in told.text


# minutes


def test_minutes_are_one_line_in_the_group(neighbours: Town) -> None:
    says(neighbours, "limin", CALL)
    (early,) = says(neighbours, "limin", "@哨子 议事 纪要 1 到会 23 户")
    assert "议事会 #1 还没开" in early.text
    neighbours.until(HELD)
    long = "到会 23 户,先说了一楼的顾虑:" + "采光、噪音、出行,设计院一一答了," * 5 + "\n第二段:费用"
    said = says(neighbours, "limin", f"@哨子 议事 纪要 1 {long}")
    (line,) = texts(said, "grid1")
    assert line.startswith("议事会 #1 有纪要了:到会 23 户")
    assert "第二段" not in line
    with neighbours.store.read() as uow:
        (kept,) = uow.resolutions.minutes(1)
        assert kept.words == long


def test_the_convenor_is_chased_and_the_officer_hears_at_seven_days(neighbours: Town) -> None:
    says(neighbours, "limin", CALL)
    said = neighbours.until("2026-03-20 12:00")
    chased = [(s.at[:5], s.to, s.text) for s in said if "纪要" in s.text]
    assert [(at, to) for at, to, _ in chased] == [("03-10", "limin"), ("03-14", "limin"), ("03-14", "zhao")]
    assert chased[0][2] == "议事会 #1「加装电梯」开过 3 天了,还没有纪要。请发:议事 纪要 1 内容"
    assert "李敏还没有写纪要,请督促" in chased[2][2]


def test_nobody_is_chased_for_what_is_written_or_was_not_held(neighbours: Town) -> None:
    says(neighbours, "limin", CALL)
    says(neighbours, "limin", "@哨子 议事 周日晚上7点半 党群服务中心 停车")
    says(neighbours, "limin", "@哨子 议事 取消 2")
    neighbours.until(HELD)
    says(neighbours, "zhao", "@哨子 议事 纪要 1 到会 23 户")  # an officer over the area may, too
    assert [s for s in neighbours.until("2026-03-30 12:00") if "纪要" in s.text] == []


# resolutions


def test_a_resolution_without_a_case(neighbours: Town) -> None:
    says(neighbours, "wang", "@哨子 议题 停车收费")
    says(neighbours, "limin", CALL)
    says(neighbours, "limin", "@哨子 列入 1 #1")
    neighbours.until(HELD)
    (said,) = says(neighbours, "limin", "@哨子 议事 决议 1 先登记车位,下月再议")
    assert (said.room, said.text) == ("grid1", "议事会 #1「加装电梯」决议:先登记车位,下月再议。")
    (shown,) = says(neighbours, "li", "@哨子 议题 1")
    assert shown.text == "议题 1:停车收费\n1 户支持,议事会 #1 商定了。"
    (told,) = says(neighbours, "li", "@哨子 支持 议题1")
    assert "议题 1 已经商定了" in told.text
    undone = says(neighbours, "limin", "@哨子 撤销")
    assert texts(undone)[-1] == "刚才记的决议撤销了。"
    (shown,) = says(neighbours, "li", "@哨子 议题 1")
    assert "列入了议事会 #1" in shown.text


def test_a_resolution_opens_a_case(neighbours: Town) -> None:
    says(neighbours, "wang", "@哨子 议题 5栋门口路灯不亮")
    says(neighbours, "limin", CALL)
    says(neighbours, "limin", "@哨子 列入 1 #1")
    neighbours.until(HELD)
    said = says(neighbours, "limin", "@哨子 议事 决议 1 由物业三天内换灯 立件")
    assert texts(said, "grid1") == [
        "议事会 #1「加装电梯」决议:由物业三天内换灯。立为 #1【路灯·小事】5栋门口,照这个办。"
    ]
    assert "由议事会 #1 的决议立件:由物业三天内换灯" in texts(said, to="limin")[0]
    (shown,) = says(neighbours, "li", "@哨子 进度 1")
    assert shown.text.endswith("来自议事会 #1。前后:议题 1 → 议事会 #1")
    assert neighbours.state(1) == "reported"


def test_four_messages_for_a_meeting_at_most(neighbours: Town) -> None:
    said = says(neighbours, "limin", CALL)
    said += neighbours.until(HELD)
    said += says(neighbours, "limin", "@哨子 议事 决议 1 先登记车位,下月再议")
    said += says(neighbours, "limin", "@哨子 议事 纪要 1 到会 23 户")
    assert len([s for s in said if s.room == "grid1" and "议事会 #1" in s.text]) == 4


def about_it(said: list[Said], room: str = "grid1") -> list[str]:
    return [s.text for s in said if s.room == room and "议事会 #1" in s.text]


def test_four_messages_for_a_meeting_whatever_happens(make_town: Callable[..., Town]) -> None:
    """Sign-ups, who changes their mind, other times, motions on the agenda, minutes before resolutions."""
    town = make_town(NEIGHBOURS, config="bot: {gather_seconds: 600}")
    said = town.says("grid1", "limin", CALL)
    for who in ("wang", "li", "zhang", "zhao4"):
        said += town.says("grid1", who, "报名", name=NAMES.get(who, who), after=700)
    said += town.says("grid1", "li", "@哨子 取消报名", name="李四", after=700)
    said += town.says("grid1", "wang", "@哨子 议题 楼道充电桩装在哪", name="王姐")
    said += town.says("staff", "limin", "列入 1 #1")
    said += town.says("staff", "limin", "议事 改期 1 周六晚上8点")
    said += town.says("staff", "limin", "议事 改期 1 周六晚上7点半")
    said += town.says("staff", "limin", "议事 改期 1 周六晚上7点", after=3600)
    moved = [s for s in said if "改到 3月7日(周六) 19:00" in s.text and s.to is not None]
    assert {s.to for s in moved} >= {"wang", "zhang"}  # who comes hears of it alone
    said += town.until("2026-03-07 18:35")
    assert town.says("grid1", "wang", "签到", name="王姐") != []
    said += town.until(HELD)
    said += town.says("staff", "limin", "议事 纪要 1 到会 23 户,先说了底楼的顾虑")
    said += town.says("staff", "limin", "议事 决议 1 议题1 装在南门", after=300)
    said += town.passes(minutes=20)
    said += town.says("staff", "limin", "议事 决议 1 下次再议车位")
    said += town.passes(days=9)
    heard = about_it(said)
    assert len(heard) <= 4, heard
    assert heard[0].startswith("议事会 #1:")
    assert "装在南门" in heard[-1]
    assert "到会 23 户" in heard[-1]


def test_a_meeting_that_is_called_off_says_so_whatever_was_said_before(neighbours: Town) -> None:
    said = says(neighbours, "limin", CALL)
    for hour in ("7点", "8点", "9点"):
        said += neighbours.says("grid1", "limin", f"@哨子 议事 改期 1 周六晚上{hour}", after=60)
    said += neighbours.until("2026-03-07 19:30")
    said += says(neighbours, "limin", "@哨子 议事 取消 1")
    heard = about_it(said)
    assert len(heard) <= 4
    assert "取消了" in heard[-1]


def test_no_resolution_without_a_quorum(make_town: Callable[..., Town]) -> None:
    """Of the five households of the grid half must have come: three."""
    town = make_town(NEIGHBOURS, config="deliberation: {quorum: {share: 0.5}}")
    town.says("grid1", "limin", CALL)
    town.until("2026-03-07 19:20")
    for who in ("wang", "zhang", "zhang2"):
        town.says("grid1", who, "签到", name=NAMES.get(who, who))
    town.until(HELD)
    (refused,) = town.says("grid1", "limin", "@哨子 议事 决议 1 同意加装")
    assert refused.text == "@李敏 议事会 #1 到会 2 户(共 5 户),要 3 户才能决议。"
    town.says("grid1", "li", "签到", name="李四")
    (said,) = town.says("grid1", "limin", "@哨子 议事 决议 1 同意加装")
    assert "决议:同意加装" in said.text


def test_with_a_code_one_must_be_there(make_town: Callable[..., Town]) -> None:
    town = make_town(NEIGHBOURS, config="deliberation: {check_in_code: true}")
    said = town.says("grid1", "limin", CALL)
    (told,) = texts(said, to="limin")
    code = told.split("签到 ")[1]
    assert len(code) == 4
    assert code.isdigit()
    assert code not in "".join(texts(said, "grid1"))
    town.until("2026-03-07 19:20")
    wrong = f"{(int(code) + 1) % 10_000:04d}"
    assert "签到好了" not in "".join(texts(town.says("grid1", "wang", f"签到 {wrong}")))
    assert "签到好了" not in "".join(texts(town.says("grid1", "wang", "签到")))
    assert "签到好了" in "".join(texts(town.says("grid1", "wang", f"签到 {code}")))


def test_the_quorum_as_a_number(make_town: Callable[..., Town]) -> None:
    town = make_town(NEIGHBOURS, config="deliberation: {quorum: {households: 2}}")
    town.says("grid1", "limin", CALL)
    town.until("2026-03-07 19:20")
    town.says("grid1", "wang", "签到")
    town.says("grid1", "qian", "签到", name="钱姨")  # of another grid: counts for nothing here
    town.until(HELD)
    (refused,) = town.says("grid1", "limin", "@哨子 议事 决议 1 同意加装")
    assert "到会 1 户(共 5 户),要 2 户" in refused.text


def test_a_motion_is_supported_by_its_title_where_the_bot_is_spoken_to(neighbours: Town) -> None:
    says(neighbours, "wang", "@哨子 议题 加装电梯")
    says(neighbours, "li", "@哨子 议题 停车收费")
    says(neighbours, "zhang", "@哨子 我家也支持加装电梯")
    says(neighbours, "sun", "支持停车收费")  # among neighbours it may be anything
    shown = [says(neighbours, "limin", f"议题 {number}", room=None)[0].text for number in (1, 2)]
    assert [text.splitlines()[1][:4] for text in shown] == ["2 户支", "1 户支"]


def test_minutes_and_resolutions_go_without_the_word_before_them(neighbours: Town) -> None:
    says(neighbours, "limin", CALL)
    assert "改到 3月8日(周日) 19:30" in neighbours.says("staff", "limin", "改期 1 周日晚上7点半")[0].text
    neighbours.until("2026-03-08 20:30")
    said = neighbours.says("staff", "limin", "纪要 1 到会 23 户")
    assert any("有纪要了:到会 23 户" in s.text for s in said)
    said = neighbours.says("staff", "limin", "决议 1 同意加装,费用按层分摊")
    assert any("决议:同意加装" in s.text for s in said)
