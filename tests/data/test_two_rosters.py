"""A room that two communities' rosters have: it is not taken away in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.domain.errors import InputError
from data.roster.load import import_roster
from tests.town import entries

if TYPE_CHECKING:
    from tests.town import Town

SECOND = """
rooms:
  - {channel: web, id: grid1, topic: 第一网格居民群, kind: residents, area: g9}
"""
WITHIN = """
rooms:
  - {channel: web, id: grid1, topic: 第一网格居民群, kind: residents, area: g2}
"""


def take(town: Town, roster: str, *, move_rooms: bool = False) -> None:
    with town.store.write() as uow:
        work = town.house.policy.work
        import_roster(uow, entries(roster), "b.yaml", work=work, now=town.clock.now(), move_rooms=move_rooms)
        uow.commit()


def test_a_room_of_another_community_is_refused_in_one_line(town: Town) -> None:
    with pytest.raises(InputError) as caught:
        take(town, SECOND)
    assert caught.value.key == "roster.room_elsewhere"
    assert caught.value.values["community"] == "百安坝社区"
    town.report()
    assert town.state(1) == "reported"  # still the first one's


def test_it_moves_when_that_is_meant_and_within_its_community_anyhow(town: Town) -> None:
    take(town, WITHIN)
    take(town, SECOND, move_rooms=True)
    with town.store.read() as uow:
        room = uow.rooms.of("web", "grid1")
        assert room is not None
        assert uow.areas.get(room.area_id or 0).code == "g9"
