"""The tables of learning systems, and since when the links of a person are accepted."""

import sqlalchemy as sql
from alembic import op

from grader.server.store import tables

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables and the column."""
    op.add_column("people", sql.Column("links_from", tables.Moment(length=32), nullable=True))
    op.create_table(
        "platforms",
        sql.Column("number", sql.Integer(), nullable=False),
        sql.Column("public", sql.String(length=32), nullable=False),
        sql.Column("name", sql.Text(), nullable=False),
        sql.Column("issuer", sql.Text(), nullable=False),
        sql.Column("client_id", sql.Text(), nullable=False),
        sql.Column("deployments", sql.JSON(), nullable=False),
        sql.Column("login_url", sql.Text(), nullable=False),
        sql.Column("token_url", sql.Text(), nullable=False),
        sql.Column("keys_url", sql.Text(), nullable=False),
        sql.PrimaryKeyConstraint("number"),
        sql.UniqueConstraint("public"),
        sql.UniqueConstraint("issuer", "client_id"),
    )
    op.create_table(
        "platform_courses",
        sql.Column("number", sql.Integer(), nullable=False),
        sql.Column("public", sql.String(length=32), nullable=False),
        sql.Column("platform", sql.Integer(), nullable=False),
        sql.Column("context", sql.Text(), nullable=False),
        sql.Column("title", sql.Text(), nullable=False),
        sql.Column("roster", sql.Text(), nullable=False),
        sql.Column("asked_at", tables.Moment(length=32), nullable=False),
        sql.Column("connected_at", tables.Moment(length=32), nullable=True),
        sql.Column("read_at", tables.Moment(length=32), nullable=True),
        sql.ForeignKeyConstraint(["platform"], ["platforms.number"], ondelete="CASCADE"),
        sql.PrimaryKeyConstraint("number"),
        sql.UniqueConstraint("public"),
        sql.UniqueConstraint("platform", "context"),
    )
    op.create_table(
        "platform_links",
        sql.Column("number", sql.Integer(), nullable=False),
        sql.Column("course", sql.Integer(), nullable=False),
        sql.Column("link", sql.Text(), nullable=False),
        sql.Column("assignment", sql.Text(), nullable=False),
        sql.Column("line_item", sql.Text(), nullable=False),
        sql.Column("line_items", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(["course"], ["platform_courses.number"], ondelete="CASCADE"),
        sql.PrimaryKeyConstraint("number"),
        sql.UniqueConstraint("course", "link"),
    )
    op.create_index(op.f("ix_platform_links_assignment"), "platform_links", ["assignment"], unique=False)
    op.create_table(
        "deliveries",
        sql.Column("person", sql.Integer(), nullable=False),
        sql.Column("link", sql.Integer(), nullable=False),
        sql.Column("wanted", sql.Integer(), nullable=False),
        sql.Column("due_at", tables.Moment(length=32), nullable=True),
        sql.Column("tries", sql.Integer(), nullable=False),
        sql.Column("sent_at", tables.Moment(length=32), nullable=True),
        sql.Column("problem", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(["person"], ["people.number"]),
        sql.ForeignKeyConstraint(["link"], ["platform_links.number"], ondelete="CASCADE"),
        sql.PrimaryKeyConstraint("person", "link"),
    )
    op.create_index(op.f("ix_deliveries_due_at"), "deliveries", ["due_at"], unique=False)
    op.create_table(
        "spent",
        sql.Column("sha256", sql.String(length=64), nullable=False),
        sql.Column("until", tables.Moment(length=32), nullable=False),
        sql.PrimaryKeyConstraint("sha256"),
    )
    op.create_index(op.f("ix_spent_until"), "spent", ["until"], unique=False)
