"""Meetings become a kind of activity: one table of both, check-ins, invited units, rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("caller_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("lasts", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("places", sa.Integer()),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("said_in", sa.String()),
        sa.ForeignKeyConstraint(["community_id"], ["areas.id"], name="fk_activity_series_community_id"),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name="fk_activity_series_area_id"),
        sa.ForeignKeyConstraint(["caller_id"], ["people.id"], name="fk_activity_series_caller_id"),
        sa.PrimaryKeyConstraint("id", name="pk_activity_series"),
    )
    op.create_index("ix_activity_series_said_in", "activity_series", ["said_in"])
    op.drop_index("ix_meetings_room_id", table_name="meetings")
    op.drop_index("ix_meetings_said_in", table_name="meetings")
    op.rename_table("meetings", "activities")
    with op.batch_alter_table("activities") as batch:
        batch.add_column(sa.Column("counted_as", sa.String(), nullable=False, server_default="meeting"))
        batch.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="meeting"))
        batch.add_column(sa.Column("ends_at", sa.DateTime(timezone=True)))
        batch.add_column(sa.Column("places", sa.Integer()))
        batch.add_column(sa.Column("points", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("series_id", sa.Integer()))
        batch.add_column(sa.Column("code", sa.String()))
        batch.add_column(sa.Column("ended_at", sa.DateTime(timezone=True)))
        batch.add_column(sa.Column("result", sa.Text()))
        batch.drop_constraint("fk_meetings_room_id", type_="foreignkey")
        batch.drop_column("room_id")
        batch.drop_constraint("uq_meetings_community_id_number", type_="unique")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("UPDATE activities SET ends_at = starts_at + interval '2 hours'")
    else:
        op.execute("UPDATE activities SET ends_at = datetime(starts_at, '+2 hours')")
    with op.batch_alter_table("activities") as batch:
        batch.alter_column("ends_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        for column in ("counted_as", "kind"):
            batch.alter_column(column, existing_type=sa.String(), server_default=None)
        batch.alter_column("points", existing_type=sa.Integer(), server_default=None)
        batch.create_foreign_key("fk_activities_series_id", "activity_series", ["series_id"], ["id"])
        batch.create_unique_constraint(
            "uq_activities_community_id_counted_as_number", ["community_id", "counted_as", "number"]
        )
    op.create_index("ix_activities_said_in", "activities", ["said_in"])
    op.create_index("ix_activities_starts_at", "activities", ["starts_at"])
    with op.batch_alter_table("sign_ups") as batch:
        batch.add_column(sa.Column("waiting", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.drop_constraint("uq_sign_ups_meeting_id_name", type_="unique")
        batch.drop_constraint("fk_sign_ups_meeting_id", type_="foreignkey")
        batch.alter_column("meeting_id", new_column_name="activity_id", existing_type=sa.Integer())
    with op.batch_alter_table("sign_ups") as batch:
        batch.alter_column("waiting", existing_type=sa.Boolean(), server_default=None)
        batch.create_unique_constraint("uq_sign_ups_activity_id_name", ["activity_id", "name"])
        batch.create_foreign_key("fk_sign_ups_activity_id", "activities", ["activity_id"], ["id"])
    op.create_table(
        "check_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name="fk_check_ins_activity_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_check_ins_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_check_ins"),
        sa.UniqueConstraint("activity_id", "person_id", name="uq_check_ins_activity_id_person_id"),
    )
    op.create_index("ix_check_ins_person_id", "check_ins", ["person_id"])
    op.create_table(
        "activity_units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("words", sa.Text()),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name="fk_activity_units_activity_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_activity_units_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_activity_units"),
        sa.UniqueConstraint(
            "activity_id", "organisation_id", name="uq_activity_units_activity_id_organisation_id"
        ),
    )
    op.create_index("ix_activity_units_organisation_id", "activity_units", ["organisation_id"])
    op.create_table(
        "activity_cases",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name="fk_activity_cases_activity_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_activity_cases_case_id"),
        sa.PrimaryKeyConstraint("activity_id", "case_id", name="pk_activity_cases"),
    )
    op.create_index("ix_activity_cases_case_id", "activity_cases", ["case_id"])
    op.execute("UPDATE reminders SET kind = 'activity' WHERE kind = 'meeting'")
