"""what is rare among millions is found by indexes of its own: dead messages, appeals that staff said for somebody"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None

PARTIAL = {
    "ix_outbox_dead": ("outbox", "id", "state = 'dead'"),
    "ix_appeals_on_behalf": ("appeals", "said_at", "on_behalf_of IS NOT NULL"),
}


def upgrade() -> None:
    for name, (table, column, where) in PARTIAL.items():
        condition = sa.text(where)
        op.create_index(name, table, [column], sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    for name, (table, _, _) in PARTIAL.items():
        op.drop_index(name, table_name=table)
