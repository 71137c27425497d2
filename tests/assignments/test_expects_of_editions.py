"""What `expects` of an edition does wrongly is told with its line and the case, never as a fault of ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.errors import AssignmentError
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

NewCourse = Callable[..., Course]

TESTCASES = """from grader.testcase import Edition, exercise


@exercise(
    raises=ValueError,
    editions=[Edition(r"old", {expects})],
)
def root(rng):
    yield {{"x": 4.0}}
    yield {{"x": -1.0}}
    yield {{"x": 9.0}}
"""
SOLUTION = """def root(x):
    if x < 0:
        raise ValueError("below 0")
    return x**0.5
"""


def told(course: Course, sandbox: ForkServer) -> str:
    with pytest.raises(AssignmentError) as error:
        prepare(load(course, "small"), sandbox, "s")
    return str(error.value).removeprefix(f"{course.root}/")


@pytest.mark.parametrize(
    ("expects", "problem", "advice"),
    [
        ("7", "expects=7 in Edition()", "Let it be a function of one answer, lambda y: y.T."),
        ("'new'", "expects='new' in Edition()", "Let it be a function of one answer, lambda y: y.T."),
        (
            "lambda a, b: a",
            "expects=<lambda> in Edition()",
            "Let it take one argument, the solution's answer.",
        ),
        ("lambda: 1", "expects=<lambda> in Edition()", "Let it take one argument, the solution's answer."),
    ],
)
def test_what_cannot_be_called_with_one_answer_is_refused_where_it_is_declared(
    small_course: NewCourse, sandbox: ForkServer, expects: str, problem: str, advice: str
) -> None:
    said = told(small_course(SOLUTION, TESTCASES.format(expects=expects)), sandbox)
    assert said == f"testcases/small.py, line 6: {problem}\n  {advice}"


def test_what_it_raises_is_told_with_its_line_and_the_case(
    small_course: NewCourse, sandbox: ForkServer
) -> None:
    said = told(small_course(SOLUTION, TESTCASES.format(expects="lambda r: r[5]")), sandbox)
    assert said.startswith(
        "testcases/small.py, line 6: expects of an edition (public-1 of root) raised TypeError: "
    )
    assert said.endswith("\n  It is called with the one result that the solution returns: let it fit that.")


def test_a_value_that_is_no_plain_data_is_told_with_its_line_and_the_case(
    small_course: NewCourse, sandbox: ForkServer
) -> None:
    said = told(small_course(SOLUTION, TESTCASES.format(expects="lambda r: max")), sandbox)
    assert said.startswith(
        "testcases/small.py, line 6: expects of an edition (public-1 of root) returns a value of type builtin"
    )
    assert "\n  Return numbers, texts, " in said


@pytest.mark.parametrize("expects", ["str", "lambda r, digits=2: [r]", "lambda *r: [*r]"])
def test_a_function_of_one_answer_is_right_whatever_else_it_may_take(
    small_course: NewCourse, sandbox: ForkServer, expects: str
) -> None:
    course = small_course(SOLUTION, TESTCASES.format(expects=expects))
    assert prepare(load(course, "small"), sandbox, "s").max_points == 10


def test_a_case_that_raises_is_the_same_in_an_edition(
    small_course: NewCourse, sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    course = small_course(SOLUTION, TESTCASES.format(expects="lambda r: [r]"))
    assignment = prepare(load(course, "small"), sandbox, "s")
    old = SOLUTION.replace("x**0.5", "[x**0.5]  # old")
    report = grade(assignment, sandbox, notebook(old), id="a", file="a.ipynb")
    assert report.points == 10
