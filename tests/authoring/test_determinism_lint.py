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


HALF = """# GRADED FUNCTION: half
def half(x):
    # YOUR CODE STARTS HERE
    x /= 2
    y = x
    # YOUR CODE ENDS HERE
    return y
"""


@pytest.mark.parametrize(
    ("declared", "says"),
    [
        pytest.param(
            "@exercise()\ndef half(rng):\n    yield {'x': rng.random(3)}\n\n"
            "@half.judge\ndef _(case, expected, answer):\n    return 'It is not half.'\n",
            "testcases/small.py, line 6: the judge of half refuses the solution's own answer to public-1: "
            "It is not half.\n  Let it accept the solution's answers, or mend the solution.",
            id="a judge that refuses everything",
        ),
        pytest.param(
            "def share(case, answer): return 0.5\n\n"
            "@exercise(compare=at_least(share, 0.9))\ndef half(rng):\n    yield {'x': rng.random(3)}\n",
            "testcases/small.py, line 2: the judge of half refuses the solution's own answer to public-1: "
            "Its share is 0.5; it has to be at least 0.9.\n",
            id="a bound that the solution does not reach",
        ),
        pytest.param(
            "@exercise(pure=True)\ndef half(rng):\n    yield {'x': rng.random(3)}\n",
            "solutions/small.py: half has pure=True, and the solution breaks it: It changes the caller's x.\n"
            "  Let the solution work on a copy, or leave out pure=True.",
            id="a solution that changes its argument",
        ),
    ],
)
def test_a_refused_solution_is_not_told_to_be_drawn(
    small_course: Callable[..., Course], sandbox: ForkServer, declared: str, says: str
) -> None:
    course = small_course(HALF, f"from grader.testcase import at_least, exercise\n{declared}")
    definition = load(course, "small")
    [said] = unsteady(definition, prepare(definition, sandbox, "s"), sandbox)
    assert says in said
