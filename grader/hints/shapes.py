"""Hints about shapes: axes, rows and columns that are missing, surplus or swapped."""

from __future__ import annotations

import ast
from collections.abc import Callable

import numpy as np

from grader.hints.evidence import Evidence, both, close, distinctive, same


def transposed(evidence: Evidence) -> str:
    """Detect a transposed matrix."""
    expected, actual = both(evidence.spot)
    if expected is None or actual is None or expected.ndim != 2 or actual.shape != expected.T.shape:
        return ""
    if distinctive(actual) and close(actual, expected.T) and not same(actual, expected):
        return "It is transposed."
    if actual.shape != expected.shape:
        return "The number of its rows and the number of its columns have changed places."
    return ""


def summed_too_far(evidence: Evidence) -> str:
    """Detect a sum or mean over all axes, or over the wrong axis."""
    expected, actual = both(evidence.spot)
    if expected is None or actual is None or expected.shape == actual.shape or expected.size < 2:
        return ""
    if actual.size == 1 and distinctive(actual):
        for reduce, word in ((np.sum, "sum"), (np.mean, "mean")):
            if close(actual.reshape(()), reduce(expected)):
                return f"It is the {word} of all the numbers that are expected: is the axis right?"
    m = evidence.examples
    if m and m > 1 and actual.size == m != expected.size and m not in expected.shape:
        return f"It has one number for each of the m = {m} examples."
    return ""


def axis_lost_or_added(evidence: Evidence) -> str:
    """Detect the right number of elements with missing or surplus axes."""
    expected, actual = both(evidence.spot)
    if expected is None or actual is None or expected.shape == actual.shape or expected.size != actual.size:
        return ""
    if actual.ndim < expected.ndim and actual.size and actual.squeeze().shape == expected.squeeze().shape:
        return f"It has lost {_axes(expected.ndim - actual.ndim)} of length 1{_loses_axis(evidence)}"
    if actual.ndim > expected.ndim and actual.squeeze().shape == expected.squeeze().shape:
        return f"It has {_axes(actual.ndim - expected.ndim)} of length 1 too many."
    if distinctive(actual) and close(actual.ravel(), expected.ravel()):
        return "Its numbers are right and in the right order; only its shape is wrong."
    return ""


def rows_or_columns(evidence: Evidence) -> str:
    """Detect which of the two dimensions of a matrix is wrong."""
    expected, actual = both(evidence.spot)
    if expected is None or actual is None or expected.shape == actual.shape:
        return ""
    if expected.ndim > 0 and actual.ndim == 0:
        return "It is a single number, and an array is expected."
    if expected.ndim != 2 or actual.ndim != 2:
        return ""
    wrong = [a != e for a, e in zip(actual.shape, expected.shape, strict=True)]
    if all(wrong):
        return "Both the number of its rows and the number of its columns are wrong."
    axis = wrong.index(True)
    one, other = ("row", "rows") if axis == 0 else ("column", "columns")
    n, right = actual.shape[axis], expected.shape[axis]
    named = [evidence.input_called(given) for given in evidence.inputs() if _is_size(given.expected, right)]
    if len(named) == 1 and named[0]:
        return f"It has {n} {one if n == 1 else other}, where {named[0]} are expected, which is {right} here."
    right, other = ("columns", "rows") if wrong[0] else ("rows", "columns")
    return f"The number of its {right} is right; only the number of its {other} is wrong."


DETECTORS: tuple[Callable[[Evidence], str], ...] = (
    transposed,
    summed_too_far,
    axis_lost_or_added,
    rows_or_columns,
)


def _is_size(value: object, size: int) -> bool:
    return isinstance(value, int) and value == size > 1


def _loses_axis(evidence: Evidence) -> str:
    """Return which call of the function makes an array without the axis, if one of them does."""
    if any(evidence.named.calls("squeeze", "ravel", "flatten")):
        return ": does squeeze, ravel or flatten take it away?"
    sums = [*evidence.named.calls("sum", "mean", "max", "min", "prod", "norm")]
    if any("axis" in ast.unparse(call) and "keepdims" not in ast.unparse(call) for call in sums):
        return ": is `keepdims=True` missing?"
    for call in evidence.named.calls("zeros", "ones", "empty", "randn", "rand"):
        if len(call.args) == 1 and not isinstance(call.args[0], ast.Tuple | ast.List):
            return f": `{ast.unparse(call)[:60]}` makes one axis, and a column has the shape (n, 1)."
    return "."


def _axes(n: int) -> str:
    return "an axis" if n == 1 else f"{n} axes"
