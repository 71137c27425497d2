"""Reports and scores: what a submission earned, and why."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.models.marking import Change, Ruling
from grader.models.submission import Student
from grader.models.values import Value

Standing = Literal["graded", "unreadable", "failed", "not_submitted"]
"""The status of a submission; `unreadable` is a fault of its file, `failed` one of the grader."""
Credit = Literal["as_written", "isolated"]
"""Whether a function was judged beside its author's other functions, or beside the reference's."""
Level = Literal["none", "place", "kind", "edit"]
"""How much a student is told of a repair: nothing, where it is, what it concerns, or the change itself."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CaseResult:
    """The result of one case, limited for a hidden case to what its student may read.

    `path` is the wrong part of the result, as Python would index it; `actual` and `expected` are its values,
    in a public case whose values were compared. `inputs` is its arguments as Python source, if it is public
    and failed.
    """

    id: str
    public: bool
    verdict: Verdict
    message: str
    seconds: float
    path: str = ""
    actual: Value = None
    expected: Value = None
    inputs: str = ""


@dataclass(frozen=True, slots=True)
class PartScore:
    """The points of one part of an exercise."""

    part: str
    points: float
    max_points: float


@dataclass(frozen=True, slots=True)
class Repair:
    """The place of the smallest edit that makes a wrong function right.

    `lines` are the first and last of its source, from 1; `says` names what is to change there, as much as
    the instructor lets be told; `edit` is the same for equal mistakes.
    """

    lines: tuple[int, int]
    says: str
    edit: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Score:
    """The points of one exercise, and why.

    `credited` is `isolated` if the function passed beside the reference's versions of its dependencies;
    `cause` is then the dependency at fault, or, without a reference, the one to fix first. `cell` and `line`
    are where it failed, and `where` is what that cell is called; `example` is the smallest failing call that
    was found, in three lines: the call, what it gives, and what is expected. `source` is the function as
    submitted, from line `first_line` of `source_cell`. `program_sha256` is the digest of its program;
    `signature` is equal for equal wrong answers to all cases, and empty if it passed or gave no answers.
    `remark` is information that costs no points; `comments` are the instructor's. `lacks` is a module that it
    imports and this machine does not have. `parts` are the parts of an exercise that has some. `driver` is
    the text of the function that calls it, if it is not called by its name; a `bonus` is not part of the
    total. `answer` is what was written to a question.
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
    parts: tuple[PartScore, ...] = ()
    driver: str = ""
    bonus: bool = False
    answer: str = ""
    where: str = ""
    repair: Repair | None = None  # where one edit makes it right, if a search found one place
    ruling: Ruling | None = None  # what people decided
    anywhere: Score | None = None  # the shared score without position that `at_place` copied

    @property
    def is_full(self) -> bool:
        """Whether it earned all of its points; of an exercise without any, whether it passed."""
        return self.points == self.max_points and (self.max_points > 0 or self.verdict is Verdict.PASSED)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Report:
    """The result of one submission: `points` if `status` is graded.

    `listed` says whether its student is in the class roster; None without a roster.
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
    submitted: str = ""  # ISO 8601, if known
    listed: bool | None = None
    ruling: Ruling | None = None  # what people decided, and the late policy


@dataclass(frozen=True, slots=True)
class Isolation:
    """How student code was isolated: the level, the tested layers, and why others are missing."""

    level: str
    tested: tuple[str, ...]
    missing: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What all reports of one grading share: the grader, the assignment, the machine.

    `title` is that of the notebook and `course` that of the course, if they have one. `order` has the names
    of the exercises, each after those that it needs.
    """

    grader: str
    assignment: str
    assignment_sha256: str
    seed_sha256: str
    python: str
    numpy: str
    isolation: Isolation
    cases_sha256: str = ""
    title: str = ""
    course: str = ""
    order: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The assignment as people call it."""
        return self.title or self.assignment


def pending(report: Report | StoredReport) -> tuple[str, ...]:
    """Return the questions whose answers wait for a person; none where the mark of the whole is decided."""
    if report.ruling and (report.ruling.excused or any(map(_decides_all, report.ruling.changes))):
        return ()
    return tuple(score.name for score in report.exercises if is_pending(score))


def is_pending(score: Score | StoredScore) -> bool:
    """Return whether a person has to mark this yet."""
    return score.verdict is Verdict.TO_BE_MARKED and score.ruling is None


def _decides_all(change: Change) -> bool:
    return change.adjustment.action == "points" and not change.adjustment.function


NOWHERE: dict[str, Any] = {"cell": None, "line": None, "source_cell": None, "first_line": 1, "where": ""}
"""The fields of a score without its position."""


@functools.lru_cache(maxsize=2048)  # one shared object for equal scores and positions
def at_place(
    score: Score,
    cell: int | None,
    line: int | None,
    source_cell: int | None,
    first_line: int,
    where: str = "",
) -> Score:
    """Return a score without a position as that of a function at a position; see `Score`.

    Args:
        score: the score.
        cell: the cell where it failed.
        line: the line where it failed.
        source_cell: the cell in which the function begins.
        first_line: the line on which it begins.
        where: what its cell is called.

    Returns:
        the score, which refers to the original as `anywhere`.
    """
    return dataclasses.replace(
        score,
        cell=cell,
        line=line,
        source_cell=source_cell,
        first_line=first_line,
        where=where,
        anywhere=score,
    )


class StoredScore(NamedTuple):
    """The points of one function, the digest of its score without position, and that position."""

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
    ruling: Ruling | None = None
    bonus: bool = False
    where: str = ""

    def placed(self, score: Score) -> Score:
        """Return the score that this refers to, at its place."""
        return at_place(score, self.cell, self.line, self.source_cell, self.first_line, self.where)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReport:
    """A report without messages and cases, which refers to scores by digest; enough for a gradebook."""

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
    ruling: Ruling | None = None

    def filled(self, scores: Iterable[Score]) -> Report:
        """Return the whole report; `scores` are those of its exercises without their positions."""
        placed = [stored.placed(score) for score, stored in zip(scores, self.exercises, strict=True)]
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
