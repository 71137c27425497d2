"""Lists of numbers, which the graded functions have to leave as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.testcase import exercise, question


@exercise(points=3, pure=True)
def centered(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Lists whose mean is not 0."""
    for n in (4, 1, 7):
        yield {"x": rng.normal(3, 1, n)}


@exercise(points=2)
def ranked(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Lists without ties."""
    for n in (5, 2, 8):
        yield {"x": rng.permutation(n) / 2}


@exercise(points=2, forbid=["max", "sorted"])
def largest(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Lists of different lengths."""
    for n in (4, 6, 3):
        yield {"x": rng.normal(0, 1, n)}


question("why", points=1)
