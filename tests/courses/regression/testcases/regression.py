"""Points near planes; each method is called as its driver does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.testcase import exercise, part

# (m, n): examples and features; every size differs.
SIZES = ((6, 2), (9, 3), (5, 1), (12, 4))


def points(rng: np.random.Generator, m: int, n: int) -> dict[str, Any]:
    """Points near a plane."""
    X = rng.normal(rng.uniform(-3, 3, n), rng.uniform(0.5, 2, n), (m, n))
    return {"X": X, "y": X @ rng.uniform(1, 3, n) + rng.normal(1, 0.5, m)}


@exercise(name="LinearRegression.fit")
def fit(rng: np.random.Generator) -> Iterator[Any]:
    """Without a penalty, and with one."""
    yield part("no penalty", points=3)
    for m, n in SIZES:
        yield {**points(rng, m, n), "penalty": 0.0}
    yield part("a penalty", points=2)
    for m, n in SIZES:
        yield {**points(rng, m + 1, n), "penalty": rng.uniform(2, 5)}


@fit.drive
def _(student: Any, X: Any, y: Any, penalty: Any) -> Any:
    model = student.LinearRegression(penalty)
    model.fit(X[::-1] + 1, y)  # to be forgotten
    same = model.fit(X, y) is model
    return model.weights, model.intercept, same


@exercise(points=3, name="LinearRegression.predict", raises=ValueError)
def predict(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Other examples of the same features; every second model learned nothing."""
    for m, n in SIZES:
        yield {**points(rng, m, n), "new": rng.normal(0, 2, (m + 1, n)), "is_fitted": True}
        yield {**points(rng, m, n), "new": rng.normal(0, 2, (m + 2, n)), "is_fitted": False}


@predict.drive
def _(student: Any, X: Any, y: Any, new: Any, is_fitted: Any) -> Any:
    model = student.LinearRegression()
    if is_fitted:
        model.fit(X, y)
    return model.predict(new)


@exercise(points=2, name="LinearRegression.score")
def score(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Points near one plane, and others near another one."""
    for m, n in SIZES:
        other = points(rng, m + 1, n)
        yield {**points(rng, m, n), "other": other["X"], "values": other["y"]}


@score.drive
def _(student: Any, X: Any, y: Any, other: Any, values: Any) -> Any:
    model = student.LinearRegression(penalty=0.5)
    model.fit(X, y)
    return model.score(other, values)


SIGNED_OFF = {
    "LinearRegression.fit": {
        "`+` instead of `-` in `y - y_mean`": "The columns of X are centred: their sums are 0.",
        "the term `y_mean` is missing": "The columns of X are centred: their sums are 0.",
        "`X_mean` is transposed": "It has one axis.",
        "`self.weights @ X_mean` instead of `X_mean @ self.weights`": "Both have one axis.",
    },
    "LinearRegression.score": {
        "`self.predict(X) - y` instead of `y - self.predict(X)`": "The residuals are squared.",
        "`y.mean() - y` instead of `y - y.mean()`": "The differences are squared.",
    },
}
