"""What one run is worth: only an answer that passes the comparison earns."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import numpy as np
import pytest

from grader.comparison.verdict import Tolerance, Verdict
from grader.grading.judge import judge
from grader.models.assignment import Case, Exercise
from grader.models.editions import Convention, held_in
from grader.models.execution import Call, Failure, Run, Status
from grader.models.submission import Part

EARLIER = Convention(re.compile("# v1"), re.compile("public_tests"), lambda expected: 2 * expected)
DOUBLE = Exercise("double", 5, ("x",), ("y",), (), Tolerance(), False, (), ())
CASE = Case("public-1", True, Call("double", (np.ones(3),)), np.full(3, 2.0))
NOTHING = Part(())


@pytest.mark.parametrize(
    ("run", "verdict"),
    [
        pytest.param(Run(Status.RETURNED, np.full(3, 2.0)), Verdict.PASSED, id="the expected answer"),
        pytest.param(Run(Status.RETURNED, np.ones(3)), Verdict.WRONG_VALUE, id="another answer"),
        pytest.param(Run(Status.RETURNED, None), Verdict.WRONG_TYPE, id="nothing came back"),
        pytest.param(
            Run(Status.RAISED, failure=Failure("NotImplementedError", "")),
            Verdict.NOT_ATTEMPTED,
            id="the placeholder was left",
        ),
        pytest.param(
            Run(Status.RAISED, failure=Failure("ValueError", "")), Verdict.DID_NOT_RUN, id="an exception"
        ),
        pytest.param(
            Run(Status.TIMED_OUT, failure=Failure("TimeoutError", "late")),
            Verdict.DID_NOT_RUN,
            id="out of time",
        ),
        pytest.param(
            Run(Status.CRASHED, failure=Failure("Crash", "gone")), Verdict.DID_NOT_RUN, id="the child is gone"
        ),
        pytest.param(Run(Status.MISSING), Verdict.DID_NOT_RUN, id="its cell defines nothing when it runs"),
        pytest.param(
            Run(Status.RETURNED, np.full(3, 2.0), changed=(0,)),
            Verdict.PASSED,
            id="a changed input is no fault of an exercise that allows it",
        ),
    ],
)
def test_only_an_answer_that_passes_the_comparison_earns(run: Run, verdict: Verdict) -> None:
    assert judge(DOUBLE, CASE, run, NOTHING).verdict is verdict


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        pytest.param(np.full(3, 2.0), Verdict.CHANGED_INPUT, id="right otherwise"),
        pytest.param(np.ones(3), Verdict.WRONG_VALUE, id="a wrong answer is told first"),
    ],
)
def test_a_pure_exercise_minds_a_changed_input(answer: Any, verdict: Verdict) -> None:
    pure = dataclasses.replace(DOUBLE, pure=True)
    assert judge(pure, CASE, Run(Status.RETURNED, answer, changed=(0,)), NOTHING).verdict is verdict


def test_an_edition_has_its_own_expected_answer() -> None:
    edition = dataclasses.replace(DOUBLE, editions=(EARLIER,))
    [asked] = edition.asked_in(0, [CASE])
    run = Run(Status.RETURNED, np.full(3, 4.0))
    assert judge(edition, asked, run, NOTHING).verdict is Verdict.PASSED
    assert judge(edition, asked, Run(Status.RETURNED, CASE.expected), NOTHING).verdict is Verdict.WRONG_VALUE
    assert edition.asked_in(None, [CASE]) == (CASE,)


@pytest.mark.parametrize(
    ("text", "editions"),
    [
        pytest.param("# v1\ndef double(x): ...", (0,), id="marked"),
        pytest.param("def double(x): ...", (0,), id="nothing tells"),
        pytest.param("from public_tests import *", (), id="of the current edition"),
        pytest.param("from public_tests import *\n# v1", (0,), id="of both"),
    ],
)
def test_a_notebook_tells_which_editions_it_may_be_of(text: str, editions: tuple[int, ...]) -> None:
    assert held_in(text, [EARLIER]) == editions
