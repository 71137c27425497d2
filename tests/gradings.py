"""Grades a small class into a folder, and says what was graded and what is in the folder then."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from grader.assignments.course import Course
from grader.execution import grader as graders
from grader.execution.grader import Grader, Order
from grader.execution.results_merge import Filed
from grader.execution.results_run import grade_into
from grader.results.database import read_record
from grader.submissions import Handed

RIGHT = "def double(x):\n    return 2 * x"


class Grading:
    """Grades a small class into a folder, and says which submissions it did grade."""

    def __init__(self, course: Course, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.order = Order(course.root, "small", "seed", isolation="weak", remember=False)
        self.folder = folder
        self.done: list[str] = []
        self.grader = Grader(self.order)
        grade = graders.grade

        def noted(*arguments: Any, **options: Any) -> Any:
            self.done.append(options["id"])
            return grade(*arguments, **options)

        monkeypatch.setattr(graders, "grade", noted)

    def into(self, handed: list[Handed], **change: Any) -> list[str]:
        """Grade into the folder; return which submissions were graded."""
        self.filed(handed, **change)
        return [*self.done]

    def filed(self, handed: list[Handed], *, only: bool = False, **change: Any) -> Filed:
        """Grade into the folder; return what that did to it."""
        self.done.clear()
        order = dataclasses.replace(self.order, **change)
        if not change:
            return self._grade(self.grader, order, handed, only)
        with Grader(order) as other:
            return self._grade(other, order, handed, only)

    def _grade(self, grader: Grader, order: Order, handed: list[Handed], only: bool) -> Filed:
        return grade_into(
            self.folder, grader, order, handed, 1, lambda work, _: (one for one in work), only=only
        )

    def pages(self) -> list[str]:
        """The names of what is in feedback/."""
        return sorted(path.name for path in (self.folder / "feedback").iterdir())

    def results(self) -> list[dict[str, Any]]:
        submissions: list[dict[str, Any]] = json.loads((self.folder / "results.json").read_bytes())[
            "submissions"
        ]
        return submissions

    def points(self) -> dict[str, Any]:
        return {one["id"]: one["points"] for one in self.results()}


def bytes_of(folder: Path) -> dict[str, bytes]:
    """The files of a folder; the database by what it says, not by how its pages lie."""
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with read_record(folder) as record:
        return {**files, "results.db": b"".join(record.entries())}
