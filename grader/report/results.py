"""results.json: what machines read of a graded class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from grader.errors import UsageError
from grader.model import CaseResult, Isolation, Report, Score, Status
from grader.report.text import harmless
from grader.report.words import neat
from grader.verdict import Verdict

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Header:
    """What all reports of one grading share: the grader, the assignment, the machine."""

    grader: str
    assignment: str
    assignment_sha256: str
    seed_sha256: str
    python: str
    numpy: str
    isolation: Isolation


# ---------------------------------------------------------------- the file, key by key


class CaseEntry(msgspec.Struct, frozen=True):
    """One test case in the file."""

    id: str
    public: bool
    verdict: Verdict
    message: str
    seconds: float


class ExerciseEntry(msgspec.Struct, frozen=True):
    """One graded function in the file."""

    name: str
    points: int | float
    max_points: int | float
    verdict: Verdict
    status: Status
    credited: Literal["as_written", "isolated"]
    cause: str | None
    message: str
    hint: str
    example: str
    line: int | None
    cell: int | None
    cases: tuple[CaseEntry, ...]


class SubmissionEntry(msgspec.Struct, frozen=True):
    """One submission in the file; its points are null when it has no mark."""

    id: str
    file: str
    sha256: str
    status: Literal["graded", "unreadable", "failed"]
    points: int | float | None
    max_points: int | float
    seconds: float
    notes: tuple[str, ...]
    exercises: tuple[ExerciseEntry, ...]


class IsolationEntry(msgspec.Struct, frozen=True):
    """How student code was isolated."""

    level: str
    tested: tuple[str, ...]
    missing: dict[str, str]


class Results(msgspec.Struct, frozen=True):
    """The whole file. The order of the fields is the order of the keys."""

    schema: Literal[1]
    grader: str
    assignment: str
    assignment_sha256: str
    seed_sha256: str
    python: str
    numpy: str
    isolation: IsolationEntry
    submissions: tuple[SubmissionEntry, ...]

    @property
    def header(self) -> Header:
        """What all reports share."""
        return msgspec.convert(self, Header, from_attributes=True)

    @property
    def reports(self) -> tuple[Report, ...]:
        """The submissions as reports, without what only the feedback shows: sources and arrays."""
        return msgspec.convert(self.submissions, tuple[Report, ...], from_attributes=True)


class _Stamp(msgspec.Struct):
    schema: int


# ---------------------------------------------------------------- writing and reading


def write_results(header: Header, reports: Iterable[Report]) -> bytes:
    """Return results.json for `reports`, in their order: indented UTF-8 that ends in a line feed.

    The same header and reports give the same bytes. Texts are harmless to show (see `report.text`),
    points are int when whole, seconds have four decimals.
    """
    results = {
        "schema": SCHEMA,
        "grader": header.grader,
        "assignment": header.assignment,
        "assignment_sha256": header.assignment_sha256,
        "seed_sha256": header.seed_sha256,
        "python": header.python,
        "numpy": header.numpy,
        "isolation": {
            "level": header.isolation.level,
            "tested": header.isolation.tested,
            "missing": dict(header.isolation.missing),
        },
        "submissions": [_submission(report) for report in reports],
    }
    content = msgspec.json.encode(msgspec.convert(results, Results))
    return msgspec.json.format(content, indent=1) + b"\n"


def read_results(content: bytes) -> Results:
    """Return what a results.json says.

    Raises:
        UsageError: `content` is not a results.json, or is one of another schema.
    """
    try:
        schema = msgspec.json.decode(content, type=_Stamp).schema
        if schema != SCHEMA:
            raise UsageError(
                f"This results.json has schema {schema}; grader reads schema {SCHEMA}.\n"
                "  Grade the submissions again, or read it with the grader that wrote it."
            )
        return msgspec.json.decode(content, type=Results)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"This is not a results.json: {error}.\n  Grade the submissions again.") from error


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of results.json."""
    return msgspec.json.schema(Results)


# ---------------------------------------------------------------- from values


def _submission(report: Report) -> dict[str, object]:
    return {
        "id": harmless(report.id),
        "file": harmless(report.file),
        "sha256": report.sha256,
        "status": report.status,
        "points": None if report.points is None else neat(report.points),
        "max_points": neat(report.max_points),
        "seconds": round(report.seconds, 4),
        "notes": [harmless(note) for note in report.notes],
        "exercises": [_exercise(score) for score in report.exercises],
    }


def _exercise(score: Score) -> dict[str, object]:
    return {
        "name": score.name,
        "points": neat(score.points),
        "max_points": neat(score.max_points),
        "verdict": score.verdict,
        "status": score.status,
        "credited": score.credited,
        "cause": score.cause,
        "message": harmless(score.message),
        "hint": harmless(score.hint),
        "example": harmless(score.example),
        "line": score.line,
        "cell": score.cell,
        "cases": [_case(case) for case in score.cases],
    }


def _case(case: CaseResult) -> dict[str, object]:
    return {
        "id": case.id,
        "public": case.public,
        "verdict": case.verdict,
        "message": harmless(case.message),
        "seconds": round(case.seconds, 4),
    }
