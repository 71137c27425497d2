"""Mutants are made of all that students write, graded or not, and of nothing that they are given."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.mutation_audit import Audit, audit
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

SOLUTION = """import numpy as np

SCALE = 1.0 * 2.0


def given(x):
    return x + 1


# YOUR CODE STARTS HERE
def shifted(x):
    return x - 3


# YOUR CODE ENDS HERE


class Line:
    def __init__(self, slope):
        self.slope = slope + 0

    def at(self, x):
        # YOUR CODE STARTS HERE
        return self.slope * x
        # YOUR CODE ENDS HERE


# GRADED FUNCTION: f
def f(x):
    x = given(x) * SCALE
    # YOUR CODE STARTS HERE
    y = Line(2).at(shifted(x))
    # YOUR CODE ENDS HERE
    return y


# GRADED FUNCTION: g
def g(x):
    # YOUR CODE STARTS HERE
    y = shifted(x) / 5
    # YOUR CODE ENDS HERE
    return y
"""
TESTCASES = """import numpy as np

from grader.testcase import exercise


@exercise(public=1)
def f(rng):
    yield {{"x": {f}}}


@exercise(public=1)
def g(rng):
    yield {{"x": {g}}}
"""

Audited = Callable[[str, str], Audit]


@pytest.fixture
def audited(small_course: Callable[..., Course], sandbox: ForkServer) -> Audited:
    """A function from an input of `f` and one of `g` to the audit."""

    def of(f: str, g: str) -> Audit:
        definition = load(small_course(SOLUTION, TESTCASES.format(f=f, g=g)), "small")
        return audit(definition, prepare(definition, sandbox, "s"), sandbox)

    return of


def test_helpers_and_methods_are_mutated_and_what_is_handed_out_is_not(audited: Audited) -> None:
    blind = audited("np.full(2, 0.5)", "np.full(2, 3.0)")  # f and g of shifted(...) = 0: factors do not show
    survivors = {(one.function, one.mutant.description) for one in blind.survivors}
    assert {name for name, _ in survivors} == {"f", "Line", "g", "shifted"}
    assert ("g", "`*` instead of `/` in `shifted(x) / 5`") in survivors
    assert ("Line", "the factor `self.slope` is missing") in survivors
    said = " ".join(description for _, description in survivors)
    assert "given" not in said
    assert "SCALE" not in said


def test_a_mutant_of_a_helper_dies_when_one_of_those_that_need_it_sees_it(audited: Audited) -> None:
    seeing = audited("np.full(2, 0.5)", "np.arange(3.0)")
    assert "shifted" not in {one.function for one in seeing.survivors}
    assert {mistake.function for mistake in seeing.mistakes} == {"f", "g"}


def test_no_mutant_survives_test_cases_that_see(audited: Audited) -> None:
    assert audited("rng.random(3)", "rng.random(3)").survivors == ()


def test_a_survivor_in_a_helper_is_told_with_an_input_that_would_tell(audited: Audited) -> None:
    blind = audited("np.full(2, 0.5)", "np.full(2, 3.0)")
    (line,) = (
        one for one in blind.survivors if one.mutant.description == "the factor `self.slope` is missing"
    )
    assert str(line.remark).startswith("Line: the factor `self.slope` is missing, in line 7 of it.")
    assert line.advice.startswith("An input with")


METHODS = """class Line:
    def fit(self, x):
        # YOUR CODE STARTS HERE
        self.slope = x
        # YOUR CODE ENDS HERE

    def at(self, x):
        # YOUR CODE STARTS HERE
        y = self.slope * x
        return y
        # YOUR CODE ENDS HERE
"""
OF_METHODS = """from grader.testcase import exercise


@exercise(name="Line.at")
def at(rng):
    yield {"x": 0.0}


@at.drive
def _(student, x):
    line = student.Line()
    line.fit(2.0)
    return line.at(x)
"""


def test_a_mutant_of_a_method_is_found_by_the_line_of_the_method(
    small_course: Callable[..., Course], sandbox: ForkServer
) -> None:
    definition = load(small_course(METHODS, OF_METHODS), "small")
    survivors = audit(definition, prepare(definition, sandbox, "audit"), sandbox).survivors
    lines = {(one.function, one.line) for one in survivors}
    assert ("Line.at", 3) in lines
    assert ", in line 3 of it. No test case" in str(
        next(o for o in survivors if o.function == "Line.at").remark
    )
