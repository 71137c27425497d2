"""The tables of a service."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sql


class Moment(sql.types.TypeDecorator[datetime]):
    """A time in UTC as a text that sorts: the same in SQLite and PostgreSQL, to the microsecond."""

    impl = sql.String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:  # noqa: ARG002
        """Return the text of an aware time."""
        return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """Return the time."""
        return datetime.fromisoformat(value) if value else None


METADATA = sql.MetaData()

PEOPLE = sql.Table(
    "people",
    METADATA,
    sql.Column("number", sql.Integer, primary_key=True),
    sql.Column("public", sql.String(32), nullable=False, unique=True),  # random; stands in addresses
    sql.Column("key", sql.Text, nullable=False, unique=True),  # the roster's id; never in an address
    sql.Column("name", sql.Text, nullable=False, default=""),
    sql.Column("email", sql.Text, nullable=False, default=""),
    sql.Column("section", sql.Text, nullable=False, default=""),
    sql.Column("role", sql.String(16), nullable=False),  # student, assistant, instructor
    sql.Column("keys", sql.JSON, nullable=False, default=dict),  # ids of other systems, see Student.keys
    sql.Column("listed", sql.Boolean, nullable=False, default=True),  # in the roster
    sql.Column("left_at", Moment),  # may not enter any more
    sql.Column("links_from", Moment),  # links made before are refused: they were replaced
)

IDENTITIES = sql.Table(
    "identities",  # who a university or a learning system says that a person is
    METADATA,
    sql.Column("issuer", sql.Text, primary_key=True),
    sql.Column("subject", sql.Text, primary_key=True),
    sql.Column("person", sql.ForeignKey("people.number"), nullable=False, index=True),
)

SUBMISSIONS = sql.Table(
    "submissions",
    METADATA,
    sql.Column("number", sql.Integer, primary_key=True),
    sql.Column("public", sql.String(32), nullable=False, unique=True),  # random; stands in addresses
    sql.Column("person", sql.ForeignKey("people.number"), nullable=False),
    sql.Column("assignment", sql.Text, nullable=False),
    sql.Column("attempt", sql.Integer, nullable=False),  # from 1
    sql.Column("file", sql.Text, nullable=False),  # as its student calls it
    sql.Column("sha256", sql.String(64), nullable=False),
    sql.Column("size", sql.Integer, nullable=False),
    sql.Column("content", sql.LargeBinary, nullable=False),
    sql.Column("received_at", Moment, nullable=False),
    sql.Column("source", sql.String(16), nullable=False),  # page, api, lti
    sql.UniqueConstraint("person", "assignment", "attempt"),
    sql.Index("submissions_of_assignment", "assignment", "person"),
)

REGRADINGS = sql.Table(
    "regradings",  # of a class; its gradings count once it is accepted
    METADATA,
    sql.Column("number", sql.Integer, primary_key=True),
    sql.Column("public", sql.String(32), nullable=False, unique=True),  # random; stands in addresses
    sql.Column("assignment", sql.Text, nullable=False, index=True),
    sql.Column("by", sql.ForeignKey("people.number"), nullable=False),
    sql.Column("at", Moment, nullable=False),
    sql.Column("accepted_at", Moment),
    sql.Column("dropped_at", Moment),
)

QUEUE = sql.Table(
    "queue",  # what is not graded yet; a row is deleted in the transaction that inserts the grading
    METADATA,
    sql.Column("submission", sql.ForeignKey("submissions.number"), primary_key=True),
    sql.Column("assignment", sql.Text, nullable=False, index=True),
    sql.Column("regrading", sql.ForeignKey("regradings.number"), index=True),
    sql.Column("queued_at", Moment, nullable=False),
    sql.Column("claimed_by", sql.String(64), index=True),
    sql.Column("claimed_at", Moment),
    sql.Column("tries", sql.Integer, nullable=False, default=0),  # workers that died of it
)

GRADINGS = sql.Table(
    "gradings",  # of one submission the last counts
    METADATA,
    sql.Column("number", sql.Integer, primary_key=True),
    sql.Column("submission", sql.ForeignKey("submissions.number"), nullable=False),
    sql.Column("regrading", sql.ForeignKey("regradings.number"), index=True),  # null: counts at once
    sql.Column("made_by", sql.String(64), nullable=False),  # digest of what decides the marks
    sql.Column("header", sql.LargeBinary, nullable=False),
    sql.Column("outline", sql.LargeBinary, nullable=False),  # the report without its scores
    sql.Column("status", sql.String(16), nullable=False),
    sql.Column("points", sql.Float),
    sql.Column("graded_at", Moment, nullable=False),
    sql.Column(
        "searched", sql.String(16), nullable=False, index=True
    ),  # the level of hints, when all is found
    sql.UniqueConstraint("submission", "made_by"),
)

SCORES = sql.Table(
    "scores",
    METADATA,
    sql.Column("sha256", sql.LargeBinary(32), primary_key=True),
    sql.Column("score", sql.LargeBinary, nullable=False),
)

REPAIRS = sql.Table(
    "repairs",
    METADATA,
    sql.Column("sha256", sql.LargeBinary(32), primary_key=True),  # of the score
    sql.Column("level", sql.String(16), primary_key=True),  # how much it tells
    sql.Column("repair", sql.LargeBinary),  # null where none was found
)

ADJUSTMENTS = sql.Table(
    "adjustments",  # as in adjustments.csv: inserted, never changed
    METADATA,
    sql.Column("number", sql.Integer, primary_key=True),
    sql.Column("person", sql.ForeignKey("people.number"), nullable=False, index=True),
    sql.Column("assignment", sql.Text, nullable=False, index=True),
    sql.Column("function", sql.Text, nullable=False, default=""),  # empty: the whole submission
    sql.Column("action", sql.String(16), nullable=False),
    sql.Column("value", sql.Float, nullable=False, default=0.0),
    sql.Column("by", sql.ForeignKey("people.number"), nullable=False),
    sql.Column("at", Moment, nullable=False),
    sql.Column("because", sql.Text, nullable=False),
)

COMMENTS = sql.Table(
    "comments",  # what is said to all who gave the same wrong answers; of one group the last counts
    METADATA,
    sql.Column("number", sql.Integer, primary_key=True),
    sql.Column("assignment", sql.Text, nullable=False, index=True),
    sql.Column("group", sql.Text, nullable=False),
    sql.Column("text", sql.Text, nullable=False),  # empty: taken back
    sql.Column("by", sql.ForeignKey("people.number"), nullable=False),
    sql.Column("at", Moment, nullable=False),
)

EXTENSIONS = sql.Table(
    "extensions",  # of one person and assignment the last counts
    METADATA,
    sql.Column("number", sql.Integer, primary_key=True),
    sql.Column("person", sql.ForeignKey("people.number"), nullable=False, index=True),
    sql.Column("assignment", sql.Text, nullable=False, index=True),
    sql.Column("until", Moment),  # null: taken back
    sql.Column("by", sql.ForeignKey("people.number"), nullable=False),
    sql.Column("at", Moment, nullable=False),
    sql.Column("because", sql.Text, nullable=False),
)

SESSIONS = sql.Table(
    "sessions",
    METADATA,
    sql.Column("sha256", sql.String(64), primary_key=True),  # of the text in the cookie
    sql.Column("person", sql.ForeignKey("people.number"), nullable=False, index=True),
    sql.Column("opened_at", Moment, nullable=False),
    sql.Column("expires_at", Moment, nullable=False, index=True),
)

TOKENS = sql.Table(
    "tokens",  # of programs that submit or read for a person
    METADATA,
    sql.Column("sha256", sql.String(64), primary_key=True),
    sql.Column("person", sql.ForeignKey("people.number"), nullable=False, index=True),
    sql.Column("name", sql.Text, nullable=False),
    sql.Column("made_at", Moment, nullable=False),
    sql.Column("expires_at", Moment),
    sql.Column("revoked_at", Moment),
)

EVENTS = sql.Table(
    "events",  # who did what when
    METADATA,
    sql.Column("number", sql.Integer, primary_key=True),
    sql.Column("at", Moment, nullable=False),
    sql.Column("by", sql.ForeignKey("people.number")),  # null: the service
    sql.Column("what", sql.String(32), nullable=False),
    sql.Column("person", sql.ForeignKey("people.number"), index=True),  # whom it concerns
    sql.Column("assignment", sql.Text, nullable=False, default="", index=True),
    sql.Column("detail", sql.JSON, nullable=False, default=dict),
)
