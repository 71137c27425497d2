"""The smallest example of a fault can be computed by hand, and comes from public cases alone."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from watched import Watched

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.minimal_example import LONGEST, small_cases
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.grading.small_calls import PROBABILITIES
from grader.models import serialization
from grader.models.assignment import Assignment
from grader.models.report import Header, Isolation, Report, Score
from grader.reports.feedback_page import write_feedback
from grader.results.results_json import write_results
from grader.sandbox.fork_server import ForkServer

SOLUTION = '''import numpy as np


# GRADED FUNCTION: shifted
def shifted(A, b):
    """Return A + b."""
    # YOUR CODE STARTS HERE
    Z = A + b
    # YOUR CODE ENDS HERE
    return Z


# GRADED FUNCTION: logarithm
def logarithm(A, b):
    """Return the logarithm of A + b."""
    # YOUR CODE STARTS HERE
    L = np.log(shifted(A, b))
    # YOUR CODE ENDS HERE
    return L
'''

TESTCASES = '''"""Matrices to shift."""

import numpy as np

from grader.testcase import Edition, exercise

EARLIER = Edition("one tenth", lambda Z: Z / 10)


@exercise(points=5, public=2, editions=[EARLIER])
def shifted(rng):
    """A (n, m) and b (n, 1); only in hidden ones is a number of A above 1."""
    for n, m in ((2, 3), (4, 2)):
        yield {"A": rng.uniform(0, 1, (n, m)), "b": rng.uniform(1, 2, (n, 1))}
    yield {"A": np.full((3, 1), 1.0 + rng.integers(1 << 40)), "b": rng.uniform(1, 2, (3, 1))}


logarithm = exercise(points=5, public=2)(shifted.generator)
'''

RAISED = (
    r"shifted\(np\.array\(\[\[0\.\d+\]\]\), np\.array\(\[\[-?\d\.\]\]\)\)\n"
    r"yours: raises ValueError: no 1\nexpected: \[\[.*\]\]"
)
MINUS = "def shifted(A, b):\n    return A - b\n"
EXAMPLE = re.compile(r"shifted\(np\.array\((.*?)\), np\.array\((.*?)\)\)\nZ, yours: (.*)\nZ, expected: (.*)")

NewCourse = Callable[..., Course]


@pytest.fixture
def small(small_course: NewCourse, sandbox: ForkServer) -> Callable[..., Assignment]:
    """A function from a secret seed to the assignment of two functions, ready to grade."""
    definition = load(small_course(SOLUTION, TESTCASES), "small")
    return lambda seed="s": prepare(definition, sandbox, seed)


@pytest.fixture
def report_of(
    small: Callable[..., Assignment], sandbox: ForkServer, notebook: Callable[..., bytes]
) -> Callable[[str], Report]:
    """A function from a source of `shifted` and `logarithm` to the report of it."""

    def graded(source: str) -> Report:
        cells = notebook("import numpy as np", source)
        return grade(small(), sandbox, cells, id="student", file="student.ipynb")

    return graded


@pytest.fixture
def example_of(report_of: Callable[[str], Report]) -> Callable[[str], str]:
    """A function from a source of `shifted` to the example of its fault."""
    return lambda source: score_of(report_of(source), "shifted").example


def score_of(report: Report, name: str) -> Score:
    return next(score for score in report.exercises if score.name == name)


# ---------------------------------------------------------------- what it says


@pytest.mark.parametrize(
    ("size", "shown"),
    [pytest.param(2, True, id="another call has it"), pytest.param(6, False, id="no small call has it")],
)
def test_an_example_has_the_fault_of_the_message_and_no_other(
    example_of: Callable[[str], str], size: int, shown: bool
) -> None:
    source = f"def shifted(A, b):\n    return A + b + 1 if A.size >= {size} else 1 / 0\n"
    assert (EXAMPLE.fullmatch(example_of(source)) is not None) is shown
    assert "raises" not in example_of(source)


def test_an_example_of_an_exception_is_of_the_same_one(report_of: Callable[[str], Report]) -> None:
    source = "def shifted(A, b):\n    return {}['no'] if A.size >= 4 else 1 / 0\n"
    score = score_of(report_of(source), "shifted")
    assert score.message.startswith("KeyError")
    assert "yours: raises KeyError" in score.example


def test_an_example_shows_the_part_that_the_message_names(graded: Callable[..., Report]) -> None:
    backward = (
        "def linear_backward(dZ, cache):\n    A, W, b = cache\n    m = A.shape[1]\n"
        "    dW, db = dZ @ A.T / m, dZ.sum(axis=1, keepdims=True) / m\n"
        "    return W.T @ dZ, dW + (m == 1), db + (m > 1)"
    )
    score = score_of(graded("import numpy as np", backward), "linear_backward")
    assert score.message.startswith("db is wrong")
    assert "\ndb, yours: " in score.example


def test_an_example_has_one_call_and_both_answers(example_of: Callable[[str], str]) -> None:
    found = EXAMPLE.fullmatch(example_of("def shifted(A, b):\n    return A + b + 1\n"))
    assert found
    A, b, actual, expected = (np.array(ast.literal_eval(text)) for text in found.groups())
    assert A.shape == b.shape == (1, 1)
    assert np.array_equal(expected, A + b)
    assert np.array_equal(actual, A + b + 1)


def test_a_call_on_which_a_wrong_function_is_right_by_chance_is_passed_over(
    example_of: Callable[[str], str],
) -> None:
    found = EXAMPLE.fullmatch(example_of(MINUS))
    assert found
    A, b, actual, expected = (np.array(ast.literal_eval(text)) for text in found.groups())
    assert np.array_equal(actual, A - b)
    assert np.array_equal(expected, A + b)
    assert not np.array_equal(actual, expected)


def test_a_fault_of_several_columns_is_shown_on_several(example_of: Callable[[str], str]) -> None:
    found = EXAMPLE.fullmatch(example_of("def shifted(A, b):\n    return A[:, :1] + b + 0 * A\n"))
    assert found
    A = np.array(ast.literal_eval(found[1]))
    assert A.shape[1] > 1
    assert A.size <= 3
    assert len(np.unique(A)) > 1, "in equal columns the fault would not show"


def test_an_exception_is_told_with_the_call_that_raises_it(example_of: Callable[[str], str]) -> None:
    raising = "def shifted(A, b):\n    raise ValueError(f'no {A.size}')\n"
    assert re.fullmatch(RAISED, example_of(raising))


def test_an_answer_of_another_shape_is_told_in_words(example_of: Callable[[str], str]) -> None:
    example = example_of("def shifted(A, b):\n    return np.zeros(1000)\n")
    assert "(1000,)" in example
    assert "0, 0" not in example


def test_numbers_of_another_kind_are_told_in_words_as_they_look_the_same(
    example_of: Callable[[str], str],
) -> None:
    example = example_of("def shifted(A, b):\n    return (A + b).astype(int)\n")
    assert example.endswith("\nyours: Z holds int64 numbers\nexpected: float64")


def test_an_answer_without_a_value_is_told_in_words(example_of: Callable[[str], str]) -> None:
    example = example_of("def shifted(A, b):\n    print(A + b)\n")
    assert re.search(r"\nyours: returns nothing \(None\)\nexpected: \[\[", example)


def test_an_example_that_is_too_long_to_read_is_not_told(example_of: Callable[[str], str]) -> None:
    assert example_of(f"def shifted(A, b):\n    raise ValueError('x' * {LONGEST})\n") == ""


def test_a_longer_call_is_told_when_a_shorter_one_has_too_much_to_say(
    example_of: Callable[[str], str],
) -> None:
    source = f"def shifted(A, b):\n    raise ValueError('x' * {LONGEST} if A.size == 1 else 'short')\n"
    example = example_of(source)
    assert "\nyours: raises ValueError: short\n" in example
    assert np.size(ast.literal_eval(example.split("), np")[0].removeprefix("shifted(np.array("))) == 2


def test_an_older_edition_is_shown_what_it_should_return(example_of: Callable[[str], str]) -> None:
    found = EXAMPLE.fullmatch(example_of("def shifted(A, b):\n    return (A + b) / 10 * (A.shape[1] > 1)\n"))
    assert found
    A, b, actual, expected = (np.array(ast.literal_eval(text)) for text in found.groups())
    assert np.all(actual == 0)
    assert np.allclose(expected, (A + b) / 10)


# ---------------------------------------------------------------- when there is one


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def shifted(A, b):\n    return A + b\n", id="it is right"),
        pytest.param(
            "def shifted(A, b):\n    return A + b if A.max() < 9 else A\n", id="no small call has it"
        ),
        pytest.param("def shifted(A, b):\n    while True:\n        pass\n", id="it does not end"),
        pytest.param("def shifted(A, b):\n    import os\n    os._exit(1)\n", id="it crashes"),
        pytest.param("def shifted(A, b)\n    return A + b\n", id="it does not parse"),
        pytest.param(
            "def shifted(A, b):\n    y = A * 0\n    raise NotImplementedError('later')\n    return y\n",
            id="it is not written yet",
        ),
    ],
)
def test_there_is_no_example_when(example_of: Callable[[str], str], source: str) -> None:
    assert example_of(source) == ""


def test_a_function_that_is_right_by_itself_has_no_example(report_of: Callable[[str], Report]) -> None:
    report = report_of(MINUS + "def logarithm(A, b):\n    return np.log(shifted(A, b))\n")
    assert score_of(report, "logarithm").credited == "isolated"
    assert score_of(report, "logarithm").example == ""
    assert score_of(report, "shifted").example


def test_a_function_that_fails_in_another_way_by_itself_has_no_example(
    report_of: Callable[[str], Report],
) -> None:
    raising = "def shifted(A, b):\n    raise ValueError('not by its own fault')\n"
    score = score_of(report_of(raising + "def logarithm(A, b):\n    return 2 * shifted(A, b)\n"), "logarithm")
    assert score.points == 0
    assert "ValueError" not in score.message, "the failure that is told is its own"
    assert score.example == ""


def test_a_function_that_fails_alike_beside_others_has_one(report_of: Callable[[str], Report]) -> None:
    source = MINUS + "def logarithm(A, b):\n    return shifted(A, b).tolist()\n"
    assert score_of(report_of(source), "logarithm").example


# ---------------------------------------------------------------- what it is made from


def test_another_secret_seed_has_the_same_examples(
    small: Callable[..., Assignment], sandbox: ForkServer
) -> None:
    one, two = small("one"), small("two")
    for exercise, again in zip(one.exercises, two.exercises, strict=True):
        hidden = [serialization.encode(case.call.args) for case in exercise.cases if not case.public]
        assert hidden != [serialization.encode(case.call.args) for case in again.cases if not case.public]
        cases = small_cases(exercise, one, sandbox)
        assert cases
        assert [serialization.encode((c.call.args, c.expected)) for c in cases] == [
            serialization.encode((c.call.args, c.expected)) for c in small_cases(again, two, sandbox)
        ]
        assert not {serialization.encode(case.call.args) for case in cases} & set(hidden)


def test_hidden_cases_take_no_part(small: Callable[..., Assignment], sandbox: ForkServer) -> None:
    assignment, alone = small(), small(None)
    for exercise, public in zip(assignment.exercises, alone.exercises, strict=True):
        assert len(public.cases) < len(exercise.cases)
        cases = small_cases(exercise, assignment, sandbox)
        assert [serialization.encode(case.call.args) for case in cases] == [
            serialization.encode(case.call.args) for case in small_cases(public, alone, sandbox)
        ]
        assert all(case.public for case in cases)
        assert {entry for case in cases for entry in case.call.args[0].ravel()} <= set(PROBABILITIES)


def test_small_calls_come_before_the_hidden_ones_of_a_process(
    small: Callable[..., Assignment], sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    assignment, watched = small(), Watched(sandbox)
    tiny = {id(case.call) for case in small_cases(assignment.exercises[0], assignment, watched)}
    cells = notebook("import numpy as np", f"{MINUS}def logarithm(A, b):\n    return A\n")
    grade(assignment, watched, cells, id="a", file="a.ipynb")
    _of_the_reference, *processes = [
        [c for _, calls in rounds for c in calls] for rounds in watched.processes
    ]
    kinds = [[(id(call) in tiny, not call.public) for call in calls] for calls in processes]
    assert any((True, False) in one and (False, True) in one for one in kinds)
    for one in kinds:
        assert (True, False) not in one[one.index((False, True)) if (False, True) in one else len(one) :]


def test_an_answer_of_the_reference_that_is_not_finite_is_no_example(
    small_course: NewCourse, sandbox: ForkServer
) -> None:
    divides = SOLUTION.replace("np.log(shifted(A, b))", "shifted(A, b) / (b - 2)")
    assignment = prepare(load(small_course(divides, TESTCASES), "small"), sandbox, "s")
    shifted, divided = (small_cases(exercise, assignment, sandbox) for exercise in assignment.exercises)
    assert any((case.call.args[1] == 2).any() for case in shifted), "or this shows nothing"
    assert all(np.isfinite(case.expected).all() for case in divided)
    assert 0 < len(divided) < len(shifted)


def test_numbers_that_are_positive_in_public_cases_are_positive_in_examples(
    small: Callable[..., Assignment], sandbox: ForkServer
) -> None:
    assignment = small()
    cases = small_cases(assignment.exercises[0], assignment, sandbox)
    assert {entry for case in cases for entry in case.call.args[1].ravel()} == {1, 2, 3}


def test_a_call_that_the_reference_refuses_is_no_example(
    small_course: NewCourse, sandbox: ForkServer
) -> None:
    refuses = SOLUTION.replace("    Z = A + b\n", "    Z = A + b\n    assert A.size > 1\n")
    assignment = prepare(load(small_course(refuses, TESTCASES), "small"), sandbox, "s")
    cases = small_cases(assignment.exercises[0], assignment, sandbox)
    assert min(case.call.args[0].size for case in cases) == 2


def test_the_reference_answers_once_for_a_whole_class(
    small: Callable[..., Assignment], sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    assignment, watched = small(), Watched(sandbox)

    def sent(source: str) -> int:
        watched.processes.clear()
        report = grade(assignment, watched, notebook(source), id="a", file="a.ipynb")
        assert score_of(report, "shifted").example
        return len(watched.processes)

    assert sent(MINUS) > sent("def shifted(A, b):\n    return A - b + 0\n")


def test_the_child_that_confirms_a_failure_makes_the_small_calls_too(
    small: Callable[..., Assignment], sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    assignment, watched = small(), Watched(sandbox)
    source = f"{MINUS}def logarithm(A, b):\n    return A\n"
    report = grade(assignment, watched, notebook("import numpy as np", source), id="a", file="a.ipynb")
    assert all(score.example for score in report.exercises)
    children = [
        {call.function for _, calls in rounds for call in calls}
        for rounds in watched.processes
        for program, _ in rounds[:1]
        if any("def " in statement.source and statement.source in source for statement in program.statements)
    ]
    assert sorted(map(len, children)) == [1, 1, 2], "one for both, and one for each that fails there"


# ---------------------------------------------------------------- where it is told


def test_an_example_is_in_the_results_and_on_the_page(
    small: Callable[..., Assignment], report_of: Callable[[str], Report]
) -> None:
    report = report_of(MINUS)
    example = score_of(report, "shifted").example
    header = Header(
        grader="0",
        assignment="small",
        assignment_sha256="a" * 64,
        seed_sha256="b" * 64,
        python="3.11",
        numpy="2.0",
        isolation=Isolation("weak", (), {}),
    )
    told: Any = json.loads(write_results(header, [report]))
    assert told["submissions"][0]["exercises"][0]["example"] == example
    call = example.split("\n")[0]
    assert f"<dt>Call</dt><dd><code>{call}</code></dd>" in write_feedback(header, report).decode()
