"""Gradings: inserted once for each submission and way of grading, whoever dies when."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sql
from sqlalchemy.dialects import postgresql, sqlite

from grader.models.report import Header, Repair, Report, Score, StoredReport
from grader.results.codec import Packed, packed, unpack_outline, unpack_repair, unpack_score, with_repair
from grader.results.results_json import read_header, write_header
from grader.server.store import deliveries
from grader.server.store.tables import GRADINGS, QUEUE, REGRADINGS, REPAIRS, SCORES

AT_A_TIME = 200

_WITH_REGRADING = GRADINGS.outerjoin(REGRADINGS, REGRADINGS.c.number == GRADINGS.c.regrading)

_header = functools.lru_cache(maxsize=64)(read_header)  # nearly all gradings of a class have the same


@dataclass(frozen=True, slots=True)
class Grading:
    """The grading of one submission that counts: its header, and its report without the scores."""

    number: int
    submission: int
    made_by: str
    header: Header
    outline: StoredReport
    graded_at: datetime


def keep(
    connection: sql.Connection, submission: int, made_by: str, header: Header, report: Packed, at: datetime,
    regrading: int | None = None,
) -> bool:  # fmt: skip
    """Insert a grading, and take its submission off the queue.

    Args:
        connection: a transaction that writes.
        submission: the number of the submission.
        made_by: the digest of what decides the marks.
        header: what all reports of the grading share.
        report: the report.
        at: the time.
        regrading: that for which it was graded again; it counts once that is accepted.

    Returns:
        False if it is not on the queue any more, since another worker was faster, or a regrading was dropped:
        then nothing is inserted.
    """
    same = QUEUE.c.regrading == regrading if regrading else QUEUE.c.regrading.is_(None)
    taken_off = sql.delete(QUEUE).where(QUEUE.c.submission == submission, same)
    if connection.execute(taken_off).rowcount != 1:
        return False
    outline = unpack_outline(report.outline)
    _keep_scores(connection, report.scores)
    row = {
        "submission": submission,
        "regrading": regrading,
        "made_by": made_by,
        "header": write_header(header),
        "outline": report.outline,
        "status": outline.status,
        "points": outline.points,
        "graded_at": at,
        "searched": "",
    }
    inserted = _insert(connection)(GRADINGS).values(**row).on_conflict_do_nothing()
    is_new = connection.execute(inserted).rowcount == 1
    if is_new and regrading is None:
        deliveries.want_after_grading(connection, submission, at)
    return is_new


def _keep_scores(connection: sql.Connection, scores: Mapping[bytes, bytes]) -> None:
    if scores:
        # In one order, so that two workers never wait for each other's rows.
        rows = [{"sha256": digest, "score": score} for digest, score in sorted(scores.items())]
        connection.execute(_insert(connection)(SCORES).on_conflict_do_nothing(), rows)


def _insert(connection: sql.Connection) -> type[sqlite.Insert] | type[postgresql.Insert]:
    return sqlite.Insert if connection.dialect.name == "sqlite" else postgresql.Insert


def of(
    connection: sql.Connection, submissions: Sequence[int], regrading: int | None = None
) -> dict[int, Grading]:
    """Return the gradings that count, by the numbers of their submissions.

    Args:
        connection: a transaction.
        submissions: the numbers.
        regrading: one whose gradings count, too, as if it were accepted.

    Returns:
        the gradings; those that are not graded yet are left out.
    """
    found: dict[int, Grading] = {}
    counts = GRADINGS.c.regrading.is_(None) | REGRADINGS.c.accepted_at.is_not(None)
    if regrading is not None:
        counts |= GRADINGS.c.regrading == regrading
    for start in range(0, len(submissions), AT_A_TIME):
        some = GRADINGS.c.submission.in_(submissions[start : start + AT_A_TIME])
        chosen = sql.select(GRADINGS).select_from(_WITH_REGRADING).where(some, counts)
        chosen = chosen.order_by(GRADINGS.c.number)
        for row in connection.execute(chosen):
            found[row.submission] = _grading(row)
    return found


def unsearched(connection: sql.Connection, level: str) -> Grading | None:
    """Return the newest grading for whose mistakes no repairs were searched yet, or None.

    Args:
        connection: a transaction.
        level: how much is told of where a mistake is.

    Returns:
        the grading.
    """
    chosen = sql.select(GRADINGS).where(GRADINGS.c.searched != level)
    row = connection.execute(chosen.order_by(GRADINGS.c.number.desc()).limit(1)).one_or_none()
    return _grading(row) if row else None


def mark_searched(connection: sql.Connection, grading: Grading, level: str) -> None:
    """Note that all repairs of a grading were searched.

    Args:
        connection: a transaction that writes.
        grading: the grading.
        level: how much is told of where a mistake is.
    """
    marked = sql.update(GRADINGS).where(GRADINGS.c.number == grading.number)
    connection.execute(marked.values(searched=level))


def _grading(row: sql.Row[Any]) -> Grading:
    return Grading(
        row.number, row.submission, row.made_by, _header(row.header), unpack_outline(row.outline),
        row.graded_at,
    )  # fmt: skip


def report_of(connection: sql.Connection, grading: Grading, hints: str = "none") -> Report:
    """Return the whole computed report of a grading.

    Args:
        connection: a transaction.
        grading: the grading.
        hints: how much is told of where a mistake is.

    Returns:
        the report, without what people decided.
    """
    return next(reports_of(connection, [grading], hints))


def reports_of(
    connection: sql.Connection, gradings: Sequence[Grading], hints: str = "none"
) -> Iterator[Report]:
    """Yield the whole computed reports of some gradings, in their order; equal scores are one object.

    Args:
        connection: a transaction.
        gradings: the gradings.
        hints: how much is told of where a mistake is.

    Returns:
        an iterator of reports, without what people decided.
    """
    for start in range(0, len(gradings), AT_A_TIME):
        some = gradings[start : start + AT_A_TIME]
        digests = [*{mark.sha256 for grading in some for mark in grading.outline.exercises}]
        found = scores(connection, digests)
        repaired = repairs(connection, digests, hints)
        known = {digest: with_repair(score, repaired.get(digest)) for digest, score in found.items()}
        for grading in some:
            yield grading.outline.filled(known[mark.sha256] for mark in grading.outline.exercises)


def scores(connection: sql.Connection, digests: Sequence[bytes]) -> dict[bytes, Score]:
    """Return scores without their places, by their digests."""
    return {digest: unpack_score(bytes(data)) for digest, data in packed_scores(connection, digests).items()}


def packed_scores(connection: sql.Connection, digests: Sequence[bytes]) -> dict[bytes, bytes]:
    """Return encoded scores, by their digests."""
    found: dict[bytes, bytes] = {}
    for start in range(0, len(digests), AT_A_TIME):
        some = SCORES.c.sha256.in_(digests[start : start + AT_A_TIME])
        for row in connection.execute(sql.select(SCORES).where(some)):
            found[bytes(row.sha256)] = bytes(row.score)
    return found


def repairs(connection: sql.Connection, digests: Sequence[bytes], level: str) -> dict[bytes, Repair | None]:
    """Return the repairs that were searched for some scores; None where none was found.

    Args:
        connection: a transaction.
        digests: the digests of the scores.
        level: how much is told; nothing was ever searched for `none`.

    Returns:
        the repairs by the digests of their scores.
    """
    found: dict[bytes, Repair | None] = {}
    for start in range(0, len(digests) if level != "none" else 0, AT_A_TIME):
        some = REPAIRS.c.sha256.in_(digests[start : start + AT_A_TIME])
        for row in connection.execute(sql.select(REPAIRS).where(some, REPAIRS.c.level == level)):
            found[bytes(row.sha256)] = unpack_repair(bytes(row.repair)) if row.repair else None
    return found


def keep_repairs(connection: sql.Connection, level: str, found: Mapping[bytes, Repair | None]) -> None:
    """Insert what was found for some scores.

    Args:
        connection: a transaction that writes.
        level: how much it tells.
        found: the repairs by the digests of their scores; None where none was found.
    """
    rows = [
        {"sha256": digest, "level": level, "repair": packed(repair) if repair else None}
        for digest, repair in sorted(found.items())
    ]
    if rows:
        connection.execute(_insert(connection)(REPAIRS).on_conflict_do_nothing(), rows)
