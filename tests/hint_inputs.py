"""Inputs and answers of a small network, and the hint for an answer or a failure."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.comparison.compare import compare
from grader.comparison.verdict import Outcome, Verdict
from grader.hints import hint, partly_right
from grader.models.assignment import Case
from grader.models.execution import Call, Failure, Run, Status
from grader.models.submission import Part

RNG = np.random.default_rng(1)
M = 5
Z, DA = RNG.standard_normal((3, M)), RNG.standard_normal((3, M))
W, A, b = RNG.standard_normal((3, 4)), RNG.standard_normal((4, M)), RNG.standard_normal((3, 1))
SQUARE = RNG.standard_normal((3, 3))
PARAMETERS = {f"{k}{n}": RNG.standard_normal((n + 2, c)) for n in (1, 2, 3) for k, c in (("W", 4), ("b", 1))}
GRADIENTS = {f"d{key}": RNG.standard_normal(value.shape) for key, value in PARAMETERS.items()}
RATE = 0.037
STEPPED = {key: value - RATE * GRADIENTS[f"d{key}"] for key, value in PARAMETERS.items()}
CACHES = [((RNG.standard_normal((n, M)), RNG.standard_normal((n + 1, n))), SQUARE + n) for n in (2, 3, 4)]
UPDATE = (PARAMETERS, GRADIENTS, RATE)

NOTHING = Part(())


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def relu(z: Any) -> Any:
    return np.maximum(z, 0)


def hint_of(
    expected: Any,
    actual: Any,
    *args: Any,
    names: tuple[str, ...] = ("it",),
    others: tuple[tuple[Any, Any], ...] = (),
) -> str:
    """The hint for an answer beside those of other cases, as the grader would ask for it."""
    beside = [(Case("b", True, Call("f", args), e), Run(Status.RETURNED, a)) for e, a in others]
    case = Case("a", False, Call("f", args), expected)
    run = Run(Status.RETURNED, actual)
    outcome = compare(expected, actual, names)
    return hint(outcome, run, case, NOTHING, others=beside) or partly_right(outcome, run, case)


def hint_of_failure(
    exception: str, text: str, *args: Any, unbound: dict[str, tuple[int, ...]] | None = None
) -> str:
    run = Run(Status.RAISED, failure=Failure(exception, text))
    case = Case("a", False, Call("f", args), W)
    return hint(Outcome(Verdict.DID_NOT_RUN), run, case, Part((), unbound=unbound or {}))


def changed(mapping: dict[str, Any], **others: Any) -> dict[str, Any]:
    return {**mapping, **others}
