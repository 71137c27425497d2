"""What a submission earned, and why."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.models.submission import Student
from grader.models.values import Value

Standing = Literal["graded", "unreadable", "failed", "not_submitted"]
"""What became of a submission; unreadable is its file's fault, failed is ours."""
Credit = Literal["as_written", "isolated"]
"""Beside whose other functions an exercise was judged: its author's, or the reference's."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CaseResult:
    """One case in a report. It tells of a hidden case no more than its student may know.

    `path` names the part of the result that is wrong, as Python would index it; `actual` and `expected`
    are that part, in a public case whose values were compared.
    """

    id: str
    public: bool
    verdict: Verdict
    message: str
    seconds: float
    path: str = ""
    actual: Value = None
    expected: Value = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Score:
    """What one exercise earned, and why.

    `credited` is `isolated` when the function passed beside the reference's version of the graded
    functions it calls; `cause` is then the graded function that is at fault; of one that failed where no
    reference is, the one to mend first. `cell` and `line` are where it failed; `example` is the smallest
    call found on which it does. `source` is the function as it was handed in; it begins on line `first_line`
    of `source_cell`. `program_sha256` is of what was run of it; `signature` is equal for equal wrong answers
    to all cases, and empty when it earned its points or gave no answers. `remark` is worth knowing and free;
    `comments` are its instructor's. `lacks` is the module that it fails without and this machine has not.
    """

    name: str
    points: float
    max_points: float
    verdict: Verdict
    status: Status
    credited: Credit
    cause: str | None
    message: str
    hint: str
    cell: int | None
    line: int | None
    cases: tuple[CaseResult, ...]
    example: str = ""
    source: str = ""
    source_cell: int | None = None
    first_line: int = 1
    program_sha256: str = ""
    signature: str = ""
    remark: str = ""
    comments: tuple[str, ...] = ()
    lacks: str = ""
    anywhere: Score | None = None  # itself without its place, one for all who have it; none in a changed copy


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Report:
    """What one submission earned: `points` if `status` is graded. `submitted` is in ISO 8601, if known.

    `listed` says whether its student is in the roster of the class; None where there is no roster.
    """

    id: str
    file: str
    sha256: str
    status: Standing
    points: float | None
    max_points: float
    seconds: float
    notes: tuple[str, ...]
    exercises: tuple[Score, ...]
    student: Student | None = None
    late: bool = False
    submitted: str = ""  # in ISO 8601, if it is known
    listed: bool | None = None


@dataclass(frozen=True, slots=True)
class Isolation:
    """How student code was isolated: the level, the layers that were tested, and why others are missing."""

    level: str
    tested: tuple[str, ...]
    missing: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What all reports of one grading share: the grader, the assignment, the machine."""

    grader: str
    assignment: str
    assignment_sha256: str
    seed_sha256: str
    python: str
    numpy: str
    isolation: Isolation
    cases_sha256: str = ""


NOWHERE: dict[str, Any] = {"cell": None, "line": None, "source_cell": None, "first_line": 1}
"""What a score has without its place."""


@functools.lru_cache(maxsize=2048)  # one object for all who have the score there
def at_place(
    score: Score, cell: int | None, line: int | None, source_cell: int | None, first_line: int
) -> Score:
    """A score without a place as that of a function that stands, and failed, somewhere; see `Score`."""
    return dataclasses.replace(
        score, cell=cell, line=line, source_cell=source_cell, first_line=first_line, anywhere=score
    )


class StoredScore(NamedTuple):
    """What one function earned, the digest of its score without its place, and that place; see `Score`."""

    name: str
    points: float
    max_points: float
    verdict: Verdict
    sha256: bytes
    cell: int | None
    line: int | None
    source_cell: int | None
    first_line: int
    lacks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReport:
    """A report as it is stored, with its scores by their digests; enough for a gradebook. See `Report`."""

    id: str
    file: str
    sha256: str
    status: Standing
    points: float | None
    max_points: float
    seconds: float
    notes: tuple[str, ...]
    exercises: tuple[StoredScore, ...]
    student: Student | None
    late: bool
    submitted: str
    listed: bool | None = None

    def filled(self, scores: Iterable[Score]) -> Report:
        """The whole report; `scores` are those of its exercises without their places."""
        placed = [
            at_place(score, stored.cell, stored.line, stored.source_cell, stored.first_line)
            for score, stored in zip(scores, self.exercises, strict=True)
        ]
        return Report(
            id=self.id,
            file=self.file,
            sha256=self.sha256,
            status=self.status,
            points=self.points,
            max_points=self.max_points,
            seconds=self.seconds,
            notes=self.notes,
            exercises=tuple(placed),
            student=self.student,
            late=self.late,
            submitted=self.submitted,
            listed=self.listed,
        )
