"""What comes out otherwise each time is named: test cases, and the answers of the reference."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.determinism_lint import unsteady
from grader.authoring.release import release
from grader.authoring.validate import findings
from grader.errors import AssignmentError
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

SOLUTION = """import time

import numpy as np


# GRADED FUNCTION: double
def double(x):
    # YOUR CODE STARTS HERE
    y = {}
    # YOUR CODE ENDS HERE
    return y
"""
TESTCASES = """import numpy as np

from grader.testcase import exercise

X = {}


@exercise()
def double(rng):
    yield {{"x": {}}}
"""


@pytest.mark.parametrize(
    ("answer", "at_import", "case", "says"),
    [
        pytest.param("2 * x", "1", "rng.random(3)", "", id="the same each time"),
        pytest.param("2 * x + np.random.rand()", "1", "rng.random(3)", "", id="seeded for every call"),
        pytest.param(
            "2 * x + np.random.default_rng().random()", "1", "rng.random(3)", "double is not deterministic",
            id="an answer drawn from nowhere",
        ),
        pytest.param("x + time.perf_counter_ns() % 997", "1", "1", "not deterministic", id="a clock"),
        pytest.param(
            "2 * x", "1", "np.random.default_rng().random(3)", "test cases of double are others each time",
            id="cases drawn from nowhere",
        ),
        pytest.param(
            "2 * x", "np.random.rand()", "X", "the test cases of double are others each time",
            id="drawn when the file is imported",
        ),
    ],
)  # fmt: skip
def test_what_differs_from_run_to_run_is_named(
    small_course: Callable[..., Course],
    sandbox: ForkServer,
    answer: str,
    at_import: str,
    case: str,
    says: str,
) -> None:
    course = small_course(SOLUTION.format(answer), TESTCASES.format(at_import, case))
    definition = load(course, "small")
    assignment = prepare(definition, sandbox, "s")
    told = list(unsteady(definition, assignment, sandbox))
    assert [says in one for one in told] == ([True] if says else [])
    if says:
        with pytest.raises(AssignmentError, match=says):
            release(definition, assignment, sandbox)
        found = {f.claim: f.faults for f in findings(definition, assignment, sandbox)}
        assert says in found["It scores the same twice."][0]


def test_a_reference_that_returns_nothing_is_told_as_that(
    small_course: Callable[..., Course], sandbox: ForkServer
) -> None:
    solution = SOLUTION.format("2 * x").replace("return y", "y")
    with pytest.raises(
        AssignmentError, match=r"double returns None in every one of its 2 test cases\n  Let it"
    ):
        prepare(load(small_course(solution, TESTCASES.format("1", "rng.random(3)")), "small"), sandbox, "s")
