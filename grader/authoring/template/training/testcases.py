"""The inputs on which each function is judged, and what counts as right.

`part(...)` begins a part with points of its own. `forbid` names what a function may not use. `at_least`
accepts every answer that is good enough by a metric.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.testcase import at_least, exercise, part

# (m, n): examples and features; every size differs.
SIZES = ((5, 3), (8, 2), (4, 6))


def _labelled(rng: np.random.Generator, m: int, n: int) -> dict[str, Any]:
    """Examples, and labels that a plane through 0 separates."""
    X = rng.standard_normal((m, n))
    return {"X": X, "y": (X @ rng.uniform(1, 2, n) > 0).astype(float)}


@exercise(forbid=["for", "while"])
def gradient(rng: np.random.Generator) -> Iterator[Any]:
    """Small weights; then zeros, where every example has the same cost."""
    yield part("any weights", points=7)
    for m, n in SIZES:
        yield {"w": rng.uniform(-1, 1, n), **_labelled(rng, m, n)}
    yield part("weights of 0", points=3)
    for m, n in SIZES:
        yield {"w": np.zeros(n), **_labelled(rng, m, n)}


def accuracy(case: Mapping[str, Any], w: Any) -> float:
    """Return the share of examples that the weights classify right.

    Args:
        case: the arguments of the call.
        w: the weights, shape (n,).

    Returns:
        a number from 0 to 1.
    """
    return float(np.mean((case["X"] @ w > 0) == (case["y"] > 0.5)))


@exercise(compare=at_least(accuracy, 0.9))
def train(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Examples that can be separated; steps enough to do so."""
    for m, n in ((60, 2), (80, 3), (70, 4)):
        yield {**_labelled(rng, m, n), "rate": 1.0, "steps": 200}


SIGNED_OFF = {
    "gradient": {"`w` is transposed": "w has one axis"},
    "train": {
        "ones instead of zeros": "any start leads there",
        "`steps + 1` instead of `steps`: off by one": "one step more makes no difference",
        "`steps - 1` instead of `steps`: off by one": "one step less makes no difference",
        "the factor `rate` is missing": "the rate is 1",
        "`steps` instead of `rate`": "larger steps lead there too",
    },
}
