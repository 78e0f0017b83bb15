"""Pairs, turns of visits, calls that must be made, good people, party members; appeals on behalf."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0030c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "visit_plans", sa.Column("cancelled", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("appeals", sa.Column("on_behalf_of", sa.String()))
    op.add_column(
        "ratings", sa.Column("told_by_staff", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "pairs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_pairs_person_id"),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name="fk_pairs_household_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pairs"),
        sa.UniqueConstraint("person_id", "household_id", name="uq_pairs_person_id_household_id"),
    )
    op.create_index("ix_pairs_person_id", "pairs", ["person_id"])
    op.create_table(
        "visit_turns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["plan_id"], ["visit_plans.id"], name="fk_visit_turns_plan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_visit_turns"),
        sa.UniqueConstraint("plan_id", "due", name="uq_visit_turns_plan_id_due"),
    )
    op.create_table(
        "duty_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer()),
        sa.Column("person_id", sa.Integer()),
        sa.Column("contact_id", sa.Integer()),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True)),
        sa.Column("made_by_id", sa.Integer()),
        sa.Column("result", sa.Text()),
        sa.Column("said_in", sa.String()),
        sa.ForeignKeyConstraint(["community_id"], ["areas.id"], name="fk_duty_calls_community_id"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_duty_calls_area_id"),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name="fk_duty_calls_household_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_duty_calls_person_id"),
        sa.ForeignKeyConstraint(["contact_id"], ["people.id"], name="fk_duty_calls_contact_id"),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name="fk_duty_calls_made_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_duty_calls"),
        sa.UniqueConstraint("community_id", "number", name="uq_duty_calls_community_id_number"),
    )
    for column in ("person_id", "contact_id", "said_in"):
        op.create_index(f"ix_duty_calls_{column}", "duty_calls", [column])
    op.create_table(
        "good_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["community_id"], ["areas.id"], name="fk_good_people_community_id"),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_good_people_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_good_people"),
        sa.UniqueConstraint("community_id", "number", name="uq_good_people_community_id_number"),
    )
    op.create_table(
        "party_members",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_party_members_person_id"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_party_members_area_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_party_members"),
    )
    op.create_table(
        "claimable_cases",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_claimable_cases_case_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_claimable_cases"),
    )
