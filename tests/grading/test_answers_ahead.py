"""What the reference answers once, before processes are forked that would each ask."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from watched import Watched

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading import answers_ahead
from grader.grading.answers_ahead import with_answers
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.models.budget import Budget
from grader.models.report import Report
from grader.sandbox.fork_server import ForkServer

SOLUTION = """# GRADED FUNCTION: inner
def inner(A, b):
    return A + b


# GRADED FUNCTION: outer
def outer(A, b):
    return inner(A, b) * 2
"""
TESTCASES = '''"""Matrices."""

import numpy as np

from grader.testcase import exercise


@exercise(points=5, public=2)
def inner(rng):
    """A (n, m) and b (n, 1)."""
    for n, m in ((2, 3), (4, 2), (3, 4)):
        yield {"A": rng.uniform(0, 1, (n, m)), "b": rng.uniform(1, 2, (n, 1))}


outer = exercise(points=5, public=2)(inner.generator)
'''
WRONG = (
    "import numpy as np",
    "def inner(A, b):\n    return A + b",
    "def outer(A, b):\n    return inner(A, b.mean()) * 2",
)


@pytest.fixture
def assignment(small_course: Callable[..., Course], sandbox: ForkServer) -> Assignment:
    return prepare(load(small_course(SOLUTION, TESTCASES), "small"), sandbox, "seed")


@pytest.fixture
def watched(sandbox: ForkServer) -> Watched:
    return Watched(sandbox)


@pytest.fixture
def graded(watched: Watched, notebook: Callable[..., bytes]) -> Callable[[Assignment], Report]:
    def report(assignment: Assignment) -> Report:
        watched.processes.clear()
        made = grade(assignment, watched, notebook(*WRONG), id="a", file="a.ipynb")
        scores = [dataclasses.replace(score, anywhere=None) for score in made.exercises]
        cases = [[dataclasses.replace(case, seconds=0.0) for case in score.cases] for score in scores]
        timeless = [dataclasses.replace(s, cases=tuple(c)) for s, c in zip(scores, cases, strict=True)]
        return dataclasses.replace(made, seconds=0.0, exercises=tuple(timeless))

    return report


def runs_of_the_reference(watched: Watched) -> int:
    sources = ["\n".join(s.source for s in rounds[0][0].statements) for rounds in watched.processes]
    return sum("b.mean()" not in source for source in sources)


def test_a_failure_is_explained_alike_and_the_reference_is_asked_no_more(
    assignment: Assignment, sandbox: ForkServer, watched: Watched, graded: Callable[[Assignment], Report]
) -> None:
    before = graded(assignment)
    assert runs_of_the_reference(watched) > 0
    after = graded(with_answers(assignment, sandbox))
    assert runs_of_the_reference(watched) == 0
    assert repr(after) == repr(before)
    assert after.exercises[1].example
    assert after.exercises[1].hint


def test_what_would_take_long_is_asked_when_a_failure_needs_it(
    assignment: Assignment,
    sandbox: ForkServer,
    watched: Watched,
    graded: Callable[[Assignment], Report],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answers_ahead, "AHEAD", Budget(seconds=1e-6))
    after = graded(with_answers(assignment, sandbox))
    assert runs_of_the_reference(watched) > 0
    assert after.exercises[1].example


def test_answers_that_are_stored_stay(assignment: Assignment, sandbox: ForkServer) -> None:
    once = with_answers(assignment, sandbox)
    assert with_answers(once, sandbox) is once
