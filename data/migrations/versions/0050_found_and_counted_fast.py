"""cases are found by their words and counted by their times without reading all of them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0030a"
branch_labels = None
depends_on = None

FIVE = ("found_at", "accepted_at", "resolved_at", "fed_back_at", "confirmed_at")
# An index beside the table, which SQLite keeps by triggers.
INTO = "INSERT INTO case_words_index(rowid, words) VALUES (new.case_id, new.words);"
OUT = (
    "INSERT INTO case_words_index(case_words_index, rowid, words) VALUES ('delete', old.case_id, old.words);"
)
SQLITE = (
    "CREATE VIRTUAL TABLE case_words_index USING fts5(words, content='case_words', content_rowid='case_id', tokenize='trigram')",
    f"CREATE TRIGGER case_words_in AFTER INSERT ON case_words BEGIN {INTO} END",
    f"CREATE TRIGGER case_words_out AFTER DELETE ON case_words BEGIN {OUT} END",
    f"CREATE TRIGGER case_words_new AFTER UPDATE ON case_words BEGIN {OUT} {INTO} END",
)
POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX ix_case_words_words ON case_words USING gin (words gin_trgm_ops)",
)


def upgrade() -> None:
    op.create_table(
        "case_words",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_words_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_words")),
    )
    op.create_table(
        "case_times",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in FIVE),
        sa.Column("was_overdue", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_times_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_times")),
    )
    op.create_table(
        "saved_filters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_saved_filters_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filters")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_saved_filters_person_id_name")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else _postgres():
        op.execute(statement)


def _postgres() -> tuple[str, ...]:
    """The index by trigrams, where the server has the extension; without it words are looked for one by one."""
    known = sa.text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
    return POSTGRES if op.get_bind().execute(known).first() else ()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE case_words_index")
    op.drop_table("saved_filters")
    op.drop_table("case_times")
    op.drop_table("case_words")
