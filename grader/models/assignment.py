"""Assignments with their exercises and test cases."""

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
    """One graded function: the names of its parameters and results, and its test cases.

    `uses` names the graded functions that its reference calls. `editions` are the conventions of earlier
    notebooks.
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
        return tuple(replace(case, expected=expects(case.expected)) for case in cases)


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for in a notebook: graded functions, their nbgrader ids, and the modules it may import.

    `modules` maps the name of each provided module, in every edition, to its source.
    """

    functions: tuple[str, ...]
    grade_ids: Mapping[str, str]
    modules: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """An assignment ready to grade: its exercises with their cases, and the reference that answered them.

    `sha256` is the digest of its files, `seed_sha256` that of the seed of its hidden cases. `mistakes()` is
    the known mistakes. `answered` returns the stored run of a further call, if there is no reference to run.
    `lot` is a secret that selects which functions are run twice.
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
        """The sum of the points of all exercises."""
        return sum(exercise.points for exercise in self.exercises)
