"""`grader check` claims nothing of a variable whose value is not tested before it is handed in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.assignments.course import Course

Cli = Callable[..., Any]
WEAK = ("--isolation", "weak", "--timeout", "1")
CELLS = (
    "# GRADED VARIABLE: spread\nspread = 4.5",
    "# GRADED VARIABLE: mean\nmean = 2.5",
)
SOLUTION = "\n\n".join(f"# %%\n{cell}" for cell in CELLS)
TESTS = """from grader.testcase import question, variable


@variable(points=1)
def spread(): ...


@variable(points=2, public=True)
def mean(): ...


question("why", points=3)
"""


@pytest.fixture
def check(
    cli: Cli, small_course: Callable[..., Course], tmp_path: Path, notebook: Callable[..., bytes]
) -> Callable[..., Any]:
    """A function that checks a notebook with a value of `spread` and one of `mean`."""
    course = small_course(SOLUTION, TESTS)

    def run(spread: str, mean: str, *options: str) -> Any:
        cells = [CELLS[0].replace("4.5", spread), CELLS[1].replace("2.5", mean)]
        (tmp_path / "mine.ipynb").write_bytes(notebook(*cells))
        return cli("check", "mine.ipynb", "--assignment", "small", "--course", course.root, *options, *WEAK)

    return run


@pytest.mark.parametrize("spread", ["4.5", "7.25"])
def test_a_value_of_the_right_kind_is_called_so_and_claims_no_point(
    check: Callable[..., Any], spread: str
) -> None:
    ended = check(spread, "2.5")
    line = next(line for line in ended.out.splitlines() if " spread " in line)
    assert line.split() == ["?", "spread", "of", "the", "right", "kind"]
    assert "Its value is judged after you submit." in ended.out
    assert "1 of 2 functions passed; 1 to be marked by a person; 1 of the right kind, judged" in " ".join(
        ended.out.split()
    )
    assert ended.status == 0


def test_its_points_are_in_no_sum_of_the_results(check: Callable[..., Any]) -> None:
    (submission,) = json.loads(check("7.25", "2.5", "--json").out)["submissions"]
    spread, mean, _ = submission["exercises"]
    assert (spread["points"], spread["message"]) == (0, "Its value is judged after you submit.")
    assert (mean["points"], submission["points"]) == (2, 2)
    assert submission["max_points"] == 2 + 3


def test_one_of_another_kind_is_wrong(check: Callable[..., Any]) -> None:
    ended = check("'7'", "2.5")
    assert "spread is text, expected a number." in ended.out
    assert ended.status == 1


def test_a_wrong_value_of_a_public_variable_is_told(check: Callable[..., Any]) -> None:
    assert "mean is wrong. Yours is 3, expected 2.5." in check("4.5", "3.0").out
