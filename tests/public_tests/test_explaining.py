"""A failed public test has the hint of the grader and the smallest call that fails in the same way."""

from __future__ import annotations

import copy
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.comparison.verdict import Tolerance, Verdict
from grader.models import serialization
from grader.public_tests import explaining
from grader.public_tests.attempts import attempts
from grader.public_tests.case_file import PublicCase, PublicExercise
from grader.public_tests.explaining import hint_of, smallest_example
from grader.public_tests.further_cases import HANDOUT, further_cases

X = np.array([[1.5, 2.25, 3.125]])
MEAN = PublicExercise(
    "mean", ("y",), Tolerance(), (PublicCase("public-1", (X,), X / 3, 0),), parameters=("x",)
)
SMALL = tuple(
    PublicCase(f"small-{i}", (x,), x / x.shape[1], 0)
    for i, x in enumerate([np.array([[2.0]]), np.array([[2.0, 4.0]])])
)


def hint(function: Callable[..., Any]) -> str:
    failed, *others = attempts(MEAN, function, MEAN.cases)
    return hint_of(MEAN, failed, others, function)


def mean(x: Any) -> None:
    x.sum()


def unbound(x: Any) -> Any:
    return nump.sum(x)  # type: ignore[name-defined]  # noqa: F821


def unimported(x: Any) -> Any:
    return copy_of(x)


def copy_of(x: Any) -> Any:
    raise NameError("name 'copy' is not defined", name="copy")


def absent_file(x: Any) -> Any:
    return open("absent.txt")  # noqa: PTH123


@pytest.mark.parametrize(
    ("function", "says"),
    [
        pytest.param(lambda x: x, "Every element is 3 times the expected value.", id="a value"),
        pytest.param(mean, "The function has no `return`.", id="no return"),
        pytest.param(unbound, "No cell that has run defines `nump`.", id="a name"),
        pytest.param(unimported, "Add `import copy` to a cell above.", id="an import"),
        pytest.param(lambda x: np.sum(x, axis=7, y=x), "has no parameter `y`", id="an option that is none"),
        pytest.param(absent_file, "", id="a file, of which the hint is about the sandbox"),
        pytest.param(lambda x: object(), "", id="an object"),
    ],
)
def test_the_hint_is_that_of_the_grader(function: Callable[..., Any], says: str) -> None:
    assert says in hint(function) if says else hint(function) == ""


def test_a_hint_that_cannot_be_found_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explaining.hints, "hint", lambda *_: 1 / 0)
    assert hint(lambda x: x) == ""


def example(function: Callable[..., Any], cases: tuple[PublicCase, ...] = SMALL) -> str:
    failed = next(attempts(MEAN, function, MEAN.cases))
    return smallest_example(MEAN, failed, function, cases)


def test_the_smallest_call_that_fails_alike_is_shown() -> None:
    assert example(lambda x: x) == "mean(np.array([[2., 4.]]))\ny, yours: [[2, 4]]\ny, expected: [[1, 2]]"


def test_a_call_that_fails_otherwise_is_no_example() -> None:
    def other(x: Any) -> Any:
        return x if x.shape[1] == 3 else x[0]

    assert example(other) == ""


def test_an_exception_is_shown_on_the_smallest_call_that_raises_it() -> None:
    raises = "yours: raises AttributeError: 'numpy.ndarray' object has no attribute 'y'"
    assert example(lambda x: x.y) == f"mean(np.array([[2.]]))\n{raises}\nexpected: [[2]]"


def test_an_example_is_preferably_of_the_same_part_of_the_answer() -> None:
    both = replace(
        MEAN,
        results=("y", "z"),
        cases=tuple(replace(case, expected=(case.expected, case.expected)) for case in MEAN.cases),
    )
    small = tuple(replace(case, expected=(case.expected, case.expected)) for case in SMALL)

    def function(x: Any) -> Any:
        right = x / x.shape[1]
        return (-right, right) if x.shape[1] == 1 else (right, -right)

    failed = next(attempts(both, function, both.cases))
    assert "z, yours: " in smallest_example(both, failed, function, small)


def test_small_calls_print_nothing_and_stop_in_time(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = []

    def function(x: Any) -> Any:
        calls.append(x)
        sys.stdout.write("noise")
        return x + 1

    failed = next(attempts(MEAN, function, MEAN.cases))
    capsys.readouterr()
    calls.clear()
    assert smallest_example(MEAN, failed, function, SMALL)
    assert len(calls) == 2
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(explaining, "PATIENCE", -1.0)
    assert smallest_example(MEAN, failed, function, SMALL) == ""
    assert len(calls) == 2


def test_a_call_that_is_too_long_to_read_is_no_example() -> None:
    long = PublicCase("small-9", (np.ones((1, 200)),), np.ones((1, 200)) / 200, 0)
    assert example(lambda x: x, (long,)) == ""


# ---------------------------------------------------------------- the file with small calls


def test_small_calls_are_read_from_the_file_of_grader_check(tmp_path: Path) -> None:
    further = [serialization.encode((case.args, case.expected, [])) for case in SMALL]
    further.append(serialization.encode(((np.ones(1),), np.array([np.nan]), [])))
    content = {"exercises": [{"name": "other", "further": []}, {"name": "mean", "further": further}]}
    (tmp_path / HANDOUT).write_bytes(zlib.compress(serialization.encode(content)))
    found = further_cases(tmp_path / HANDOUT, "mean")
    assert [case.args[0].tolist() for case in found] == [[[2.0]], [[2.0, 4.0]]]
    assert further_cases(tmp_path / HANDOUT, "absent") == ()


@pytest.mark.parametrize("data", [None, b"", b"no file of ours", zlib.compress(b"nor this")])
def test_without_a_sound_file_there_are_none(data: bytes | None, tmp_path: Path) -> None:
    if data is not None:
        (tmp_path / HANDOUT).write_bytes(data)
    assert further_cases(tmp_path / HANDOUT, "mean") == ()


def test_an_attempt_leaves_the_case_as_it_was() -> None:
    before = copy.deepcopy(MEAN.cases[0].args)
    [attempt] = attempts(MEAN, lambda x: x.fill(0), MEAN.cases)
    assert attempt.outcome.verdict is Verdict.WRONG_TYPE
    assert np.array_equal(MEAN.cases[0].args[0], before[0])
