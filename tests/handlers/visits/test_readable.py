"""经常访、走访全覆盖 (永仁, 嘉兴): planned, due, missed, made; by household, person and area."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.town import Town


def test_what_is_planned_missed_and_made(town: Town) -> None:
    town.says("staff", "limin", "@哨子 走访 计划 3栋2单元501 王奶奶 每周")
    (answer,) = town.says(None, "limin", "走访 名单")
    assert answer.text == "走访 1 处:\n3栋2单元501(王奶奶) 李敏,3月9日到期"
    town.until("2026-03-10 10:00")
    (answer,) = town.says(None, "limin", "走访 名单")
    assert answer.text == "走访 1 处,漏访 1 处:\n3栋2单元501(王奶奶) 李敏,3月9日该走访,漏了"
    town.says(None, "limin", "走访 记录 3栋2单元501 王奶奶 一切都好")
    (answer,) = town.says(None, "limin", "走访 名单")
    assert answer.text == "走访 1 处:\n3栋2单元501(王奶奶) 李敏,3月17日到期"


def test_a_visit_postpones_nobody_else_s_plan(town: Town) -> None:
    town.says("staff", "limin", "@哨子 走访 计划 3栋2单元501 每周")
    town.says("staff", "zhao", "@哨子 走访 计划 赵主任 3栋2单元501 每周")
    town.until("2026-03-06 10:00")
    town.says("staff", "limin", "@哨子 走访 记录 3栋2单元501 一切都好")
    (answer,) = town.says(None, "zhao", "走访 名单")
    assert "李敏,3月13日到期" in answer.text
    assert "赵主任,3月9日到期" in answer.text


def test_the_officer_hears_on_friday_what_was_missed(town: Town) -> None:
    town.says("staff", "limin", "@哨子 走访 计划 3栋2单元501 王奶奶 每周")
    said = [s for s in town.until("2026-03-13 17:00") if s.to == "zhao" and "漏访" in s.text]
    assert [(s.at, s.text) for s in said] == [
        ("03-13 17:00:00", "本周漏访 1 处:\n3栋2单元501(王奶奶) 李敏,3月9日该走访,漏了")
    ]


def test_cancelled_it_falls_due_no_more(town: Town) -> None:
    town.says("staff", "limin", "@哨子 走访 计划 3栋2单元501 王奶奶 每周")
    (answer,) = town.says(None, "limin", "走访 取消 3栋2单元501")
    assert answer.text == "3栋2单元501的走访计划取消了(1 个)。"
    assert [s for s in town.until("2026-03-20 09:00") if "走访" in s.text] == []
    (answer,) = town.says(None, "limin", "走访 取消 3栋2单元501")
    assert "没有你能取消的走访计划" in answer.text


def test_what_was_heard_is_for_the_staff_of_the_area(town: Town) -> None:
    town.says("staff", "limin", "@哨子 走访 记录 3栋2单元501 王奶奶 腿脚不便,想吃饺子")
    (answer,) = town.says(None, "limin", "走访 查 3栋2单元501")
    assert "3月2日 李敏 王奶奶 腿脚不便,想吃饺子" in answer.text
    (answer,) = town.says(None, "wangqiang", "走访 查 3栋2单元501")
    assert "饺子" not in answer.text


def test_coverage(town: Town) -> None:
    town.learn("households: [{building: g1b3, unit: '2', door: '502'}]")
    town.says("staff", "limin", "@哨子 走访 记录 3栋2单元501 王奶奶 好")
    (answer,) = town.says(None, "limin", "走访 覆盖 本季")
    assert answer.text == "第一网格本季度走访 1/2 户(50%)。\n李敏 1 户"
    (answer,) = town.says("staff", "zhao", "@哨子 统计 本月 五全")
    assert "百安坝社区五全:走访 1/2 户" in answer.text


def test_several_households_of_a_person_and_a_plan_of_the_quarter(town: Town) -> None:
    town.learn("households: [{building: g1b3, unit: '2', door: '502'}]")
    said = town.says("staff", "zhao", "@哨子 联户 李敏 3栋2单元501,502")
    assert any("李敏联户:3栋2单元501、3栋2单元502。现在联 2 户,3月31日前各走访一次" in s.text for s in said)
    (answer,) = town.says(None, "limin", "我的联系户")
    assert answer.text == "你联系 2 户:\n3栋2单元501王姐,3月31日前走访\n3栋2单元502,3月31日前走访"
    town.says("staff", "limin", "@哨子 走访 记录 3栋2单元501 一切都好")
    (answer,) = town.says(None, "limin", "我的联系户")
    assert "3栋2单元501王姐,6月30日前走访\n3栋2单元502,3月31日前走访" in answer.text
    said = [s for s in town.until("2026-04-01 09:00") if "走访提醒" in s.text]
    assert [s.at for s in said] == ["03-31 09:00:00"]


def test_a_pair_with_a_household_that_does_not_exist(town: Town) -> None:
    (answer,) = town.says("staff", "zhao", "@哨子 联户 李敏 3栋2单元901")
    assert "花名册里没有「3栋2单元901」这一户" in answer.text
    (answer,) = town.says("staff", "zhao", "@哨子 联户 李敏 3栋")
    assert "要写到门牌" in answer.text


def test_pairs_of_the_roster(town: Town) -> None:
    town.learn("pairs: [{person: 李敏, households: [3栋2单元501]}]")
    (answer,) = town.says(None, "limin", "我的联系户")
    assert "3栋2单元501" in answer.text


def test_who_is_asked_about_is_one_within_reach(town: Town) -> None:
    elsewhere = (
        "{code: far, name: 远社区, kind: community}, {code: farg, name: 远一网格, kind: grid, parent: far}"
    )
    namesake = "{name: 李敏, accounts: [{channel: web, id: far}], duties: [{role: grid_leader, area: farg}]}"
    town.learn(f"areas: [{elsewhere}]\npeople: [{namesake}]")
    town.says(None, "limin", "走访 记录 3栋501 都好")
    (answer,) = town.says(None, "limin", "走访 覆盖 李敏")
    assert "李敏 1 户" in answer.text
