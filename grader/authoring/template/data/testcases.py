"""The inputs on which each function is judged: files that students receive.

What lies in `solutions/NAME/` is handed out with the notebook. The code of students, and these generators,
find it under the paths that the notebook uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.testcase import exercise

PATHS = ("data/oslo.csv", "data/rome.csv", "data/lima.csv")


@exercise(points=5)
def read_weather(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Each file."""
    for path in PATHS:
        yield {"path": path}


@exercise(points=5)
def nearest_month(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """The weather of some month, a little changed; then any weather at all."""
    for path in PATHS:
        table = np.loadtxt(path, delimiter=",", skiprows=1, usecols=(1, 2))  # (12, 2)
        t, r = table[rng.integers(12)] + rng.uniform(-0.5, 0.5, 2)
        yield {"path": path, "t": t, "r": r}
    for path in PATHS:
        yield {"path": path, "t": rng.uniform(0, 25), "r": rng.uniform(0, 120)}


SIGNED_OFF = {
    "nearest_month": {
        "`t - temperature` instead of `temperature - t`": "it is squared",
        "`r - rain` instead of `rain - r`": "it is squared",
    },
}
