"""The inputs of the tiny assignment. The hidden ones hold a text and a number that nobody may ever see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.testcase import exercise

PLANTED_TEXT = "marzipan-owl"
PLANTED_NUMBER = 5.318008


def arrays(rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Two arrays that become public, the second one of zeros, and three that stay hidden."""
    yield rng.standard_normal((3, 4))
    yield np.zeros((2, 3))
    yield rng.standard_normal((5, 2))
    for shape in ((4, 3), (1, 6)):
        secret = rng.standard_normal(shape)
        secret[0, 1] = PLANTED_NUMBER
        yield secret


@exercise(points=10, public=2)
def double(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Arrays of several shapes."""
    yield from ({"x": array} for array in arrays(rng))


@exercise(points=10, public=2)
def norm(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Matrices of several shapes."""
    yield from ({"A": array} for array in arrays(rng))


@exercise(points=10, public=2)
def quadruple(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Arrays of several shapes."""
    yield from ({"x": array} for array in arrays(rng))


@exercise(points=10, public=2, pure=True)
def tag(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Weights and labels; the hidden labels are a secret."""
    for i, array in enumerate(arrays(rng)):
        yield {"parameters": {"W": array}, "label": f"layer {i}" if i < 3 else PLANTED_TEXT}
