"""Numbers that count within an area: cases, meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, update

from data.tables.areas import counters

if TYPE_CHECKING:
    from data.repositories.base import Repository


_NEXT = (
    update(counters)
    .where(counters.c.area_id == bindparam("area"), counters.c.name == bindparam("counter"))
    .values(value=counters.c.value + 1)
    .returning(counters.c.value)
)


def next_number(repository: Repository, area_id: int, name: str) -> int:
    """Return the next number; the row stays locked until the transaction ends, so none is given twice."""
    found = repository.scalar(_NEXT, area=area_id, counter=name)
    if found is None:
        repository.add_all(counters, [{"area_id": area_id, "name": name, "value": 1}])
        return 1
    return int(found)
