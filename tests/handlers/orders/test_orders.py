"""12345 工单:立件、并件、期限、进度单号、回访、三率分开数."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from data.domain.case import Source
from data.domain.errors import UserError
from data.domain.order import Order
from data.domain.retention import Retention, Sweep
from handlers.context import Context
from handlers.orders.giving_back import COLUMNS, rows
from handlers.orders.taking_in import TakenOrders, read, take_in
from handlers.reactions import react
from tests.town import Town, texts

if TYPE_CHECKING:
    from data.domain.case import Case

LIFT = Order(
    "GD20260302001",
    "3栋2单元电梯坏了三天没人修",
    "钱先生",
    "13800000001",
    "百安坝社区3栋2单元",
    "电梯",
    datetime(2026, 3, 4, 12, 0),  # noqa: DTZ001  a sheet knows no zones
)


def come_in(town: Town, *orders: Order, home: str | None = "1.1.1") -> TakenOrders:
    with town.store.write() as uow:
        ctx = Context(town.house, uow, town.clock.now())
        known = [read(town.house.understander, order) for order in orders]
        taken = take_in(ctx, known, uow.areas.by_code(home) if home else None)
        react(ctx)
        uow.commit()
    return taken


def counts(taken: TakenOrders) -> tuple[int, int, int, int]:
    return taken.opened, taken.joined, taken.same, taken.answered


def case_of(town: Town, number: str) -> Case:
    with town.store.read() as uow:
        order = uow.orders.get(number)
        assert order is not None
        return uow.cases.get(order.case_id)


def given_back(town: Town, since: datetime | None = None) -> list[dict[str, Any]]:
    with town.store.read() as uow:
        ctx = Context(town.house, uow, town.clock.now())
        return [dict(zip(COLUMNS, row, strict=True)) for row in rows(ctx, since)]


def test_an_order_is_a_case_its_grid_leader_hears_of_and_no_group(town: Town) -> None:
    assert counts(come_in(town, LIFT)) == (1, 0, 0, 0)
    said = town.passes(minutes=30)
    (told,) = texts(said, to="limin")
    assert told.startswith("12345 工单 GD20260302001:新诉求 #1")
    assert "钱先生13800000001 说:3栋2单元电梯坏了三天没人修" in told
    assert "工单要求 03-04 12:00 前办结" in told or "3月4日" in told
    assert not [s for s in said if s.room]
    case = case_of(town, LIFT.number)
    assert (case.source, case.category, case.place.building) == (Source.HOTLINE, "城乡建设/电梯", "3")
    town.says(None, "limin", "受理 1")
    due = case_of(town, LIFT.number).resolve_by
    assert due is not None
    assert town.house.policy.work.local(due).strftime("%m-%d %H:%M") == "03-04 12:00"


def test_again_changes_nothing(town: Town) -> None:
    come_in(town, LIFT)
    town.passes(minutes=30)
    before = case_of(town, LIFT.number)
    assert counts(come_in(town, LIFT)) == (0, 0, 1, 0)
    assert case_of(town, LIFT.number) == before
    assert town.passes(minutes=5) == []


def test_an_order_joins_what_a_neighbour_has_raised(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了没人修,天天爬楼")
    town.passes(minutes=5)
    town.says(None, "limin", "受理 1")
    before = case_of_number(town, 1)
    soon = Order(**{**_values(LIFT), "deadline": datetime(2026, 3, 3, 10, 0)})  # noqa: DTZ001
    assert counts(come_in(town, soon)) == (0, 1, 0, 0)
    case = case_of(town, LIFT.number)
    assert (case.number, case.source) == (1, Source.APPEAL)
    assert case.resolve_by is not None
    assert before.resolve_by is not None
    assert case.resolve_by < before.resolve_by
    (told,) = [t for t in texts(town.passes(minutes=5), to="limin") if "12345" in t]
    assert told.startswith("12345 工单 GD20260302001 说的是 #1")


def test_a_neighbour_joins_what_an_order_has_raised(town: Town) -> None:
    come_in(town, LIFT)
    town.passes(minutes=5)
    said = town.says("grid1", "wang", "3栋2单元电梯坏了三天没人修啊") + town.passes(minutes=5)
    assert any("#1" in t for t in texts(said, room="grid1"))
    with town.store.read() as uow:
        assert uow.cases.count_open() == 1


@pytest.mark.parametrize("asked", ["进度 GD20260302001", "进度 20260302000123", "查询 GD20260302001"])
def test_progress_by_the_order_number(town: Town, asked: str) -> None:
    come_in(town, LIFT, Order("20260302000123", "5栋垃圾堆了一星期没人清", address="5栋"))
    town.passes(minutes=30)
    (told,) = town.says(None, "limin", asked)
    assert told.text.startswith("#2" if "000123" in asked else "#1")
    assert "12345 工单" in told.text
    (nobody,) = town.says(None, "limin", "进度 20260302009999")
    assert "12345" not in nobody.text


def test_progress_by_the_order_number_tells_neighbours_no_name(town: Town) -> None:
    come_in(town, LIFT)
    said = town.says("grid1", "liu", "@哨子 进度 GD20260302001")
    assert any("#1" in s.text for s in said)
    assert not [s for s in said if "钱先生" in s.text or "13800000001" in s.text]


def test_the_callers_rates_are_counted_apart_and_together(town: Town) -> None:
    come_in(town, LIFT)
    town.says("grid1", "wang", "5栋路灯不亮好几天了,没人修")
    town.passes(minutes=30)
    for number in (1, 2):
        town.says(None, "limin", f"受理 {number}")
        town.says(None, "limin", f"办结 {number} 修好了")
    town.says("grid1", "wang", "@哨子 评价 2 满意")
    said = town.says(None, "limin", "评价 1 基本满意 代来电人")
    assert texts(said, to="limin")[0].startswith("记下了:工单 GD20260302001(#1)来电人")
    (told,) = town.says("staff", "limin", "@哨子 统计 本月")
    assert "\n评价 1 人:响应率 100.0%" in told.text
    assert "12345 来电人评价 1 人:响应率 100.0%,解决率 100.0%,满意率 90.0%" in told.text
    assert "合在一起 2 人:响应率 100.0%,解决率 100.0%,满意率 95.0%" in told.text
    (row,) = given_back(town)
    assert (row["contacted"], row["solved"], row["satisfied"]) == ("是", "是", "基本满意")


def test_a_caller_who_is_not_content_opens_it_again(town: Town) -> None:
    come_in(town, LIFT)
    town.says(None, "limin", "受理 1")
    town.says(None, "limin", "办结 1 修好了")
    town.says(None, "limin", "评价 1 没解决 代钱先生")
    assert case_of(town, LIFT.number).reopened == 1


def test_the_hotlines_own_calling_back_comes_with_a_later_sheet(town: Town) -> None:
    come_in(town, LIFT)
    assert counts(come_in(town, Order(**{**_values(LIFT), "digit": 1}))) == (0, 0, 1, 1)
    assert counts(come_in(town, Order(**{**_values(LIFT), "digit": 1}))) == (0, 0, 1, 0)
    assert given_back(town)[0]["satisfied"] == "满意"


def test_given_back_with_result_and_times(town: Town) -> None:
    come_in(town, LIFT)
    town.says(None, "limin", "受理 1")
    town.passes(days=3)
    town.says(None, "limin", "办结 1 =换了钢丝绳")
    (row,) = given_back(town)
    assert row["number"] == LIFT.number
    assert row["case"] == "百安坝#1"
    assert row["result"] == "=换了钢丝绳"
    assert (row["late"], row["contacted"]) == ("是", "")
    assert row["accepted"] < row["resolved"]
    assert given_back(town, town.clock.now() + timedelta(days=1)) == []


def test_where_nobody_knows_which_community_nothing_is_taken_in(town: Town) -> None:
    lost = Order("A1", "路灯不亮好几天了", address="人民路")
    with pytest.raises(UserError, match=r"orders\.where"):
        come_in(town, LIFT, lost, home=None)
    with town.store.read() as uow:
        assert uow.orders.known(["A1", LIFT.number]) == set()
        assert uow.cases.count_open() == 0


def test_very_many_at_once_are_told_in_one_line(town: Town) -> None:
    kinds = ["路灯不亮", "垃圾没人清", "下水道堵了", "电梯坏了", "噪音扰民"]
    many = [
        Order(f"A{n:03}", f"3栋{n % 9 + 1}单元{n // 5 + 1}楼{kinds[n % 5]}", address="3栋") for n in range(40)
    ]
    taken = come_in(town, *many)
    said = [t for t in texts(town.passes(minutes=30), to="limin") if "12345" in t]
    assert taken.opened > 20
    assert [t for t in said if t.startswith("12345 工单一次来了")]
    assert len(said) == 1


def test_old_cases_lose_their_callers(town: Town) -> None:
    come_in(town, LIFT)
    town.says(None, "limin", "不受理 1 不归社区管")
    with town.store.write() as uow:
        come = Sweep()
        while not come.is_through:
            come = uow.retained.sweep(Retention(), town.clock.now() + timedelta(days=4 * 365), come)
        uow.commit()
    with town.store.read() as uow:
        order = uow.orders.get(LIFT.number)
    assert order is not None
    assert (order.name, order.phone, order.address, order.text) == ("", "", "", "")


def case_of_number(town: Town, number: int) -> Case:
    with town.store.read() as uow:
        area = uow.areas.by_code("1.1.1")
        assert area is not None
        case = uow.cases.numbered(area.id, number)
        assert case is not None
        return case


def _values(order: Order) -> dict[str, Any]:
    return {name: getattr(order, name) for name in Order.__slots__}


def test_a_sheet_in_parts_is_told_once_for_all(town: Town) -> None:
    orders = [Order(f"P{n}", f"3栋{n}单元电梯坏了", address=f"百安坝社区3栋{n}单元") for n in range(1, 31)]
    taken = TakenOrders()
    for start in range(0, 30, 10):
        with town.store.write() as uow:
            ctx = Context(town.house, uow, town.clock.now())
            part = [read(town.house.understander, order) for order in orders[start : start + 10]]
            take_in(ctx, part, None, taken, more=start < 20)
            react(ctx)
            uow.commit()
        town.passes(seconds=5)
    assert taken.opened == 30
    said = [s.text for s in town.channel.said if s.to == "limin"]
    assert [text for text in said if "12345" in text] == [
        "12345 工单一次来了 30 件(#1 起),都在你这里。发:待办"
    ]


def test_a_sheet_that_breaks_off_is_told_all_the_same(town: Town) -> None:
    with town.store.write() as uow:
        ctx = Context(town.house, uow, town.clock.now())
        take_in(ctx, [read(town.house.understander, LIFT)], uow.areas.by_code("1.1.1"), more=True)
        react(ctx)
        uow.commit()
    assert not town.passes(seconds=30)
    assert "GD20260302001" in " ".join(s.text for s in town.passes(minutes=90) if s.to == "limin")
