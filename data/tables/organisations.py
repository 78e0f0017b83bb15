"""Organisations: departments, property companies, committees."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, String, Table

from data.tables.base import key, link, metadata

organisations = Table(
    "organisations",
    metadata,
    key(),
    Column("name", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("aliases", JSON, nullable=False),
    link("area_id", "areas", null=True, index=True),
    Column("phone", String, nullable=False, server_default=""),
    Column("public", Integer, nullable=False, server_default="0"),  # whether anybody may be told the number
)
