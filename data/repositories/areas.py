"""Areas, organisations and rooms."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from data.domain.areas import Area, AreaKind
from data.repositories.base import Repository
from data.tables.areas import areas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Row


_AREA = select(areas).where(areas.c.id == bindparam("id"))
_CHILDREN = select(areas).where(areas.c.parent_id == bindparam("parent")).order_by(areas.c.id)
_inside = select(areas.c.id).where(areas.c.parent_id == bindparam("top")).cte("inside", recursive=True)
_inside = _inside.union(select(areas.c.id).where(areas.c.parent_id == _inside.c.id))
_BELOW = select(areas).where(areas.c.id.in_(select(_inside.c.id))).order_by(areas.c.id)
_LABELLED = _CHILDREN.where(areas.c.label == bindparam("label"))
_BY_CODE = select(areas).where(areas.c.code == bindparam("code"))
_COMMUNITIES = select(areas).where(areas.c.kind == AreaKind.COMMUNITY.value).order_by(areas.c.id)


class Areas(Repository):
    """The tree of areas. Looking up costs a query the first time only."""

    def get(self, area_id: int) -> Area:
        """Return an area that exists."""
        found = self.directory.areas.get(area_id)
        if found is None:
            row = self.one(_AREA, id=area_id)
            found = self.directory.areas[area_id] = _area(row)
        return found

    def by_code(self, code: str) -> Area | None:
        """Return the area with that code."""
        row = self.first(_BY_CODE, code=code)
        return _area(row) if row else None

    def children(self, area_id: int) -> list[Area]:
        """Return the areas right below one."""
        found = [_area(row) for row in self.all(_CHILDREN, parent=area_id)]
        self.directory.areas.update({area.id: area for area in found})
        return found

    def up(self, area_id: int | None) -> Iterator[Area]:
        """Yield an area and all above it, itself first."""
        while area_id is not None:
            area = self.get(area_id)
            yield area
            area_id = area.parent_id

    def covers(self, area_id: int, inner_id: int | None) -> bool:
        """Whether `inner_id` is the area or lies within it."""
        return any(area.id == area_id for area in self.up(inner_id))

    def nearest(self, area_id: int | None, kind: AreaKind) -> Area | None:
        """Return the area of that kind which is `area_id` or contains it."""
        return next((area for area in self.up(area_id) if area.kind is kind), None)

    def community_of(self, area_id: int | None) -> Area | None:
        """Return the community that an area lies in."""
        return self.nearest(area_id, AreaKind.COMMUNITY)

    def communities(self) -> list[Area]:
        """Return all communities."""
        return [_area(row) for row in self.all(_COMMUNITIES)]

    def everything(self) -> list[Area]:
        """Return all areas, those of a higher level first as they were listed."""
        return [_area(row) for row in self.all(select(areas).order_by(areas.c.id))]

    def widest(self) -> Area | None:
        """Return the area that lies in no other; of several the first."""
        row = self.first(select(areas).where(areas.c.parent_id.is_(None)).order_by(areas.c.id).limit(1))
        return _area(row) if row else None

    def below(self, area_id: int) -> Iterator[Area]:
        """Yield all areas within one, the widest first."""
        children: dict[int | None, list[Area]] = defaultdict(list)
        for row in self.all(_BELOW, top=area_id):
            area = self.directory.areas[row.id] = _area(row)
            children[area.parent_id].append(area)
        waiting = children[area_id][::-1]
        while waiting:
            area = waiting.pop()
            yield area
            waiting += children[area.id][::-1]

    def grids(self, area_id: int) -> list[Area]:
        """Return the grids within an area, or the grid itself."""
        area = self.get(area_id)
        if area.kind in (AreaKind.GRID, AreaKind.BUILDING):
            return [area] if area.kind is AreaKind.GRID else []
        return [grid for child in self.children(area_id) for grid in self.grids(child.id)]

    def buildings(self, area_id: int, label: str) -> list[Area]:
        """Return the buildings within a grid or community that go by a label (`3`)."""
        area = self.get(area_id)
        if area.kind is AreaKind.BUILDING:
            area_id = area.parent_id or area_id
            area = self.get(area_id)
        holders = [area] if area.kind is AreaKind.GRID else self.grids(area_id)
        return [building for grid in holders for building in self._labelled(grid.id, label)]

    def _labelled(self, grid_id: int, label: str) -> list[Area]:
        known = self.directory.buildings
        if (grid_id, label) not in known:
            known[grid_id, label] = [_area(r) for r in self.all(_LABELLED, parent=grid_id, label=label)]
        return known[grid_id, label]


def _area(row: Row[Any]) -> Area:
    centre = None if row.lat is None or row.long is None else (row.lat, row.long)
    return Area(row.id, row.code, row.name, AreaKind(row.kind), row.parent_id, centre)
