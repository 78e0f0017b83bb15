"""Areas: the tree district → street → community → grid → building, and the rooms that belong to it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from data.domain.numerals import number


class AreaKind(StrEnum):
    """The levels of the tree, the widest first."""

    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    BUILDING = "building"


@dataclass(frozen=True, slots=True)
class Area:
    """A node of the tree; `code` is unique."""

    id: int
    code: str
    name: str
    kind: AreaKind
    parent_id: int | None
    centre: tuple[float, float] | None = None  # latitude and longitude (WGS 84), where the roster says

    @property
    def short(self) -> str:
        """The name as it stands before a case number: 百安坝社区 → 百安坝."""
        return self.name.removesuffix("社区") or self.name

    def name_within(self, outer: Area) -> str:
        """Return the name without that of what it lies in: 百安坝第一网格 within 百安坝社区 → 第一网格."""
        return self.name.removeprefix(outer.name).removeprefix(outer.short) or self.name


class RoomKind(StrEnum):
    """Who talks in a room: residents, staff, or a department."""

    RESIDENTS = "residents"
    STAFF = "staff"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Room:
    """One group chat on one channel; it belongs to an area or to an organisation."""

    id: int
    channel: str
    external_id: str
    topic: str
    kind: RoomKind
    area_id: int | None
    organisation_id: int | None

    @property
    def public(self) -> bool:
        """Whether residents read it: what is said there is masked and keeps quiet hours."""
        return self.kind is RoomKind.RESIDENTS


_SUFFIX = re.compile(r"(?:号楼|号院|栋|幢|座|楼|号|#)+$")
_GRID = re.compile(r"第?(\d{1,2}|[零一二三四五六七八九十]{1,3})号?网格$")
_PHASE = re.compile(r"^.*(?:[期区弄苑]|路\d+号)(?=.)")


def grid_number(name: str) -> int | None:
    """Return the number of a grid: 百安坝第二网格, 2网格, 第2网格 → 2; None if its name has none."""
    found = _GRID.search(unicodedata.normalize("NFKC", name))
    if found is None:
        return None
    return number(found[1])


def called(areas: list[Area], said: str) -> list[Area]:
    """Return the areas that go by a name: in full or short, a grid by its number; else by a part of it.

    Where a part is in the names of a grid and of what contains it, the grid is meant.
    """
    found = [a for a in areas if said in (a.name, a.short)]
    if not found and _GRID.fullmatch(unicodedata.normalize("NFKC", said)):
        counted = grid_number(said)
        found = [a for a in areas if a.kind is AreaKind.GRID and grid_number(a.name) == counted]
    if not found and len(said) >= 2:
        found = [a for a in areas if said in a.name]
        grids = [a for a in found if a.kind is AreaKind.GRID]
        found = grids if len(grids) == 1 else found
    return found


def building_label(name: str) -> str:
    """Return what tells a building from its neighbours: 3栋, 三号楼, 3# → `3`; B座 → `B`; 二期5幢 → `5`."""
    plain = unicodedata.normalize("NFKC", name).strip().upper()
    plain = _SUFFIX.sub("", _PHASE.sub("", plain))
    counted = number(plain)
    return str(counted) if counted is not None else plain.lstrip("0") or plain
