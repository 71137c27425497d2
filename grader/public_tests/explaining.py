"""Explain a failed public test: a hint, and the smallest example. Bundled for students."""

from __future__ import annotations

import contextlib
import inspect
import io
import time
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from grader import hints
from grader.comparison.verdict import Verdict
from grader.models.assignment import Case
from grader.models.common_imports import IMPORTS
from grader.models.example_text import LONGEST, example_text
from grader.models.execution import Call, Failure, Run, Statement, Status
from grader.models.submission import Part
from grader.public_tests.attempts import Attempt, attempts
from grader.public_tests.case_file import PublicCase, PublicExercise
from grader.public_tests.patience import TimedOut

PATIENCE = 2.0
"""The seconds after which no further small call is begun."""


def hint_of(exercise: PublicExercise, failed: Attempt, others: Sequence[Attempt], function: Any) -> str:
    """Return the hint that the grader would give, "" if there is none.

    Args:
        exercise: the exercise.
        failed: the attempt that failed.
        others: the attempts at the other public cases.
        function: the student's function.

    Returns:
        one or two sentences.
    """
    if isinstance(failed.error, OSError):
        return ""  # the hints on these are about the grader's sandbox
    missing = failed.error.name if type(failed.error) is NameError else None
    if missing and missing not in IMPORTS:
        return f"No cell that has run defines `{missing}`."
    with contextlib.suppress(Exception):  # an answer may be any object, and a hint is no more than a help
        return hints.hint(
            failed.outcome,
            _run(failed),
            _case(exercise, failed.case),
            _part(function, failed.error),
            exercise.results,
            [(_case(exercise, one.case), _run(one)) for one in others],
            parameters=exercise.parameters,
        )
    return ""


def _run(attempt: Attempt) -> Run:
    error = attempt.error
    if isinstance(error, TimedOut):
        return Run(Status.TIMED_OUT, failure=Failure("TimeoutError", str(error)))
    if error is None:
        return Run(Status.RETURNED, attempt.value)
    bases = tuple(kind.__name__ for kind in type(error).__mro__[1:])
    return Run(Status.RAISED, failure=Failure(type(error).__name__, str(error), (), bases))


def _case(exercise: PublicExercise, case: PublicCase) -> Case:
    return Case(case.id, True, Call(exercise.name, case.args, case.seed), case.expected)


def _part(function: Any, error: BaseException | None) -> Part:
    """Return the source of a function as a part of a notebook, with the name that it misses."""
    missing: dict[str, tuple[int, ...]] = (
        {error.name: ()} if isinstance(error, NameError) and error.name else {}
    )
    try:
        source = inspect.getsource(function)
    except (OSError, TypeError):
        return Part((), unbound=missing)
    return Part((Statement(1, 1, source),), unbound=missing)


def smallest_example(
    exercise: PublicExercise, failed: Attempt, function: Any, cases: Sequence[PublicCase]
) -> str:
    """Return the smallest call that fails in the way of a failed test, preferably in the same place.

    Args:
        exercise: the exercise.
        failed: the attempt that failed.
        function: the student's function.
        cases: small calls, the smallest first.

    Returns:
        the call, and below it `yours: ...` and `expected: ...` or what is wrong; "" if none fails so.
    """
    if isinstance(failed.error, TimedOut):
        return ""  # each small call would take as long
    alike = [one for one in _quietly(exercise, function, cases) if _kind(one) == _kind(failed)]
    there = [one for one in alike if one.outcome.path == failed.outcome.path]
    texts = (
        example_text(exercise, _case(exercise, one.case), _run(one), one.outcome) for one in (*there, *alike)
    )
    return next((text for text in texts if len(text) <= LONGEST), "")


def _kind(attempt: Attempt) -> tuple[Verdict, type | None]:
    """Return what two failures of one kind have in common."""
    return attempt.outcome.verdict, type(attempt.error) if attempt.error else None


def _quietly(exercise: PublicExercise, function: Any, cases: Sequence[PublicCase]) -> Iterator[Attempt]:
    """Yield the attempts at small calls: nothing that they print is shown, and a judge may refuse them."""
    until = time.monotonic() + PATIENCE
    for case in cases:
        if time.monotonic() > until:
            return
        with quiet(), contextlib.suppress(Exception):
            yield from attempts(exercise, function, (case,))


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Show nothing that is printed, and no warning."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
