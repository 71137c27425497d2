"""`type X = ...`, new in Python 3.12, is a definition like others."""

from __future__ import annotations

import sys

import pytest

from grader.models.assignment import Wanted
from grader.models.submission import Cell
from grader.notebooks.extraction import extract

pytestmark = pytest.mark.skipif(sys.version_info < (3, 12), reason="it does not parse before Python 3.12")

ALIAS = "type Matrix = np.ndarray | list[Matrix]"
PAIR = "type Pair[T] = tuple[T, Matrix]"
FUNCTION = "def forward[T](A: Matrix, W: Pair[T]) -> T:\n    return W[0]"


def test_a_function_brings_the_aliases_that_it_names_and_those_that_they_name() -> None:
    sources = ("import numpy as np", ALIAS, PAIR, "type Unused = int", FUNCTION)
    cells = [Cell(number, source) for number, source in enumerate(sources, 1)]
    submission = extract(cells, Wanted(("forward",), {}, {}))
    part = submission.parts["forward"]
    assert [statement.source for statement in part.statements] == [
        "import numpy as np",
        ALIAS,
        PAIR,
        FUNCTION,
    ]
    assert part.unbound == {}
    assert submission.notes == ()
