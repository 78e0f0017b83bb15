"""a place's own rules and wordings, every version of them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "008d"
down_revision = "008e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_own_versions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_versions")),
    )
    op.create_index("ix_own_versions_kind", "own_versions", ["kind", "id"])
    op.create_index(op.f("ix_own_versions_person_id"), "own_versions", ["person_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_own_versions_person_id"), "own_versions")
    op.drop_index("ix_own_versions_kind", "own_versions")
    op.drop_table("own_versions")
