"""what is made public of a case; figures of buildings and days are counted over indexes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0042"
branch_labels = None
depends_on = None

INDEXES = {
    "cases": {
        "ix_cases_building_id_reported_at": ["building_id", "reported_at"],
        "ix_cases_accepted_at": ["accepted_at"],
        "ix_cases_resolved_at": ["resolved_at"],
    },
    "ratings": {"ix_ratings_answered_at": ["answered_at"]},
}


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("pictures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_publications_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_publications_person_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_publications")),
    )
    for table, indexes in INDEXES.items():
        for name, columns in indexes.items():
            op.create_index(name, table, columns)
    op.create_index(
        "ix_outbox_media",
        "outbox",
        ["media"],
        sqlite_where=sa.text("media IS NOT NULL"),
        postgresql_where=sa.text("media IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_media", "outbox")
    for table, indexes in INDEXES.items():
        for name in indexes:
            op.drop_index(name, table)
    op.drop_table("publications")
