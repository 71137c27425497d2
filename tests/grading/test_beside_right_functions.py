"""What is told of a function that calls a wrong one is about itself, and says beside what it was judged."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.report import Score
from grader.sandbox.fork_server import ForkServer

HELPER = """import numpy as np
# GRADED FUNCTION: total
def total(x):
    return np.sum(x, axis=1, keepdims=True)"""
CALLER = """# GRADED FUNCTION: shares
def shares(x):
    parts = {"sum": total(x), "least": x.min(axis=1, keepdims=True)}
    return parts"""
TESTS = """from grader.testcase import exercise


@exercise(points=2, public=2)
def total(rng):
    for _ in range(3):
        yield {"x": rng.standard_normal((3, 4))}


@exercise(points=2, public=2)
def shares(rng):
    for columns in (4, 2, 5):
        yield {"x": rng.standard_normal((3, columns))}
"""
OF_ALL = HELPER.replace("np.sum(x, axis=1, keepdims=True)", "np.sum(x, keepdims=True)")
RAISES_BESIDE = CALLER.replace("    return", "    assert parts['sum'].size == 1\n    return")
Graded = Callable[[str, str], Score]


@pytest.fixture
def caller(
    small_course: Callable[..., Course], sandbox: ForkServer, notebook: Callable[..., bytes]
) -> Graded:
    """A function from the cells of both functions to the score of the one that calls the other."""
    solution = f"# %%\n{HELPER}\n\n# %%\n{CALLER}"
    assignment = prepare(load(small_course(solution, TESTS), "small"), sandbox, "a seed")

    def run(*cells: str) -> Score:
        return grade(assignment, sandbox, notebook(*cells), id="a", file="a.ipynb").exercises[1]

    return run


def test_a_message_from_beside_right_functions_says_in_whose_place_they_stand(caller: Graded) -> None:
    score = caller(OF_ALL, CALLER.replace("x.min(axis=1, keepdims=True)", "np.exp(x).max() + x"))
    assert score.message == "With a right total in place of yours: parts has another shape than expected."


def test_a_message_about_what_its_author_wrote_says_nothing_of_other_functions(caller: Graded) -> None:
    score = caller(HELPER, CALLER.replace("x.min(axis=1, keepdims=True)", "np.exp(x).max() + x"))
    assert score.message.startswith("parts['least'] has the shape (3, 4)")


def test_no_hint_is_about_the_fault_of_a_function_that_it_calls(caller: Graded) -> None:
    score = caller(OF_ALL, RAISES_BESIDE)
    assert score.message == "parts['sum'] has the shape (1, 1), expected (3, 1)."
    assert score.hint == "total, which this calls, fails its own test: mend that first."


def test_a_hint_beside_right_functions_is_kept_where_only_the_caller_is_wrong(caller: Graded) -> None:
    score = caller(HELPER, CALLER.replace("total(x)", "total(x).sum(keepdims=True)"))
    assert score.hint == "It is the sum of all the numbers that are expected: is the axis right?"
