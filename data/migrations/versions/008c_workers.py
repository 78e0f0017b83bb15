"""several workers on one PostgreSQL: who stands, who holds what, who sends a message"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "008c"
down_revision = "008d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("leaving", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workers"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("turns", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.add_column("outbox", sa.Column("holder", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "holder")
    op.drop_table("leases")
    op.drop_table("workers")
