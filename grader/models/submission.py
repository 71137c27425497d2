"""What was handed in: cells, the graded functions found in them, and whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from grader.models.execution import Statement


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
