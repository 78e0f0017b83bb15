"""Elections, nominations, votes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "elections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("nominate_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vote_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("totals", sa.JSON(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("said_in", sa.String()),
        sa.ForeignKeyConstraint(["community_id"], ["areas.id"], name="fk_elections_community_id"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_elections_area_id"),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_elections_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_elections"),
        sa.UniqueConstraint("community_id", "number", name="uq_elections_community_id_number"),
    )
    op.create_index("ix_elections_said_in", "elections", ["said_in"])
    op.create_table(
        "nominations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("candidate", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["elections.id"], name="fk_nominations_election_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_nominations_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_nominations"),
        sa.UniqueConstraint(
            "election_id", "candidate", "voice", name="uq_nominations_election_id_candidate_voice"
        ),
    )
    op.create_index("ix_nominations_person_id", "nominations", ["person_id"])
    op.create_table(
        "election_votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["elections.id"], name="fk_election_votes_election_id"),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name="fk_election_votes_household_id"),
        sa.PrimaryKeyConstraint("id", name="pk_election_votes"),
        sa.UniqueConstraint("election_id", "household_id", name="uq_election_votes_election_id_household_id"),
    )
