"""results.json: the machine-readable results of a class."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal

import msgspec

from grader.errors import UsageError
from grader.models.marking import Adjustment, Change, Lateness, Ruling
from grader.models.report import CaseResult, Header, Repair, Report, Score
from grader.models.submission import Student
from grader.reports.sanitize import harmless
from grader.reports.wording import neat, notes
from grader.results.entries import (
    AdjustmentEntry,
    CaseEntry,
    ExerciseEntry,
    IsolationEntry,
    LatenessEntry,
    PartEntry,
    RepairEntry,
    StudentEntry,
    SubmissionEntry,
)

SCHEMA = 2
EARLIER = 1
"""The schema whose files are read too: it has no adjustments and no late policy."""


class ResultsFile(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file. The order of the fields is the order of the keys."""

    schema: Literal[2]
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
        return tuple(map(_report, self.submissions))


class _Stamp(msgspec.Struct):
    schema: int


_ENCODER = msgspec.json.Encoder()
_NOT_AS_IT_WAS = (KeyError, TypeError, AttributeError)
"""What the migration of a file raises that is not of the earlier schema."""


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
        if schema == EARLIER:
            return msgspec.convert(_migrated(msgspec.json.decode(content)), ResultsFile)
        if schema != SCHEMA:
            raise UsageError(
                f"This results.json has schema {schema}; grader reads schema {SCHEMA}.\n"
                "  Grade the submissions again, or read it with the grader that wrote it."
            )
        return msgspec.json.decode(content, type=ResultsFile)
    except (msgspec.DecodeError, UnicodeDecodeError, *_NOT_AS_IT_WAS) as error:
        raise UsageError(f"This is not a results.json: {error}.\n  Grade the submissions again.") from error


def _migrated(file: dict[str, Any]) -> dict[str, Any]:
    """Return a file of the earlier schema as one of this: what was computed is what counts."""

    def counted(one: dict[str, Any]) -> dict[str, Any]:
        return {**one, "mark": one["points"], "max_mark": one["max_points"]}

    submissions = [
        {**counted(one), "exercises": [*map(counted, one["exercises"])]} for one in file["submissions"]
    ]
    return {**file, "schema": SCHEMA, "submissions": submissions}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of results.json."""
    return msgspec.json.schema(ResultsFile)


# ---------------------------------------------------------------- to values


def _report(one: SubmissionEntry) -> Report:
    changes = [_change(one.id, made) for made in one.adjustments]
    scores = tuple(
        replace(
            msgspec.convert(entry, Score, from_attributes=True),
            points=entry.mark,
            max_points=entry.max_mark,
            ruling=_ruling(entry, [made for made in changes if made.adjustment.function == entry.name], None),
        )
        for entry in one.exercises
    )
    names = {entry.name for entry in one.exercises}
    of_whole = [made for made in changes if made.adjustment.function not in names]
    lateness = msgspec.convert(one.lateness, Lateness, from_attributes=True) if one.lateness else None
    ruling = _ruling(one, of_whole, lateness)
    if ruling is None and changes:
        ruling = Ruling(one.points, one.max_points)
    plain = msgspec.convert(one, Report, from_attributes=True)
    return replace(plain, points=one.mark, max_points=one.max_mark, exercises=scores, ruling=ruling)


def _ruling(
    one: SubmissionEntry | ExerciseEntry, changes: Sequence[Change], lateness: Lateness | None
) -> Ruling | None:
    if not (changes or lateness):
        return None
    return Ruling(one.points, one.max_points, tuple(changes), lateness, one.excused)


def _change(student: str, made: AdjustmentEntry) -> Change:
    one = Adjustment(student, made.function, made.action, made.value, made.by, made.when, made.because)
    return Change(one, made.before, made.after)


# ---------------------------------------------------------------- from values


def _submission(report: Report, exercises: Any) -> SubmissionEntry:
    ruling = report.ruling
    return SubmissionEntry(
        id=harmless(report.id),
        file=harmless(report.file),
        student=_student(report.student) if report.student else None,
        late=report.late,
        submitted=report.submitted,
        sha256=report.sha256,
        status=report.status,
        points=_number(ruling.points if ruling else report.points),
        max_points=neat(ruling.max_points if ruling else report.max_points),
        mark=_number(report.points),
        max_mark=neat(report.max_points),
        excused=ruling is not None and ruling.excused,
        lateness=_lateness(ruling.lateness) if ruling and ruling.lateness else None,
        adjustments=tuple(map(_adjustment, _changes(report))),
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


def _changes(report: Report) -> tuple[Change, ...]:
    """Return the adjustments of a submission: those of its functions, then those of the whole."""
    of_functions = [score.ruling.changes for score in report.exercises if score.ruling]
    return tuple(itertools.chain(*of_functions, report.ruling.changes if report.ruling else ()))


def _adjustment(change: Change) -> AdjustmentEntry:
    one = change.adjustment
    return AdjustmentEntry(
        function=one.function,
        action=one.action,
        value=neat(one.value),
        by=harmless(one.by),
        when=harmless(one.when),
        because=harmless(one.because),
        before=_number(change.before),
        after=_number(change.after),
    )


def _repair(repair: Repair, first_line: int) -> RepairEntry:
    first, last = repair.lines
    return RepairEntry((first + first_line - 1, last + first_line - 1), harmless(repair.says))


def _lateness(lateness: Lateness) -> LatenessEntry:
    return LatenessEntry(
        due=lateness.due,
        days=lateness.days,
        accepted=lateness.accepted,
        share=round(lateness.share, 6),
        taken=neat(lateness.taken),
    )


def _number(points: float | None) -> int | float | None:
    return None if points is None else neat(points)


def _exercise(score: Score) -> ExerciseEntry:
    ruling = score.ruling
    return ExerciseEntry(
        name=score.name,
        points=neat(ruling.points or 0.0 if ruling else score.points),
        max_points=neat(ruling.max_points if ruling else score.max_points),
        mark=neat(score.points),
        max_mark=neat(score.max_points),
        excused=ruling is not None and ruling.excused,
        bonus=score.bonus,
        parts=tuple(PartEntry(harmless(p.part), neat(p.points), neat(p.max_points)) for p in score.parts),
        verdict=score.verdict,
        status=score.status,
        credited=score.credited,
        cause=score.cause,
        message=harmless(score.message),
        hint=harmless(score.hint),
        repair=_repair(score.repair, score.first_line) if score.repair else None,
        example=harmless(score.example),
        line=score.line,
        cell=score.cell,
        driver=harmless(score.driver),
        program_sha256=score.program_sha256,
        cases=tuple(map(_case, score.cases)),
    )


def _case(case: CaseResult) -> CaseEntry:
    return CaseEntry(
        case.id, case.public, case.verdict, harmless(case.message), round(float(case.seconds), 4)
    )
