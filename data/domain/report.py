"""A report: an appeal that other software hands in, with what it knows besides the words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """What comes with an appeal from outside.

    `area_id` is where it lies (a building, a grid, or the community where nobody knows). `contact` is whom to
    ask back: it is kept with the words, and masked like them. `position` is latitude and longitude (WGS 84).
    """

    token_id: int
    area_id: int
    category: str | None = None
    address: str = ""
    contact: str = ""
    position: tuple[float, float] | None = None
    media_url: str = ""


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report that was taken in: the case it belongs to, and where it was said to lie."""

    appeal_id: int
    case_id: int | None
    address: str
    position: tuple[float, float] | None
    media_url: str
    alone: bool  # nobody heard it in a room
