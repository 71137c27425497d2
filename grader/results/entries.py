"""The parts of results.json, key by key. The order of the fields is the order of the keys."""

from __future__ import annotations

import msgspec

from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.models.marking import Action
from grader.models.report import Credit, Standing


class CaseEntry(msgspec.Struct, frozen=True):
    """One test case in the file."""

    id: str
    public: bool
    verdict: Verdict
    message: str
    seconds: float


class PartEntry(msgspec.Struct, frozen=True):
    """The points of one part of an exercise in the file."""

    part: str
    points: int | float
    max_points: int | float


class AdjustmentEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided about a mark, and the points before and after it."""

    function: str
    action: Action
    value: int | float
    by: str
    when: str
    because: str
    before: int | float | None
    after: int | float | None


class LatenessEntry(msgspec.Struct, frozen=True, kw_only=True):
    """How late work was, and what the late policy takes off."""

    due: str
    days: int
    accepted: int
    share: float
    taken: int | float


class RepairEntry(msgspec.Struct, frozen=True):
    """The lines of the cell in which one change makes the function right, and what that concerns."""

    lines: tuple[int, int]
    says: str


class ExerciseEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One graded function in the file; `points` are computed, `mark` is what counts."""

    # Not in the docstring, of which versions of msgspec indent the schema differently:
    # a `bonus` is not part of the total; `driver` is how it is called, if it is not called by its name.

    name: str
    points: int | float
    max_points: int | float
    mark: int | float
    max_mark: int | float
    excused: bool = False
    bonus: bool = False
    parts: tuple[PartEntry, ...] = ()
    verdict: Verdict
    status: Status
    credited: Credit
    cause: str | None
    message: str
    hint: str
    repair: RepairEntry | None = None
    example: str
    line: int | None
    cell: int | None
    driver: str = ""
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
    """One submission in the file; `points` are computed, `mark` is what counts; null if there is none."""

    id: str
    file: str
    student: StudentEntry | None = None
    late: bool = False
    submitted: str = ""
    sha256: str
    status: Standing
    points: int | float | None
    max_points: int | float
    mark: int | float | None
    max_mark: int | float
    excused: bool = False
    lateness: LatenessEntry | None = None
    adjustments: tuple[AdjustmentEntry, ...] = ()
    seconds: float
    notes: tuple[str, ...]
    exercises: tuple[ExerciseEntry, ...]


class IsolationEntry(msgspec.Struct, frozen=True):
    """How student code was isolated."""

    level: str
    tested: tuple[str, ...]
    missing: dict[str, str]
