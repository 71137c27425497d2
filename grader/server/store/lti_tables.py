"""The tables of learning systems: their registrations, courses, links, and marks on the way to them."""

from __future__ import annotations

import sqlalchemy as sql

from grader.server.store.tables import METADATA, Moment

PLATFORMS = sql.Table(
    "platforms",  # learning systems that may send people
    METADATA,
    sql.Column("number", sql.Integer, primary_key=True),
    sql.Column("public", sql.String(32), nullable=False, unique=True),  # random; stands in addresses
    sql.Column("name", sql.Text, nullable=False),
    sql.Column("issuer", sql.Text, nullable=False),
    sql.Column("client_id", sql.Text, nullable=False),
    sql.Column("deployments", sql.JSON, nullable=False),
    sql.Column("login_url", sql.Text, nullable=False),
    sql.Column("token_url", sql.Text, nullable=False),
    sql.Column("keys_url", sql.Text, nullable=False),
    sql.UniqueConstraint("issuer", "client_id"),
)

COURSES = sql.Table(
    "platform_courses",  # courses of learning systems; nobody comes from one that is not connected
    METADATA,
    sql.Column("number", sql.Integer, primary_key=True),
    sql.Column("public", sql.String(32), nullable=False, unique=True),
    sql.Column("platform", sql.ForeignKey("platforms.number", ondelete="CASCADE"), nullable=False),
    sql.Column("context", sql.Text, nullable=False),  # the learning system's id of the course
    sql.Column("title", sql.Text, nullable=False, default=""),
    sql.Column("roster", sql.Text, nullable=False, default=""),  # where its members are listed
    sql.Column("asked_at", Moment, nullable=False),
    sql.Column("connected_at", Moment),
    sql.Column("read_at", Moment),  # when its members were read
    sql.UniqueConstraint("platform", "context"),
)

LINKS = sql.Table(
    "platform_links",  # links in courses, each of an assignment, with the column for its marks
    METADATA,
    sql.Column("number", sql.Integer, primary_key=True),
    sql.Column("course", sql.ForeignKey("platform_courses.number", ondelete="CASCADE"), nullable=False),
    sql.Column("link", sql.Text, nullable=False),  # the learning system's id of the link
    sql.Column("assignment", sql.Text, nullable=False, index=True),
    sql.Column("line_item", sql.Text, nullable=False, default=""),  # the column; empty until it is made
    sql.Column("line_items", sql.Text, nullable=False, default=""),  # where one may be made
    sql.UniqueConstraint("course", "link"),
)

DELIVERIES = sql.Table(
    "deliveries",  # marks that a learning system is to have; sent are those of the moment of sending
    METADATA,
    sql.Column("person", sql.ForeignKey("people.number"), primary_key=True),
    sql.Column("link", sql.ForeignKey("platform_links.number", ondelete="CASCADE"), primary_key=True),
    sql.Column("wanted", sql.Integer, nullable=False, default=1),  # how often the mark may have changed
    sql.Column("due_at", Moment, index=True),  # null: it is there, or never will be
    sql.Column("tries", sql.Integer, nullable=False, default=0),  # since it was last there
    sql.Column("sent_at", Moment),
    sql.Column("problem", sql.Text, nullable=False, default=""),
)

SPENT = sql.Table(
    "spent",  # what is accepted once, such as the nonce of a launch, as digests
    METADATA,
    sql.Column("sha256", sql.String(64), primary_key=True),
    sql.Column("until", Moment, nullable=False, index=True),
)
