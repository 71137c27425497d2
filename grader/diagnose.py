"""From what went wrong to one factual hint. Pure: it sees values, runs nothing, and guesses nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.model import Case, Failure, Outcome, Part, Run, Status, Verdict

IMPORTS = {"np": "import numpy as np", "numpy": "import numpy", "copy": "import copy", "math": "import math"}


def hint(outcome: Outcome, run: Run, case: Case, part: Part) -> str:
    """At most one factual hint for a case that failed; empty when nothing is certain.

    It holds no value of an input or answer but their shapes and ratios, so it may be told of a hidden case.

    Args:
        outcome: what the answer is worth.
        run: what the call did.
        case: the test case; its inputs give the number of examples.
        part: what the function needs of its notebook.
    """
    if run.failure is not None:
        return _failure_hint(run.status, run.failure, part)
    if outcome.verdict is Verdict.WRONG_SHAPE:
        return _shape_hint(outcome.expected, outcome.actual)
    if outcome.verdict is Verdict.WRONG_VALUE:
        return _ratio_hint(outcome.expected, outcome.actual, _examples(case.call.args))
    return ""


def unbound_name(failure: Failure) -> str | None:
    """The name that a NameError is about."""
    match = re.fullmatch(r"name '(\w+)' is not defined", failure.text)
    return match[1] if match and failure.exception == "NameError" else None


def _failure_hint(status: Status, failure: Failure, part: Part) -> str:
    if status is Status.TIMED_OUT:
        return "Look for a loop that never ends."
    name = unbound_name(failure)
    if name is None or name not in part.unbound:
        return ""
    if name in IMPORTS:
        return f"Add `{IMPORTS[name]}` to a cell above."
    cell = part.unbound[name]
    if cell is not None:
        return f"Only cell {cell} sets `{name}`, and the function has to work without that cell."
    return f"Nothing in the notebook defines `{name}`."


def _shape_hint(expected: Any, actual: Any) -> str:
    yours, theirs = np.shape(actual), np.shape(expected)
    if len(theirs) == 2 and yours == theirs[::-1]:
        return "It is transposed."
    if len(yours) == 1 and theirs in ((*yours, 1), (1, *yours)):
        return "It has lost an axis of length 1: is `keepdims=True` missing?"
    return ""


def _ratio_hint(expected: Any, actual: Any, examples: int | None) -> str:
    """What a constant ratio of all elements means."""
    e, a = np.asarray(expected, dtype=complex), np.asarray(actual, dtype=complex)
    nonzero = np.abs(e) > 0
    if not nonzero.any() or np.any(a[~nonzero]) or not np.isfinite(a).all():
        return ""
    ratio = complex((a[nonzero] / e[nonzero]).mean())
    if ratio.imag or not np.allclose(a, ratio * e, rtol=1e-9, atol=0):
        return ""
    every = "It is" if e.ndim == 0 else "Every element is"
    r = ratio.real
    if np.isclose(r, -1):
        return f"{every} the expected value with the opposite sign."
    if examples and examples > 1:
        there_are = f"and there are m = {examples} examples"
        if np.isclose(r, examples):
            return f"{every} {examples} times the expected value, {there_are}: is the 1/m missing?"
        if np.isclose(r, 1 / examples):
            return f"{every} 1/{examples} of the expected value, {there_are}: is 1/m there twice?"
    if np.isclose(r, 1 / np.log(2)):
        return f"{every} 1/ln 2 times the expected value: is the logarithm to base 2?"
    if np.isclose(r, 0, atol=1e-12) or np.isclose(r, 1, atol=1e-6):
        return ""
    return f"{every} {r:.6g} times the expected value."


def _examples(args: Sequence[Any]) -> int | None:
    """m, the number of columns of the first matrix among the arguments."""
    for arg in args:
        if isinstance(arg, np.ndarray) and arg.ndim == 2:
            return int(arg.shape[1])
    return None
