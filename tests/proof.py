"""Releases, validates and grades an assignment of tests/courses, and runs its public tests."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat

from grader import Results, grade, load
from grader.assignments.course import Course
from grader.models.report import Level, Score
from grader.notebooks.graded_items import MARKER
from grader.notebooks.solution import notebook_bytes, read_solution

COURSES = Path(__file__).parent / "courses"
TEST = re.compile(r"^(\w+)_test\(", re.MULTILINE)

STUDENT = """
import json, sys
sys.modules["grader"] = None
sys.path.insert(0, "")
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance(colors="NoColor")
errors = []
for source in json.load(open(sys.argv[1], encoding="utf-8")):
    result = shell.run_cell(source)
    error = result.error_before_exec or result.error_in_exec
    errors.append("" if error is None else f"{type(error).__name__}: {error}")
print("\\nERRORS", json.dumps(errors))
"""
"""Runs the cells of a notebook one after the other, like Jupyter; a failing one does not end it."""


@dataclass(frozen=True)
class Work:
    """The notebook of someone: the solution with changes, and what it loses by them.

    `changes` maps texts to what stands in their places, `cells` marked names to the sources of their cells;
    `more` are cells at the end. `loses` maps items to the points that are left and a part of the message.
    """

    changes: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    more: tuple[str, ...] = ()
    loses: Mapping[str, tuple[float, str]] = field(default_factory=dict)


class Proof:
    """One assignment in a course of its own, with the works of a class.

    Args:
        name: the assignment, and its folder in tests/courses.
        folder: an empty folder.
        works: the works by the names of who handed them in.
        hints: where mistakes are is searched for, too, which may take as long as all else together.
    """

    def __init__(self, name: str, folder: Path, works: Mapping[str, Work], hints: Level = "none") -> None:
        shutil.copytree(COURSES / name, folder / "course", ignore=shutil.ignore_patterns("*.pyc"))
        self.name, self.folder, self.works, self.hints = name, folder, works, hints
        self.course = Course(folder / "course")
        self.command("release")

    def command(self, verb: str) -> str:
        """Run a command on the assignment; return what it prints, and fail unless its exit status is 0."""
        arguments = [sys.executable, "-m", "grader", verb, self.name, "--course", str(self.course.root)]
        done = subprocess.run(arguments, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def notebook(self, work: Work) -> Any:
        """Return a work as a notebook."""
        notebook = read_solution(self.course.solution(self.name))
        left = dict(work.changes)
        for cell in notebook.cells:
            marked = MARKER.search(cell.source) if cell.cell_type == "code" else None
            if marked and marked[1] in work.cells:
                cell.source = work.cells[marked[1]]
            for before in [text for text in left if text in cell.source]:
                cell.source = cell.source.replace(before, left.pop(before))
        assert not left, "the solution does not have this"
        notebook.cells += [nbformat.v4.new_code_cell(source) for source in work.more]
        return notebook

    @cached_property
    def results(self) -> Results:
        """All works, graded in one batch."""
        (self.folder / "in").mkdir()
        for who, work in self.works.items():
            (self.folder / "in" / f"{who}.ipynb").write_bytes(notebook_bytes(self.notebook(work)))
        shutil.copy(self.released / f"{self.name}.ipynb", self.folder / "in" / "untouched.ipynb")
        return grade(
            load(self.course, self.name),
            self.folder / "in",
            out=self.folder / "out",
            seed="a seed of the tests",
            isolation="weak",
            jobs=1,
            hints=self.hints,
        )

    @cached_property
    def scores(self) -> dict[str, dict[str, Score]]:
        """The score of each item of each work."""
        return {report.id: {score.name: score for score in report.exercises} for report in self.results}

    def page(self, who: str) -> str:
        """Return the page that the author of a work receives."""
        return (self.folder / "out" / "feedback" / f"{who}.html").read_text(encoding="utf-8")

    @property
    def released(self) -> Path:
        """The folder that students receive."""
        return self.course.root / "assignments" / self.name

    def public(self, who: str) -> dict[str, str]:
        """Run a work cell by cell, with nothing but what was handed out; return the error of each test."""
        there = self.folder / f"desk of {who}"
        shutil.copytree(self.released, there)
        notebook = self.notebook(self.works[who])
        cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        (there / "cells.json").write_text(json.dumps(cells), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-I", "-c", STUDENT, "cells.json"],
            cwd=there,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        errors = json.loads(done.stdout.rpartition("ERRORS")[2])
        return {
            found[1]: error
            for source, error in zip(cells, errors, strict=True)
            if (found := TEST.search(source))
        }


def check_losses(scores: Mapping[str, Score], work: Work) -> None:
    """Fail unless a work loses what it says, for that reason, and nothing else."""
    assert {name for name, score in scores.items() if score.points < score.max_points} == set(work.loses), {
        name: (score.points, score.message) for name, score in scores.items()
    }
    for name, (points, text) in work.loses.items():
        told = f"{scores[name].message} {scores[name].hint}"
        assert (scores[name].points, text in told) == (points, True), (scores[name].points, told)
