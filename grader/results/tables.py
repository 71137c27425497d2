"""The tables of the database of a results folder."""

from __future__ import annotations

TABLES = """
CREATE TABLE IF NOT EXISTS grading (
    header BLOB NOT NULL,
    "order" BLOB NOT NULL,  -- what `begin` was given, to grade again by
    finished BOOLEAN NOT NULL
);
CREATE TABLE IF NOT EXISTS submissions (
    id TEXT NOT NULL PRIMARY KEY,
    position INTEGER,  -- null when it is not in results.json
    handed BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    made_by TEXT NOT NULL,
    outline BLOB NOT NULL  -- the report without its scores
);
CREATE INDEX IF NOT EXISTS ix_submissions_position ON submissions (position);
CREATE TABLE IF NOT EXISTS scores (
    sha256 BLOB NOT NULL PRIMARY KEY,
    score BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS repairs (
    sha256 BLOB NOT NULL PRIMARY KEY,  -- of the score
    repair BLOB  -- null where none was found
)
"""
"""The statements that make them."""
