"""The first tables."""

import sqlalchemy as sql
from alembic import op

from grader.server.store import tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "people",
        sql.Column("number", sql.Integer(), nullable=False),
        sql.Column("public", sql.String(length=32), nullable=False),
        sql.Column("key", sql.Text(), nullable=False),
        sql.Column("name", sql.Text(), nullable=False),
        sql.Column("email", sql.Text(), nullable=False),
        sql.Column("section", sql.Text(), nullable=False),
        sql.Column("role", sql.String(length=16), nullable=False),
        sql.Column("keys", sql.JSON(), nullable=False),
        sql.Column("listed", sql.Boolean(), nullable=False),
        sql.Column("left_at", tables.Moment(length=32), nullable=True),
        sql.PrimaryKeyConstraint("number"),
        sql.UniqueConstraint("key"),
        sql.UniqueConstraint("public"),
    )
    op.create_table(
        "repairs",
        sql.Column("sha256", sql.LargeBinary(length=32), nullable=False),
        sql.Column("level", sql.String(length=16), nullable=False),
        sql.Column("repair", sql.LargeBinary(), nullable=True),
        sql.PrimaryKeyConstraint("sha256", "level"),
    )
    op.create_table(
        "scores",
        sql.Column("sha256", sql.LargeBinary(length=32), nullable=False),
        sql.Column("score", sql.LargeBinary(), nullable=False),
        sql.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "adjustments",
        sql.Column("number", sql.Integer(), nullable=False),
        sql.Column("person", sql.Integer(), nullable=False),
        sql.Column("assignment", sql.Text(), nullable=False),
        sql.Column("function", sql.Text(), nullable=False),
        sql.Column("action", sql.String(length=16), nullable=False),
        sql.Column("value", sql.Float(), nullable=False),
        sql.Column("by", sql.Integer(), nullable=False),
        sql.Column("at", tables.Moment(length=32), nullable=False),
        sql.Column("because", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["by"],
            ["people.number"],
        ),
        sql.ForeignKeyConstraint(
            ["person"],
            ["people.number"],
        ),
        sql.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_adjustments_assignment"), "adjustments", ["assignment"], unique=False)
    op.create_index(op.f("ix_adjustments_person"), "adjustments", ["person"], unique=False)
    op.create_table(
        "comments",
        sql.Column("number", sql.Integer(), nullable=False),
        sql.Column("assignment", sql.Text(), nullable=False),
        sql.Column("group", sql.Text(), nullable=False),
        sql.Column("text", sql.Text(), nullable=False),
        sql.Column("by", sql.Integer(), nullable=False),
        sql.Column("at", tables.Moment(length=32), nullable=False),
        sql.ForeignKeyConstraint(
            ["by"],
            ["people.number"],
        ),
        sql.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_comments_assignment"), "comments", ["assignment"], unique=False)
    op.create_table(
        "events",
        sql.Column("number", sql.Integer(), nullable=False),
        sql.Column("at", tables.Moment(length=32), nullable=False),
        sql.Column("by", sql.Integer(), nullable=True),
        sql.Column("what", sql.String(length=32), nullable=False),
        sql.Column("person", sql.Integer(), nullable=True),
        sql.Column("assignment", sql.Text(), nullable=False),
        sql.Column("detail", sql.JSON(), nullable=False),
        sql.ForeignKeyConstraint(
            ["by"],
            ["people.number"],
        ),
        sql.ForeignKeyConstraint(
            ["person"],
            ["people.number"],
        ),
        sql.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_events_assignment"), "events", ["assignment"], unique=False)
    op.create_index(op.f("ix_events_person"), "events", ["person"], unique=False)
    op.create_table(
        "extensions",
        sql.Column("number", sql.Integer(), nullable=False),
        sql.Column("person", sql.Integer(), nullable=False),
        sql.Column("assignment", sql.Text(), nullable=False),
        sql.Column("until", tables.Moment(length=32), nullable=True),
        sql.Column("by", sql.Integer(), nullable=False),
        sql.Column("at", tables.Moment(length=32), nullable=False),
        sql.Column("because", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["by"],
            ["people.number"],
        ),
        sql.ForeignKeyConstraint(
            ["person"],
            ["people.number"],
        ),
        sql.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_extensions_assignment"), "extensions", ["assignment"], unique=False)
    op.create_index(op.f("ix_extensions_person"), "extensions", ["person"], unique=False)
    op.create_table(
        "identities",
        sql.Column("issuer", sql.Text(), nullable=False),
        sql.Column("subject", sql.Text(), nullable=False),
        sql.Column("person", sql.Integer(), nullable=False),
        sql.ForeignKeyConstraint(
            ["person"],
            ["people.number"],
        ),
        sql.PrimaryKeyConstraint("issuer", "subject"),
    )
    op.create_index(op.f("ix_identities_person"), "identities", ["person"], unique=False)
    op.create_table(
        "regradings",
        sql.Column("number", sql.Integer(), nullable=False),
        sql.Column("public", sql.String(length=32), nullable=False),
        sql.Column("assignment", sql.Text(), nullable=False),
        sql.Column("by", sql.Integer(), nullable=False),
        sql.Column("at", tables.Moment(length=32), nullable=False),
        sql.Column("accepted_at", tables.Moment(length=32), nullable=True),
        sql.Column("dropped_at", tables.Moment(length=32), nullable=True),
        sql.ForeignKeyConstraint(
            ["by"],
            ["people.number"],
        ),
        sql.PrimaryKeyConstraint("number"),
        sql.UniqueConstraint("public"),
    )
    op.create_index(op.f("ix_regradings_assignment"), "regradings", ["assignment"], unique=False)
    op.create_table(
        "sessions",
        sql.Column("sha256", sql.String(length=64), nullable=False),
        sql.Column("person", sql.Integer(), nullable=False),
        sql.Column("opened_at", tables.Moment(length=32), nullable=False),
        sql.Column("expires_at", tables.Moment(length=32), nullable=False),
        sql.ForeignKeyConstraint(
            ["person"],
            ["people.number"],
        ),
        sql.PrimaryKeyConstraint("sha256"),
    )
    op.create_index(op.f("ix_sessions_expires_at"), "sessions", ["expires_at"], unique=False)
    op.create_index(op.f("ix_sessions_person"), "sessions", ["person"], unique=False)
    op.create_table(
        "submissions",
        sql.Column("number", sql.Integer(), nullable=False),
        sql.Column("public", sql.String(length=32), nullable=False),
        sql.Column("person", sql.Integer(), nullable=False),
        sql.Column("assignment", sql.Text(), nullable=False),
        sql.Column("attempt", sql.Integer(), nullable=False),
        sql.Column("file", sql.Text(), nullable=False),
        sql.Column("sha256", sql.String(length=64), nullable=False),
        sql.Column("size", sql.Integer(), nullable=False),
        sql.Column("content", sql.LargeBinary(), nullable=False),
        sql.Column("received_at", tables.Moment(length=32), nullable=False),
        sql.Column("source", sql.String(length=16), nullable=False),
        sql.ForeignKeyConstraint(
            ["person"],
            ["people.number"],
        ),
        sql.PrimaryKeyConstraint("number"),
        sql.UniqueConstraint("person", "assignment", "attempt"),
        sql.UniqueConstraint("public"),
    )
    op.create_index("submissions_of_assignment", "submissions", ["assignment", "person"], unique=False)
    op.create_table(
        "tokens",
        sql.Column("sha256", sql.String(length=64), nullable=False),
        sql.Column("person", sql.Integer(), nullable=False),
        sql.Column("name", sql.Text(), nullable=False),
        sql.Column("made_at", tables.Moment(length=32), nullable=False),
        sql.Column("expires_at", tables.Moment(length=32), nullable=True),
        sql.Column("revoked_at", tables.Moment(length=32), nullable=True),
        sql.ForeignKeyConstraint(
            ["person"],
            ["people.number"],
        ),
        sql.PrimaryKeyConstraint("sha256"),
    )
    op.create_index(op.f("ix_tokens_person"), "tokens", ["person"], unique=False)
    op.create_table(
        "gradings",
        sql.Column("number", sql.Integer(), nullable=False),
        sql.Column("submission", sql.Integer(), nullable=False),
        sql.Column("regrading", sql.Integer(), nullable=True),
        sql.Column("made_by", sql.String(length=64), nullable=False),
        sql.Column("header", sql.LargeBinary(), nullable=False),
        sql.Column("outline", sql.LargeBinary(), nullable=False),
        sql.Column("status", sql.String(length=16), nullable=False),
        sql.Column("points", sql.Float(), nullable=True),
        sql.Column("graded_at", tables.Moment(length=32), nullable=False),
        sql.Column("searched", sql.String(length=16), nullable=False),
        sql.ForeignKeyConstraint(
            ["regrading"],
            ["regradings.number"],
        ),
        sql.ForeignKeyConstraint(
            ["submission"],
            ["submissions.number"],
        ),
        sql.PrimaryKeyConstraint("number"),
        sql.UniqueConstraint("submission", "made_by"),
    )
    op.create_index(op.f("ix_gradings_regrading"), "gradings", ["regrading"], unique=False)
    op.create_index(op.f("ix_gradings_searched"), "gradings", ["searched"], unique=False)
    op.create_table(
        "queue",
        sql.Column("submission", sql.Integer(), nullable=False),
        sql.Column("assignment", sql.Text(), nullable=False),
        sql.Column("regrading", sql.Integer(), nullable=True),
        sql.Column("queued_at", tables.Moment(length=32), nullable=False),
        sql.Column("claimed_by", sql.String(length=64), nullable=True),
        sql.Column("claimed_at", tables.Moment(length=32), nullable=True),
        sql.Column("tries", sql.Integer(), nullable=False),
        sql.ForeignKeyConstraint(
            ["regrading"],
            ["regradings.number"],
        ),
        sql.ForeignKeyConstraint(
            ["submission"],
            ["submissions.number"],
        ),
        sql.PrimaryKeyConstraint("submission"),
    )
    op.create_index(op.f("ix_queue_assignment"), "queue", ["assignment"], unique=False)
    op.create_index(op.f("ix_queue_claimed_by"), "queue", ["claimed_by"], unique=False)
    op.create_index(op.f("ix_queue_regrading"), "queue", ["regrading"], unique=False)
