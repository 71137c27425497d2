"""Write a failing call as three lines: the call, what it gives, and what is expected."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from grader.comparison.verdict import Outcome, Verdict
from grader.models.assignment import Case
from grader.models.execution import Run, Status
from grader.models.python_source import call_source, source
from grader.models.value_text import compact
from grader.models.values import Value, leaves

LONGEST = 480
"""Characters up to which a call is easier to read than the message."""

SHORT = 160
"""Characters up to which an answer is shown whole."""

ENTRIES = 60
"""Entries up to which an answer is written at all."""


class Called(Protocol):
    """A graded item as it is called: by its name, or by a driver with arguments of these names."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the arguments."""

    @property
    def driver(self) -> str:
        """The source of its driver; empty if it has none."""


def example_text(exercise: Called, case: Case, run: Run, outcome: Outcome) -> str:
    """Return a failing call: a line that can be pasted and run, `yours: ...` and `expected: ...`.

    In place of the call of a driver stand statements that set its arguments. A sentence stands in place of
    both answers where the difference is no pair of values.

    Args:
        exercise: the graded function.
        case: a small case.
        run: its run.
        outcome: how it fails.

    Returns:
        two or three lines.
    """
    args = case.call.args
    given = zip(exercise.parameters, args, strict=False)
    set_up = "; ".join(f"{name} = {source(value)}" for name, value in given)
    call = set_up if exercise.driver else call_source(exercise.name, args)
    return "\n".join((call, *_difference(case, run, outcome)))


def _difference(case: Case, run: Run, outcome: Outcome) -> tuple[str, ...]:
    if run.failure is not None:
        stopped = f"raises {run.failure}" if run.status is Status.RAISED else "no answer comes back"
        return f"yours: {stopped}", *_labelled("expected", _whole(case.expected))
    shown = outcome.expected is not None and outcome.verdict is not Verdict.WRONG_DTYPE
    if shown and np.size(outcome.actual) <= ENTRIES:
        path = f"{outcome.path}, " if outcome.path else ""
        yours, expected = compact(outcome.actual), compact(outcome.expected)
        if yours != expected:
            return f"{path}yours: {yours}", f"{path}expected: {expected}"
    yours = "returns nothing (None)" if run.value is None else _whole(run.value)
    expected = "" if outcome.verdict is Verdict.WRONG_DTYPE else _whole(case.expected)
    if yours and expected and yours != expected:
        return f"yours: {yours}", f"expected: {expected}"
    given, both, wanted = outcome.message.removesuffix(".").rpartition(", expected ")
    return (f"yours: {given}", f"expected: {wanted}") if both else (outcome.message,)


def _labelled(label: str, text: str) -> tuple[str, ...]:
    return (f"{label}: {text}",) if text else ()


def _whole(value: Value) -> str:
    """Return an answer as text; "" if it is too long to read."""
    if value is not None and sum(map(np.size, leaves(value).values())) > ENTRIES:
        return ""
    text = compact(value)
    return text if len(text) <= SHORT else ""
