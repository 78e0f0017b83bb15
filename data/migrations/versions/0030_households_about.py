"""households have areas and residents; messages say what they are about"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030a"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("households", sa.Column("area", sa.Integer(), nullable=True))
    op.add_column("outbox", sa.Column("about", sa.JSON(), server_default="[]", nullable=False))
    op.create_table(
        "residents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name=op.f("fk_residents_household_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_residents_person_id")),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["people.id"], name=op.f("fk_residents_confirmed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residents")),
    )
    op.create_index("ix_residents_household_id", "residents", ["household_id"])
    now = sa.text("until IS NULL")
    op.create_index(
        "uq_residents_now", "residents", ["person_id"], unique=True, sqlite_where=now, postgresql_where=now
    )
    op.create_table(
        "registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_registrations_person_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_registrations_account_id")),
        sa.ForeignKeyConstraint(["building_id"], ["areas.id"], name=op.f("fk_registrations_building_id")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["people.id"], name=op.f("fk_registrations_answered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
    )
    op.create_index("ix_registrations_person_id", "registrations", ["person_id"])
    waiting = sa.text("answered_at IS NULL")
    op.create_index(
        "ix_registrations_waiting",
        "registrations",
        ["building_id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
