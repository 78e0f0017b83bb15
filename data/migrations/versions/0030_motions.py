"""motions, minutes, resolutions, publicity, the steps of 四议两公开"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030c"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_minutes_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["activities.id"], name=op.f("fk_minutes_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
    )
    op.create_index(op.f("ix_minutes_meeting_id"), "minutes", ["meeting_id"], unique=False)
    op.create_table(
        "motions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("leader_asked", sa.Boolean(), nullable=False),
        sa.Column("said_in", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_motions_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_motions_case_id")),
        sa.ForeignKeyConstraint(["community_id"], ["areas.id"], name=op.f("fk_motions_community_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["activities.id"], name=op.f("fk_motions_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motions")),
        sa.UniqueConstraint("community_id", "number", name=op.f("uq_motions_community_id_number")),
    )
    op.create_index(op.f("ix_motions_by_id"), "motions", ["by_id"], unique=False)
    op.create_index(op.f("ix_motions_case_id"), "motions", ["case_id"], unique=False)
    op.create_index(op.f("ix_motions_meeting_id"), "motions", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_motions_said_in"), "motions", ["said_in"], unique=False)
    op.create_table(
        "motion_supports",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["motion_id"], ["motions.id"], name=op.f("fk_motion_supports_motion_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_motion_supports_person_id")),
        sa.PrimaryKeyConstraint("motion_id", "person_id", name=op.f("pk_motion_supports")),
    )
    op.create_index(op.f("ix_motion_supports_person_id"), "motion_supports", ["person_id"], unique=False)
    op.create_table(
        "publicities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("motion_id", sa.Integer(), nullable=True),
        sa.Column("said_in", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_publicities_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_publicities_case_id")),
        sa.ForeignKeyConstraint(["community_id"], ["areas.id"], name=op.f("fk_publicities_community_id")),
        sa.ForeignKeyConstraint(["motion_id"], ["motions.id"], name=op.f("fk_publicities_motion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publicities")),
        sa.UniqueConstraint("community_id", "number", name=op.f("uq_publicities_community_id_number")),
    )
    op.create_index(op.f("ix_publicities_case_id"), "publicities", ["case_id"], unique=False)
    op.create_index(op.f("ix_publicities_motion_id"), "publicities", ["motion_id"], unique=False)
    op.create_index(op.f("ix_publicities_said_in"), "publicities", ["said_in"], unique=False)
    op.create_table(
        "resolutions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("motion_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("said_in", sa.String(), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_resolutions_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["activities.id"], name=op.f("fk_resolutions_meeting_id")),
        sa.ForeignKeyConstraint(["motion_id"], ["motions.id"], name=op.f("fk_resolutions_motion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolutions")),
    )
    op.create_index(op.f("ix_resolutions_meeting_id"), "resolutions", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_resolutions_motion_id"), "resolutions", ["motion_id"], unique=False)
    op.create_index(op.f("ix_resolutions_said_in"), "resolutions", ["said_in"], unique=False)
    op.create_table(
        "four_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("motion_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("publicity_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_four_steps_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_four_steps_case_id")),
        sa.ForeignKeyConstraint(["motion_id"], ["motions.id"], name=op.f("fk_four_steps_motion_id")),
        sa.ForeignKeyConstraint(
            ["publicity_id"], ["publicities.id"], name=op.f("fk_four_steps_publicity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_four_steps")),
    )
    op.create_index(op.f("ix_four_steps_case_id"), "four_steps", ["case_id"], unique=False)
    op.create_index(op.f("ix_four_steps_motion_id"), "four_steps", ["motion_id"], unique=False)
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publicity_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_objections_account_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_objections_answered_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_objections_person_id")),
        sa.ForeignKeyConstraint(
            ["publicity_id"], ["publicities.id"], name=op.f("fk_objections_publicity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint("publicity_id", "number", name=op.f("uq_objections_publicity_id_number")),
    )
    op.create_index(op.f("ix_objections_person_id"), "objections", ["person_id"], unique=False)
    op.create_table(
        "resolution_cases",
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_resolution_cases_case_id")),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolutions.id"], name=op.f("fk_resolution_cases_resolution_id")
        ),
        sa.PrimaryKeyConstraint("resolution_id", "case_id", name=op.f("pk_resolution_cases")),
    )
    op.create_index(op.f("ix_resolution_cases_case_id"), "resolution_cases", ["case_id"], unique=False)
