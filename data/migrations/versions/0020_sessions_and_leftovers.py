"""Sessions of browsers, bans, what deletions left to do; deleted words leave the search index at once."""

from __future__ import annotations

import sqlite3

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0030b"
branch_labels = None
depends_on = None

SECURE_DELETE_SINCE = (3, 42)  # of SQLite's FTS5


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sessions_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])
    op.create_table(
        "bans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer()),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_bans_person_id"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name="fk_bans_room_id"),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_bans_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bans"),
    )
    op.create_index("ix_bans_person_id", "bans", ["person_id"])
    standing = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_bans_standing", "bans", ["person_id"], sqlite_where=standing, postgresql_where=standing
    )
    op.create_table(
        "leftovers",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", name="pk_leftovers"),
    )
    if op.get_bind().dialect.name == "sqlite" and sqlite3.sqlite_version_info >= SECURE_DELETE_SINCE:
        op.execute("INSERT INTO case_words_index(case_words_index, rank) VALUES ('secure-delete', 1)")
