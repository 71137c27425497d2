"""What a student's notebook says when it runs the public tests."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.comparison.verdict import Raises, Tolerance
from grader.public_tests.card import Card
from grader.public_tests.case_file import PublicCase, PublicExercise, write_public
from grader.public_tests.runner import PublicTests, public_tests
from grader.public_tests.tracebacks import PublicTestFailed

NUMBERS = np.array([1.0, 2.0])
DOUBLE = PublicExercise(
    "double", ("y",), Tolerance(), (PublicCase("public-1", (NUMBERS,), 2 * NUMBERS, 3),), parameters=("x",)
)
THREE = replace(DOUBLE, cases=tuple(replace(DOUBLE.cases[0], id=f"public-{i}") for i in (1, 2, 3)))


def run(exercise: PublicExercise, function: Any, others: Sequence[PublicExercise] = ()) -> None:
    exercises = {one.name: one for one in (exercise, *others)}
    PublicTests(exercises, Path("absent")).run(exercise.name, function)


def test_a_right_function_is_told_so_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    run(THREE, lambda x: 2 * x)
    assert capsys.readouterr().out == (
        "All tests passed: 3 of 3 of double. Hidden cases run after you submit.\n"
    )


@pytest.mark.parametrize(
    ("function", "says"),
    [
        pytest.param(lambda x: 3 * x, "y is wrong in 2 of 2 elements.", id="value"),
        pytest.param(lambda x: x[:1], "y has the shape (1,), expected (2,).", id="shape"),
        pytest.param(lambda x: None, "It returns nothing (None).", id="nothing"),
    ],
)
def test_a_wrong_function_raises_what_the_comparison_says(
    function: Callable[[Any], Any], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(AssertionError) as error:
        run(DOUBLE, function)
    assert f"0 of 1 public test passed. public-1: {says}" in str(error.value)
    assert f"  public-1: {says}" in capsys.readouterr().out


def test_all_cases_run_and_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    answers = iter([3 * NUMBERS, 2 * NUMBERS, 3 * NUMBERS])
    with pytest.raises(PublicTestFailed, match="wrong value; 1 of 3 public tests passed"):
        run(THREE, lambda x: next(answers))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "✗ double: wrong value; 1 of 3 public tests passed."
    assert lines[-3:] == ["  ✗ public-1  wrong value", "  ✓ public-2  passed", "  ✗ public-3  wrong value"]


def test_a_case_that_raises_does_not_keep_the_others_from_running() -> None:
    seen = []

    def raises(x: Any) -> Any:
        seen.append(x)
        raise ValueError("first")

    with pytest.raises(ValueError, match="first"):
        run(THREE, raises)
    assert len(seen) == 3


def test_a_notebook_shows_a_card(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    shown: list[Card] = []
    display = SimpleNamespace(display=shown.append)
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=object, display=display))
    with pytest.raises(PublicTestFailed) as error:
        run(THREE, lambda x: 3 * x)
    [card] = shown
    assert "public-1: y is wrong in 2 of 2 elements." in card._repr_html_()
    assert capsys.readouterr().out == ""
    assert error.value._render_traceback_() == [card.title]


def test_ipython_that_is_imported_and_not_running_shows_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))
    with pytest.raises(PublicTestFailed):
        run(DOUBLE, lambda x: 3 * x)
    assert "✗ double: wrong value" in capsys.readouterr().out


def test_what_is_wrong_with_a_driver_is_told_with_how_it_is_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    driver = "import numpy\n\ndef drive(student, x):\n    return student.double(x)"
    write_public(tmp_path / "cases.h5", (replace(DOUBLE, driver=driver),))
    with pytest.raises(PublicTestFailed):
        public_tests(tmp_path / "cases.h5")["double_test"](lambda x: 3 * x)
    said = capsys.readouterr().out
    assert "How it is called:\n    def drive(student, x):\n        return student.double(x)" in said
    assert "import numpy" not in said


def test_a_stub_is_said_not_to_be_written_yet(capsys: pytest.CaptureFixture[str]) -> None:
    def stub(x: Any) -> Any:
        raise NotImplementedError

    run(DOUBLE, stub)
    assert capsys.readouterr().out == "double is not written yet.\n"


@pytest.mark.parametrize("given", [None, NUMBERS], ids=["nothing", "an answer"])
def test_a_test_of_anything_but_a_function_says_what_to_type(given: Any) -> None:
    with pytest.raises(PublicTestFailed, match=r"takes the function itself.*: double_test\(double\)"):
        run(DOUBLE, given)


def test_a_function_that_changes_its_input_spoils_no_later_test() -> None:
    def spoiler(x: Any) -> Any:
        x *= 2
        return x

    run(THREE, spoiler)
    run(DOUBLE, spoiler)


def test_a_function_that_must_not_change_its_input_is_told_which(capsys: pytest.CaptureFixture[str]) -> None:
    def spoiler(x: Any) -> Any:
        x *= 2
        return x

    with pytest.raises(PublicTestFailed, match="changes its input"):
        run(replace(DOUBLE, pure=True), spoiler)
    assert "It changes the caller's x." in capsys.readouterr().out
    run(replace(DOUBLE, pure=True), lambda x: 2 * x)


def test_the_notebooks_own_random_numbers_go_on_undisturbed() -> None:
    random.seed(1)
    np.random.seed(1)
    expected = random.Random(1).random(), np.random.RandomState(1).rand()
    run(DOUBLE, lambda x: 2 * x * (np.random.rand() < 2))
    assert (random.random(), np.random.rand()) == expected


def test_a_function_draws_what_it_draws_when_it_is_graded() -> None:
    seen = []

    def draws(x: Any) -> Any:
        seen.append((random.random(), np.random.rand()))
        return 2 * x

    run(DOUBLE, draws)
    run(DOUBLE, draws)
    np.random.seed(3)
    assert seen == [(random.Random(3).random(), np.random.rand())] * 2


def test_every_name_that_notebooks_call_is_there(tmp_path: Path) -> None:
    write_public(tmp_path / "cases.h5", [DOUBLE])
    tests = public_tests(tmp_path / "cases.h5")
    assert list(tests) == ["double_test", "double_test_1", "double_test_2"]
    tests["double_test_2"](lambda x: 2 * x)


KIND = PublicCase("kind", (), 0.0, 3, kind_only=True)
SPREAD = replace(
    DOUBLE,
    name="spread",
    cases=(KIND,),
    parameters=(),
    driver="def drive(student):\n    return student.spread",
)


def test_of_a_variable_of_the_right_kind_it_is_not_said_that_it_passed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(SPREAD, 7.25)
    assert capsys.readouterr().out == "spread is of the right kind. Its value is judged after you submit.\n"


def test_of_a_variable_of_another_kind_no_case_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(PublicTestFailed):
        run(SPREAD, "7.25")
    assert capsys.readouterr().out.splitlines() == [
        "✗ spread: wrong type.",
        "  y is text, expected a number.",
    ]


def test_another_exception_than_the_expected_one_is_called_that(capsys: pytest.CaptureFixture[str]) -> None:
    raising = replace(DOUBLE, cases=(replace(DOUBLE.cases[0], expected=Raises("ValueError")),))
    with pytest.raises(PublicTestFailed, match="wrong exception"):
        run(raising, lambda x: 1 / 0)
    assert (
        "It has to raise ValueError. It raised ZeroDivisionError: division by zero."
        in capsys.readouterr().out
    )


@pytest.mark.parametrize("name", ["ValueError", "ArithmeticError"])
def test_an_expected_exception_passes(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    def raises(x: Any) -> Any:
        raise ZeroDivisionError if name == "ArithmeticError" else ValueError

    run(replace(DOUBLE, cases=(replace(DOUBLE.cases[0], expected=Raises(name)),)), raises)
    assert "All tests passed" in capsys.readouterr().out


def test_a_judge_that_is_at_fault_is_not_the_students_fault() -> None:
    judge = "def judge(case, expected, answer):\n    return 1 / 0"
    with pytest.raises(PublicTestFailed, match=r"at fault, not your function.*Tell your instructor"):
        run(replace(DOUBLE, judge=judge), lambda x: 2 * x)


# ---------------------------------------------------------------- what it calls comes first

FOUR = replace(DOUBLE, name="four", cases=(PublicCase("public-1", (NUMBERS,), 4 * NUMBERS, 3),))


def notebook(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(source, names)
    return names


CALLER = (
    "def four(x):\n    return twice(double(x))\ndef twice(x):\n    return double(x) if False else 2 * x\n"
)


def test_a_function_that_is_called_and_fails_is_to_be_mended_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = notebook(f"{CALLER}def double(x):\n    print('noise')\n    return 3 * x")
    with pytest.raises(
        PublicTestFailed, match="double, which this calls, fails its own test: mend that first"
    ):
        run(FOUR, names["four"], [DOUBLE])
    lines = capsys.readouterr().out.splitlines()
    card = lines[lines.index("✗ four: wrong value; 0 of 1 public test passed.") :]
    assert card[1] == "  double, which this calls, fails its own test: mend that first."
    assert "noise" not in card
    assert not any("Hint" in line for line in card)


def test_a_function_that_is_called_and_raises_is_to_be_mended_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = notebook(f"{CALLER}def double(x):\n    return x.y")
    with pytest.raises(AttributeError):
        run(FOUR, names["four"], [DOUBLE])
    assert "double, which this calls, fails its own test" in capsys.readouterr().out


def test_a_function_that_is_called_and_not_written_is_to_be_written_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = notebook(f"{CALLER}def double(x):\n    raise NotImplementedError")
    run(FOUR, names["four"], [DOUBLE])
    said = "double, which this calls, is not written yet: write that first.\n"
    assert capsys.readouterr().out == said


def test_a_function_whose_calls_are_right_is_explained_itself(capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook("def four(x):\n    return double(x)\ndef double(x):\n    return 2 * x")
    with pytest.raises(PublicTestFailed):
        run(FOUR, names["four"], [DOUBLE])
    assert "which this calls" not in capsys.readouterr().out
