"""Submissions that take all they can: each is stopped at its budget, told so, and nobody else loses."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator

import pytest

from grader.grading.pipeline import grade
from grader.models.budget import Budget
from grader.sandbox.fork_server import ForkServer

from .arena import Arena, names, notebook, right, source

TIMEOUT = 0.5
BUDGET = Budget(seconds=2.0, answers=8 << 20)
PATIENCE = 10.0
"""Seconds: the budget, what a call may take beyond it, and a machine that has other things to do."""


@pytest.fixture(scope="module")
def arena() -> Iterator[Arena]:
    with ForkServer(TIMEOUT, "weak") as server:
        yield Arena(server)


@pytest.mark.parametrize("attack", names(["budget"]))
def test_a_greedy_submission_is_stopped_and_told_why(arena: Arena, attack: str) -> None:
    text = ast.get_docstring(ast.parse(source(attack))) or ""
    promised = re.match(r"It uses up the budget for (time|answers): .", text)
    assert promised, f"the first line of {attack} says nothing that can be tested"
    said = {"time": "time budget of 2 s", "answers": "budget of 8 MB for all answers"}[promised[1]]
    start = time.monotonic()
    report = grade(arena.assignment, arena.server, notebook(source(attack)), id="a", file="a", budget=BUDGET)
    assert time.monotonic() - start < PATIENCE
    assert report.status == "graded"
    assert any(f"{said} was used up by " in note for note in report.notes)
    told = {score.name: score for score in report.exercises if score.status == "not_run"}
    cases = [case for score in report.exercises for case in score.cases]
    assert any("It was not run: " in case.message and said in case.message for case in cases)
    for score in told.values():
        assert score.points == 0
        assert said in score.message
    shown = arena.shown(report)
    assert said in shown
    assert arena.grade(right()).points == 40


def test_a_right_submission_takes_less_than_a_hundredth_of_the_default_budget(arena: Arena) -> None:
    report = arena.grade(right())
    assert report.points == 40
    assert report.seconds < Budget().seconds / 100 + 0.4  # a start of a process on a busy machine
    assert not any("budget" in note for note in report.notes)
