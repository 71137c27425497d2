"""A small call is an example only where a judge, which need not know any so small, accepts the reference."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.mutation_audit import audit
from grader.grading.minimal_example import small_cases
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

SOLUTION = """import numpy as np


# GRADED FUNCTION: signs
def signs(x):
    # YOUR CODE STARTS HERE
    s = np.sign(2 * x)
    # YOUR CODE ENDS HERE
    return s
"""

TESTCASES = """import numpy as np

from grader.testcase import exercise


@exercise(points=5)
def signs(rng):
    for n in (40, 60, 50):
        yield {"x": rng.uniform(-3, 3, n)}


@signs.judge
def _(case, expected, answer):
    JUDGE
    share = np.mean(expected == answer)
    return None if share >= 0.9 else f"Of the signs, {share:.0%} are right."
"""


@pytest.fixture(params=["if len(answer) < 2: 1 / 0", "if len(answer) < 2: return 'It is too short.'"])
def testcases(request: pytest.FixtureRequest) -> str:
    return TESTCASES.replace("JUDGE", request.param)


def test_a_call_that_is_too_small_for_a_judge_is_no_example(
    testcases: str, small_course: Callable[..., Course], sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    assignment = prepare(load(small_course(SOLUTION, testcases), "small"), sandbox, "s")
    (exercise,) = assignment.exercises
    assert {len(case.call.args[0]) for case in small_cases(exercise, assignment, sandbox)} == {2, 3}
    source = "import numpy as np\ndef signs(x):\n    return -np.sign(x)\n"
    (score,) = grade(assignment, sandbox, notebook(source), id="a", file="a.ipynb").exercises
    assert score.message == "Of the signs, 0% are right."
    assert score.example.startswith("signs(np.array([")
    assert "too short" not in score.example


def test_an_input_that_is_too_small_for_a_judge_is_no_advice(
    testcases: str, small_course: Callable[..., Course], sandbox: ForkServer
) -> None:
    accepting = testcases.replace("expected == answer", "answer == answer")
    definition = load(small_course(SOLUTION, accepting), "small")
    survivors = audit(definition, prepare(definition, sandbox, "s"), sandbox).survivors
    assert survivors
    assert [survivor.advice for survivor in survivors if "An input with" in survivor.advice] == []
