"""Hints about the cross-entropy cost: which term of it is missing, wrong, or has the wrong sign."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.hints.evidence import Evidence, fitting, numbers

SECOND = "(1 - Y) log(1 - A)"


def wrong_term(evidence: Evidence) -> str:
    """Detect a cost of probabilities A and labels Y, both (1, m), in which a term is wrong."""
    expected, actual = fitting(evidence.spot)
    if actual is None or expected.size != 1:
        return ""
    found = {
        text
        for A, Y in _probabilities_and_labels(evidence)
        for text, value in _costs(A, Y, float(expected.ravel()[0]))
        if math.isclose(value, float(actual.ravel()[0]), rel_tol=1e-7)
    }
    return found.pop() if len(found) == 1 else ""


def _probabilities_and_labels(evidence: Evidence) -> Iterator[tuple[Any, Any]]:
    arrays = [array for spot in evidence.inputs() if (array := _real(spot.expected)) is not None]
    for A, Y in itertools.permutations(arrays, 2):  # noqa: N806
        if A.shape == Y.shape and A.size > 1 and ((A > 0) & (A < 1)).all() and np.isin(Y, (0, 1)).all():
            yield A, Y


def _real(value: Any) -> Any:
    return (
        value.astype(float) if isinstance(value, np.ndarray) and value.dtype.kind == "b" else numbers(value)
    )


def _costs(A: Any, Y: Any, expected: float) -> Iterator[tuple[str, float]]:  # noqa: N803
    """Yield wrong costs with what is wrong in each, if the expected cost is the cross-entropy."""
    ones, zeros = np.sum(Y * np.log(A)), np.sum((1 - Y) * np.log(1 - A))
    m = A.shape[-1]
    if not math.isclose(-(ones + zeros) / m, expected, rel_tol=1e-7) or not ones or not zeros:
        return
    wrong = {
        f"The term {SECOND} is missing": ones,
        "The term Y log(A) is missing": zeros,
        f"The sign of the term {SECOND} is wrong": ones - zeros,
        "log(A) stands in the second term, which is (1 - Y) log(1 - A)": ones + np.sum((1 - Y) * np.log(A)),
        "Y stands in the second term, which is (1 - Y) log(1 - A)": ones + np.sum(Y * np.log(1 - A)),
        "1 - A stands for 1 - Y in the second term, which is (1 - Y) log(1 - A)": ones
        + np.sum((1 - A) * np.log(1 - A)),
    }
    for text, value in wrong.items():
        for sign, also in ((-1, ""), (1, ", and so is the minus in front")):
            if also and not text.endswith("is missing"):
                continue
            yield f"{text}{also}.", sign * value / m
            yield f"{text}, and the sum is not divided by m.", -value
