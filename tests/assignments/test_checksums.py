"""The digests of a mark change with what they are of, and can be computed again as the page on them says."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import grader
from grader.assignments.checksums import cases_sha256
from grader.assignments.course import Course
from grader.comparison.verdict import Tolerance
from grader.execution.grader import Grader, Order
from grader.models.assignment import Assignment
from grader.models.values import rebuilt
from grader.results.results_json import write_results
from grader.submissions import find

PAGE = Path(__file__).parents[2] / "docs" / "provenance.md"


def test_the_page_says_how_to_compute_each_digest_again(
    small_course: Callable[..., Course], notebook: Callable[..., bytes], tmp_path: Path
) -> None:
    course = small_course(**{"solutions/small/tables.py": "SIZE = 3\n", "testcases/small/data.csv": "1,2\n"})
    (tmp_path / "ann.ipynb").write_bytes(notebook("def double(x):\n    return x + x"))
    with Grader(Order(course.root, "small", "a seed", isolation="weak")) as grader:
        report = grader.grade(find([tmp_path / "ann.ipynb"])[0])
        told = json.loads(write_results(grader.header, [report]))
    said: dict[str, Any] = {}
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    exec(code.replace("ForkServer()", 'ForkServer(required="weak")'), said)
    digests = said["digests"](course.root, "small", "a seed", tmp_path / "ann.ipynb", "double")
    (submission,) = told["submissions"]
    assert digests == {
        **{key: told[key] for key in ("assignment_sha256", "seed_sha256", "cases_sha256")},
        "sha256": submission["sha256"],
        "program_sha256": submission["exercises"][0]["program_sha256"],
    }


def first_changed(assignment: Assignment, **changes: Any) -> Assignment:
    """The assignment with something else about its first exercise."""
    first, *rest = assignment.exercises
    return dataclasses.replace(assignment, exercises=(dataclasses.replace(first, **changes), *rest))


def test_equal_cases_have_equal_digests(assignment: Assignment) -> None:
    assert cases_sha256(first_changed(assignment)) == cases_sha256(assignment)


@pytest.mark.parametrize("what", ["points", "tolerance", "pure", "cases", "seed", "public"])
def test_whatever_could_change_a_mark_changes_the_digest(assignment: Assignment, what: str) -> None:
    exercise = assignment.exercises[0]
    case = exercise.cases[0]
    changed = {
        "points": {"points": exercise.points + 1},
        "tolerance": {"tolerance": Tolerance(rtol=0.5)},
        "pure": {"pure": not exercise.pure},
        "cases": {"cases": exercise.cases[1:]},
        "seed": {
            "cases": (
                dataclasses.replace(case, call=dataclasses.replace(case.call, seed=1)), *exercise.cases[1:]
            )
        },
        "public": {"cases": (dataclasses.replace(case, public=not case.public), *exercise.cases[1:])},
    }[what]  # fmt: skip
    assert cases_sha256(first_changed(assignment, **changed)) != cases_sha256(assignment)


@pytest.mark.parametrize("what", ["sha256", "seed_sha256"])
def test_so_does_what_the_cases_are_drawn_from(assignment: Assignment, what: str) -> None:
    other = dataclasses.replace(assignment, **{what: "0" * 64})
    assert cases_sha256(other) != cases_sha256(assignment)


@pytest.mark.parametrize("package", [np, grader], ids=["NumPy", "grader"])
def test_so_does_the_version_of_what_draws_them(
    assignment: Assignment, package: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = cases_sha256(assignment)
    monkeypatch.setattr(package, "__version__", "0.0.1")
    assert cases_sha256(assignment) != before


def test_rounding_does_not(assignment: Assignment) -> None:
    def rounded(value: Any) -> Any:
        return rebuilt(value, lambda _, leaf: leaf * (1 + 1e-15) if isinstance(leaf, np.ndarray) else leaf)

    exercises = [
        dataclasses.replace(
            exercise,
            cases=tuple(
                dataclasses.replace(
                    case,
                    call=dataclasses.replace(case.call, args=rounded(case.call.args)),
                    expected=rounded(case.expected),
                )
                for case in exercise.cases
            ),
        )
        for exercise in assignment.exercises
    ]
    other = dataclasses.replace(assignment, exercises=tuple(exercises))
    assert cases_sha256(other) == cases_sha256(assignment)
