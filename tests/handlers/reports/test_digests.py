"""双亮: each group's week on Mondays, each member of staff's day in the morning."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from data.domain.case import State
from data.domain.lifecycle import Action
from handlers.reports.weekly_digest import AT_ONCE
from tests.town import ROSTER, ZONE, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Said, Town

MONDAY = "2026-03-09 09:00"


def digests(said: list[Said]) -> list[tuple[str, str | None]]:
    return [(s.at, s.room) for s in said if "一周通报" in s.text]


def lists(said: list[Said], to: str) -> list[tuple[str, str]]:
    return [(s.at[:11], s.text) for s in said if s.to == to and "今天手上" in s.text]


def put_off(town: Town, number: int, until: str, words: str) -> None:
    """Let a case wait until a date."""
    with town.store.write() as uow:
        area = next(a for a in uow.areas.communities() if a.name == "百安坝社区")
        case = uow.cases.numbered(area.id, number)
        assert case is not None
        case.state, case.resume_state = State.DEFERRED, case.state
        case.deferred_until = town.clock.now().astimezone(ZONE).fromisoformat(f"{until}T09:00:00+08:00")
        uow.cases.save(case)
        uow.timeline.write(
            {
                "case_id": case.id,
                "at": town.clock.now(),
                "person_id": None,
                "action": Action.DEFER.value,
                "from_state": State.ACCEPTED.value,
                "to_state": State.DEFERRED.value,
                "words": words,
            }
        )
        uow.commit()


def test_a_week_in_the_group(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了,没人修")
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.report("xiaowu", "3栋501楼下垃圾堆成山没人清")
    town.says("staff", "limin", "派单 1 物业")
    town.says("wuye", "chen", "办结 1 换了主板")
    town.says("grid1", "wang", "2")
    town.says("staff", "limin", "受理 2")
    town.says("staff", "limin", "受理 3")
    town.says("staff", "limin", "办理 3 约了清运车,联系13812345678")
    put_off(town, 2, "2026-03-20", "等厂家发灯")
    said = town.until(MONDAY)
    assert digests(said) == [("03-09 09:00:00", "grid1")]  # nothing happened in the other groups
    (text,) = [s.text for s in said if "一周通报" in s.text]
    assert text.splitlines() == [
        "【一周通报】第一网格 3月2日到3月8日:新收 3 件,办结 1 件,还在办 2 件。",
        "新收:#1 电梯、#2 路灯、#3 环境卫生",
        "✓ #1【电梯·小事】3栋2单元 已办结",
        "… #2【路灯·小事】5栋门口 挂账:到3月20日,等厂家发灯",
        "… #3【环境卫生·小事】3栋 办理中,李敏在办;约了清运车,联系138****5678",
        "评价 1 人:响应率 100.0%,解决率 100.0%,满意率 90.0%,综合 96.0%。",
    ]


def test_what_is_put_off_is_listed_week_after_week(town: Town) -> None:
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.says("staff", "limin", "受理 1")
    put_off(town, 1, "2026-03-30", "等厂家发灯")
    said = [s for s in town.until("2026-03-17 08:00") if "一周通报" in s.text]
    assert [("挂账:到3月30日,等厂家发灯" in s.text, s.at[:5]) for s in said] == [
        (True, "03-09"),
        (True, "03-16"),
    ]
    assert "评价 0 人:响应率 –" in said[0].text


def test_what_waits_for_a_meeting_is_listed_week_after_week(town: Town) -> None:
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.says("staff", "limin", "受理 1")
    town.says("grid1", "limin", "@哨子 议事 3月20日19:30 党群服务中心 装路灯")
    town.says("staff", "limin", "上会 1 #1")
    said = [s for s in town.until("2026-03-17 08:00") if "一周通报" in s.text]
    row = "… #1【路灯·小事】5栋门口 已受理,等3月20日的议事会商定,李敏在办"
    assert [(row in s.text, s.at[:5]) for s in said] == [(True, "03-09"), (True, "03-16")]


def test_what_was_taken_back_or_merged_is_not_counted(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了,没人修")
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.report("xiaowu", "3栋楼下垃圾堆成山没人清")
    town.says("grid1", "liu", "@哨子 撤回 2")
    town.says("staff", "limin", "并案 3 1")
    town.says("grid1", "zhou2", "5栋门口的井盖松了,一踩就翘", id="said in haste")
    town.says("grid1", "zhou2", kind="recall", quote="said in haste")  # before it was acknowledged
    assert town.state(4) == "withdrawn"
    (text,) = [s.text for s in town.until(MONDAY) if "一周通报" in s.text]
    assert text.splitlines()[:2] == [
        "【一周通报】第一网格 3月2日到3月8日:新收 1 件,办结 0 件,还在办 1 件。",
        "新收:#1 电梯",
    ]


def test_a_quiet_week_is_quiet(town: Town) -> None:
    assert digests(town.until("2026-03-31 12:00")) == []


def test_a_week_without_any_step_is_quiet_though_a_case_is_open(town: Town) -> None:
    town.report()
    said = town.until("2026-03-23 12:00")
    assert digests(said) == [("03-09 09:00:00", "grid1")]
    assert "… #1【电梯·小事】3栋2单元 等待受理" in next(s.text for s in said if "一周通报" in s.text)


def test_what_came_up_this_morning_is_no_part_of_last_week(town: Town) -> None:
    town.report()
    assert digests(town.until("2026-03-02 12:00")) == []


def test_what_concerns_one_household_is_not_in_it(town: Town) -> None:
    town.says("grid1", "limin", "@哨子 走访 记录 3栋501 王奶奶 楼道灯坏了好久没人修")
    assert digests(town.until(MONDAY)) == []


def test_a_digest_that_was_missed_is_said_late(make_town: Callable[..., Town], store_url: str) -> None:
    town = make_town()
    town.report()
    later = make_town(at="2026-03-10 23:30", url=store_url)
    (said,) = [s for s in later.until("2026-03-11 08:00") if "一周通报" in s.text]
    assert said.at == "03-11 07:00:00"  # not at night
    assert "[补发] 【一周通报】第一网格 3月2日到3月8日" in said.text
    later.says("grid1", "liu", "5栋门口路灯不亮好几天了", id="later")
    assert digests(later.until("2026-03-16 09:00")) == [("03-16 09:00:00", "grid1")]


def test_a_second_import_changes_nothing_about_it(make_town: Callable[..., Town], store_url: str) -> None:
    town = make_town()
    town.report()
    town.until("2026-03-09 08:00")
    again = make_town(at="2026-03-09 10:00", url=store_url)  # the roster is brought in, an hour too late
    assert "[补发] 【一周通报】" in "".join(texts(again.until("2026-03-09 10:01"), "grid1"))


def test_the_day_of_a_grid_leader(town: Town) -> None:
    town.report("wang")
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.report("xiaowu", "3栋楼下垃圾堆成山没人清")
    town.says("staff", "limin", "派单 1 物业")
    town.says("staff", "limin", "派单 2 赵主任")
    said = town.until("2026-03-05 09:00")
    assert [at for at, _ in lists(said, "limin")] == ["03-03 09:00", "03-04 09:00", "03-05 09:00"]
    assert lists(said, "limin")[-1][1].splitlines() == [
        "今天手上 3 件,今天到期 2 件,已到时限 1 件:",
        "#3【环境卫生·小事】3栋 已上报,3月2日 11:00 已到时限",
        "#1【电梯·小事】3栋2单元 已派单,18:00 前",
        "#2【路灯·小事】5栋门口 已派单,18:00 前",
    ]
    assert lists(said, "zhao")[-1][1].startswith("今天手上 1 件,今天到期 1 件:\n#2【路灯")
    assert lists(said, "wangqiang") == []  # another grid
    assert lists(said, "zhou") == []


def test_no_list_on_a_day_off(town: Town) -> None:
    town.until("2026-03-06 12:00")
    town.report()
    said = town.until("2026-03-09 09:00")
    assert [at for at, _ in lists(said, "limin")] == ["03-09 09:00"]


def test_a_visit_is_named_once_with_the_list_of_the_day(town: Town) -> None:
    town.report()
    town.says("staff", "limin", "@哨子 走访 计划 3栋2单元501 王奶奶 每周")
    said = [s for s in town.until("2026-03-10 12:00") if s.to == "limin" and "走访提醒" in s.text]
    (one,) = said
    assert one.at == "03-09 09:00:00"
    assert "走访提醒:3栋2单元501(王奶奶),3月9日 到期。" in one.text
    assert "今天手上 1 件" in one.text


def test_a_list_that_was_missed_is_let_go(make_town: Callable[..., Town], store_url: str) -> None:
    town = make_town()
    town.report()
    town.until("2026-03-03 08:30")
    later = make_town(at="2026-03-03 14:00", url=store_url)
    said = later.until("2026-03-04 09:00")
    assert [at for at, _ in lists(said, "limin")] == ["03-04 09:00"]


def test_who_has_no_duty_any_more_gets_no_list(town: Town) -> None:
    town.report()
    town.learn("people: [{name: 李敏, accounts: [{channel: web, id: limin}]}]")
    said = town.until("2026-03-05 12:00")
    assert lists(said, "limin") == []
    assert [at for at, _ in lists(said, "zhao")] == ["03-03 09:00", "03-04 09:00", "03-05 09:00"]


def test_e8_what_was_said_in_private_is_not_in_it(town: Town) -> None:
    town.report("liu", "5栋门口路灯不亮好几天了")
    town.says("grid1", "wang", "大家早")
    town.says(None, "wang", "我要离婚,老公不给生活费,谁来帮我说说")
    town.says(None, "wang", "3栋2单元楼道有人抽烟,熏得人受不了,帮我反映一下,不要说是我说的")
    town.passes(minutes=2)
    (text,) = [s.text for s in town.until(MONDAY) if "一周通报" in s.text]
    assert "#1【路灯" in text
    for word in ("离婚", "生活费", "抽烟", "#2", "#3"):
        assert word not in text


def test_missed_visits_stand_in_the_list_of_the_day(town: Town) -> None:
    town.says("staff", "limin", "@哨子 走访 计划 3栋2单元501 王奶奶 每周")
    said = town.until("2026-03-10 12:00")
    assert not any("漏访" in s.text for s in said)  # no news of its own
    town.report()
    said = town.until("2026-03-11 12:00")
    (told,) = [s.text for s in said if s.to == "limin" and "漏访" in s.text]
    assert told.startswith("今天手上 1 件")
    assert told.endswith("漏访 1 处:3栋2单元501(王奶奶) 3月9日该走访")
    town.says("staff", "limin", "@哨子 走访 记录 3栋2单元501 王奶奶 一切都好")
    said = town.until("2026-03-12 12:00")
    assert [s.text for s in said if s.to == "limin" and "漏访" in s.text] == []
    assert any("今天手上 1 件" in s.text for s in said if s.to == "limin")


def test_a_visit_missed_is_named_with_the_next_one_that_is_due(town: Town) -> None:
    town.says("staff", "limin", "@哨子 走访 计划 3栋2单元501 王奶奶 每周")
    said = [s for s in town.until("2026-03-16 12:00") if s.to == "limin"]
    assert [s.at for s in said] == ["03-09 09:00:00", "03-16 09:00:00"]
    assert "漏访 1 处:3栋2单元501(王奶奶) 3月9日该走访" in said[-1].text


def test_many_groups_are_told_some_at_a_time_each_once(make_town: Callable[..., Town]) -> None:
    count = 2 * AT_ONCE + 1
    grids = "\n".join(
        f'  - {{code: x{n}, name: {n}号网格, kind: grid, parent: "1.1.1"}}' for n in range(count)
    )
    groups = "\n".join(
        f"  - {{channel: web, id: x{n}, topic: {n}号群, kind: residents, area: x{n}}}" for n in range(count)
    )
    roster = ROSTER.replace("organisations:", f"{grids}\norganisations:").replace(
        "people:", f"{groups}\npeople:"
    )
    town = make_town(roster=roster)
    for n in range(count):
        town.report(f"somebody{n}", "路灯不亮", room=f"x{n}")
    told = [room for _, room in digests(town.until(MONDAY))]
    assert Counter(told) == Counter(f"x{n}" for n in range(count))
    assert digests(town.passes(days=6)) == []
