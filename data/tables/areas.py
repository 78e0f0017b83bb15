"""Areas, the numbers that count within them, and the version of the roster."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, String, Table

from data.tables.base import key, link, metadata

meta = Table(
    "meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Integer, nullable=False),
)
areas = Table(
    "areas",
    metadata,
    key(),
    Column("code", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    link("parent_id", "areas", null=True),
    Column("label", String, nullable=False),  # what tells a building from its neighbours: 3栋 → 3
    Column("lat", Float),  # its centre (WGS 84), where the roster says
    Column("long", Float),
    Index("ix_areas_parent_id_label", "parent_id", "label"),
)
counters = Table(
    "counters",
    metadata,
    link("area_id", "areas", primary_key=True),
    Column("name", String, primary_key=True),
    Column("value", Integer, nullable=False),
)
