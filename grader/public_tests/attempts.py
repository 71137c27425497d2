"""Call a student's function on public test cases, and judge each answer as the grader does. Bundled."""

from __future__ import annotations

import copy
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.comparison.compare import compare, compare_kind
from grader.comparison.judges import by_name, judge_of, judged
from grader.comparison.verdict import PASSED, Outcome, Raises, Tolerance, Verdict
from grader.comparison.words import (
    NOTHING,
    changes_input,
    not_run,
    not_written,
    raised_where,
    returned_where,
    timed_out,
)
from grader.plain.real_objects import real_objects
from grader.public_tests.case_file import PublicCase, PublicExercise
from grader.public_tests.driving import drive
from grader.public_tests.patience import TimedOut, limited

EXACT = Tolerance(rtol=0.0, atol=0.0, floor=0.0)


@dataclass(frozen=True)
class Attempt:
    """A test case, the outcome, and what the function returned or raised."""

    case: PublicCase
    outcome: Outcome
    value: Any = None
    error: Exception | TimedOut | None = None

    @property
    def passed(self) -> bool:
        """True if the case passed."""
        return self.outcome.verdict is Verdict.PASSED


def attempts(exercise: PublicExercise, function: Any, cases: Sequence[PublicCase]) -> Iterator[Attempt]:
    """Yield the attempts of a student's function at test cases; after one that times out no other is run.

    Args:
        exercise: the exercise.
        function: the student's function, class or value.
        cases: the cases.

    Returns:
        an iterator of attempts; whatever the function raises is one of them.
    """
    called = _callable(exercise, function)
    late: PublicCase | None = None
    for case in cases:
        if late:
            yield Attempt(case, Outcome(Verdict.DID_NOT_RUN, not_run(f"{late.id} timed out")))
            continue
        with _seeded(case.seed):
            attempt = _attempt(exercise, case, called)
        yield attempt
        late = case if isinstance(attempt.error, TimedOut) else None


def _callable(exercise: PublicExercise, function: Any) -> Callable[..., Any]:
    """Return what a test case calls: the student's function, or the driver that uses it."""
    if not exercise.driver:
        called: Callable[..., Any] = function
        return called
    namespace = {**notebook_names(), exercise.name.partition(".")[0]: function}
    driver = _driver(exercise.driver)

    return lambda *args: drive(driver, namespace, args)


def notebook_names() -> dict[str, Any]:
    """Return the names of the notebook, or of the program that runs."""
    return vars(sys.modules["__main__"])


def _driver(source: str) -> Callable[..., Any]:
    namespace: dict[str, Any] = {}
    exec(compile(source, "<driver>", "exec", dont_inherit=True), namespace)  # noqa: S102  # the instructor's
    driver: Callable[..., Any] = namespace["drive"]
    return driver


def _attempt(exercise: PublicExercise, case: PublicCase, function: Callable[..., Any]) -> Attempt:
    classes = {**notebook_names(), **getattr(function, "__globals__", {})}
    args = real_objects(copy.deepcopy(case.args), classes)
    try:
        with limited(exercise.seconds):
            value = function(*args)
    except TimedOut as error:
        return Attempt(case, Outcome(Verdict.DID_NOT_RUN, timed_out(str(error))), error=error)
    except NotImplementedError as error:
        return Attempt(case, Outcome(Verdict.NOT_ATTEMPTED, not_written(exercise.name)), error=error)
    except Exception as error:  # noqa: BLE001  # a student may raise anything
        return Attempt(case, _raised(case, error), error=error)
    outcome = _returned(exercise, case, value)
    if outcome.verdict is Verdict.PASSED and exercise.pure:
        outcome = _unchanged(exercise, case, args)
    return Attempt(case, outcome, value)


def _raised(case: PublicCase, error: Exception) -> Outcome:
    text = said(error)
    if not isinstance(case.expected, Raises):
        return Outcome(Verdict.DID_NOT_RUN, text)
    exception = case.expected.exception
    if any(kind.__name__ == exception for kind in type(error).__mro__):
        return PASSED
    return Outcome(Verdict.DID_NOT_RUN, raised_where(exception, text))


def said(error: BaseException) -> str:
    """Return an exception as text, as the last line of a traceback has it."""
    text = str(error).strip()
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _returned(exercise: PublicExercise, case: PublicCase, value: Any) -> Outcome:
    if isinstance(case.expected, Raises):
        return Outcome(Verdict.WRONG_VALUE, returned_where(case.expected.exception))
    if value is None and case.expected is not None:
        return Outcome(Verdict.WRONG_TYPE, NOTHING)
    if case.kind_only:
        return compare_kind(case.expected, value, exercise.results)
    if exercise.judge:
        arguments = by_name(exercise.parameters, case.args)
        return judged(judge_of(exercise.judge), arguments, case.expected, value, exercise.results)
    return compare(case.expected, value, exercise.results, exercise.tolerance)


def _unchanged(exercise: PublicExercise, case: PublicCase, args: Sequence[Any]) -> Outcome:
    """Return the outcome of a right answer: it may not have changed what it was called with."""
    both = zip(exercise.parameters, case.args, args, strict=False)
    changed = [name for name, before, after in both if compare(before, after, tolerance=EXACT) is not PASSED]
    if not changed:
        return PASSED
    return Outcome(Verdict.CHANGED_INPUT, changes_input(f"changes the caller's {' and '.join(changed)}"))


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
