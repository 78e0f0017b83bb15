"""Links into a room, for many to come in by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "008e"
down_revision = "0060b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "room_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("said_in", sa.String()),
        sa.ForeignKeyConstraint(["community_id"], ["areas.id"], name="fk_room_links_community_id"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name="fk_room_links_room_id"),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name="fk_room_links_made_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_room_links"),
        sa.UniqueConstraint("code", name="uq_room_links_code"),
        sa.UniqueConstraint("community_id", "number", name="uq_room_links_community_id_number"),
    )


def downgrade() -> None:
    op.drop_table("room_links")
