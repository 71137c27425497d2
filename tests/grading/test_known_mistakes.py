"""A known mistake is recognised by its answers to the public cases, and by nothing less."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.release import release
from grader.grading.known_mistakes import recognise, signature
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.assignment import Assignment, Mistake
from grader.models.execution import Failure, Run, Status
from grader.models.report import Score
from grader.models.values import Value
from grader.sandbox.fork_server import ForkServer

HALF = "Half of it."


def returned(*values: Value) -> list[Run]:
    return [Run(Status.RETURNED, value) for value in values]


def mistake(runs: list[Run], says: str = HALF, *, by_hand: bool = False) -> Mistake:
    return Mistake("f", says, by_hand, *signature(runs))


def recognised(known: Value, answer: Value) -> bool:
    """Whether a function that answers its one public case so is taken for a mistake that answers it so."""
    return recognise([mistake(returned(known))], returned(answer)) == HALF


NUMBERS = st.floats(-1e6, 1e6) | st.integers(-99, 99) | st.booleans()
ARRAYS = hnp.arrays(
    np.float64, hnp.array_shapes(min_dims=0, max_dims=2, max_side=3), elements=st.floats(-9, 9)
)
VALUES = st.recursive(
    NUMBERS | ARRAYS | st.none() | st.text(max_size=4),
    lambda inside: st.one_of(
        st.lists(inside, max_size=3),
        st.lists(inside, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=3), inside, max_size=3),
    ),
    max_leaves=6,
)
RUNS = st.lists(
    st.one_of(
        VALUES.map(lambda value: Run(Status.RETURNED, value)),
        st.sampled_from([Run(Status.RAISED, failure=Failure("ValueError", "")), Run(Status.TIMED_OUT)]),
    ),
    min_size=1,
    max_size=3,
)


# ---------------------------------------------------------------- signatures


@settings(max_examples=60)
@given(RUNS)
def test_a_mistake_is_recognised_by_its_own_answers(runs: list[Run]) -> None:
    answered = any(run.status is Status.RETURNED for run in runs)
    assert recognise([mistake(runs)], runs) == (HALF if answered else "")


@settings(max_examples=60)
@given(RUNS, st.data())
def test_no_mistake_is_recognised_when_a_number_differs(runs: list[Run], data: st.DataObject) -> None:
    structure, numbers = signature(runs)
    assume(numbers.size)
    other = numbers.copy()
    i = data.draw(st.integers(0, numbers.size - 1))
    other[i] += 1e-4 * (1 + abs(other[i]))
    assert recognise([Mistake("f", HALF, False, structure, other)], runs) == ""


@settings(max_examples=60)
@given(RUNS)
def test_a_signature_has_every_number_once(runs: list[Run]) -> None:
    def count(value: Any) -> int:
        if isinstance(value, dict):
            return sum(map(count, value.values()))
        if isinstance(value, list | tuple):
            return sum(map(count, value))
        return 0 if isinstance(value, str | None) else int(np.size(value))

    assert signature(runs)[1].size == sum(count(r.value) for r in runs if r.status is Status.RETURNED)


@pytest.mark.parametrize(
    ("known", "answer"),
    [
        pytest.param(np.ones((2, 3)), np.ones((3, 2)), id="a transpose"),
        pytest.param(np.ones((2, 1)), np.ones(2), id="an axis less"),
        pytest.param(np.array([1.0, 2.0]), np.array([1.0, 2.0 + 1e-4]), id="a little more"),
        pytest.param(np.array([1.0, np.nan]), np.array([1.0, 2.0]), id="a number where none was"),
        pytest.param((1.0, (2.0,)), ((1.0, 2.0),), id="nested in another way"),
        pytest.param({"dW": 1.0}, {"dw": 1.0}, id="another key"),
        pytest.param("relu", "sigmoid", id="another text"),
        pytest.param("1", 1, id="a text of a number"),
        pytest.param(None, "None", id="a text of nothing"),
        pytest.param([None], [], id="nothing, and no item"),
        pytest.param(np.ones(2), np.ones(2) * 1j, id="a complex array"),
    ],
)
def test_these_are_not_the_same_answer(known: Value, answer: Value) -> None:
    assert recognised(known, known)
    assert recognised(answer, answer)
    assert not recognised(known, answer)


@pytest.mark.parametrize(
    ("known", "answer"),
    [
        pytest.param([1.0, 2], (1.0, 2), id="a tuple for a list"),
        pytest.param(3, 3.0, id="a whole number"),
        pytest.param(np.array(3.0), np.float32(3), id="a number of NumPy's"),
        pytest.param(1e6, 1e6 + 1e-3, id="the last digits"),
        pytest.param(0.0, 1e-10, id="nearly zero"),
        pytest.param(np.array([np.nan, np.inf]), np.array([np.nan, np.inf]), id="not a number"),
        pytest.param(10**400, 10**500, id="whole numbers that no array can hold"),
    ],
)
def test_these_are_the_same_answer(known: Value, answer: Value) -> None:
    assert recognised(known, answer)


def test_what_did_not_return_has_to_agree_as_well() -> None:
    raised, late = Run(Status.RAISED), Run(Status.TIMED_OUT)
    known = mistake([*returned(1.0), raised])
    assert recognise([known], [*returned(1.0), raised]) == HALF
    assert recognise([known], [*returned(1.0), late]) == ""
    assert recognise([known], [raised, *returned(1.0)]) == ""


# ---------------------------------------------------------------- what is said

ANSWER = returned(np.ones(3))


@pytest.mark.parametrize(
    ("known", "says"),
    [
        pytest.param([], "", id="nothing is known"),
        pytest.param([mistake(returned(0.0))], "", id="another answer"),
        pytest.param([mistake(ANSWER), mistake(ANSWER)], HALF, id="two that say the same"),
        pytest.param([mistake(ANSWER), mistake(ANSWER, "Else.")], "", id="two that cannot be told apart"),
        pytest.param([mistake(ANSWER), mistake(ANSWER, "")], "", id="one of which says nothing"),
        pytest.param(
            [mistake(ANSWER, "Else."), mistake(ANSWER, by_hand=True), mistake(ANSWER, "And else.")],
            HALF,
            id="what an instructor wrote comes first",
        ),
        pytest.param(
            [mistake(ANSWER, "Else.", by_hand=True), mistake(ANSWER, by_hand=True)],
            "",
            id="two that an instructor wrote",
        ),
    ],
)
def test_something_is_said_only_when_it_is_certain(known: list[Mistake], says: str) -> None:
    assert recognise(known, ANSWER) == says


def test_no_public_case_is_no_evidence() -> None:
    assert recognise([mistake([])], []) == ""


# ---------------------------------------------------------------- in a report

CUBE = "The third power, not the second."
SOLUTION = '''import numpy as np


# GRADED FUNCTION: energy
def energy(x):
    """Return 1 and the mean of the squares."""
    # YOUR CODE STARTS HERE
    m = x.size
    E = 1 + np.sum(x**2) / m
    # YOUR CODE ENDS HERE
    return E
'''
TESTCASES = '''"""Numbers to square."""

from grader.testcase import exercise


@exercise(public=1)
def energy(rng):
    """Positive ones first, so that public cases do not see a sign."""
    yield {"x": rng.uniform(1, 2, 4)}
    yield {"x": rng.uniform(-2, -1, 3)}
'''
BROKEN = "testcases/small/broken/cube.py"
CUBED = f'"""{CUBE}"""\n\n\ndef energy(x):\n    return 1 + np.mean(x ** 3)\n'
ABSOLUTE = '"""A sign is lost."""\n\n\ndef energy(x):\n    return 1 + np.mean(x * abs(x))\n'
WRONG = "def energy(x):\n    return sum(v * v * v for v in x) / len(x) + 1\n"

Graded = Callable[[str], Score]


@pytest.fixture
def released(small_course: Callable[..., Course], sandbox: ForkServer) -> Callable[..., Course]:
    """A function that writes a course of one function, and the mistakes that are known of it."""

    def write(**files: str) -> Course:
        course = small_course(SOLUTION, TESTCASES, **files)
        definition = load(course, "small")
        release(definition, prepare(definition, sandbox, "release"), sandbox)
        return course

    return write


@pytest.fixture
def score_in(sandbox: ForkServer, notebook: Callable[..., bytes]) -> Callable[[Course, str], Score]:
    """A function from a course as it stands on disk, and a source, to the score of it."""

    def graded(course: Course, source: str) -> Score:
        assignment: Assignment = prepare(load(course, "small"), sandbox, "secret")
        data = notebook("import numpy as np", source)
        (score,) = grade(assignment, sandbox, data, id="a", file="a.ipynb").exercises
        return score

    return graded


def test_an_instructors_mistake_is_recognised_however_it_is_written(
    released: Callable[..., Course], score_in: Callable[[Course, str], Score]
) -> None:
    score = score_in(released(**{BROKEN: CUBED}), WRONG)
    assert (score.points, score.hint) == (0, CUBE)


def test_a_mutants_mistake_is_recognised_when_nobody_wrote_it_down(
    released: Callable[..., Course], score_in: Callable[[Course, str], Score]
) -> None:
    score = score_in(released(), "def energy(x):\n    return 1 + (x * x).sum()\n")
    assert (score.points, score.hint) == (0, "The division by `m` is missing.")


def test_mistakes_that_were_made_from_something_else_are_ignored(
    released: Callable[..., Course], score_in: Callable[[Course, str], Score]
) -> None:
    course = released(**{BROKEN: CUBED})
    assert score_in(course, WRONG).hint == CUBE
    (course.root / BROKEN).write_text(CUBED.replace(CUBE, "Another sentence."))
    assert score_in(course, WRONG).hint == ""


def test_without_a_release_nothing_is_known(
    small_course: Callable[..., Course], score_in: Callable[[Course, str], Score]
) -> None:
    assert score_in(small_course(SOLUTION, TESTCASES, **{BROKEN: CUBED}), WRONG).hint == ""


def test_right_answers_to_the_public_cases_are_no_sign_of_a_mistake(
    released: Callable[..., Course], score_in: Callable[[Course, str], Score]
) -> None:
    course = released(**{"testcases/small/broken/sign.py": ABSOLUTE})
    score = score_in(course, "def energy(x):\n    return 1 + np.mean(np.maximum(x, 0) ** 2)\n")
    assert score.points == 0
    assert {case.verdict.value for case in score.cases if case.public} == {"passed"}
    assert "sign" not in score.hint


def test_nothing_in_the_numbers_of_a_mistake_is_from_a_hidden_case(
    small_course: Callable[..., Course], sandbox: ForkServer
) -> None:
    definition = load(small_course(SOLUTION, TESTCASES), "small")
    files = []
    for seed in ("one", "two"):
        release(definition, prepare(definition, sandbox, seed), sandbox)
        files.append(definition.mistakes_file.read_bytes())
    assert files[0] == files[1]
