"""The tables of the database of a results folder."""

from __future__ import annotations

import sqlalchemy as sql

METADATA = sql.MetaData()
GRADING = sql.Table(
    "grading",
    METADATA,
    sql.Column("header", sql.LargeBinary, nullable=False),
    sql.Column("order", sql.LargeBinary, nullable=False),  # what `begin` was given, to grade again by
    sql.Column("finished", sql.Boolean, nullable=False),
)
SUBMISSIONS = sql.Table(
    "submissions",
    METADATA,
    sql.Column("id", sql.Text, primary_key=True),
    sql.Column("position", sql.Integer, index=True),  # null when it is not in results.json
    sql.Column("handed", sql.LargeBinary, nullable=False),
    sql.Column("sha256", sql.Text, nullable=False),
    sql.Column("made_by", sql.Text, nullable=False),
    sql.Column("outline", sql.LargeBinary, nullable=False),  # the report without its scores
)
SCORES = sql.Table(
    "scores",
    METADATA,
    sql.Column("sha256", sql.LargeBinary, primary_key=True),
    sql.Column("score", sql.LargeBinary, nullable=False),
)

REPAIRS = sql.Table(
    "repairs",
    METADATA,
    sql.Column("sha256", sql.LargeBinary, primary_key=True),  # of the score
    sql.Column("repair", sql.LargeBinary),  # null where none was found
)
