"""A small course whose exercise reads data files, as notebooks read them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np

from grader.assignments.course import Course

SOLUTION = '''# %%
import h5py
import numpy as np

# %%
# GRADED FUNCTION: nearest


def nearest(x):
    """Return the row of the training set that is nearest to x, its label, and the unit of all."""
    # YOUR CODE STARTS HERE
    with h5py.File("datasets/train.h5", "r") as file:
        X, labels = file["X"][:], np.load("./datasets/../labels.npy")
    i = int(np.argmin(np.sum((X - x) ** 2, axis=1)))
    row, label = X[i], labels[i]
    # YOUR CODE ENDS HERE

    return row, label, open("unit.txt", encoding="utf-8").read().strip()
'''

TESTCASES = '''"""Points near the training set."""

import h5py
import numpy as np

from grader.testcase import exercise

with h5py.File("datasets/train.h5", "r") as file:
    X = file["X"][:]


@exercise(points=5, public=1)
def nearest(rng):
    """Points beside a row of the file."""
    assert np.load("labels.npy").size == len(X)
    for i in (1, 0, 4, 2):
        yield {"x": X[i] + 0.01 * rng.standard_normal(X.shape[1])}
'''

RIGHT = SOLUTION.partition("# %%\n# GRADED")[0] + "# %%\n# GRADED" + SOLUTION.partition("# %%\n# GRADED")[2]
"""A student's script that reads what the reference reads."""


def files(seed: int = 1) -> dict[str, bytes]:
    """The data files by their paths."""
    rng = np.random.default_rng(seed)
    train, labels = io.BytesIO(), io.BytesIO()
    with h5py.File(train, "w") as file:
        file["X"] = rng.standard_normal((5, 3))
    np.save(labels, rng.integers(0, 9, 5))
    return {
        "datasets/train.h5": train.getvalue(),
        "labels.npy": labels.getvalue(),
        "unit.txt": "µm\n".encode(),
    }


def data_course(small_course: Callable[..., Course]) -> Course:
    """The course, with its data files beside the (missing) provided modules."""
    course = small_course(SOLUTION, TESTCASES)
    write(course.root / "solutions" / "small", files())
    return course


def write(folder: Path, data: dict[str, bytes]) -> None:
    for name, content in data.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
