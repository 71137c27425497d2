"""What a student's notebook says when it runs the public tests."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.comparison.verdict import Outcome, Raises, Tolerance, Verdict
from grader.public_tests.case_file import PublicCase, PublicExercise, write_public
from grader.public_tests.runner import Outcomes, public_tests, run_public_tests

NUMBERS = np.array([1.0, 2.0])
DOUBLE = PublicExercise("double", ("y",), Tolerance(), (PublicCase("public-1", (NUMBERS,), 2 * NUMBERS, 3),))


def test_a_right_function_is_told_that_hidden_cases_follow(capsys: pytest.CaptureFixture[str]) -> None:
    run_public_tests(DOUBLE, lambda x: 2 * x)
    assert capsys.readouterr().out.splitlines() == [
        "All tests passed",
        "double",
        "  ✓ public-1  passed",
        "Public tests passed; hidden cases run after you submit.",
    ]


@pytest.mark.parametrize(
    ("function", "says"),
    [
        pytest.param(lambda x: 3 * x, "y is wrong in 2 of 2 elements.", id="value"),
        pytest.param(lambda x: x[:1], "y has the shape (1,), expected (2,).", id="shape"),
        pytest.param(lambda x: None, "Nothing came back (None).", id="nothing"),
    ],
)
def test_a_wrong_function_raises_what_the_comparison_says(
    function: Callable[[Any], Any], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(AssertionError) as error:
        run_public_tests(DOUBLE, function)
    assert str(error.value).startswith(f"double, public test public-1: {says}")
    out = capsys.readouterr().out
    assert says in out
    assert "passed" not in out


def test_what_is_wrong_with_a_driver_is_told_with_how_it_is_called(tmp_path: Path) -> None:
    driver = "def drive(student, x):\n    return student.double(x)"
    write_public(tmp_path / "cases.h5", (replace(DOUBLE, driver=driver, parameters=("x",)),))
    with pytest.raises(AssertionError, match=r"How it is called:\s+def drive\(student, x\):"):
        public_tests(tmp_path / "cases.h5")["double_test"](lambda x: 3 * x)


def test_the_first_test_that_fails_is_the_last_that_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    cases = tuple(replace(DOUBLE.cases[0], id=f"public-{i}") for i in range(3))
    answers = iter([2 * NUMBERS, 3 * NUMBERS])
    with pytest.raises(AssertionError, match="public-1"):
        run_public_tests(replace(DOUBLE, cases=cases), lambda x: next(answers))
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["double", "  ✓ public-0  passed"]
    assert lines[2].startswith("  ✗ public-1  wrong value  y is wrong in 2 of 2 elements.")
    assert len(lines) == 3


def test_a_notebook_shows_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[Outcomes] = []
    display = SimpleNamespace(display=shown.append)
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=object, display=display))
    run_public_tests(DOUBLE, lambda x: 2 * x)
    [outcomes] = shown
    assert "✓ public-1</td>" in outcomes._repr_html_()
    assert capsys.readouterr().out.splitlines()[0] == "All tests passed"


def test_what_an_answer_says_stays_text_in_the_table() -> None:
    wrong = Outcome(Verdict.WRONG_VALUE, "y is '<script>'.")
    table = Outcomes("<b>", (("<i>", wrong),))._repr_html_()
    assert "&lt;script&gt;" in table
    assert not re.search("<(script|b|i)>", table)


def test_ipython_that_is_imported_and_not_running_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))
    run_public_tests(DOUBLE, lambda x: 2 * x)
    assert "✓ public-1" in capsys.readouterr().out


def test_a_stub_is_said_not_to_be_written_yet(capsys: pytest.CaptureFixture[str]) -> None:
    def stub(x: Any) -> Any:
        raise NotImplementedError

    run_public_tests(DOUBLE, stub)
    assert capsys.readouterr().out == "double is not written yet.\n"


def test_a_function_that_raises_is_shown_with_its_own_exception() -> None:
    with pytest.raises(ZeroDivisionError):
        run_public_tests(DOUBLE, lambda x: 1 / 0)


def test_a_function_that_changes_its_input_spoils_no_later_test() -> None:
    def spoiler(x: Any) -> Any:
        x *= 2
        return x

    run_public_tests(DOUBLE, spoiler)
    run_public_tests(DOUBLE, spoiler)


def test_the_notebooks_own_random_numbers_go_on_undisturbed() -> None:
    random.seed(1)
    np.random.seed(1)
    expected = random.Random(1).random(), np.random.RandomState(1).rand()
    run_public_tests(DOUBLE, lambda x: 2 * x * (np.random.rand() < 2))
    assert (random.random(), np.random.rand()) == expected


def test_a_function_draws_what_it_draws_when_it_is_graded() -> None:
    seen = []

    def draws(x: Any) -> Any:
        seen.append((random.random(), np.random.rand()))
        return 2 * x

    run_public_tests(DOUBLE, draws)
    run_public_tests(DOUBLE, draws)
    np.random.seed(3)
    assert seen == [(random.Random(3).random(), np.random.rand())] * 2


def test_every_name_that_notebooks_call_is_there(tmp_path: Path) -> None:
    write_public(tmp_path / "cases.h5", [DOUBLE])
    tests = public_tests(tmp_path / "cases.h5")
    assert list(tests) == ["double_test", "double_test_1", "double_test_2"]
    tests["double_test_2"](lambda x: 2 * x)


def test_of_a_variable_of_the_right_kind_it_is_not_said_that_it_passed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = PublicCase("kind", (), 0.0, 3, kind_only=True)
    run_public_tests(replace(DOUBLE, name="spread", cases=(case,)), lambda: 7.25)
    out = capsys.readouterr().out
    assert out.splitlines() == [
        "spread",
        "  ✓ kind  of the right kind",
        "Its value is judged after you submit.",
    ]


def test_another_exception_than_the_expected_one_is_called_that(capsys: pytest.CaptureFixture[str]) -> None:
    raising = replace(DOUBLE, cases=(replace(DOUBLE.cases[0], expected=Raises("ValueError")),))
    with pytest.raises(AssertionError, match="It raised ZeroDivisionError, where it has to raise ValueError"):
        run_public_tests(raising, lambda x: 1 / 0)
    assert "✗ public-1  wrong exception" in capsys.readouterr().out
