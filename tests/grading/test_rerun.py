"""What was right is asked again where memory and the order of calls are otherwise, and may differ there."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping

import numpy as np
import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.comparison.verdict import PASSED, Outcome, Verdict
from grader.grading import nondeterminism
from grader.grading.judge import Attempt
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.grading.rerun import confirmed, elsewhere, in_another_order
from grader.models.assignment import Assignment, Case
from grader.models.execution import Call, Program, Run, Statement, Status
from grader.sandbox.fork_server import ForkServer

WRONG = Outcome(Verdict.WRONG_VALUE, "It is wrong.")
CASES = tuple(Case(f"case-{i}", i < 2, Call("f", (i,), public=i < 2), i) for i in range(4))


def attempt(*outcomes: Outcome) -> Attempt:
    return Attempt(CASES[: len(outcomes)], (Run(Status.RETURNED),) * len(outcomes), outcomes)


def asked_again(
    attempts: Mapping[str, Attempt], doubtful: set[str], differing: set[str]
) -> tuple[list[list[str]], set[str]]:
    """Which functions were asked again, each time, and which are not deterministic."""
    asked: list[list[str]] = []

    def ask(some: Mapping[str, Attempt]) -> Mapping[str, Attempt]:
        asked.append(list(some))
        return {name: attempt(WRONG if name in differing else PASSED) for name in some}

    known = confirmed(attempts, doubtful.__contains__, ask)
    assert list(known) == list(attempts)
    return asked, {n for n, a in known.items() if a.outcomes[0].verdict is Verdict.NOT_DETERMINISTIC}


ATTEMPTS = {"a": attempt(PASSED), "b": attempt(PASSED), "wrong": attempt(WRONG), "c": attempt(PASSED)}


@pytest.mark.parametrize(
    ("doubtful", "differing", "asked", "found"),
    [
        pytest.param(set(), {"a"}, [], set(), id="nobody is in doubt"),
        pytest.param({"a", "wrong"}, {"b"}, [["a"]], set(), id="one is, and right again"),
        pytest.param({"a"}, {"a", "c"}, [["a"], ["b", "c"]], {"a", "c"}, id="one differs, so all are asked"),
        pytest.param({"a", "b", "c"}, {"b"}, [["a", "b", "c"]], {"b"}, id="all are asked once"),
    ],
)
def test_all_are_asked_again_when_one_differs(
    doubtful: set[str], differing: set[str], asked: list[list[str]], found: set[str]
) -> None:
    assert asked_again(ATTEMPTS, doubtful, differing) == (asked, found)


def test_each_case_has_another_before_it_and_no_public_one_comes_after_a_hidden_one() -> None:
    assert [case.id for case in in_another_order(CASES)] == ["case-1", "case-0", "case-3", "case-2"]


@pytest.mark.parametrize(
    "expression",
    [
        pytest.param("id(x)", id="the address of an array"),
        pytest.param("id(object())", id="the address of an object"),
        pytest.param("id([x])", id="the address of a list"),
        pytest.param("str(f)", id="an address in a text"),
        pytest.param("x.ctypes.data", id="where an array has its numbers"),
    ],
)
def test_addresses_are_others_in_another_process(sandbox: ForkServer, expression: str) -> None:
    program = Program((Statement(1, 1, f"def f(x):\n    return {expression}"),))
    call = Call("f", (np.ones(200),))
    runs = [sandbox.run(p, [call])[0] for p in (program, program, elsewhere(program))]
    assert [run.status for run in runs] == [Status.RETURNED] * 3
    assert runs[2].value not in {runs[0].value, runs[1].value}  # which are mostly equal


SNEAKY = """import numpy as np

def double(x):
    before = np.before if hasattr(np, "before") else None
    np.before = len(x)
    return 2 * x + (before == 4 and len(x) == 1)
"""
"""Wrong for the first time when the calls come in another order, and nothing that it names says so."""


@pytest.mark.parametrize(
    ("one_in", "verdict"),
    [
        pytest.param(2**64, Verdict.PASSED, id="not drawn"),
        pytest.param(1, Verdict.NOT_DETERMINISTIC, id="drawn"),
    ],
)
def test_a_function_that_hides_what_it_keeps_is_found_when_it_is_drawn(
    small_course: Callable[..., Course],
    sandbox: ForkServer,
    notebook: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
    one_in: int,
    verdict: Verdict,
) -> None:
    monkeypatch.setattr(nondeterminism, "ONE_IN", one_in)
    assignment = prepare(load(small_course(), "small"), sandbox, "a seed")
    (score,) = grade(assignment, sandbox, notebook(SNEAKY), id="a", file="a.ipynb").exercises
    assert (score.verdict, score.points) == (verdict, 5 if verdict is Verdict.PASSED else 0)


def test_what_is_right_by_itself_is_asked_again_too(
    assignment: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    wrong = "def linear_forward(A, W, b):\n    return None\n\n"
    kept = (
        "import builtins\nimport numpy as np\n\ndef linear_activation_forward(A, W, b, activation):\n"
        "    before = getattr(builtins, 'before', A.shape)\n    builtins.before = A.shape\n"
        "    Z, cache = linear_forward(A, W, b)\n"
        "    out = np.maximum(Z, 0) if activation == 'relu' else 1 / (1 + np.exp(-Z))\n"
        "    return out + {wrong}, (cache, Z)"
    )
    exercise = next(e for e in assignment.exercises if e.name == "linear_activation_forward")
    shapes = [case.call.args[0].shape for case in exercise.cases]
    steps = set(itertools.pairwise(shapes))
    other = [case.call.args[0].shape for case in in_another_order(exercise.cases)]
    step = next(step for step in itertools.pairwise(other) if step not in steps)
    for odd, points in (("0", 10), (f"((before, A.shape) == {step})", 0)):
        report = grade(assignment, sandbox, notebook(wrong + kept.replace("{wrong}", odd)), id="a", file="a")
        assert report.points == points
