"""results.json: the machine-readable results of a class."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec

from grader.comparison.verdict import Verdict
from grader.errors import UsageError
from grader.models.execution import Status
from grader.models.report import CaseResult, Credit, Header, Report, Score, Standing
from grader.models.submission import Student
from grader.reports.sanitize import harmless
from grader.reports.wording import neat, notes

SCHEMA = 1


# ---------------------------------------------------------------- the file, key by key


class CaseEntry(msgspec.Struct, frozen=True):
    """One test case in the file."""

    id: str
    public: bool
    verdict: Verdict
    message: str
    seconds: float


class ExerciseEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One graded function in the file."""

    name: str
    points: int | float
    max_points: int | float
    verdict: Verdict
    status: Status
    credited: Credit
    cause: str | None
    message: str
    hint: str
    example: str
    line: int | None
    cell: int | None
    program_sha256: str = ""
    cases: tuple[CaseEntry, ...]


class StudentEntry(msgspec.Struct, frozen=True):
    """The student of a submission in the file."""

    id: str
    name: str
    email: str
    section: str
    keys: dict[str, str]


class SubmissionEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One submission in the file; its points are null when it has no mark."""

    id: str
    file: str
    student: StudentEntry | None = None
    late: bool = False
    submitted: str = ""
    sha256: str
    status: Standing
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


class ResultsFile(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file. The order of the fields is the order of the keys."""

    schema: Literal[1]
    grader: str
    assignment: str
    assignment_sha256: str
    seed_sha256: str
    cases_sha256: str = ""
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


_ENCODER = msgspec.json.Encoder()


# ---------------------------------------------------------------- writing and reading


def write_header(header: Header) -> bytes:
    """Encode a header as JSON."""
    return _ENCODER.encode(header)


def read_header(data: bytes) -> Header:
    """Decode the header that `write_header` encoded."""
    return msgspec.json.decode(data, type=Header)


def write_results(header: Header, reports: Iterable[Report]) -> bytes:
    """Encode results.json: UTF-8, a line for each graded function.

    The same header and reports give the same bytes. Texts are made harmless to show (see `reports.sanitize`),
    points are integers when whole, seconds have four decimals.

    Args:
        header: what all reports share.
        reports: the submissions, in order.

    Returns:
        the file.
    """
    return b"".join(assembled(header, map(entry, reports)))


def entry(report: Report) -> bytes:
    """Encode the part of results.json for one report."""
    lines = b",\n    ".join(map(_line, report.exercises))
    return _ENCODER.encode(_submission(report, msgspec.Raw(b"[\n    %b\n   ]" % lines if lines else b"[]")))


@functools.lru_cache(maxsize=2048)  # an equal score at the same place is one object
def _line(score: Score) -> bytes:
    """Encode the line of results.json for one score."""
    return _ENCODER.encode(_exercise(score))


def assembled(header: Header, entries: Iterable[bytes]) -> Iterator[bytes]:
    """Assemble results.json from parts that are encoded already.

    Args:
        header: what all reports share.
        entries: one part for each submission, in order.

    Yields:
        the file in pieces, so that it may be larger than memory.
    """
    empty = msgspec.convert({"schema": SCHEMA, **msgspec.to_builtins(header), "submissions": ()}, ResultsFile)
    yield msgspec.json.format(_ENCODER.encode(empty), indent=1).removesuffix(b"]\n}")
    between, end = b"\n  ", b"]\n}\n"
    for one in entries:
        yield between + one
        between, end = b",\n  ", b"\n ]\n}\n"
    yield end


def read_results(content: bytes) -> ResultsFile:
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
        return msgspec.json.decode(content, type=ResultsFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"This is not a results.json: {error}.\n  Grade the submissions again.") from error


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of results.json."""
    return msgspec.json.schema(ResultsFile)


# ---------------------------------------------------------------- from values


def _submission(report: Report, exercises: Any) -> SubmissionEntry:
    return SubmissionEntry(
        id=harmless(report.id),
        file=harmless(report.file),
        student=_student(report.student) if report.student else None,
        late=report.late,
        submitted=report.submitted,
        sha256=report.sha256,
        status=report.status,
        points=None if report.points is None else neat(report.points),
        max_points=neat(report.max_points),
        seconds=round(float(report.seconds), 4),
        notes=tuple(map(harmless, notes(report))),
        exercises=exercises,
    )


def _student(student: Student) -> StudentEntry:
    return StudentEntry(
        id=harmless(student.id),
        name=harmless(student.name),
        email=harmless(student.email),
        section=harmless(student.section),
        keys={key: harmless(text) for key, text in student.keys.items()},
    )


def _exercise(score: Score) -> ExerciseEntry:
    return ExerciseEntry(
        name=score.name,
        points=neat(score.points),
        max_points=neat(score.max_points),
        verdict=score.verdict,
        status=score.status,
        credited=score.credited,
        cause=score.cause,
        message=harmless(score.message),
        hint=harmless(score.hint),
        example=harmless(score.example),
        line=score.line,
        cell=score.cell,
        program_sha256=score.program_sha256,
        cases=tuple(map(_case, score.cases)),
    )


def _case(case: CaseResult) -> CaseEntry:
    return CaseEntry(
        case.id, case.public, case.verdict, harmless(case.message), round(float(case.seconds), 4)
    )
