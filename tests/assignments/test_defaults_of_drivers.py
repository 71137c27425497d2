"""The defaults of a driver's parameters are values of its test cases, wherever these come from."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest

from grader.assignments.callbacks import without_defaults
from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

TESTCASES = """from pathlib import Path

from grader.testcase import variable

LENGTH = len(Path(__file__).name)


@variable()
def total():
    \"\"\"Driven.\"\"\"


@total.drive
def _(student, times=(
    LENGTH,
    2,
), *, more=LENGTH):
    return [student.total * time for time in times] + [more]
"""


def test_a_default_may_come_from_a_file_of_the_course(
    small_course: Callable[..., Course], sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    assignment = prepare(load(small_course("total = 3\n", TESTCASES), "small"), sandbox, "s")
    (exercise,) = assignment.exercises
    assert [case.expected for case in exercise.cases if not case.public] == [[24, 6, 8]]
    report = grade(assignment, sandbox, notebook("total = 1 + 2\n"), id="ada", file="ada.ipynb")
    assert report.points == report.max_points


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def drive(student, x=[1, 2], y=('ü', A), *, z, w=B.c):\n    return x", id="in a line"),
        pytest.param(
            "def drive(\n    student,\n    x=(\n        1,\n    ),  # ü\n    y=A,\n):\n    return x",
            id="in several",
        ),
        pytest.param("def drive(student, x):\n    return x", id="none"),
    ],
)
def test_a_driver_without_its_defaults_has_the_same_lines(source: str) -> None:
    without = without_defaults(source)
    assert without.count("\n") == source.count("\n")
    (node,) = ast.parse(without).body
    assert isinstance(node, ast.FunctionDef)
    (before,) = ast.parse(source).body
    assert isinstance(before, ast.FunctionDef)
    assert [one.arg for one in node.args.args] == [one.arg for one in before.args.args]
    assert {ast.unparse(one) for one in (*node.args.defaults, *node.args.kw_defaults) if one} <= {"None"}
    assert node.body[0].lineno == before.body[0].lineno
