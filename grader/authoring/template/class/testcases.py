"""The inputs on which each method is judged, and how it is called.

A generator yields the keyword arguments of one call of its driver at a time. A driver runs beside the
student's notebook, uses `student.NAME`, and returns plain data, which is compared with what it returns beside
the solution. Students read it as "how it is called".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.testcase import exercise

# (m, n): examples and features; every size differs.
SIZES = ((6, 2), (9, 3), (5, 1), (12, 4))


def _points(rng: np.random.Generator, m: int, n: int) -> dict[str, Any]:
    """Points near a plane."""
    X = rng.normal(rng.uniform(-3, 3, n), rng.uniform(0.5, 2, n), (m, n))
    return {"X": X, "y": X @ rng.uniform(-2, 2, n) + rng.normal(1, 0.5, m)}


@exercise(points=4, name="LinearRegression.fit")
def fit(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Points near a plane."""
    for m, n in SIZES:
        yield _points(rng, m, n)


@fit.drive
def _(student: Any, X: Any, y: Any) -> Any:
    model = student.LinearRegression()
    model.fit(X, y)
    return model.weights, model.intercept


@exercise(points=3, name="LinearRegression.predict")
def predict(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Points near a plane, and other examples of the same features."""
    for m, n in SIZES:
        yield {**_points(rng, m, n), "new": rng.normal(0, 2, (m + 1, n))}


@predict.drive
def _(student: Any, X: Any, y: Any, new: Any) -> Any:
    model = student.LinearRegression()
    model.fit(X, y)
    return model.predict(new)


@exercise(points=3, name="LinearRegression.score")
def score(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Points near one plane, and others near another one."""
    for m, n in SIZES:
        other = _points(rng, m + 1, n)
        yield {**_points(rng, m, n), "other": other["X"], "values": other["y"]}


@score.drive
def _(student: Any, X: Any, y: Any, other: Any, values: Any) -> Any:
    model = student.LinearRegression()
    model.fit(X, y)
    return model.score(other, values)


SIGNED_OFF = {
    "LinearRegression.score": {
        "`self.predict(X) - y` instead of `y - self.predict(X)`": "the residuals are squared",
        "`y.mean() - y` instead of `y - y.mean()`": "the differences are squared",
    },
}
