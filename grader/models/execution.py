"""Programs, calls and runs: the input and the output of the sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from grader.models.values import Value

TRANSIENT = frozenset({"MemoryError", "RecursionError", "ModuleNotFoundError", "ImportError"})
"""Exceptions that the same call may not raise again, given more memory or another package."""


class Status(str, Enum):  # noqa: UP042  # a student's Python may be 3.10, which has no StrEnum
    """How a call ended. The judgement of that is a `Verdict`."""

    __str__ = str.__str__

    RETURNED = "returned"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    MISSING = "missing"
    SYNTAX_ERROR = "syntax_error"
    NOT_RUN = "not_run"


@dataclass(frozen=True, slots=True)
class Statement:
    """One top-level statement of a notebook: its text and position.

    Cells and lines are counted from 1; `column` orders the statements of one line.
    """

    cell: int
    line: int
    source: str
    column: int = 0

    @property
    def place(self) -> tuple[int, int, int]:
        """The position, by which statements are sorted."""
        return self.cell, self.line, self.column

    def has_line(self, cell: int | None, line: int | None) -> bool:
        """Return whether a line of a cell belongs to this statement.

        Args:
            cell: the number of the cell.
            line: the line in the cell.

        Returns:
            True if it does.
        """
        return cell == self.cell and 0 <= (line or 0) - self.line <= self.source.count("\n")


@dataclass(frozen=True, slots=True)
class StandIns:
    """What is supplied to a program: `statements` run in their own namespace, which exports `names`.

    `names` maps each graded item to its name in the program. One with a dot is a method, which replaces that
    of the program's own class. Items may be values of one variable: the statements `KEEP` each where it has
    it, and the program sets the variable again by a statement `LEND`.
    """

    statements: tuple[Statement, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Driver:
    """An instructor's function that calls a submission in its place and returns plain data.

    Its `statements` run in their own namespace and define a function `drive(student, ...)`. `text` is that
    function as students read it, empty if there is nothing to read. `mentions` names the graded items in it,
    `reads` all names of the notebook.
    """

    statements: tuple[Statement, ...]
    text: str = ""
    mentions: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Program:
    """The statements of a notebook to run, in order, and the modules that the assignment provides.

    `drivers` has the driver of each exercise that is not simply called. `imports` names the installed modules
    that the assignment imports, which may be imported ahead; `data` maps the files of the current folder to
    their bytes.
    """

    statements: tuple[Statement, ...]
    modules: Mapping[str, str] = field(default_factory=dict)
    stand_ins: StandIns | None = None
    drivers: Mapping[str, Driver] = field(default_factory=dict)
    imports: frozenset[str] = frozenset()
    data: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """One call of a function with positional arguments. `seed` seeds `random` and `np.random` before it.

    The arguments are those of the exercise's driver, if it has one. A `public` call's answer is disclosed. No
    process receives public and hidden calls at the same time. `seconds` is its time limit; None is the
    sandbox's. An `observed` call is answered by what happens in it (`grader.sandbox.observing`).
    """

    function: str
    args: tuple[Value, ...]
    seed: int = 0
    public: bool = True
    seconds: float | None = None
    observed: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception: its type, its text, and the (cell, line) places of its traceback, outermost first.

    `bases` names the classes that its type is derived from.
    """

    exception: str
    text: str
    places: tuple[tuple[int, int], ...] = ()
    bases: tuple[str, ...] = ()

    def is_a(self, exception: str) -> bool:
        """Return whether an `except` clause for an exception of that name would catch this one."""
        return exception == self.exception or exception in self.bases

    def __str__(self) -> str:
        return f"{self.exception}: {self.text}" if self.text else self.exception


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """The result of one call. `changed` lists the positions of the arguments that it modified.

    A `shared` answer is small, and one object in all runs with equal answers.
    """

    status: Status
    value: Value = None
    failure: Failure | None = None
    changed: tuple[int, ...] = ()
    seconds: float = 0.0
    shared: bool = False

    @property
    def lasting(self) -> bool:
        """True if the same call would end the same way again; time and memory may vary."""
        ended = self.status in (Status.RETURNED, Status.RAISED, Status.MISSING)
        return ended and (self.failure is None or self.failure.exception not in TRANSIENT)
