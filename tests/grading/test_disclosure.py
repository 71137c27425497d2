"""Of a hidden case students are told nothing that its input can be spelt with, of a public one everything."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from grader.comparison.verdict import PASSED, Outcome, Raises, Verdict
from grader.grading.disclosure import HIDDEN as SAID
from grader.grading.disclosure import disclosed
from grader.models.assignment import Case
from grader.models.execution import Call, Failure, Run, Status

PUBLIC, HIDDEN = (Case("a case", public, Call("f", ()), None) for public in (True, False))
RETURNED = Run(Status.RETURNED)


@pytest.mark.parametrize(
    ("run", "outcome", "said"),
    [
        pytest.param(
            RETURNED,
            Outcome(Verdict.WRONG_SHAPE, "dW has the shape (31337, 2), expected (3, 4).", "", "dW"),
            "dW has another shape than expected. (hidden case)",
            id="a shape",
        ),
        pytest.param(
            RETURNED,
            Outcome(Verdict.WRONG_VALUE, "grads['dW7'] is wrong in 7 of 12 elements.", "", "grads['dW7']"),
            "grads is wrong. (hidden case)",
            id="a key and a count",
        ),
        pytest.param(
            RETURNED,
            Outcome(Verdict.WRONG_STRUCTURE, "7 values came back, expected 2: a, b."),
            "The result has other keys, or another length, than expected. (hidden case)",
            id="a number of values",
        ),
        pytest.param(
            RETURNED,
            Outcome(Verdict.WRONG_DTYPE, "W holds int8 numbers, expected float64.", "", "W"),
            "W holds numbers of another kind than expected. (hidden case)",
            id="a dtype",
        ),
        pytest.param(
            RETURNED,
            Outcome(Verdict.WRONG_TYPE, "W is text, expected an array.", "", "W"),
            "W is of another type than expected. (hidden case)",
            id="a type",
        ),
        pytest.param(
            RETURNED,
            Outcome(Verdict.CHANGED_INPUT, "It changes the caller's A and W."),
            "It changes its input. (hidden case)",
            id="which inputs are changed",
        ),
        pytest.param(
            Run(Status.RAISED, failure=Failure("KeyError", "secret")),
            Outcome(Verdict.DID_NOT_RUN, "It raised KeyError."),
            "It raised an exception. (hidden case)",
            id="an exception",
        ),
        pytest.param(
            Run(Status.CRASHED, failure=Failure("Crash", "signal 7")),
            Outcome(Verdict.DID_NOT_RUN, "It crashed.", "What was seen: signal 7."),
            "It crashed. (hidden case)",
            id="a signal",
        ),
        pytest.param(
            Run(Status.TIMED_OUT, failure=Failure("TimeoutError", "late")),
            Outcome(Verdict.DID_NOT_RUN, "It timed out: late."),
            "It timed out. (hidden case)",
            id="no answer",
        ),
        pytest.param(
            Run(Status.MISSING),
            Outcome(Verdict.DID_NOT_RUN, "The function is not defined when its cell has run."),
            "The function is not defined when its cell has run. (hidden case)",
            id="no function",
        ),
        pytest.param(RETURNED, PASSED, "", id="a right answer"),
    ],
)
def test_a_hidden_case_is_told_in_fixed_words(run: Run, outcome: Outcome, said: str) -> None:
    assert disclosed(HIDDEN, run, outcome, None) == said
    assert disclosed(PUBLIC, run, outcome, None, beside_loans=True) == said.removesuffix(" (hidden case)")


def test_a_public_case_is_told_whole() -> None:
    outcome = Outcome(Verdict.WRONG_VALUE, "W is wrong.", "Yours is 1, expected 2.", "W")
    assert disclosed(PUBLIC, RETURNED, outcome, None) == "W is wrong. Yours is 1, expected 2."


def test_the_failure_of_a_public_case_is_told_where_it_happened() -> None:
    failing: Any = "ValueError: no, in cell 7"
    run = Run(Status.RAISED, failure=Failure("ValueError", "no"))
    outcome = Outcome(Verdict.DID_NOT_RUN, "It raised ValueError.")
    assert disclosed(PUBLIC, run, outcome, failing) == failing


def test_an_exception_in_place_of_another_is_told_with_the_one_that_is_expected() -> None:
    failing: Any = "RuntimeError: no, in cell 7"
    run = Run(Status.RAISED, failure=Failure("RuntimeError", "no"))
    outcome = Outcome(Verdict.DID_NOT_RUN, "It raised RuntimeError.", "It has to raise ValueError.")
    public, hidden = (dataclasses.replace(case, expected=Raises("ValueError")) for case in (PUBLIC, HIDDEN))
    assert disclosed(public, run, outcome, failing) == f"It has to raise ValueError. It raised {failing}."
    assert "ValueError" not in disclosed(hidden, run, outcome, failing)


@pytest.mark.parametrize(
    "path",
    [
        "docs/student.md",
        "grader/reports/notebook_remarks.py",
        "grader/reports/templates/feedback.html",
        "grader/reports/templates/notebook.html",
    ],
)
def test_what_a_hidden_case_tells_is_one_sentence_everywhere(path: str) -> None:
    assert SAID in (Path(__file__).parents[2] / path).read_text(encoding="utf-8")
