"""The frozen values that flow through the grader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Literal

from grader.editions import Convention
from grader.verdict import Tolerance, Verdict

Value = Any
"""What a call takes or returns: None, numbers, text, arrays; lists, tuples and dicts of them."""
TRANSIENT = frozenset({"MemoryError", "RecursionError", "ModuleNotFoundError", "ImportError"})
"""Exceptions that the same call may not raise again, when there is more memory, or another package."""


class Status(StrEnum):
    """What the sandbox saw a call do. What that is worth is a `Verdict`."""

    RETURNED = "returned"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    MISSING = "missing"
    SYNTAX_ERROR = "syntax_error"
    NOT_RUN = "not_run"


# ---------------------------------------------------------------- what is run


@dataclass(frozen=True, slots=True)
class Statement:
    """One top-level statement of a notebook: its text, and where it stands.

    Cells and lines are counted from 1; several statements of a line stand in the order of their `column`.
    """

    cell: int
    line: int
    source: str
    column: int = 0

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it stands, by which statements are put in their order."""
        return self.cell, self.line, self.column

    def has_line(self, cell: int | None, line: int | None) -> bool:
        """Whether a line of a cell is one of this statement."""
        return cell == self.cell and 0 <= (line or 0) - self.line <= self.source.count("\n")


@dataclass(frozen=True, slots=True)
class StandIns:
    """Functions lent to a program: `statements` run in a namespace of their own; `names` are lent."""

    statements: tuple[Statement, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """What of a notebook is run: its statements in order, beside the modules that the assignment provides."""

    statements: tuple[Statement, ...]
    modules: Mapping[str, str] = field(default_factory=dict)
    stand_ins: StandIns | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """One call of a function, its arguments by position. `seed` sets `random` and `np.random` before it.

    No child holds a call whose answer is told (`public`) beside one whose answer is not.
    """

    function: str
    args: tuple[Value, ...]
    seed: int = 0
    public: bool = True


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception: its type, its text, and the places (cell, line) on the way to it, the outermost first."""

    exception: str
    text: str
    places: tuple[tuple[int, int], ...] = ()

    def __str__(self) -> str:
        return f"{self.exception}: {self.text}" if self.text else self.exception


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What one call did. `changed` has the positions of the arguments that it changed.

    An answer that is `shared` is small, and the same object in all runs that gave it.
    """

    status: Status
    value: Value = None
    failure: Failure | None = None
    changed: tuple[int, ...] = ()
    seconds: float = 0.0
    shared: bool = False

    @property
    def lasting(self) -> bool:
        """Whether the same call would do the same again; time and memory may not be the same."""
        ended = self.status in (Status.RETURNED, Status.RAISED, Status.MISSING)
        return ended and (self.failure is None or self.failure.exception not in TRANSIENT)


# ---------------------------------------------------------------- what is asked


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One test case: a call, the reference's answer, and whether students may see both."""

    id: str
    public: bool
    call: Call
    expected: Value


@dataclass(frozen=True, slots=True, eq=False)
class Exercise:
    """One graded function: what its parameters and results are called, and what it is asked.

    `uses` names the other graded functions that the reference calls in it. `editions` has the conventions
    of earlier notebooks.
    """

    name: str
    points: float
    parameters: tuple[str, ...]
    results: tuple[str, ...]
    uses: tuple[str, ...]
    tolerance: Tolerance
    pure: bool
    editions: tuple[Convention, ...]
    cases: tuple[Case, ...]

    def asked_in(self, edition: int | None, cases: Iterable[Case]) -> tuple[Case, ...]:
        """`cases` with the answers that an edition expects of the same calls; None for the current one."""
        if edition is None:
            return tuple(cases)
        expects = self.editions[edition].expects
        return tuple(replace(case, expected=expects(case.expected)) for case in cases)


@dataclass(frozen=True, slots=True, eq=False)
class Mistake:
    """A wrong version of a graded function: what to say of it, and the signature of its answers.

    `says` is empty when there is nothing useful to say. `by_hand` marks what an instructor wrote down, who
    knows better than a mutation operator. `structure` and `numbers` are those of `mistakes.signature`.
    """

    function: str
    says: str
    by_hand: bool
    structure: str
    numbers: Value


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for in a notebook: graded functions, their nbgrader ids, and the modules it may import.

    `modules` has the source of each module that the assignment provides, under every name that its
    editions used.
    """

    functions: tuple[str, ...]
    grade_ids: Mapping[str, str]
    modules: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """An assignment ready to grade: its exercises with their cases, and the reference that answered them.

    `sha256` is of the files that define it, `seed_sha256` of the seed of its hidden cases. `mistakes` gives
    the known ones, and `answered`, if there is no reference to run, what it did on further calls. `lot`, a
    secret, draws which functions are run twice.
    """

    name: str
    exercises: tuple[Exercise, ...]
    wanted: Wanted
    reference: Submission
    sha256: str
    seed_sha256: str
    mistakes: Callable[[], Iterable[Mistake]] = tuple
    answered: Callable[[Call], Run] | None = None
    lot: str = ""

    @property
    def max_points(self) -> float:
        """The points of all exercises together."""
        return sum(exercise.points for exercise in self.exercises)


# ---------------------------------------------------------------- what was handed in


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its number of all from 1, source and nbgrader id; no kind if it is code without text."""

    number: int
    source: str
    grade_id: str | None = None
    locked: bool = False
    kind: str = "code"


class State(StrEnum):
    """What extraction found of a graded function."""

    WRITTEN = "written"
    BLANK = "blank"
    MISSING = "missing"
    SYNTAX_ERROR = "syntax_error"


@dataclass(frozen=True, slots=True)
class Found:
    """One graded function as it stands in a notebook: the cell and line it begins on, and its source.

    `problem` says what keeps it from being run, and `problem_line` where in its cell.
    """

    state: State
    cell: int | None = None
    line: int | None = None
    source: str = ""
    problem: str = ""
    problem_line: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What one graded function needs of its notebook, the other graded functions left out.

    `uses` names those that it calls. `unbound` has the names it reads that no statement binds, each with
    the cell that sets it nevertheless, or None; `hidden` those that a cell which does not parse would set.
    """

    statements: tuple[Statement, ...]
    uses: frozenset[str] = frozenset()
    unbound: Mapping[str, int | None] = field(default_factory=dict)
    hidden: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submission:
    """What a notebook means to an assignment: what became of each graded function, and its parts.

    `parts` has each function that is written, `repaired` those that one slip keeps from it, `text` all code.
    """

    functions: Mapping[str, Found]
    parts: Mapping[str, Part]
    repaired: Mapping[str, Repair]
    notes: tuple[str, ...]
    text: str = ""

    def statement_at(self, place: tuple[int, int]) -> Statement | None:
        """The statement of a part at a place; there is none where student code only claims to have been."""
        statements = (statement for part in self.parts.values() for statement in part.statements)
        return next((statement for statement in statements if statement.has_line(*place)), None)


@dataclass(frozen=True, slots=True)
class Repair:
    """The parts of a notebook in which one slip of a graded function's cell is mended, and what was done."""

    parts: Mapping[str, Part]
    advice: str


# ---------------------------------------------------------------- what it is worth

Standing = Literal["graded", "unreadable", "failed", "not_submitted"]
"""What became of a submission; unreadable is its file's fault, failed is ours."""
Credit = Literal["as_written", "isolated"]
"""Beside whose other functions an exercise was judged: its author's, or the reference's."""


@dataclass(frozen=True, slots=True, eq=False)
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


@dataclass(frozen=True, slots=True, eq=False)
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


@dataclass(frozen=True, slots=True)
class Student:
    """Who hands in, as a roster or the name of a download says.

    `keys` has what learning systems call the same person: `canvas`, `sis`, `login`, `moodle`.
    """

    id: str
    name: str = ""
    email: str = ""
    section: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
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
