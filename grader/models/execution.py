"""What is run, and what the sandbox saw: programs, calls and runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from grader.models.values import Value

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
