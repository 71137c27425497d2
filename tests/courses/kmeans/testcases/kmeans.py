"""Blobs far apart, whose clusters everybody finds, under whatever names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.testcase import exercise, up_to_labels

# (k, n): blobs and features; every size differs.
SIZES = ((3, 2), (2, 3), (4, 2), (3, 5))


def blobs(rng: np.random.Generator, k: int, n: int) -> Any:
    """Blobs of different sizes, far from each other, in random order: (m, n)."""
    places = 20 * rng.permutation(k)[:, None] + rng.uniform(-1, 1, (k, n))
    X = np.concatenate([rng.normal(place, 0.5, (5 + 2 * i, n)) for i, place in enumerate(places)])
    return rng.permutation(X)


@exercise(points=3)
def assign(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Examples among some centroids."""
    for k, n in SIZES:
        yield {"X": rng.normal(0, 2, (7 + k + n, n)), "centroids": rng.normal(0, 2, (k, n))}


@exercise(points=3)
def seeds(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Some of the examples; then all of them."""
    for k, n in SIZES:
        yield {"X": rng.normal(0, 2, (3 * k + n, n)), "k": k, "seed": int(rng.integers(1000))}
    yield {"X": rng.normal(0, 2, (6, 4)), "k": 6, "seed": int(rng.integers(1000))}


@seeds.drive
def _(student: Any, X: Any, k: Any, seed: Any) -> Any:
    drawn = [student.seeds(X, k, np.random.default_rng(seed + i)) for i in range(8)]
    return np.array(drawn)


@seeds.judge
def _(case: Mapping[str, Any], _expected: Any, drawn: Any) -> str | None:
    X, k = case["X"], case["k"]
    if np.shape(drawn) != (8, k, X.shape[1]):
        return f"Eight draws have the shape {np.shape(drawn)}, expected (8, {k}, {X.shape[1]})."
    same = np.all(drawn[:, :, None] == X, axis=-1)  # (8, k, m)
    if not same.any(axis=2).all():
        return "Not every centroid is a row of X."
    if (same.sum(axis=1) > 1).any():
        return "A row of X is drawn twice."
    if len(X) > k and (drawn == drawn[0]).all():
        return "Eight generators of different seeds give the same centroids: draw from rng."
    return None


@exercise(points=5, compare=up_to_labels(labels=0, rows=(1,)))
def clusters(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Blobs."""
    for k, n in SIZES:
        yield {"X": blobs(rng, k, n), "k": k, "seed": int(rng.integers(1000))}


@clusters.drive
def _(student: Any, X: Any, k: Any, seed: Any) -> Any:
    labels, centroids = student.clusters(X, k, rng=np.random.default_rng(seed))
    return labels, centroids


@exercise(points=4, compare=up_to_labels())
def KMeans(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Blobs to learn from, and other examples beside them."""
    for k, n in SIZES:
        X = blobs(rng, k, n)
        new = rng.permutation(X)[:-2] + rng.uniform(-0.1, 0.1, (len(X) - 2, n))
        yield {"X": X, "new": new, "k": k, "seed": int(rng.integers(1000))}


@KMeans.drive
def _(student: Any, X: Any, new: Any, k: Any, seed: Any) -> Any:
    model = student.KMeans(k, rng=np.random.default_rng(seed))
    model.fit(X)
    return model.predict(new)


SIGNED_OFF = {
    "assign": {
        "`centroids[None, :, :] - X[:, None, :]` instead of `X[:, None, :] - centroids[None, :, :]`": (
            "The differences are squared."
        ),
        "mean instead of sum": "The order of the distances stays.",
    },
    "seeds": {
        "`rng.choice(len(X), size=k, replace=False) - 1` instead of "
        "`rng.choice(len(X), size=k, replace=False)`: off by one": "Those are different rows of X as well.",
    },
    "clusters": {
        "`21` instead of `20`: off by one": "One start more finds the same.",
        "`19` instead of `20`: off by one": "One start less finds the same.",
        "`51` instead of `50`: off by one": "Blobs are found in a few steps.",
        "`49` instead of `50`: off by one": "Blobs are found in a few steps.",
        "`j - 1` instead of `j`: off by one": "A start with an empty cluster is not the best one.",
        "`np.array_equal(before, found)` instead of `np.array_equal(found, before)`": "It has no order.",
        "`members` instead of `before`": "Then it goes on for all steps, and finds the same.",
        "mean instead of sum": "The order of the starts stays.",
        "`found[members] - X` instead of `X - found[members]`": "The differences are squared.",
        "`inertia <= least` instead of `inertia < least`": "Starts of equal inertia have equal clusters.",
    },
}
