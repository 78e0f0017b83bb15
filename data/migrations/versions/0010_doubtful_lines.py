"""doubtful lines, what rooms have taught, and whose words a correction has"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data.tables.types import UtcDateTime

revision = "0010"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "doubts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("said_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("ask_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_doubts_room_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_doubts_person_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_doubts_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_doubts_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubts")),
    )
    op.create_index(op.f("ix_doubts_room_id"), "doubts", ["room_id"])
    op.create_index(op.f("ix_doubts_person_id"), "doubts", ["person_id"])
    op.create_table(
        "doubt_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("doubt_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("letter", sa.String(), nullable=True),
        sa.Column("sent_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["doubt_id"], ["doubts.id"], name=op.f("fk_doubt_letters_doubt_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_doubt_letters_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubt_letters")),
        sa.UniqueConstraint("doubt_id", "person_id", name=op.f("uq_doubt_letters_doubt_id_person_id")),
    )
    op.create_index(op.f("ix_doubt_letters_doubt_id"), "doubt_letters", ["doubt_id"])
    op.create_index(op.f("ix_doubt_letters_person_id"), "doubt_letters", ["person_id"])
    op.create_table(
        "room_hearing",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_room_hearing_room_id")),
        sa.PrimaryKeyConstraint("room_id", name=op.f("pk_room_hearing")),
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.add_column(sa.Column("speaker_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_corrections_speaker_id"), "people", ["speaker_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_corrections_speaker_id"), ["speaker_id"])


def downgrade() -> None:
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_corrections_speaker_id"))
        batch_op.drop_constraint(op.f("fk_corrections_speaker_id"), type_="foreignkey")
        batch_op.drop_column("speaker_id")
    op.drop_table("room_hearing")
    op.drop_table("doubt_letters")
    op.drop_table("doubts")
