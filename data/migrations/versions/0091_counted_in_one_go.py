"""figures are summed in one reading: how long each stage took is kept in seconds; what the board sorts by"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None

STAGES = ("accepted", "resolved", "fed_back", "confirmed")
MOVED = ("accepted_at", "resolved_at")
OPEN = "state IN ('reported', 'accepted', 'assigned', 'in_progress', 'deferred')"
PARTIAL = {
    "ix_cases_open_community": (
        "cases",
        ("community_id", "urgency", "state", "resolve_by", "accept_by"),
        OPEN,
    ),
    "ix_whistles_open": ("whistles", ("case_id",), "ended_at IS NULL"),
}

# What ANALYZE would say of a large place: SQLite plans by it from the first day, and always the same. Without it
# SQLite takes all indexes for equally good, and reads a community's 200,000 cases where 4,000 are open.
LARGE = {
    "sqlite_autoindex_cases_1": "200000 20000 1",
    "ix_cases_number": "200000 10",
    "ix_cases_reported_at": "200000 1",
    "ix_cases_community_id_reported_at": "200000 20000 1",
    "ix_cases_community_id_accepted_at": "200000 20000 1",
    "ix_cases_community_id_resolved_at": "200000 20000 1",
    "ix_cases_area_id_reported_at": "200000 2000 1",
    "ix_cases_building_id_reported_at": "200000 400 1",
    "ix_cases_assignee_id": "200000 1000",
    "ix_cases_assignee_org_id": "200000 5000",
    "ix_cases_merged_into_id": "200000 100",
    "ix_cases_open": "4000 40 4",
    "ix_cases_open_community": "4000 400 400 100 1 1",
    "ix_cases_open_due": "4000 40 1 1",
    "ix_cases_open_assignee": "4000 20 1 1",
    "ix_cases_open_handler": "4000 40",
    "ix_cases_nobodys": "400 4",
    "ix_cases_emergencies": "40 4",
}


def upgrade() -> None:
    for stage in STAGES:
        op.add_column("case_times", sa.Column(f"to_{stage}", sa.Integer(), nullable=True))
    sqlite = op.get_bind().dialect.name == "sqlite"
    found = sa.column("found_at", sa.DateTime(timezone=True))
    seconds = {}
    for stage in STAGES:
        then = sa.column(f"{stage}_at", sa.DateTime(timezone=True))
        days = sa.func.julianday(then) - sa.func.julianday(found)
        between = days * 86_400.0 if sqlite else sa.func.extract("epoch", then - found)
        seconds[f"to_{stage}"] = sa.cast(sa.func.round(between), sa.Integer)
    op.execute(sa.update(sa.table("case_times", *map(sa.column, seconds))).values(seconds))
    with op.batch_alter_table("case_times") as batch:
        for name in ("found", *STAGES):
            batch.drop_column(f"{name}_at")
    op.create_index("ix_cases_reported_at", "cases", ["reported_at"])
    for name in MOVED:
        op.create_index(f"ix_cases_community_id_{name}", "cases", ["community_id", name])
        op.drop_index(f"ix_cases_{name}", table_name="cases")
    if sqlite:
        op.execute("ANALYZE sqlite_schema")  # makes the table
        known = sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat"))
        op.execute(sa.delete(known).where(known.c.tbl == "cases"))
        op.bulk_insert(known, [{"tbl": "cases", "idx": idx, "stat": stat} for idx, stat in LARGE.items()])
    for name, (table, columns, where) in PARTIAL.items():
        condition = sa.text(where)
        op.create_index(name, table, list(columns), sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DELETE FROM sqlite_stat1")
    for name, (table, _, _) in PARTIAL.items():
        op.drop_index(name, table_name=table)
    for name in MOVED:
        op.create_index(f"ix_cases_{name}", "cases", [name])
        op.drop_index(f"ix_cases_community_id_{name}", table_name="cases")
    op.drop_index("ix_cases_reported_at", table_name="cases")
    for name in ("found", *STAGES):
        op.add_column("case_times", sa.Column(f"{name}_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("case_times") as batch:
        for stage in STAGES:
            batch.drop_column(f"to_{stage}")
    op.execute("DELETE FROM case_times")  # they are made anew at the next start
