"""Small pictures of all shapes, and parts of the one that is handed out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import h5py
import numpy as np

from grader.testcase import exercise, part, variable

# (r, c, p, q): the sizes of a picture and of a kernel.
SIZES = ((6, 8, 3, 1), (7, 5, 1, 5), (9, 7, 3, 5), (5, 9, 5, 3))

with h5py.File("pictures.h5", "r") as file:
    ROWS, COLUMNS = file["evening"].shape


def picture(rng: np.random.Generator, r: int, c: int) -> Any:
    """A picture of few grey values."""
    return rng.integers(60, 60 + r * c // 2, (r, c)).astype(np.uint8)


@exercise()
def convolve(rng: np.random.Generator) -> Iterator[Any]:
    """Kernels of which no two sides are alike."""
    yield part("valid padding", points=4)
    for r, c, p, q in SIZES:
        yield {"X": rng.uniform(0, 255, (r, c)), "K": rng.normal(0, 1, (p, q)), "padding": "valid"}
    yield part("same padding", points=2)
    for r, c, p, q in SIZES:
        yield {"X": rng.uniform(0, 255, (r, c)), "K": rng.normal(0, 1, (p, q)), "padding": "same"}


@exercise(points=3)
def edges(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Pictures with slopes, and one without."""
    for r, c, *_ in SIZES[:2]:
        yield {"X": rng.uniform(0, 255, (r, c))}
    yield {"X": np.full((4, 6), rng.uniform(1, 9))}
    for r, c, *_ in SIZES[2:]:
        yield {"X": rng.uniform(-100, 100, (r, c)) * (np.arange(c) > c // 2)}
    yield {"X": rng.uniform(0, 0.1, (5, 4))}


@exercise(points=4)
def equalize(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Pictures of few grey values, and of one."""
    for r, c, *_ in SIZES:
        yield {"X": picture(rng, r, c)}
    yield {"X": np.full((3, 4), rng.integers(1, 255)).astype(np.uint8)}


@exercise(points=3)
def crop(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Parts of the picture."""
    for r, c, *_ in SIZES:
        top, left = rng.integers(1, ROWS - r), rng.integers(1, COLUMNS - c)
        yield {"top": int(top), "left": int(left), "rows": r, "columns": c}


@variable(points=1)
def brightness() -> None:
    """A median."""


SIGNED_OFF = {
    "convolve": {
        "`(3, 2)` instead of `(2, 3)`": "Both axes are summed over.",
    },
}
