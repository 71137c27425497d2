"""A failure is told where its author looks for it: in the graded function, then in what that called."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.grading.failure_place import Failing
from grader.models.assignment import Wanted
from grader.models.execution import Failure
from grader.models.report import Report, Score
from grader.models.submission import Cell
from grader.notebooks.extraction import extract
from grader.reports.wording import failing_line

NUMPY = "import numpy as np"
BACKWARD = (
    "def linear_backward(dZ, cache):\n    A, W, b = cache\n    return W.T @ dZ, dZ @ A.T / A.shape[1], {db}"
)
SUM = "dZ.sum(axis=1, keepdims=True) / A.shape[1]"
UP = """def linear_activation_backward(dA, cache, activation):
    (A, W, b), Z = cache
    dZ = dA * (Z > 0) if activation == "relu" else dA / (1 + np.exp(-Z)) / (1 + np.exp(Z))
    return linear_backward(dZ, {cache})"""


def score_of(report: Report, name: str) -> Score:
    return next(score for score in report.exercises if score.name == name)


def test_a_wrong_call_of_another_graded_function_is_placed_at_the_call(
    graded: Callable[..., Report],
) -> None:
    report = graded(NUMPY, BACKWARD.format(db=SUM), UP.format(cache="(A, W)"))
    score = score_of(report, "linear_activation_backward")
    assert (score.cell, score.line) == (3, 4)
    assert score.message == (
        "ValueError: not enough values to unpack (expected 3, got 2), "
        "in a call of linear_backward (the 2nd code cell, line 2)"
    )
    assert score.cases[0].message == score.message


def test_a_helper_of_ones_own_is_named_too(graded: Callable[..., Report]) -> None:
    helper = "rate = 1\n\n\ndef mean(x, m):\n    def share():\n        return x / m\n    return share()"
    report = graded(NUMPY, helper, BACKWARD.format(db="mean(dZ, 'm')"))
    score = score_of(report, "linear_backward")
    assert (score.cell, score.line) == (3, 3)
    assert score.message.endswith(", in a call of share (the 2nd code cell, line 6)")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("    return [1 / 0 for _ in dZ]", id="a comprehension"),
        pytest.param("    return 1 / 0 if dZ is None else linear_backward(None, cache)", id="a recursion"),
        pytest.param("    return (lambda: 1 / 0)()", id="a lambda"),
        pytest.param("    return np.linalg.inv(dZ[:0])", id="a library"),
    ],
)
def test_what_fails_in_the_function_itself_is_in_a_call_of_nothing_else(
    graded: Callable[..., Report], body: str
) -> None:
    score = score_of(graded(NUMPY, f"def linear_backward(dZ, cache):\n{body}"), "linear_backward")
    assert (score.cell, score.line) == (2, 2)
    assert "in a call of" not in score.message


def test_a_hidden_case_tells_neither_a_line_nor_an_exception(graded: Callable[..., Report]) -> None:
    lines = "\n".join(f"    if len(A) == {n}:\n        return 1 / 0" for n in (4, 7))
    helper = f"def helper(A):\n{lines}\n    return A"
    report = graded(helper, "def linear_forward(A, W, b):\n    return helper(W @ A + b), (A, W, b)")
    score = score_of(report, "linear_forward")
    assert all(case.message == "" for case in score.cases if case.public)
    assert (score.cell, score.line) == (2, 1)
    assert score.message == "It raised an exception. (hidden case)"
    assert score.hint == ""
    assert failing_line(score) is None


def test_what_a_small_call_shows_too_is_told_of_a_hidden_case(graded: Callable[..., Report]) -> None:
    lines = "    if W.shape[0] in (2, 4, 7):\n        return 1 / 0, None"
    report = graded(f"def linear_forward(A, W, b):\n{lines}\n    return W @ A + b, (A, W, b)")
    score = score_of(report, "linear_forward")
    assert all(case.message == "" for case in score.cases if case.public)
    assert (score.cell, score.line) == (1, 3)
    assert score.message == "It raised ZeroDivisionError, in a small call too. (hidden case)"
    assert score.hint == "It divides by zero."
    assert failing_line(score) == 3


def test_another_line_of_a_small_call_is_its_own(graded: Callable[..., Report]) -> None:
    lines = "\n".join(f"    if W.shape[0] == {n}:\n        return 1 / 0, None" for n in (2, 4, 7))
    report = graded(f"def linear_forward(A, W, b):\n{lines}\n    return W @ A + b, (A, W, b)")
    score = score_of(report, "linear_forward")
    assert score.message == "It raised an exception. (hidden case)"
    assert "ZeroDivisionError" in score.example
    assert failing_line(score) is None


# ---------------------------------------------------------------- modules


@pytest.mark.parametrize(
    ("imports", "used", "place"),
    [
        pytest.param("from quark.special import strange", "strange(x)", "the 1st", id="a name of it"),
        pytest.param("import quark.special as q", "q.strange(x)", "the 1st", id="under another name"),
        pytest.param("import quark", "quark.strange(x)", "the 1st", id="itself"),
        pytest.param("from quark import *", "strange(x)", "the 1st", id="a name of all of it"),
        pytest.param(
            "from quark import *\nK = strange(3)",
            "K * x",
            "the 1st",
            id="what is made of it",
        ),
        pytest.param("", "__import__('quark') if 0 else load(x)", "the 3rd", id="in a function"),
    ],
)
def test_a_module_that_is_not_here_is_named_to_whom_needs_it(
    graded: Callable[..., Report], imports: str, used: str, place: str
) -> None:
    load = "def load(x):\n    import quark.special\n    return x" if not imports else "rate = 1"
    source = f"def linear_forward(A, W, b):\n    x = W @ A + b\n    return {used}, (A, W, b)"
    report = graded(f"{NUMPY}\n{imports}", source, load)
    score = score_of(report, "linear_forward")
    assert score.message.startswith("No module named 'quark")
    assert score.message.endswith(f" on this machine ({place} code cell, line 2)")
    assert score.lacks == "quark"


@pytest.mark.parametrize(
    ("imports", "used", "message"),
    [
        pytest.param(
            "from numpy import nothing",
            "nothing(x)",
            "ImportError: cannot import name 'nothing' from 'numpy'",
            id="a name",
        ),
        pytest.param(
            "from numpy.linalg import nothing as n",
            "n(x)",
            "ImportError: cannot import name 'nothing' from 'numpy.linalg'",
            id="under another name",
        ),
        pytest.param(
            "from numpy import nothing\nK = nothing(3)",
            "K * x",
            "ImportError: cannot import name 'nothing' from 'numpy'",
            id="what is made of it",
        ),
        pytest.param(
            "import numpy.nothing as n",
            "n.f(x)",
            "ModuleNotFoundError: No module named 'numpy.nothing'",
            id="a module",
        ),
        pytest.param(
            "from numpy.nothing import *",
            "strange(x)",
            "ModuleNotFoundError: No module named 'numpy.nothing'",
            id="all of a module",
        ),
    ],
)
def test_what_a_package_that_is_here_does_not_have_is_named_at_the_import(
    graded: Callable[..., Report], imports: str, used: str, message: str
) -> None:
    source = f"def linear_forward(A, W, b):\n    x = W @ A + b\n    return {used}, (A, W, b)"
    score = score_of(graded(f"{NUMPY}\n{imports}", source), "linear_forward")
    assert score.message == message, "and no path of this machine"
    assert (score.cell, score.line, score.lacks, score.example) == (1, 2, "", "")


def test_a_name_is_no_fault_of_a_star_import_that_works(graded: Callable[..., Report]) -> None:
    source = "def linear_forward(A, W, b):\n    return W @ A + {}, (A, W, b)"
    right = graded(f"{NUMPY}\nfrom math import *", source.format("b * cos(0)"))
    assert (score_of(right, "linear_forward").points, right.notes) == (10, ())
    wrong = graded(f"{NUMPY}\nfrom math import *", source.format("b * strange(0)"))
    assert score_of(wrong, "linear_forward").message == "NameError: name 'strange' is not defined"


def test_a_module_that_is_not_needed_costs_nothing(graded: Callable[..., Report]) -> None:
    source = "import quark\nfrom quark import *"
    report = graded(f"{source}\n{NUMPY}", BACKWARD.format(db=SUM))
    score = score_of(report, "linear_backward")
    assert (score.points, score.lacks) == (10, "")


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(Failure("ModuleNotFoundError", "No module named 'lepton'"), id="that is not imported"),
        pytest.param(Failure("ModuleNotFoundError", "No module named 'math'"), id="that is here"),
        pytest.param(Failure("ValueError", "No module named 'quark'"), id="by another exception"),
        pytest.param(Failure("ModuleNotFoundError", "quark is missing"), id="in other words"),
    ],
)
def test_nobody_is_told_to_install_a_module(failure: Failure) -> None:
    cells = [Cell(1, "import quark, math"), Cell(2, "def f(x):\n    return quark.f(math.pi)")]
    assert Failing(failure, "f", extract(cells, Wanted(("f",), {}, {}))).lacks == ""
