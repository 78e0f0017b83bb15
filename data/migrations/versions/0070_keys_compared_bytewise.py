"""keys of messages are compared byte by byte, so that a prefix is a range of their index"""

from __future__ import annotations

from alembic import op

revision = "0070"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":  # SQLite compares so anyhow
        op.execute('ALTER TABLE outbox ALTER COLUMN dedupe_key TYPE VARCHAR COLLATE "C"')


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE outbox ALTER COLUMN dedupe_key TYPE VARCHAR")
