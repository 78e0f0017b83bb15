"""撤销 takes back a motion, its place on an agenda, minutes, a step of 四议: which message said them is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "008f"
branch_labels = None
depends_on = None

COLUMNS = {
    "motions": (sa.Column("listed_in", sa.String), sa.Column("listed_before", sa.Integer)),
    "minutes": (sa.Column("said_in", sa.String),),
    "four_steps": (
        sa.Column("said_in", sa.String),
        sa.Column("undone", sa.Boolean, nullable=False, server_default=sa.false()),
    ),
}
FOUND_BY = {"motions": "listed_in", "minutes": "said_in", "four_steps": "said_in"}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            op.add_column(table, column)
    for table, name in FOUND_BY.items():
        op.create_index(f"ix_{table}_{name}", table, [name])


def downgrade() -> None:
    for table, name in FOUND_BY.items():
        op.drop_index(f"ix_{table}_{name}", table)
    for table, columns in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column.name)
