"""Answers and questions that were not known; numbers that are public."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("hours", sa.String(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("said_in", sa.String()),
        sa.ForeignKeyConstraint(["community_id"], ["areas.id"], name="fk_answers_community_id"),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.UniqueConstraint("community_id", "number", name="uq_answers_community_id_number"),
    )
    op.create_index("ix_answers_said_in", "answers", ["said_in"])
    op.create_table(
        "asked_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer()),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["community_id"], ["areas.id"], name="fk_asked_questions_community_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_asked_questions_person_id"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_asked_questions_account_id"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name="fk_asked_questions_room_id"),
        sa.PrimaryKeyConstraint("id", name="pk_asked_questions"),
    )
    for column in ("community_id", "person_id"):
        op.create_index(f"ix_asked_questions_{column}", "asked_questions", [column])
    for table in ("people", "organisations"):
        op.add_column(table, sa.Column("phone", sa.String(), nullable=False, server_default=""))
        op.add_column(table, sa.Column("public", sa.Integer(), nullable=False, server_default="0"))
