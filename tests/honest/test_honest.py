"""Honest programs that a strict sandbox might break score full marks at every level."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.comparison.verdict import Verdict
from grader.errors import IsolationError
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.sandbox.fork_server import ForkServer

HERE = Path(__file__).parent / "programs"
COURSE = HERE.parents[1] / "attacks" / "course"
PROGRAMS = sorted(path.stem for path in HERE.glob("*.py"))
LEVELS = {
    "full": ("seccomp", "landlock", "mounts", "rlimits"),
    "strong, without mounts": ("seccomp", "landlock", "rlimits"),
    "strong, without landlock": ("seccomp", "mounts", "rlimits"),
}
TIMEOUT = 20.0
"""Seconds for each call. Matplotlib takes more than one to find its fonts."""


@pytest.fixture(scope="module", params=LEVELS)
def ready(request: pytest.FixtureRequest) -> Iterator[tuple[Assignment, ForkServer]]:
    """The tiny assignment, and a sandbox at each level."""
    try:
        with ForkServer(TIMEOUT, "strong", LEVELS[request.param]) as server:
            yield prepare(load(Course(COURSE), "tiny"), server, "a seed"), server
    except IsolationError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_honest_program_scores_full_marks(ready: tuple[Assignment, ForkServer], program: str) -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for path in (COURSE / "solutions" / "tiny.py", HERE / f"{program}.py")
    ]
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]
    data = json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}).encode()
    assignment, server = ready
    report = grade(assignment, server, data, id=program, file=f"{program}.ipynb")
    failed = {score.name: score.message for score in report.exercises if score.verdict is not Verdict.PASSED}
    assert failed == {}
    assert report.points == assignment.max_points
    assert {score.credited for score in report.exercises} == {"as_written"}


def test_there_are_programs() -> None:
    assert len(PROGRAMS) >= 25
