"""Assignments with their exercises and test cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from grader.comparison.judges import Judge
from grader.comparison.verdict import Raises, Tolerance
from grader.models.editions import Convention, Marks
from grader.models.execution import Call, Driver, Program, Run, StandIns, Statement
from grader.models.submission import Submission
from grader.models.values import Value

Kind = Literal["function", "class", "method", "variable", "question"]
"""What a graded item is; a person marks a question."""

KIND = "kind"
"""The id of the public case of a variable whose value is secret: it has its type and shape."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One test case: a call, the reference's answer, and whether students may see both.

    `expected` is `Raises` if the call has to raise an exception. `part` names the part of the exercise that
    the case belongs to. Of a case that is `kind_only` the values do not matter: `expected` has none.
    """

    id: str
    public: bool
    call: Call
    expected: Value
    part: str = ""
    kind_only: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """The points of one part of an exercise: all of them if its cases pass, or none."""

    part: str
    points: float


@dataclass(frozen=True, slots=True, eq=False)
class Exercise:
    """One graded item: a function, class, method, variable or question, and its test cases.

    `parameters` are those of its calls, and `results` the names of what a call returns. `uses` names the
    graded functions that its reference calls. `editions` are the conventions of earlier notebooks. `judge`
    says what is right, if that is not equality. `driver` is the function that calls it, as students read it,
    empty if it is called by its name. A `bonus` is not part of the total. `seconds` is the time limit of a
    call; None is the usual one.
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
    kind: Kind = "function"
    driver: str = ""
    judge: Judge | None = None
    parts: tuple[Points, ...] = ()
    bonus: bool = False
    forbid: tuple[str, ...] = ()
    seconds: float | None = None

    @property
    def first_part(self) -> str:
        """The part that published cases belong to; empty if the exercise has no parts."""
        return self.parts[0].part if self.parts else ""

    def earned(self, passed: Iterable[tuple[str, bool]]) -> float:
        """Return the points of a submission's answers.

        Args:
            passed: for each case, its part and whether it passed.

        Returns:
            the points of the exercise, or of the parts in which all cases passed.
        """
        seen = list(passed)
        if not self.parts:
            return self.points if seen and all(right for _, right in seen) else 0
        asked, lost = {part for part, _ in seen}, {part for part, right in seen if not right}
        return sum(one.points for one in self.parts if one.part in asked - lost)

    def asked_in(self, edition: int | None, cases: Iterable[Case]) -> tuple[Case, ...]:
        """Return cases with the answers that an edition expects.

        Args:
            edition: the index of the edition; None for the current one.
            cases: cases of the exercise.

        Returns:
            the same calls with the edition's expected answers.
        """
        if edition is None:
            return tuple(cases)
        expects = self.editions[edition].expects
        return tuple(
            case if isinstance(case.expected, Raises) else replace(case, expected=expects(case.expected))
            for case in cases
        )


@dataclass(frozen=True, slots=True, eq=False)
class Mistake:
    """A known wrong version of a graded function: the text about it, and its answers to the public cases.

    `says` is empty if there is nothing helpful to say. `by_hand` is True if an instructor wrote it; that text
    takes precedence over a mutation operator's. `structure` and `numbers` are the answers, as
    `known_mistakes.signature` gives them.
    """

    function: str
    says: str
    by_hand: bool
    structure: str
    numbers: Value


PUBLIC_TESTS = "public_tests"
"""The module of the public tests. A star import of an earlier edition's binds `np` too."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for in a notebook: graded functions, the nbgrader ids of all items, and what it may use.

    `modules` maps the name of each provided module, in every edition, to its source. `drivers` has the driver
    of each graded item that is not called by its name, and `variables` are the items that are values. `of`
    maps those that are what a name is after a cell of their own to the name. `data` maps the paths of the
    data files that come with the notebook to their bytes; `imports` are the installed modules that the
    assignment imports.
    """

    functions: tuple[str, ...]
    grade_ids: Mapping[str, str]
    modules: Mapping[str, str]
    drivers: Mapping[str, Driver] = field(default_factory=dict)
    variables: tuple[str, ...] = ()
    of: Mapping[str, str] = field(default_factory=dict)
    imports: frozenset[str] = frozenset()
    data: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def redefined(self) -> tuple[str, ...]:
        """The functions and classes that are graded as they are after one of the cells that define them."""
        return tuple(item for item in self.of if item not in self.variables)

    @property
    def alone(self) -> frozenset[str]:
        """The items that are never run beside others.

        What leads to a variable may take long, and what later cells define anew is not what it was.
        """
        return frozenset({*self.variables, *self.of})

    def program(self, statements: tuple[Statement, ...], stand_ins: StandIns | None = None) -> Program:
        """Return the program of some statements, with the modules and drivers of the assignment.

        Args:
            statements: the statements, in order.
            stand_ins: the functions that the reference supplies, if any.

        Returns:
            the program.
        """
        modules = {PUBLIC_TESTS: "import numpy as np\n", **self.modules}
        return Program(statements, modules, stand_ins, self.drivers, self.imports, self.data)


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """An assignment ready to grade: its exercises with their cases, and the reference that answered them.

    `sha256` is the digest of its files, `seed_sha256` that of the seed of its hidden cases. `mistakes()` is
    the known mistakes. `answered` returns the stored run of a further call; None if it has to be made.
    `lot` is a secret that selects which functions are run twice. `editions` are earlier ones with a solution
    of their own; `edition` is the name of this one, empty for the current one. `right()` has the sources of
    right versions of the functions, the reference's first; none where there is no reference. `title` is the
    first heading of its notebook.
    """

    name: str
    exercises: tuple[Exercise, ...]
    wanted: Wanted
    reference: Submission
    sha256: str
    seed_sha256: str
    mistakes: Callable[[], Iterable[Mistake]] = tuple
    answered: Callable[[Call], Run | None] | None = None
    lot: str = ""
    edition: str = ""
    right: Callable[[], Mapping[str, Sequence[str]]] = dict
    editions: tuple[EarlierEdition, ...] = ()
    title: str = ""

    @property
    def tested(self) -> tuple[Exercise, ...]:
        """The exercises that have test cases: all but questions."""
        return tuple(exercise for exercise in self.exercises if exercise.kind != "question")

    @property
    def helpers_first(self) -> tuple[str, ...]:
        """The names of the exercises, each after those that its reference needs."""
        uses = {exercise.name: exercise.uses for exercise in self.exercises}
        placed: dict[str, None] = {}

        def place(name: str, above: tuple[str, ...]) -> None:
            for helper in uses.get(name, ()):
                if helper not in above:
                    place(helper, (*above, helper))
            if name in uses:
                placed.setdefault(name)

        for name in uses:
            place(name, (name,))
        return tuple(placed)

    @property
    def max_points(self) -> float:
        """The sum of the points of all exercises without those of a bonus."""
        return sum(exercise.points for exercise in self.exercises if not exercise.bonus)


@dataclass(frozen=True, slots=True, eq=False)
class EarlierEdition:
    """An edition of an assignment with a solution of its own, and what shows that a notebook is of it."""

    marks: Marks
    assignment: Assignment
