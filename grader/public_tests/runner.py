"""Run the public tests of an exercise in the notebook, by the same comparison that grades it.

`from public_tests import *` provides `<function>_test` for each graded function, and the names
`<function>_test_1` and `<function>_test_2` that earlier notebooks call.
"""

from __future__ import annotations

import copy
import functools
import html
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from grader.comparison.compare import compare, compare_kind
from grader.comparison.judges import by_name, judge_of, judged
from grader.comparison.verdict import PASSED, Outcome, Raises, Verdict
from grader.plain.real_objects import real_objects
from grader.public_tests.case_file import PublicCase, PublicExercise, read_public
from grader.public_tests.driving import drive


def run_public_tests(exercise: PublicExercise, function: Callable[..., Any]) -> None:
    """Call a student's function on the public test cases of an exercise, up to the first that fails.

    Shows the result of each case, and `All tests passed` if so; or that the function is not written yet.

    Args:
        exercise: the exercise with its public cases.
        function: the student's function.

    Raises:
        AssertionError: an answer is wrong; the text says where.
    """
    outcomes: list[tuple[str, Outcome]] = []
    for case in exercise.cases:
        with _seeded(case.seed):
            try:
                outcome = _outcome(exercise, case, _callable(exercise, function))
            except NotImplementedError:
                print(f"{exercise.name} is not written yet.")  # noqa: T201  # output in the notebook
                return
        outcomes.append((case.id, outcome))
        if outcome.verdict is not Verdict.PASSED:
            break
    case_id, last = outcomes[-1]
    told = not all(case.kind_only for case in exercise.cases)
    if last.verdict is Verdict.PASSED and told:
        print("All tests passed")  # noqa: T201  # first, as the text of every edition says
    _show(Outcomes(exercise.name, tuple(outcomes), "passed" if told else "of the right kind"))
    if last.verdict is not Verdict.PASSED:
        how = f"\n\nHow it is called:\n\n{exercise.driver}" if exercise.parameters and exercise.driver else ""
        raise AssertionError(f"{exercise.name}, public test {case_id}: {last.message}{how}")
    first = "Public tests passed; hidden cases run" if told else "Its value is judged"
    print(f"{first} after you submit.")  # noqa: T201


def _callable(exercise: PublicExercise, function: Any) -> Callable[..., Any]:
    """Return what a test case calls: the student's function, or the driver that uses it."""
    if not exercise.driver:
        called: Callable[..., Any] = function
        return called
    main = vars(sys.modules["__main__"])  # in Jupyter, the names of the notebook
    namespace = {**main, exercise.name.partition(".")[0]: function}
    driver = _driver(exercise.driver)

    return lambda *args: drive(driver, namespace, args)


def _driver(source: str) -> Callable[..., Any]:
    namespace: dict[str, Any] = {}
    exec(compile(source, "<driver>", "exec", dont_inherit=True), namespace)  # noqa: S102  # the instructor's
    driver: Callable[..., Any] = namespace["drive"]
    return driver


def _outcome(exercise: PublicExercise, case: PublicCase, function: Callable[..., Any]) -> Outcome:
    classes = {**vars(sys.modules["__main__"]), **getattr(function, "__globals__", {})}
    args = real_objects(copy.deepcopy(case.args), classes)
    if isinstance(case.expected, Raises):
        return _raised(case.expected.exception, function, args)
    answer = function(*args)
    if case.kind_only:
        return compare_kind(case.expected, answer, exercise.results)
    if exercise.judge:
        arguments = by_name(exercise.parameters, case.args)
        return judged(judge_of(exercise.judge), arguments, case.expected, answer, exercise.results)
    return compare(case.expected, answer, exercise.results, exercise.tolerance)


def _raised(exception: str, function: Callable[..., Any], args: tuple[Any, ...]) -> Outcome:
    """Return the outcome of a call that has to raise an exception of that name."""
    try:
        function(*args)
    except NotImplementedError:
        raise
    except Exception as error:  # noqa: BLE001  # a student may raise anything
        if any(kind.__name__ == exception for kind in type(error).__mro__):
            return PASSED
        reason = f"It raised {type(error).__name__}, where it has to raise {exception}."
        return Outcome(Verdict.DID_NOT_RUN, reason)
    return Outcome(Verdict.WRONG_VALUE, f"It returned a value, where it has to raise {exception}.")


CALLED = {Verdict.DID_NOT_RUN: "wrong exception"}
"""What a table says of a verdict that it says otherwise: here any other exception is not caught."""


@dataclass(frozen=True, repr=False)
class Outcomes:
    """The outcomes of one function's public test cases: text, or a table in a notebook.

    `passed` says what it is to pass them.
    """

    name: str
    outcomes: tuple[tuple[str, Outcome], ...]
    passed: str = "passed"

    def __repr__(self) -> str:
        return "\n".join((self.name, *("  " + "  ".join(filter(None, row)) for row in self._rows())))

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self._rows())
        return f"<table><caption>{html.escape(self.name)}</caption><tbody>{rows}</tbody></table>"

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        for case_id, outcome in self.outcomes:
            right = outcome.verdict is Verdict.PASSED
            words = (
                self.passed if right else CALLED.get(outcome.verdict, outcome.verdict.value.replace("_", " "))
            )
            yield f"{'✓' if right else '✗'} {case_id}", words, outcome.message


def _cell(text: str) -> str:
    return f'<td style="text-align: left">{html.escape(text)}</td>'


def _show(outcomes: Outcomes) -> None:
    """Display a table in IPython, and print text elsewhere."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        ipython.display.display(outcomes)
    else:
        print(outcomes)  # noqa: T201


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Seed the global generators as the grader does, and restore their states afterwards."""
    before = random.getstate(), np.random.get_state()  # noqa: NPY002
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002
    try:
        yield
    finally:
        random.setstate(before[0])
        np.random.set_state(before[1])  # noqa: NPY002


def public_tests(path: Path, data: Sequence[str] = ()) -> dict[str, Callable[[Callable[..., Any]], None]]:
    """Return the test functions of the exercises in a file, by the names that notebooks call.

    Names the data files that are missing, since notebooks then fail in ways that do not.

    Args:
        path: the file.
        data: the paths of the data files that belong beside it.

    Returns:
        name -> test function.
    """
    if missing := [name for name in data if not (path.parent / name).exists()]:
        print(  # noqa: T201  # output in the notebook
            f"Missing beside {path.name}: {', '.join(missing)}. "
            "Put all that you received into the folder of your notebook."
        )
    return {
        f"{exercise.name.replace('.', '_')}_test{ending}": functools.partial(run_public_tests, exercise)
        for exercise in read_public(path)
        for ending in ("", "_1", "_2")
    }
