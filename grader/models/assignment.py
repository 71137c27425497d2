"""What is asked: an assignment with its exercises and their test cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from grader.comparison.verdict import Tolerance
from grader.models.editions import Convention
from grader.models.execution import Call, Run
from grader.models.submission import Submission
from grader.models.values import Value


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
