"""Extracts two graded functions from cells, given as texts."""

from __future__ import annotations

from textwrap import dedent

from grader.models.assignment import Wanted
from grader.models.submission import Cell, Submission
from grader.notebooks.extraction import extract
from grader.notebooks.name_map import NO_NAMES, NameMap

DNN_UTILS = """
import numpy as np

def relu(Z):
    return np.maximum(0, Z), Z

def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z
"""
WANTED = Wanted(
    ("forward", "cost"),
    {"forward": "cell-forward", "cost": "cell-cost"},
    {"dnn_utils": DNN_UTILS, "dnn_utils_v2": DNN_UTILS},
)
FORWARD = "def forward(x):\n    return 2 * x"
STUB = """def forward(x):
    for l in x:
        # YOUR CODE STARTS HERE

        # YOUR CODE ENDS HERE
    return x
"""


def cells(*sources: str | Cell) -> list[Cell]:
    """The sources as code cells, numbered from 1."""
    return [
        source if isinstance(source, Cell) else Cell(number, dedent(source).strip("\n"))
        for number, source in enumerate(sources, 1)
    ]


def submission(*sources: str | Cell, names: NameMap = NO_NAMES) -> Submission:
    return extract(cells(*sources), WANTED, names)


def program(*sources: str | Cell) -> list[str]:
    """The first line of each statement that goes with `forward`, in order."""
    part = submission(*sources).parts["forward"]
    return [statement.source.split("\n")[0] for statement in part.statements]


def unbound(*sources: str | Cell) -> dict[str, tuple[int, ...]]:
    return dict(submission(*sources).parts["forward"].unbound)
