"""Submissions: cells, the graded functions found in them, and their students."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from grader.models.execution import Statement


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its number from 1, source and nbgrader id; `kind` is empty for code without text."""

    number: int
    source: str
    grade_id: str | None = None
    locked: bool = False
    kind: str = "code"


class State(str, Enum):  # noqa: UP042  # a student's Python may be 3.10, which has no StrEnum
    """What extraction found of a graded function."""

    __str__ = str.__str__

    WRITTEN = "written"
    BLANK = "blank"
    MISSING = "missing"
    SYNTAX_ERROR = "syntax_error"


@dataclass(frozen=True, slots=True)
class Found:
    """One graded function in a notebook: the cell and line on which it begins, and its source.

    `problem` says why it cannot be run, and `problem_line` where in its cell.
    """

    state: State
    cell: int | None = None
    line: int | None = None
    source: str = ""
    problem: str = ""
    problem_line: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The statements of a notebook that one graded item needs, without other graded items.

    `uses` names the graded items that it calls or reads. `unbound` maps each name that no statement binds to
    the left-out cells that do; `hidden` maps names to the cell that would bind them but does not parse.
    `settled` maps the graded variables that it reads to the place of the statement that completes each.
    """

    statements: tuple[Statement, ...]
    uses: frozenset[str] = frozenset()
    unbound: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    hidden: Mapping[str, int] = field(default_factory=dict)
    settled: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submission:
    """A notebook as an assignment sees it: the state of each graded function, and its part.

    `parts` has the written functions, `repaired` those that one syntax error prevents, `text` is all code.
    """

    functions: Mapping[str, Found]
    parts: Mapping[str, Part]
    repaired: Mapping[str, Repair]
    notes: tuple[str, ...]
    text: str = ""

    def statement_at(self, place: tuple[int, int]) -> Statement | None:
        """Return the statement at a place, or None if no part has one there, whatever student code claims."""
        statements = (statement for part in self.parts.values() for statement in part.statements)
        return next((statement for statement in statements if statement.has_line(*place)), None)


@dataclass(frozen=True, slots=True)
class Repair:
    """The parts of a notebook with one syntax error repaired, and the advice on how to repair it."""

    parts: Mapping[str, Part]
    advice: str


@dataclass(frozen=True, slots=True)
class Student:
    """A student, as a roster or the name of a downloaded file identifies them.

    `keys` has the ids of other systems: `canvas`, `sis`, `login`, `moodle`.
    """

    id: str
    name: str = ""
    email: str = ""
    section: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
