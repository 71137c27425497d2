"""A driver of a variable may draw random numbers: both sides draw the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

SOLUTION = "# GRADED VARIABLE: weights\nimport numpy as np\nweights = np.array([1.0, 2.0, 4.0])"
TESTS = """import numpy as np

from grader.testcase import variable


@variable(points=1)
def weights(): ...


@weights.drive
def _(student):
    return np.random.randn(5, 3) @ student.weights + np.random.default_rng(7).random(5)
"""


@pytest.mark.parametrize(
    ("old", "new", "points"),
    [
        pytest.param("", "", 1, id="right"),
        pytest.param(
            "weights =", "drawn = np.random.rand(9)\nweights =", 1, id="right after draws of its own"
        ),
        pytest.param("4.0", "4.5", 0, id="wrong"),
    ],
)
def test_the_right_value_earns_whatever_the_driver_draws(
    old: str, new: str, points: int, tmp_path: Path, sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    for folder, text in {"solutions": f"# %%\n{SOLUTION}\n", "testcases": TESTS}.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "scales.py").write_text(text, encoding="utf-8")
    assignment = prepare(load(Course(tmp_path), "scales"), sandbox, "a seed")
    data = notebook(SOLUTION.replace(old, new) if old else SOLUTION)
    report = grade(assignment, sandbox, data, id="ann", file="ann.ipynb")
    assert [score.points for score in report.exercises] == [points]
