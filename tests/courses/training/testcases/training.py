"""Small networks and two noisy classes: shapes and values apart, costs within a percent, an accuracy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.testcase import at_least, close, exercise, part, question

# (n, h, m): features, hidden units and examples; every size differs.
SIZES = ((2, 3, 7), (4, 2, 5), (3, 5, 8), (5, 4, 6))


def parameters(rng: np.random.Generator, n: int, h: int) -> tuple[Any, ...]:
    """Parameters with biases that are not 0."""
    return tuple(rng.uniform(-1, 1, shape) for shape in ((h, n), (h, 1), (1, h), (1, 1)))


def is_outside(X: Any) -> Any:
    """True for each example that is outside a sphere: (n, m) -> (m,)."""
    return np.sum((X - 0.25) ** 2, axis=0) > len(X) / 3


def two_classes(rng: np.random.Generator, n: int, m: int, noise: float = 0.0) -> tuple[Any, Any]:
    """Examples on both sides of the sphere, (n, m), with their labels, (1, m), of which some are wrong."""
    X = rng.uniform(-1, 1, (n, m))
    y = is_outside(X) ^ (rng.uniform(0, 1, m) < noise)
    return X, y[None].astype(float)


@exercise()
def initialize(rng: np.random.Generator) -> Iterator[Any]:
    """The same calls for the shapes and for the values."""
    for name, points in (("shapes", 2), ("values", 3)):
        yield part(name, points=points)
        for n, h, _ in SIZES:
            yield {"n_in": n, "n_hidden": h, "seed": int(rng.integers(1000)), "what": name}


@initialize.drive
def _(student: Any, n_in: Any, n_hidden: Any, seed: Any, what: Any) -> Any:
    W1, b1, W2, b2 = student.initialize(n_in, n_hidden, np.random.default_rng(seed))
    if what == "shapes":
        W1, b1, W2, b2 = (np.zeros(np.shape(value)) for value in (W1, b1, W2, b2))
    return W1, b1, W2, b2


@exercise(points=6, forbid=["for", "while"])
def step(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Labels of both kinds."""
    for n, h, m in SIZES:
        X = rng.standard_normal((n, m))
        yield {"parameters": parameters(rng, n, h), "X": X, "y": (X[:1] > 0).astype(float)}


@exercise(points=4, compare=close(rtol=0.01))
def costs(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Rates at which the costs fall."""
    for n, h, m in SIZES:
        X, y = two_classes(rng, n, 3 * m)
        yield {"X": X, "y": y, "n_hidden": h, "rate": 1.5, "steps": 4 * m, "seed": int(rng.integers(1000))}


@costs.drive
def _(student: Any, X: Any, y: Any, n_hidden: Any, rate: Any, steps: Any, seed: Any) -> Any:
    noted = student.costs(X, y, n_hidden, rate, steps, rng=np.random.default_rng(seed))
    return noted


def accuracy(case: Mapping[str, Any], labels: Any) -> float:
    """The share of the new examples that are labelled right."""
    return float(np.mean(labels == is_outside(case["new"])))


@exercise(points=5, compare=at_least(accuracy, 0.8))
def classify(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """A circle and a sphere; one label in seven is wrong."""
    for n, m in ((2, 250), (2, 300), (3, 500), (2, 400)):
        X, y = two_classes(rng, n, m, noise=1 / 7)
        yield {"X": X, "y": y, "new": two_classes(rng, n, m // 2)[0]}


@exercise(points=2, bonus=True, forbid=["for", "while"])
def smooth(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Windows of one entry, of some, and of all."""
    for n, k in ((6, 3), (8, 2), (5, 1), (7, 7), (12, 5)):
        yield {"x": rng.uniform(0, 2, n), "k": k}


question("symmetry", points=3)


SIGNED_OFF = {
    "step": {
        "`y` instead of `X`": "Both have a column for each example.",
        "`*` instead of `@` in `W2.T @ dz2`": "A column times a row is the same either way.",
        "`axis=1` is missing": "dz2 has one row, as there is one output.",
    },
    "costs": {
        "ones instead of zeros": "Every entry is written.",
    },
    "classify": {
        "mean instead of sum": "The order of the distances stays.",
        "`X[:, None, :] - new[:, :, None]` instead of `new[:, :, None] - X[:, None, :]`": "It is squared.",
        "`6` instead of `5`: off by one": "Six neighbours classify as well.",
        "`4` instead of `5`: off by one": "Four neighbours classify as well.",
        "`y[0, nearest].mean(axis=1) >= 0.5` instead of `y[0, nearest].mean(axis=1) > 0.5`": (
            "Of five labels, no half is 1."
        ),
        "`-1` instead of `0`: off by one": "y has one row.",
    },
}
