"""People with accounts and duties."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint

from data.tables.base import key, link, metadata

people = Table(
    "people",
    metadata,
    key(),
    Column("name", String, nullable=False, index=True),
    link("organisation_id", "organisations", null=True, index=True),
    Column("on_roster", Integer, nullable=False, server_default="0"),
    Column("rank", String, nullable=False, server_default="member"),  # in their organisation
    Column("phone", String, nullable=False, server_default=""),
    Column("public", Integer, nullable=False, server_default="0"),  # whether anybody may be told the number
)
accounts = Table(
    "accounts",
    metadata,
    key(),
    link("person_id", "people", index=True),
    Column("channel", String, nullable=False),
    Column("external_id", String, nullable=False),
    Column("name", String, nullable=False),
    link("last_room_id", "rooms", null=True),
    Column("last_appeal_id", Integer),
    UniqueConstraint("channel", "external_id"),
)
members = Table(
    "members",
    metadata,
    link("room_id", "rooms", primary_key=True),
    link("account_id", "accounts", primary_key=True, index=True),
)
duties = Table(
    "duties",
    metadata,
    key(),
    link("person_id", "people", index=True),
    link("area_id", "areas", index=True),
    Column("role", String, nullable=False),
    UniqueConstraint("person_id", "area_id", "role"),
)
