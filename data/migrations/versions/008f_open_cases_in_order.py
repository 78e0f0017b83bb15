"""What is open is found in the order it falls due; an alarm before everything else; what a room was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "008f"
down_revision = "008a"
branch_labels = None
depends_on = None

OPEN = "state IN ('reported', 'accepted', 'assigned', 'in_progress', 'deferred')"
NOBODYS = f"{OPEN} AND handler_id IS NULL AND assignee_id IS NULL AND assignee_org_id IS NULL"
DUE = ("resolve_by", "accept_by")
INDEXES = {
    "ix_cases_open_due": ("cases", ("area_id", *DUE), OPEN),
    "ix_cases_open_assignee": ("cases", ("assignee_id", *DUE), OPEN),
    "ix_cases_open_handler": ("cases", ("handler_id",), OPEN),
    "ix_cases_nobodys": ("cases", ("area_id",), NOBODYS),
    "ix_cases_emergencies": ("cases", ("area_id",), f"{OPEN} AND urgency = 'emergency'"),
    "ix_reminders_alarms": ("reminders", ("due",), "state = 'pending' AND kind = 'emergency'"),
}


def upgrade() -> None:
    for name, (table, columns, where) in INDEXES.items():
        condition = sa.text(where)
        op.create_index(name, table, list(columns), sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    for name, (table, _, _) in INDEXES.items():
        op.drop_index(name, table_name=table)
