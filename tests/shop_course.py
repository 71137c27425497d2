"""A course whose one exercise, a shop, has variables that cells set anew; what a notebook loses of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from grader.assignments.course import Course
from grader.grading.pipeline import grade
from grader.models.assignment import Assignment
from grader.notebooks.name_map import NO_NAMES, NameMap
from grader.sandbox import Sandbox


def write_shop(root: Path, cells: Mapping[str, str], testcases: str) -> Course:
    """Write a course whose solution has some cells."""
    solution = "\n\n".join(f"# %%\n{cell}" for cell in cells.values())
    for folder, text in {"solutions": solution, "testcases": testcases}.items():
        (root / folder).mkdir()
        (root / folder / "shop.py").write_text(text, encoding="utf-8")
    return Course(root)


def items_lost(shop: Assignment, sandbox: Sandbox, data: bytes, names: NameMap = NO_NAMES) -> set[str]:
    """Return the items of which a notebook loses all points."""
    report = grade(shop, sandbox, data, id="ann", file="ann.ipynb", names=names)
    assert report.status == "graded", report.notes
    return {score.name for score in report.exercises if not score.points}
