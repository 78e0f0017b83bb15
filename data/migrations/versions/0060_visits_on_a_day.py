"""the day of its period on which a visit falls due: every Friday, every month on the 31st"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("visit_plans") as batch:
        batch.add_column(sa.Column("anchor", sa.Integer()))
        batch.add_column(sa.Column("anchor_said", sa.Boolean(), nullable=False, server_default=sa.false()))
