"""What is remembered of the store is what stands in it: who holds which duty, which table of answers."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from data.domain.errors import UserError
from data.domain.people import Duty, Role

if TYPE_CHECKING:
    from data.uow import UnitOfWork
    from tests.town import Town

ROLES = (Role.GRID_LEADER, Role.GRID_WORKER)


def leaders(uow: UnitOfWork, area_id: int) -> list[str]:
    """Return who leads, or works in, a grid, as it is remembered."""
    return [holder.person.name for holder in uow.people.holders(ROLES, [area_id])]


def test_a_duty_that_ends_is_remembered_no_longer(town: Town) -> None:
    with town.store.write() as uow:
        leader = uow.people.on_roster("李敏")[0]
        duty = next(duty for duty in uow.people.duties(leader.id) if duty.role in ROLES)
        assert "李敏" in leaders(uow, duty.area_id)
    with town.store.write() as uow:
        assert uow.people.get(leader.id) == leader
        uow.people.set_duties(leader.id, [])
        assert leaders(uow, duty.area_id) == []
        assert uow.people.duties(leader.id) == []
    with town.store.write() as uow:  # that was not committed
        assert uow.people.duties(leader.id) == [duty]
        assert "李敏" in leaders(uow, duty.area_id)
        uow.people.set_duties(leader.id, [Duty(Role.OFFICER, duty.area_id)])
        uow.roster_changed()
        uow.commit()
    with town.store.write() as uow:
        assert leaders(uow, duty.area_id) == []
        assert [h.role for h in uow.people.holders([Role.OFFICER], [duty.area_id])] == [Role.OFFICER]


def test_holders_come_in_the_order_of_the_roster_each_once(town: Town) -> None:
    with town.store.write() as uow:
        every = [area.id for area in uow.areas.everything()]
        uow.people.holders(ROLES, every[::-1])
        found = uow.people.holders(tuple(Role), [*every, *every])
    assert [holder.number for holder in found] == sorted({holder.number for holder in found})
    assert len(found) > 3


def test_the_version_of_a_table_is_another_once_it_changed(town: Town) -> None:
    with town.store.write() as uow:
        before = uow.answers.version(1)
        assert uow.answers.version(1) == before
        with suppress(UserError), uow.savepoint():
            uow.answers.keep(1, ["水费"], "两块八一吨")
            assert uow.answers.version(1) != before
            raise UserError("not_taken_back")
        assert uow.answers.version(1) == before
        kept = uow.answers.keep(1, ["水费"], "两块八一吨")
        with_it = uow.answers.version(1)
        uow.answers.remove(kept.id)
        assert len({before, with_it, uow.answers.version(1)}) == 3
