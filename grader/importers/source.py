"""A source notebook of another grader, as its reader returns it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum


class Role(str, Enum):  # noqa: UP042  # as the other enumerations of this package
    """What a cell is for."""

    __str__ = str.__str__

    CODE = "code"
    """Code that students receive and that is not graded."""
    TEXT = "text"
    """Markdown or raw text without points."""
    SOLUTION = "solution"
    """Code that students write, with the instructor's answer in it."""
    TEST = "test"
    """Code that grades what the cells before it define."""
    MANUAL = "manual"
    """Code that a person marks."""
    QUESTION = "question"
    """A text that a person marks."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a test: the pieces of one test run in order, in the namespace of the notebook.

    `hidden` is True if students do not see it. `output` is what its last expression has to display, if the
    test is not made of assertions: the text of a doctest's answer, such as `True`.
    """

    source: str
    hidden: bool = False
    output: str = ""


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One cell of a source notebook, in the order of the notebook.

    `source` is what the solution of the assignment has in its place: the answers are between the markers of
    grader or of nbgrader (`# YOUR CODE STARTS HERE`, `### BEGIN SOLUTION`), whatever the markers of the
    source were; without markers the whole of a SOLUTION cell is an answer. Of a TEST, it is the text of the
    cell as it stands, for the comments. `pieces` are the pieces of a TEST, all that is run of it.

    `number` counts the cells of the file from 1, for messages; several cells may share one. `grade_id` is
    the id by which existing notebooks of students know the cell (nbgrader), and `name` how the source calls
    the test or the question ("q1.2"); it is the grade id if there is no other. `points` are those of a TEST,
    MANUAL or QUESTION. `of` names the functions, classes or variables that a TEST is about, if the source
    says so; otherwise recording finds out.
    """

    number: int
    role: Role
    source: str
    grade_id: str = ""
    name: str = ""
    points: float = 0.0
    pieces: tuple[Piece, ...] = ()
    of: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What messages call the cell."""
        return self.name or self.grade_id or f"cell {self.number}"


@dataclass(frozen=True, slots=True)
class Listed:
    """Something that did not come over: its place, its text, why, and what to write instead.

    `points` are those that nothing of the imported assignment gives.
    """

    cell: int
    title: str
    text: str
    reason: str
    advice: str
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class SourceNotebook:
    """A source notebook with the files beside it.

    `name` is an identifier: the name of the assignment here. `path` is the file that was read, for messages.
    `notebook` is the file name of the notebook that students have. `modules` maps the paths of the modules
    that students receive to their sources ("utils.py", "pack/__init__.py"); `helpers` maps those that only
    the tests import ("public_tests.py"); `data` maps the paths of data files to their bytes. `editions`
    are patterns that occur in the code of notebooks that students already have, if the markers in them are
    not those of nbgrader or grader. `listed` is what the reader itself could not bring over.
    """

    name: str
    path: str
    cells: tuple[SourceCell, ...]
    notebook: str = ""
    modules: Mapping[str, str] = field(default_factory=dict)
    helpers: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, bytes] = field(default_factory=dict)
    editions: tuple[str, ...] = ()
    listed: tuple[Listed, ...] = ()

    def of_role(self, *roles: Role) -> Iterator[SourceCell]:
        """Yield the cells that have one of some roles, in order."""
        return (cell for cell in self.cells if cell.role in roles)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source that is no source notebook: its path, and the problem."""

    path: str
    problem: str


Read = SourceNotebook | Unreadable
"""What a reader yields for each notebook it finds: `read(path: Path) -> Iterator[Read]`."""
