"""Volunteers: skills, help requests, the ledger of points, exchanges, wishes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "skills",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_skills_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_skills"),
        sa.UniqueConstraint("person_id", "skill", name="uq_skills_person_id_skill"),
    )
    op.create_table(
        "help_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by_id", sa.Integer()),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("minutes", sa.Integer()),
        sa.ForeignKeyConstraint(["community_id"], ["areas.id"], name="fk_help_requests_community_id"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_help_requests_area_id"),
        sa.ForeignKeyConstraint(["asker_id"], ["people.id"], name="fk_help_requests_asker_id"),
        sa.ForeignKeyConstraint(["taken_by_id"], ["people.id"], name="fk_help_requests_taken_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_help_requests"),
        sa.UniqueConstraint("community_id", "number", name="uq_help_requests_community_id_number"),
    )
    op.create_index("ix_help_requests_taken_by_id", "help_requests", ["taken_by_id"])
    op.create_table(
        "helpers_asked",
        sa.Column("help_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["help_id"], ["help_requests.id"], name="fk_helpers_asked_help_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_helpers_asked_person_id"),
        sa.PrimaryKeyConstraint("help_id", "person_id", name="pk_helpers_asked"),
    )
    op.create_index("ix_helpers_asked_person_id", "helpers_asked", ["person_id"])
    op.create_table(
        "points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("giver_id", sa.Integer()),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["areas.id"], name="fk_points_community_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_points_person_id"),
        sa.ForeignKeyConstraint(["giver_id"], ["people.id"], name="fk_points_giver_id"),
        sa.PrimaryKeyConstraint("id", name="pk_points"),
    )
    op.create_index("ix_points_person_id_community_id", "points", ["person_id", "community_id"])
    op.create_table(
        "points_shown",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_points_shown_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_points_shown"),
    )
    op.create_table(
        "exchanges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("good", sa.String(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["areas.id"], name="fk_exchanges_community_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_exchanges_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_exchanges"),
        sa.UniqueConstraint("community_id", "number", name="uq_exchanges_community_id_number"),
    )
    op.create_index("ix_exchanges_person_id", "exchanges", ["person_id"])
    op.create_table(
        "wishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("claimed_by_id", sa.Integer()),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("said_in", sa.String()),
        sa.ForeignKeyConstraint(["community_id"], ["areas.id"], name="fk_wishes_community_id"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_wishes_area_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_wishes_person_id"),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["people.id"], name="fk_wishes_claimed_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_wishes"),
        sa.UniqueConstraint("community_id", "number", name="uq_wishes_community_id_number"),
    )
    for column in ("person_id", "claimed_by_id", "said_in"):
        op.create_index(f"ix_wishes_{column}", "wishes", [column])
