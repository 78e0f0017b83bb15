from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.town import Town

EVERYWHERE = ["grid1", "grid2", "grid9", "staff", "street", "wuye"]


def rooms_of(town: Town, account: str) -> list[str]:
    with town.store.read() as uow:
        found = uow.people.speaker("web", account)
        assert found is not None
        return sorted(room.external_id for room in uow.chats.rooms_for(found[0]))


def people_in(town: Town, room: str) -> list[str]:
    with town.store.read() as uow:
        found = uow.rooms.of("web", room)
        assert found is not None
        return sorted(one.account for one in uow.chats.people_in(found))


@pytest.mark.parametrize(
    ("account", "rooms"),
    [
        ("limin", ["grid1", "staff"]),  # leads a grid: its residents, and the community's staff
        ("sunli", ["grid9"]),  # another community, which has no staff room
        ("wudaye", ["grid1", "staff"]),  # a building lies in the grid
        (
            "zhao",
            ["grid1", "grid2", "staff", "wuye"],
        ),  # an officer of the community, and of what belongs to it
        ("zhou", EVERYWHERE),  # the whole street; the company's area lies within it
        ("chen", ["wuye"]),  # the company's own
        ("liudui", []),  # a department without a room
        ("wang", ["grid1"]),  # lives there
    ],
)
def test_who_sees_which_rooms(town: Town, account: str, rooms: list[str]) -> None:
    assert rooms_of(town, account) == rooms
    for room in EVERYWHERE:
        assert (account in people_in(town, room)) == (room in rooms), room


def test_who_has_spoken_in_a_room_sees_it(town: Town) -> None:
    town.says("grid2", "passerby", "你们好", name="路人")
    assert rooms_of(town, "passerby") == ["grid2"]
    assert "passerby" in people_in(town, "grid2")


def test_a_member_sees_a_room_until_they_leave(town: Town) -> None:
    town.says("grid9", "newcomer", kind="join", name="新邻居")
    town.says("grid2", "newcomer", "大家好", name="新邻居")
    assert rooms_of(town, "newcomer") == ["grid2", "grid9"]
    town.says("grid9", "newcomer", kind="leave", name="新邻居")
    assert rooms_of(town, "newcomer") == ["grid2"]
    town.says("grid2", "newcomer", kind="leave", name="新邻居")
    assert rooms_of(town, "newcomer") == []


def test_people_are_shown_with_what_they_are_there_for(town: Town) -> None:
    with town.store.read() as uow:
        shown = {one.account: one for one in uow.chats.people_on("web")}
        assert [(role.value, area) for role, area in shown["limin"].duties] == [("grid_leader", "第一网格")]
        assert shown["chen"].organisation == "万邦物业"
        assert (shown["wang"].duties, shown["wang"].organisation) == ((), None)
        assert [room.external_id for room in uow.chats.rooms_on("web")] == [
            "grid1",
            "grid2",
            "grid9",
            "staff",
            "street",
            "wuye",
        ]


def test_who_is_gone_is_shown_no_more(town: Town) -> None:
    town.says("grid1", "xiaowu", "你们好")
    with town.store.read() as uow:
        account = uow.people.speaker("web", "xiaowu")
    assert account is not None
    town.says(None, "xiaowu", "删除我的数据")
    town.says(None, "xiaowu", "确认删除")
    with town.store.read() as uow:
        assert uow.chats.shown(account[0]) is None
    assert "xiaowu" not in people_in(town, "grid1")
