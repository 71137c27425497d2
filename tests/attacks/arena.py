"""Grades hostile programs on the tiny assignment, and says all that became of each."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rich.console import Console

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.models.execution import Program, Statement
from grader.models.report import Header, Report
from grader.reports.feedback_page import write_feedback
from grader.reports.terminal import submission_view
from grader.results.gradebook import write_gradebook
from grader.results.results_json import write_results
from grader.sandbox.fork_server import ForkServer

HERE = Path(__file__).parent
COURSE = HERE / "course"
PROGRAMS = (
    "channels",
    "comparison",
    "decoder",
    "determinism",
    "escape",
    "exhaustion",
    "forgery",
    "interference",
    "report",
    "theft",
)
ACHIEVING = ("channels", "escape", "interference", "theft")
"""The groups whose programs return a text that begins with `achieved` when they get what they want."""

PLANTED = ("marzipan-owl", "5.318008")
"""What is in the hidden inputs, as `course/testcases/tiny.py` has it."""
OTHERS = ("biscuits-elk", "6.129417")
"""What else could be there."""

LEVELS: Mapping[str, Sequence[str]] = {
    "full": ("seccomp", "landlock", "mounts", "rlimits"),
    "strong, without mounts": ("seccomp", "landlock", "rlimits"),
    "strong, without landlock": ("seccomp", "mounts", "rlimits"),
}
TIMEOUT = 1.0
"""Seconds for each call. What never ends is waited for, and no attack needs more to get what it wants."""
NOT_ISOLATED = 77
"""The exit status of `user.py` where its user cannot isolate anything."""


@dataclass(frozen=True)
class Bout:
    """What became of one attack: each function's points, verdict and status, and whatever anyone is shown.

    `returned` has the texts that the program returned when it was called again and again, `next_points`
    what a right submission earned that was graded next.
    """

    scores: Mapping[str, tuple[float, str, str]]
    shown: str
    seconds: float
    returned: Sequence[str]
    next_points: float


class Arena:
    """One sandbox, and the tiny assignment in it, its hidden inputs planted with `planted`."""

    def __init__(self, server: ForkServer, course: Path = COURSE) -> None:
        self.server = server
        self.assignment = prepare(load(Course(course), "tiny"), server, "a seed")
        self.bout = cache(self._bout)

    def grade(self, *cells: str) -> Report:
        """The report of a notebook of these code cells."""
        return grade(self.assignment, self.server, notebook(*cells), id="someone", file="someone.ipynb")

    def attack(self, name: str) -> Report:
        """The report of a right submission, some functions of which an attack has replaced."""
        return self.grade(right(), source(name))

    def _bout(self, name: str) -> Bout:
        start = time.monotonic()
        report = self.attack(name)
        return Bout(
            {
                score.name: (score.points, score.verdict.value, score.status.value)
                for score in report.exercises
            },
            self.shown(report),
            time.monotonic() - start,
            self.returned(name) if name.startswith(ACHIEVING) else (),
            self.grade(right()).points or 0.0,
        )

    def returned(self, name: str) -> list[str]:
        """The texts that `norm` of an attack returns in two processes, one after the other."""
        call = next(e.cases[0].call for e in self.assignment.exercises if e.name == "norm")
        program = Program((Statement(1, 1, source(name)),))
        values = [run.value for _ in range(2) for run in self.server.run(program, [call])]
        return [value for value in values if isinstance(value, str)]

    def shown(self, report: Report) -> str:
        """All that is written of a report, for anyone; how long things took is left out."""
        return shown(self.assignment, self.server, report)


def shown(assignment: Assignment, server: ForkServer, report: Report) -> str:
    """Feedback, results.json, grades.csv and the view in a terminal, one after the other."""
    report = _timeless(report)
    header = Header(
        grader="",
        assignment=assignment.name,
        assignment_sha256=assignment.sha256,
        seed_sha256=assignment.seed_sha256,
        python="",
        numpy="",
        isolation=server.isolation,
    )
    terminal = io.StringIO()
    Console(file=terminal, width=200, force_terminal=True).print(submission_view(report))
    return "\n".join(
        [
            write_feedback(header, report).decode(),
            write_results(header, [report]).decode(),
            b"".join(write_gradebook([report])).decode(),
            re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue()),  # rich's own colours
        ]
    )


def _timeless(report: Report) -> Report:
    scores = (
        replace(score, cases=tuple(replace(case, seconds=0) for case in score.cases))
        for score in report.exercises
    )
    return replace(report, seconds=0, exercises=tuple(scores))


# ---------------------------------------------------------------- submissions


def names(groups: Iterable[str] = PROGRAMS) -> list[str]:
    """The hostile programs, as `group/name`."""
    return sorted(f"{group}/{path.stem}" for group in groups for path in (HERE / group).glob("*.py"))


def source(name: str) -> str:
    """The text of a hostile program."""
    return (HERE / f"{name}.py").read_text(encoding="utf-8")


@cache
def right() -> str:
    """The text of a submission that is right."""
    return (COURSE / "solutions" / "tiny.py").read_text(encoding="utf-8")


def notebook(*cells: str) -> bytes:
    """A notebook of these code cells."""
    code = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": text} for text in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": code}).encode()


def planted_with(folder: Path, planted: Sequence[str]) -> Path:
    """A copy of the course, in `folder`, whose hidden inputs hold something else."""
    for path in COURSE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for old, new in zip(PLANTED, planted, strict=True):
            text = text.replace(old, new)
        copy = folder / path.relative_to(COURSE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text, encoding="utf-8")
    return folder
